/** Values for arguments, the usual ones and the odd ones: what the kernel has to say no to is most of what there is to compare. */
import type { Draw } from './draw';
import type { Arg } from './sequence';

const SMALL_FDS = [3, 4, 5, 6, 7, 8];
/** Without the terminal's input: at the modelled one nobody types, and it is at its end. */
const ODD_FDS = [1, 2, 9, 99, -1, -100, 1023, 1024, 0x7fffffff];

export const fd = (d: Draw): Arg => (d.oneIn(9) ? d.pick(ODD_FDS) : d.pick(SMALL_FDS));
/** A directory's descriptor as the calls with …at take it. */
export const directoryFd = (d: Draw): Arg => (d.oneIn(4) ? fd(d) : -100);

/** Addresses that are nobody's. */
export const BAD_ADDRESSES: readonly Arg[] = [0, 0x10, 0xdeadbee000, { word: '0x7ffffffff000' }, { word: '0xffff888000000000' }, -1];
export const badAddress = (d: Draw): Arg => d.pick(BAD_ADDRESSES);

export const buffer = (d: Draw, bytes: number, odds = 12): Arg => (d.oneIn(odds) ? badAddress(d) : { buf: bytes });
export const length = (d: Draw): number =>
  d.oneIn(8) ? d.pick([-1, 0x7fffffff, 0x80000000, 4096, 5000, 65_536, 70_000]) : d.pick([0, 1, 2, 3, 5, 8, 16, 64]);

const NAMES = ['/etc/motd', '/a', '/d', '/d/x', '/d/e', '/d/e/f', '/empty', '/tmp', '/', '/new', '/tmp/t', '/d/n', '/l', '/tmp/dir'];
const ODD_NAMES = [
  '',
  '.',
  '..',
  'a',
  'd/x',
  './d/../a',
  '/nodir/../a',
  '/a/../a',
  '/a/.',
  '/a/',
  '/d/',
  '/d/.',
  '/d/..',
  '/d/x/../e/f',
  '/new/',
  '//etc//motd',
  '/../a',
  '/none/none',
  '/a/x',
  '/l/x',
  '/tmp/dir/x',
  '/tmp/dir/..',
  'x',
  'e/f',
  `/${'n'.repeat(255)}`,
  `/${'n'.repeat(256)}`,
  `/none/${'n'.repeat(256)}`,
  `/a/${'n'.repeat(256)}`,
  `/${'d/../'.repeat(819)}a`,
  `/${'/'.repeat(4093)}a`,
  `/${'/'.repeat(4094)}a`,
];
export const pathText = (d: Draw): string => (d.oneIn(3) ? d.pick(ODD_NAMES) : d.pick(NAMES));
export const path = (d: Draw): Arg => (d.oneIn(40) ? badAddress(d) : { text: pathText(d) });

export const text = (d: Draw): Arg => ({ text: d.pick(['x', 'hello', 'a longer text to write', 'A\nB\n']) });
