/** The bytes of files. A file holds at most 4 MiB. */
import type { KernelFile, KernelState } from '../kernel-state';
import type { Json } from '../state';
import { fileAt } from './tree';
import { losslessText, utf8Bytes } from './utf8';

export const MAX_FILE_BYTES = 4 << 20;

/** Who may change files. */
interface Changer {
  readonly kernel: KernelState;
  set(path: readonly string[], value: Json): void;
}

/** What files were decoded to, as long as their rows are in use. */
const decoded = new WeakMap<KernelFile, { data: string; bytes: readonly number[] }>();

export function fileBytes({ kernel }: { kernel: KernelState }, key: string): readonly number[] {
  const file = fileAt({ kernel }, key);
  const before = decoded.get(file);
  if (before?.data === file.data) return before.bytes;
  const bytes = utf8Bytes(file.data);
  decoded.set(file, { data: file.data, bytes });
  return bytes;
}

function setBytes(port: Changer, key: string, bytes: readonly number[]): void {
  if (fileAt(port, key).data === '' && bytes.length === 0) return;
  const data = losslessText(bytes);
  port.set(['files', key, 'data'], data);
  // Who writes a file byte by byte asks for it again at once. The row is another one now.
  decoded.set(fileAt(port, key), { data, bytes });
}

/** Puts bytes into a file, zeros where nothing was before; how many fitted. */
export function putIntoFile(port: Changer, key: string, at: number, bytes: readonly number[]): number {
  const fits = bytes.slice(0, Math.max(0, MAX_FILE_BYTES - at));
  if (fits.length === 0) return 0;
  const all = fileBytes(port, key).slice();
  while (all.length < at) all.push(0);
  for (const [i, byte] of fits.entries()) all[at + i] = byte;
  setBytes(port, key, all);
  return fits.length;
}

/** Cuts a file off or fills it up with zeros. */
export function resizeFile(port: Changer, key: string, size: number): void {
  const old = fileBytes(port, key);
  if (old.length !== size) setBytes(port, key, [...old.slice(0, size), ...Array.from({ length: Math.max(0, size - old.length) }, () => 0)]);
}
