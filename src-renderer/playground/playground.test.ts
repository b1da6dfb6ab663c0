import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { constantsOf } from '../../src-main/model/kernel/flag-names';
import { SYSCALLS } from '../../src-main/model/kernel/syscall-table';
import { playListing, type PlaygroundRun, readRoutines } from '../../src-main/model/run/playground';
import type { State } from '../../src-main/model/state';
import { applyStep, copyState } from '../../src-main/model/trace/replay';
import { LANGUAGES } from '../../src-main/model/words';
import { answerOf, argumentOf, typedOf } from './field-values';
import { frameCells, hereAt, memoryRows, modelOf, placeOfLine, stopsOf } from './playground-rows';
import { inLanguage, SAMPLES, samplesFor } from './samples';

const ARCHS = ['amd64', 'arm64'] as const;
const OWN = Object.fromEntries(
  ARCHS.map((arch) => [arch, readFileSync(join(import.meta.dirname, `../../assets/listings/1.14/${arch}/syscall.s`), 'utf8')]),
) as Record<(typeof ARCHS)[number], string>;

const RUNTIME = readFileSync(join(import.meta.dirname, '../../assets/listings/1.14/amd64/runtime.s'), 'utf8');

const samples = ARCHS.flatMap((arch) =>
  samplesFor(arch === 'amd64' ? RUNTIME : '').map((sample) => ({
    ...sample,
    arch,
    text: typeof sample.source !== 'string' ? sample.source[arch] : sample.source === 'runtime' ? RUNTIME : OWN[arch],
  })),
);

function stateAt(run: PlaygroundRun, n: number): State {
  const state = copyState(run.first);
  for (const step of run.steps.slice(0, n)) applyStep(state, step);
  return state;
}

function play(arch: 'amd64' | 'arm64', source: string, entry: string, args: readonly string[]): PlaygroundRun {
  const values = args.map((typed) => argumentOf(typed, constantsOf(arch)));
  const read = playListing({ arch, source, entry, args: values.flatMap((value) => value ?? []), returns: null });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.value;
}

/** The result that a sample is there to show. */
const RESULTS: Record<string, [slot: string, value: string]> = {
  add: ['sum+16(FP)', '0x2a'],
  sum: ['total+8(FP)', '0x37'],
  hello: ['n+0(FP)', '0x10'],
  runtime: ['ret+24(FP)', '0x5'],
  twice: ['r+8(FP)', '0x2a'],
};

describe('the samples', () => {
  test.each(samples)('$id assembles and runs on $arch', ({ id, arch, text, entry, args, call }) => {
    const run = play(arch, text, entry, call === '' ? args : [arch === 'amd64' ? '0' : '63', ...args]);
    expect(run.end.kind).toBe(id === 'crash' ? 'panic' : 'return');
    const wanted = RESULTS[id];
    if (!wanted) return;
    const routines = readRoutines(arch, text);
    const cells = frameCells(run, routines.ok ? routines.value : [], arch, run.first, stateAt(run, run.steps.length), 0);
    expect(cells.find(({ name }) => name === wanted[0])?.now).toBe(wanted[1]);
  });

  test.each(samples)('$id for $arch reads in either language', ({ text, arch }) => {
    for (const language of LANGUAGES) {
      expect(inLanguage(text, language)).not.toContain(' | ');
      expect(readRoutines(arch, inLanguage(text, language)).ok).toBe(true);
    }
    expect(inLanguage(text, 'en')).not.toMatch(/[一-鿿]/);
  });
});

test('a line of the listing leads to its steps, one time after the other', () => {
  expect([0, 2, 5, 9].map((n) => placeOfLine([0, 4, 5, 4, 5, 6], 4, n))).toEqual([1, 3, 1, 1]);
  expect(placeOfLine([0, 4, 5], 7, 0)).toBeNull();
});

describe('stepping', () => {
  const run = play('amd64', OWN.amd64, 'syscall.Syscall', ['0', '3', 'buf:32', '32']);
  const stops = stopsOf(run);

  test('goes instruction by instruction, in and out of the kernel, to the end', () => {
    const texts = run.steps.map((step) => step.asm?.text ?? '');
    const shown = stops.slice(1).map((n, i) => texts.slice(stops[i], n).find((text) => text !== ''));
    expect(shown.slice(0, 8)).toEqual([
      'CALL runtime·entersyscall(SB)',
      'MOVQ a1+8(FP), DI',
      'MOVQ a2+16(FP), SI',
      'MOVQ a3+24(FP), DX',
      'MOVQ trap+0(FP), AX',
      'SYSCALL',
      'SYSRET',
      'CMPQ AX, $0xfffffffffffff001',
    ]);
    expect(stops.at(-1)).toBe(run.steps.length);
  });

  test('every stop knows the line before it and the one behind it', () => {
    const lines = stops.map((n) => hereAt(run, n));
    expect(lines[0]?.done).toBe(0);
    for (const [i, here] of lines.slice(1).entries()) expect(here.done).toBe(lines[i]?.next);
    expect(lines.at(-1)?.next).toBe(0);
  });

  test('tables say what an instruction changed', () => {
    const at = stops.findIndex((n) => run.steps[n]?.asm?.text === 'SYSCALL');
    const [before, now, after] = [0, 1, 2].map((k) => stateAt(run, stops[at + k] ?? 0)) as [State, State, State];
    expect(
      modelOf('amd64', now, after)
        .registers.filter(({ old }) => old !== null)
        .map(({ name, now: value }) => [name, value]),
    ).toEqual([
      ['AX', '0xf'],
      ['PC', expect.any(String)],
    ]);
    const [block] = memoryRows(before, now);
    expect(block?.rows[0]).toMatchObject({ text: 'hello, v', pointers: ['SI'] });
    expect(block?.rows[0]?.bytes.every((byte) => byte.isChanged)).toBe(true);
  });

  test('the frame has its slots by name, above the return address', () => {
    const routines = readRoutines('amd64', OWN.amd64);
    const n = stops[1] ?? 0;
    const cells = frameCells(run, routines.ok ? routines.value : [], 'amd64', run.first, stateAt(run, n), hereAt(run, n).activation);
    expect(cells.slice(0, 3).map(({ fromSp, name, kind }) => [fromSp, name, kind])).toEqual([
      ['(SP)', '', 'return'],
      ['8(SP)', 'trap+0(FP)', 'argument'],
      ['16(SP)', 'a1+8(FP)', 'argument'],
    ]);
  });
});

test.each([
  ['amd64', 'BP', '0x0'],
  ['arm64', 'R30', null],
] as const)('on %s the frame of a routine with a call has the saved %s', (arch, name, value) => {
  const sample = SAMPLES.find(({ id }) => id === 'twice');
  const text = typeof sample?.source === 'object' ? sample.source[arch] : '';
  const run = play(arch, text, 'syscall.twice', ['21']);
  const routines = readRoutines(arch, text);
  const n = stopsOf(run)[4] ?? 0;
  const cells = frameCells(run, routines.ok ? routines.value : [], arch, run.first, stateAt(run, n), 0);
  const saved = cells.find(({ kind }) => kind === 'saved');
  expect(saved?.name).toBe(name);
  // The link register leads back into main.
  expect(saved?.now).toBe(value ?? stateAt(run, 1).M.M0?.regs?.R30);
});

/** Whatever a row offers can be typed, and works with what the playground's kernel holds. */
describe.each(ARCHS)('the examples of system calls on %s', (arch) => {
  const offered = SYSCALLS.filter(({ nr, example }) => nr[arch] !== null && example !== undefined);

  test('are many', () => {
    expect(offered.length).toBeGreaterThan(20);
  });

  test.each(offered)('$name with $example works', ({ nr, example }) => {
    const run = play(arch, OWN[arch], 'syscall.Syscall6', [String(nr[arch]), ...(example ?? [])]);
    expect(run.end.kind).toMatch(/^(return|exit)$/);
    const log = stateAt(run, run.steps.length).kernel.strace.map(({ text }) => text);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatch(/\) = (\d+|0x[0-9a-f]+|\?)/);
  });
});

describe('fields', () => {
  test('a constant has the value of its architecture', () => {
    const value = (arch: 'amd64' | 'arm64'): unknown => argumentOf('O_DIRECTORY', constantsOf(arch));
    expect([value('amd64'), value('arm64')]).toEqual([
      { kind: 'number', value: String(0o200000) },
      { kind: 'number', value: String(0o40000) },
    ]);
  });

  test.each([
    ['', { kind: 'number', value: '0' }],
    [' -1 ', { kind: 'number', value: '-1' }],
    ['0x10', { kind: 'number', value: '16' }],
    ['O_CREAT|O_RDWR', { kind: 'number', value: '66' }],
    ['AT_FDCWD', { kind: 'number', value: '-100' }],
    ['EPOLLIN|EPOLLET', { kind: 'number', value: String(0x80000001) }],
    ['SIGURG', { kind: 'number', value: '23' }],
    ['"a\\n\\""', { kind: 'string', value: 'a\n"' }],
    ['buf:64', { kind: 'buffer', bytes: 64 }],
    ['words:1, -2', { kind: 'words', values: ['1', '-2'] }],
    ['buf:99999', null],
    ['18446744073709551616', null],
    ['"open', null],
    ['"\\q"', null],
    ['O_NOSUCH', null],
    ['constructor', null],
  ])('%s', (typed, meant) => {
    expect(argumentOf(typed, constantsOf('amd64'))).toEqual(meant);
  });

  test.each([
    ['', null],
    ['-4095', -4095],
    ['0xfffffffffffff001', -4095],
    ['ebadf', -9],
    ['-EBADF', -9],
    ['soon', undefined],
    ['0x7fffffffffffffff', undefined],
  ])('an answer: %s', (typed, meant) => {
    expect(answerOf(typed, [{ number: 9, name: 'EBADF' }])).toBe(meant);
  });
});

test.each([
  [9, '9'],
  ['-1', '-1'],
  ['O_CREAT|O_RDWR', 'O_CREAT|O_RDWR'],
  ['hello\n', '"hello\\n"'],
  ['say "hi" \\', '"say \\"hi\\" \\\\"'],
  ['', '""'],
  [{ buf: 64 }, 'buf:64'],
  [{ words: [0, '0x10'] }, 'words:0,0x10'],
] as const)('a lesson’s argument %j is typed %s', (value, typed) => {
  const known = constantsOf('amd64');
  const given = typeof value === 'object' && 'words' in value ? { words: [...value.words] } : value;
  expect(typedOf(given, known)).toBe(typed);
  expect(argumentOf(typed, known)).not.toBeNull();
});
