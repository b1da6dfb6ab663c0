/** What of a call's outcome is this machine's or this moment's own, so that the model cannot have it: such bytes are not compared. */

/** Calls whose result, if it is no error, is a number of the machine’s own: a process, an address, a time. */
const OWN_RESULT = new Set(['getpid', 'gettid', 'getppid', 'mmap', 'brk', 'mremap', 'time', 'times']);

/** struct stat: device, inode number, block size, blocks, times; of a directory its size. */
const STAT: readonly (readonly [from: number, to: number])[] = [
  [0, 16],
  [56, 120],
];

const IGNORED: Readonly<Record<string, readonly (readonly [from: number, to: number])[]>> = {
  stat: STAT,
  lstat: STAT,
  fstat: STAT,
  newfstatat: STAT,
};

export const comparedResult = (name: string, result: string): string =>
  OWN_RESULT.has(name) && !result.startsWith('-') && result !== 'blocks' ? 'its own' : result;

/** The bytes that count, others as dots. */
export function comparedBytes(name: string, hex: string | null): string | null {
  if (hex === null) return null;
  const digits = [...hex];
  for (const [from, to] of IGNORED[name] ?? []) digits.fill('.', 2 * from, 2 * to);
  const isDirectory = STAT === IGNORED[name] && (Number.parseInt(hex.slice(50, 52), 16) & 0xf0) === 0x40;
  if (isDirectory) digits.fill('.', 2 * 48, 2 * 56);
  return digits.join('');
}
