/** Whether a file lies in a folder, wherever symbolic links lead. A file that is not there lies nowhere: whoever reads it will say so. */
import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';

export async function liesOutside(file: string, folder: string): Promise<boolean> {
  const [real, room] = await Promise.all([realpath(file).catch(() => null), realpath(folder).catch(() => null)]);
  return real !== null && room !== null && !real.startsWith(room.endsWith(sep) ? room : room + sep);
}
