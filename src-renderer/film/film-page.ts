/** The page in a hidden window that packs films: gets one picture after the other, and answers with the file at the end. */
import { inEveryLanguage } from '../../assets/words/index';
import type { FilmJob, Text } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { FilmPack } from './film-pack';

export class Packing {
  private pack: FilmPack | null = null;
  private canvas: OffscreenCanvas | null = null;

  /** The file at the end, null before. */
  async take(job: FilmJob): Promise<Uint8Array | null> {
    if (job.kind === 'begin') {
      this.canvas = new OffscreenCanvas(job.widthPx, job.heightPx);
      this.pack =
        job.format === 'webm'
          ? await (await import('./webm-pack')).webmPack(this.canvas)
          : (await import('./gif-pack')).gifPack(this.canvas);
      return null;
    }
    const { pack, canvas } = this;
    if (!pack || !canvas) throw new Error('a film is packed that has not begun');
    if (job.kind === 'end') return pack.finish();
    const image = await createImageBitmap(new Blob([Uint8Array.from(job.png)], { type: 'image/png' }));
    canvas.getContext('2d', { willReadFrequently: true })?.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    await pack.add(canvas, job);
    return null;
  }
}

/** Asks for jobs until the main process refuses. */
export async function serveFilms(): Promise<void> {
  let packing = new Packing();
  let last: { file: Uint8Array | null; failure: Text | null } = { file: null, failure: null };
  for (;;) {
    const next = await bridge.nextFrame(last);
    if (!next.ok) return;
    if (next.value.kind === 'begin') packing = new Packing();
    try {
      last = { file: await packing.take(next.value), failure: null };
    } catch (error) {
      console.error(error);
      const why = error instanceof Error ? error.message : String(error);
      last = { file: null, failure: inEveryLanguage(() => why) };
    }
  }
}
