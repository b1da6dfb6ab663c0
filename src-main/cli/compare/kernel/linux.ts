/** Sequences on the kernel of this machine: play.c, compiled for the occasion, makes the calls. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hexOfBytes } from '../../../model/kernel/bytes';
import { syscallByName } from '../../../model/kernel/syscall-table';
import { utf8Bytes } from '../../../model/kernel/utf8';
import { FIRST_FILES, type Outcome, type Place, placed, type PlacedCall, type Sequence, type Slot } from './sequence';

/** The numbers and the layouts of its structures are those of x86-64. */
export const ARCH = 'amd64';
const SOURCE = 'src-main/cli/compare/kernel/play.c';
const MOST_OUTPUT = 1 << 30;

const placeText = (place: Place): string => {
  if ('value' in place) return `n${BigInt.asUintN(64, place.value)}`;
  return 'slot' in place ? `m${place.slot}+${place.plus}` : `r${place.result}+${place.plus}`;
};

const isZero = (bytes: readonly number[]): boolean => bytes.every((byte) => byte === 0);

const slotLine = ({ bytes, pointers }: Slot): string =>
  ['M', bytes.length, isZero(bytes) ? '-' : hexOfBytes(bytes), ...pointers.flatMap(({ at, to }) => [at, placeText(to)])].join(' ');

function callLines({ name, slots, args, watched }: PlacedCall): string[] {
  const nr = syscallByName(name)?.nr[ARCH];
  if (nr == null) throw new Error(`no call ${name}`);
  return [...slots.map(slotLine), ['C', nr, slots.length, ...args.map(placeText), ...watched.map((slot) => `w${slot}`)].join(' ')];
}

function inputOf(sequences: readonly Sequence[]): string {
  const files = Object.entries(FIRST_FILES).map(([path, text]) => `F ${path} ${hexOfBytes(utf8Bytes(text))}`);
  return [...files, ...sequences.flatMap((sequence) => [...placed(sequence).flatMap(callLines), 'E']), ''].join('\n');
}

/** Of a sequence that ended its process, only the calls before that. */
function outcomesIn(output: string): Outcome[][] {
  return output
    .split(/^S \d+\n/m)
    .slice(1)
    .map((part) =>
      part
        .split('\n')
        .filter((line) => line !== '' && line !== 'gone')
        .map((line) => {
          const [result = '', ...written] = line.split(' ');
          return { result, written: written.map((each) => (each === '=' ? null : each)) };
        }),
    );
}

/** What Linux answers. Throws when the program cannot be compiled or may not do what it has to (chroot, unshare). */
export function playOnLinux(sequences: readonly Sequence[]): Outcome[][] {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-compare-'));
  try {
    const program = join(folder, 'play');
    const compiled = spawnSync('gcc', ['-O1', '-w', '-o', program, SOURCE], { encoding: 'utf8' });
    if (compiled.status !== 0) throw new Error(`gcc: ${compiled.stderr}`);
    const played = spawnSync(program, [folder], { input: inputOf(sequences), encoding: 'utf8', maxBuffer: MOST_OUTPUT });
    if (played.status !== 0) throw new Error(`play.c: ${played.stderr || String(played.error ?? played.status)}`);
    return outcomesIn(played.stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
