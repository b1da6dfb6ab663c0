/** Writes an export in slices, so that other requests are answered meanwhile. A cancelled one leaves no file. */
import type { WrittenFile } from '../contract/exports';
import type { Result } from '../model/words';
import { cannotWrite, done } from './refusal';
import type { Pieces } from './run-exports';
import { GrowingFile } from './write-file';

/** How long other requests may have to wait for a slice. */
const SLICE_MS = 8;
/** Bytes that are written at once. */
const PIECE_BYTES = 1 << 18;

/** `turn` is called between two slices and says whether the export has been cancelled. null: it has. Never throws. */
export async function writeRun(path: string, pieces: Pieces, turn: () => boolean): Promise<Result<WrittenFile | null>> {
  let file: GrowingFile | null = null;
  try {
    file = await GrowingFile.create(path);
    const encoder = new TextEncoder();
    let [text, bytes] = ['', 0];
    const write = async (data: Uint8Array): Promise<void> => {
      bytes += data.length;
      await file?.write(data);
    };
    const flush = async (): Promise<void> => {
      if (text !== '') await write(encoder.encode(text));
      text = '';
    };
    let sliceEnd = performance.now() + SLICE_MS;
    for (const piece of pieces) {
      if (typeof piece === 'string') text += piece;
      else if (piece.length > 0) {
        await flush();
        await write(piece);
      }
      if (text.length >= PIECE_BYTES) await flush();
      if (performance.now() < sliceEnd) continue;
      await new Promise(setImmediate);
      if (turn()) {
        await file.abandon();
        return done(null);
      }
      sliceEnd = performance.now() + SLICE_MS;
    }
    await flush();
    await file.finish();
    return done({ path, bytes });
  } catch (error) {
    await file?.abandon();
    return cannotWrite(path, error);
  }
}
