/** Names of exported files. */

/** Most file systems take 255 bytes; a name beside the file, while it is written, needs some of them. */
const MAX_BYTES = 200;
/** What kind of file it is stays readable, whatever is cut. */
const ENDING = /(\.[a-z0-9]{1,10}){1,2}$/;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A suggested name as every file system takes it: without folders, not hidden, and cut before its ending. */
export function fileName(suggested: string): string {
  const name = suggested.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^\.+/, '');
  const [ending = ''] = ENDING.exec(name) ?? [];
  let stem = name.slice(0, name.length - ending.length);
  while (bytesOf(stem) + bytesOf(ending) > MAX_BYTES) stem = [...stem].slice(0, -1).join('');
  return `${stem === '' ? 'schedville' : stem}${ending}`;
}
