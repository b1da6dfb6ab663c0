/** WebM: Chromium's own encoder for VP9, and a library that writes the container. */
import { BufferTarget, CanvasSource, Output, QUALITY_HIGH, WebMOutputFormat } from 'mediabunny';
import type { FilmPack } from './film-pack';

/** Seconds between key frames, at which players can start. */
const KEY_FRAME_EVERY_S = 2;

export async function webmPack(canvas: OffscreenCanvas): Promise<FilmPack> {
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, { codec: 'vp9', bitrate: QUALITY_HIGH, keyFrameInterval: KEY_FRAME_EVERY_S });
  output.addVideoTrack(source);
  await output.start();
  return {
    add: (_canvas, { atMs, forMs }) => source.add(atMs / 1_000, forMs / 1_000),
    finish: async () => {
      await output.finalize();
      if (!target.buffer) throw new Error('the film is empty');
      return new Uint8Array(target.buffer);
    },
  };
}
