import { textOfMessage } from '../../formats/messages';
import { describe, expect, test } from 'vitest';
import { assets } from '../testdata/run-scenario';
import { parseListing } from './parse-listing';
import { type Program, textAddress } from './program';

function programOf(text: string): Program {
  const parsed = parseListing(text, 'x.s');
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => textOfMessage(message).en).join('; '));
  return parsed.program;
}

/** Every routine by itself: where it begins and where its code ends. */
function extents(program: Program): { symbol: string; from: number; to: number }[] {
  return Object.values(program.routines)
    .map((routine) => ({
      symbol: routine.symbol,
      from: Number(program.routineAddress(routine)),
      to: Number(program.routineAddress(routine)) + (routine.instructions.at(-1)?.offset ?? 0) + (routine.instructions.at(-1)?.bytes ?? 0),
    }))
    .sort((a, b) => a.from - b.from);
}

function expectApart(program: Program): void {
  const all = extents(program);
  expect(all.length).toBeGreaterThan(1);
  for (const [i, { from }] of all.entries()) expect(from).toBeGreaterThan(all[i - 1]?.to ?? 0);
}

describe('addresses', () => {
  test.each(['amd64', 'arm64'] as const)('of our own %s listings are fixed by their names', (arch) => {
    const program = assets.programFor(arch);
    for (const routine of Object.values(program.routines))
      expect(program.routineAddress(routine), routine.symbol).toBe(textAddress(routine.symbol));
  });

  test('of two routines whose names hash alike are two', () => {
    const program = programOf('TEXT ·Aa(SB),NOSPLIT,$0\nRET\nTEXT ·BB(SB),NOSPLIT,$0\nRET\n');
    expect(textAddress('syscall.Aa')).toBe(textAddress('syscall.BB'));
    expectApart(program);
    expect(program.symbolAddress('syscall.Aa')).toBe(textAddress('syscall.Aa'));
    for (const symbol of ['syscall.Aa', 'syscall.BB'])
      expect(program.locate(program.symbolAddress(symbol))).toMatchObject({ routine: { symbol }, index: 0 });
  });

  test('a long routine does not run into its neighbour', () => {
    // One letter further is one slot further.
    const program = programOf(`TEXT ·B(SB),NOSPLIT,$0\nRET\nTEXT ·A(SB),NOSPLIT,$0\n${'MOVQ $0x123456789, AX\n'.repeat(40)}RET\n`);
    expect(textAddress('syscall.B') - textAddress('syscall.A')).toBe(256n);
    expectApart(program);
  });

  test('main, the functions outside that are called, and variables have theirs to themselves', () => {
    // So many names that some would hit each of them.
    const names = Array.from({ length: 3_000 }, (_, i) => `·f${i}`);
    const program = programOf(
      `GLOBL ·v(SB), NOPTR, $4096\nTEXT ·g(SB),NOSPLIT,$0\nCALL runtime·entersyscall(SB)\nRET\n${names.map((name) => `TEXT ${name}(SB),4,$0\nRET\n`).join('')}`,
    );
    expectApart(program);
    const from = Number(program.data['syscall.v']?.address);
    const taken: readonly [number, number][] = [
      [from, from + 4096],
      ...['main.main', 'runtime.entersyscall'].map((name): [number, number] => [
        Number(textAddress(name)),
        Number(textAddress(name)) + 256,
      ]),
    ];
    for (const { symbol, from: begin, to } of extents(program))
      for (const [low, high] of taken) expect(begin < high && to > low, symbol).toBe(false);
  });
});
