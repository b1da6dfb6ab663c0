/** Recordings that somebody has packed with gzip: what is in one by its beginning, and an unpacked copy to be read. Others are for whoever has packed them. */
import { constants, createWriteStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import type { Text } from '../model/words';

/** gzip's mark, and deflate, the only way that there is. */
const MARK = [0x1f, 0x8b, 0x08];

export const isPackedBytes = (bytes: Uint8Array): boolean => MARK.every((byte, i) => bytes[i] === byte);

/** A recording may be so large, packed or not. */
export const MOST_RECORDED_BYTES = 2 ** 30;
/** More times its packed size is no recording, which gzip makes some fifty times smaller at best, but a bomb. What unpacks to less than ANY_BYTES may be anything. */
const MOST_TIMES = 300;
const ANY_BYTES = 64 * 2 ** 20;

/** Why a packed file cannot be read. */
export class NotUnpacked extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/** Asked for when there is something packed: a start has no use for them, and would wait for them (4 ms). */
const zlib = () => process.getBuiltinModule('node:zlib');
const crypto = () => process.getBuiltinModule('node:crypto');

/** What is said of a file that a person has given. */
export const textOf = (said: (words: Words['files']) => string): Text => inEveryLanguage(({ files }) => said(files));

/** At least so many of the first bytes of a plain file, unpacked if it was packed; fewer where there are fewer. Null: it cannot be looked at. */
export async function headOf(file: string, bytes: number): Promise<Uint8Array | null> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  try {
    if (!handle || !(await handle.stat()).isFile()) return null;
    const buffer = new Uint8Array(Math.max(bytes, MARK.length));
    const { bytesRead } = await handle.read({ buffer, position: 0 });
    const head = buffer.subarray(0, bytesRead);
    return isPackedBytes(head) ? await unpackedHead(handle, bytes) : head.subarray(0, bytes);
  } catch {
    return null;
  } finally {
    await handle?.close();
  }
}

async function unpackedHead(handle: FileHandle, bytes: number): Promise<Uint8Array> {
  const packed = handle.createReadStream({ start: 0, autoClose: false });
  const unpacked = packed.pipe(zlib().createGunzip());
  packed.on('error', (error) => unpacked.destroy(error));
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of unpacked as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= bytes) break;
    }
  } finally {
    packed.destroy();
  }
  return Buffer.concat(parts).subarray(0, bytes);
}

/** What is read instead of a file, and what has to be called when it has been opened, or nobody wants it any more. */
interface Readable {
  path: string;
  opened: () => Promise<void>;
}

/** The file itself, or an unpacked copy of it in the system's folder for such things, which is gone as soon as it is closed. Throws NotUnpacked. */
export async function readableCopy(file: string): Promise<Readable> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  try {
    const buffer = new Uint8Array(MARK.length);
    const isPlain = (await handle?.stat())?.isFile() === true;
    if (!handle || !isPlain || (await handle.read({ buffer, position: 0 })).bytesRead < MARK.length || !isPackedBytes(buffer))
      return { path: file, opened: () => Promise.resolve() };
    const path = join(tmpdir(), `schedville-${crypto().randomUUID()}`);
    const opened = (): Promise<void> => rm(path, { force: true }).catch(() => undefined);
    try {
      await unpack(handle, path, file);
    } catch (error) {
      await opened();
      throw error;
    }
    return { path, opened };
  } finally {
    await handle?.close();
  }
}

/** In pieces, beside everything else that is asked of this thread. */
async function unpack(from: FileHandle, to: string, file: string): Promise<void> {
  const gunzip = zlib().createGunzip({ chunkSize: 1 << 18 });
  let size = 0;
  const limit = new Transform({
    transform(part: Buffer, _, done) {
      size += part.length;
      const isTooMuch = size > MOST_RECORDED_BYTES || (size > ANY_BYTES && size > MOST_TIMES * gunzip.bytesWritten);
      if (isTooMuch) done(new NotUnpacked(textOf((words) => fill(words.packedTooMuch, { path: file }))));
      else done(null, part);
    },
  });
  try {
    const packed = from.createReadStream({ start: 0, autoClose: false });
    await pipeline(packed, gunzip, limit, createWriteStream(to, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if (error instanceof NotUnpacked) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    const isDamaged = code.startsWith('Z_');
    throw new NotUnpacked(textOf((words) => fill(isDamaged ? words.packedDamaged : words.notUnpacked, { path: file, why: message })));
  }
}
