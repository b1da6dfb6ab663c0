/** The modelled kernel held against the kernel of this machine, call by call. */
import { writeFileSync } from 'node:fs';
import { errnoByNumber } from '../../../model/kernel/errno';
import { Differences, type Judge } from '../judge';
import { generate } from './generator';
import { compared } from './ignored';
import { playOnLinux } from './linux';
import { playInModel } from './model';
import type { Arg, Call, Outcome, Sequence } from './sequence';

const ENOUGH = 6_000;
/** What --keep measures for the tests, and where it goes. */
const KEPT_CALLS = 1_200;
const KEPT_FILE = 'src-main/cli/compare/kernel/testdata/measured.json';

/** What Linux has answered to the sequences of a seed: of each call the result, and the bytes that it has written. */
export interface Kept {
  seed: number;
  calls: number;
  sequences: (readonly [result: string, ...written: (string | null)[]])[][];
}

function keptText(seed: number, sequences: readonly Sequence[], real: readonly Outcome[][]): string {
  const lines = sequences.map((sequence, i) =>
    JSON.stringify(compared(sequence, real[i] ?? []).map(({ result, written }) => [result, ...written])),
  );
  return `{"seed": ${seed}, "calls": ${sequences.flat().length}, "sequences": [\n${lines.join(',\n')}\n]}\n`;
}

/** As in a log: a name for an error, a number for the rest. */
function resultText(result: string): string {
  const number = Number(result);
  return number < 0 && number > -4096 ? (errnoByNumber(-number)?.name ?? result) : result;
}

function argText(arg: Arg): string {
  if (typeof arg === 'number') return arg > 9 ? `0x${arg.toString(16)}` : String(arg);
  if ('word' in arg) return arg.word;
  if ('text' in arg) return arg.text.length > 60 ? `"${arg.text.slice(0, 50)}…"(${arg.text.length})` : JSON.stringify(arg.text);
  if ('buf' in arg) return `buf:${arg.buf}`;
  if ('bytes' in arg) return `bytes:${arg.bytes}${(arg.pointers ?? []).map(([at, to]) => `@${at}=${argText(to)}`).join('')}`;
  const from = 'result' in arg ? `result of ${arg.result}` : `memory ${arg.arg} of ${arg.call}`;
  return arg.plus === undefined ? from : `${from} + ${arg.plus}`;
}

const callText = ({ name, args }: Call): string => `${name}(${args.map(argText).join(', ')})`;

/** The call that differs, and what had been said up to there. */
function story(sequence: Sequence, real: readonly Outcome[], at: number, own: Outcome): string {
  const before = sequence.slice(0, at).map((call, i) => `${i} ${callText(call)} = ${resultText(real[i]?.result ?? '')}`);
  const outcome = ({ result, written }: Outcome): string => `${resultText(result)} ${written.map((each) => each ?? '=').join(' ')}`;
  const call = sequence[at];
  return [...before, `${at} ${call ? callText(call) : ''}`, `Linux: ${outcome(real[at] ?? own)}`, `model: ${outcome(own)}`].join('\n');
}

/** Why two outcomes differ, in words; null: they do not. */
export function differenceOf(name: string, real: Outcome, own: Outcome | undefined): string | null {
  if (!own) return `${name}: the model ends the process`;
  if (real.result !== own.result) return `${name}: ${resultText(real.result)}, not ${resultText(own.result)}`;
  const isEqual = real.written.length === own.written.length && real.written.every((each, i) => each === own.written[i]);
  return isEqual ? null : `${name}: other bytes`;
}

/**
 * Compares a sequence up to the first difference that changes what comes after it: from there on the two have different things before
 * them, and what follows is not counted.
 */
function compareSequence(sequence: Sequence, real: readonly Outcome[], differences: Differences): { total: number; equal: number } {
  const own = compared(sequence, playInModel(sequence));
  const linux = compared(sequence, real);
  let equal = 0;
  for (const [i, outcome] of linux.entries()) {
    const name = sequence[i]?.name ?? '';
    const why = differenceOf(name, outcome, own[i]);
    if (why !== null) {
      differences.add(why, () => story(sequence, linux, i, own[i] ?? { result: 'gone', written: [] }));
      return { total: i + 1, equal };
    }
    equal++;
  }
  return { total: linux.length, equal };
}

export const KERNEL_JUDGE: Judge = {
  about: 'system calls with odd arguments, in the modelled kernel and on this machine’s (Linux on x86-64, as root)',
  needs: [{ program: 'gcc', probe: ['--version'] }],
  atLeast: 0.999,
  compare: ({ seed, count, keep, say }) => {
    const sequences = generate(seed, count ?? (keep ? KEPT_CALLS : ENOUGH));
    say(`${sequences.length} processes with ${sequences.flat().length} calls, seed ${seed}`);
    const real = playOnLinux(sequences);
    if (keep) writeFileSync(KEPT_FILE, keptText(seed, sequences, real));
    const differences = new Differences();
    let [total, equal] = [0, 0];
    sequences.forEach((sequence, i) => {
      const counted = compareSequence(sequence, real[i] ?? [], differences);
      total += counted.total;
      equal += counted.equal;
    });
    return Promise.resolve({ unit: 'calls', total, equal, differences: differences.list });
  },
};
