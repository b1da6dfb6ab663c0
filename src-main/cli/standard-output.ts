/** Standard output, whose reader may be slow, may leave (`sim run … | head -1`), or may have no room. */
import type { Writable } from 'node:stream';

/** The reader has seen enough. No fault: who has nothing else to do is done. */
export class ReaderGone extends Error {}

/** Writes a text, or bytes, and waits until they are taken; rejects with ReaderGone, or with what else the stream died of. */
export function writerTo(stream: Writable): (data: string | Uint8Array) => Promise<void> {
  let first: Error | null = null;
  const died = (error: NodeJS.ErrnoException): Error =>
    (first ??= error.code === 'EPIPE' ? new ReaderGone('nobody reads any more') : error);
  // Without a listener the error would end the process. Whoever writes is told below.
  stream.on('error', died);
  return (data) =>
    new Promise((resolve, reject) => {
      if (first) {
        reject(first);
        return;
      }
      stream.write(data, (error) => {
        if (error) reject(died(error));
        else resolve();
      });
    });
}
