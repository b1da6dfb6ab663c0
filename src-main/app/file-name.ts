/** Names of exported files. */

/** Most file systems take 255 bytes; a name beside the file, while it is written, needs some of them. */
const MAX_BYTES = 200;
/** What kind of file it is stays readable, whatever is cut. */
const ENDING = /(\.[a-z0-9]{1,10}){1,2}$/;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Windows keeps these for devices, whatever ending they have. */
const DEVICE = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?=\.|$)/i;

/** As every system writes it: some take a letter and its accent apart. */
const plain = (text: string): string => text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-');

function cutTo(text: string, bytes: number): string {
  let cut = [...text];
  while (bytesOf(cut.join('')) > bytes) cut = cut.slice(0, -1);
  return cut.join('');
}

/** A suggested name as every file system takes it: without folders, not hidden, no device of Windows, and cut before its ending. */
export function fileName(suggested: string): string {
  const name = plain(suggested).replace(/^\.+/, '');
  const [ending = ''] = ENDING.exec(name) ?? [];
  const stem = cutTo(name.slice(0, name.length - ending.length), MAX_BYTES - bytesOf(ending));
  // Windows leaves out dots at the end.
  return `${stem === '' ? 'schedville' : stem}${ending}`.replace(DEVICE, '$1-').replace(/\.+$/, '');
}

/** What follows tells one file from another, and must not be what is cut. */
const MAX_STEM_BYTES = 100;

/** How the files begin that are made of something with a name of its own. null: the name has nothing that a file could be called by. */
export function fileStem(name: string): string | null {
  const stem = cutTo(plain(name).replace(/^[._-]+|[._-]+$/g, ''), MAX_STEM_BYTES);
  return /[\p{L}\p{N}]/u.test(stem) ? stem : null;
}
