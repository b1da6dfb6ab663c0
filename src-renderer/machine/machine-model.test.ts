import { expect, test } from 'vitest';
import type { Arch, State, Step } from '../../src-main/contract/index';
import { frameOwner, stackCells } from './machine-rows';
import { beforeState, beforeStep, callRegisters, isErrorTest, machineModel, stackWords } from './machine-model';

const stateWith = (regs: Record<string, string>, flags: string[] = []): State => ({ M: { M0: { regs, flags } } }) as unknown as State;
const stepWith = (set: Step['set'], text = 'NOP'): Step => ({ set, m: 'M0', asm: { pc: 'f+0', text } }) as unknown as Step;

test.each([
  ['amd64', 'AX DI SI DX R10 R8 R9 CX R11 SP PC'],
  ['arm64', 'R8 R0 R1 R2 R3 R4 R5 R30 RSP PC'],
] as const)('the small view on %s shows %s', (arch, names) => {
  const state = stateWith({});
  const shown = callRegisters(machineModel(arch, state, 'M0', beforeStep(state, 'M0', null)));
  expect(shown.map(({ name }) => name).join(' ')).toBe(names);
});

test('spare registers of arm64 come when they hold something', () => {
  const names = (regs: Record<string, string>): string[] =>
    machineModel('arm64', stateWith(regs), 'M0', beforeState(stateWith({}), stateWith(regs), 'M0')).registers.map(({ name }) => name);
  expect(names({})).not.toContain('R9');
  expect(names({ R9: '0x1' })).toContain('R9');
  expect(names({})).toEqual(['R8', 'R0', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R29', 'R30', 'RSP', 'PC']);
});

test.each([
  ['amd64', ['CF', 'ZF', 'SF', 'OF', 'PF', 'AF'], 'ZF'],
  ['arm64', ['N', 'Z', 'C', 'V'], 'Z'],
] as const)('%s has its own flags, and those that changed', (arch, names, zero) => {
  const now = stateWith({}, [zero]);
  const byStep = machineModel(arch, now, 'M0', beforeStep(now, 'M0', stepWith([['M.M0.flags', [], [zero]]])));
  const byState = machineModel(arch, now, 'M0', beforeState(stateWith({}), now, 'M0'));
  expect(byStep.flags.map(({ name }) => name)).toEqual(names);
  expect(byStep.flags.filter(({ isOn, isChanged }) => isOn && isChanged).map(({ name }) => name)).toEqual([zero]);
  expect(byStep).toEqual(byState);
});

test('a flag that goes off has changed, too; one that stays on has not', () => {
  const now = stateWith({}, ['CF']);
  const { flags } = machineModel('amd64', now, 'M0', beforeStep(now, 'M0', stepWith([['M.M0.flags', ['CF', 'ZF'], ['CF']]])));
  expect(flags.filter(({ isChanged }) => isChanged).map(({ name, isOn }) => [name, isOn])).toEqual([['ZF', false]]);
});

test('a step and an earlier state say the same of what was before', () => {
  const now = stateWith({ AX: '0x5', SP: '0xc000000760' });
  const step = stepWith([['M.M0.regs.AX', '0x0', '0x5']]);
  const was = stateWith({ AX: '0x0', SP: '0xc000000760' });
  expect(machineModel('amd64', now, 'M0', beforeStep(now, 'M0', step))).toEqual(
    machineModel('amd64', now, 'M0', beforeState(was, now, 'M0')),
  );
});

// −4095 is an error on arm64 only.
test.each<[Arch, string, bigint, boolean]>([
  ['amd64', 'AX', -4096n, false],
  ['amd64', 'AX', -4095n, false],
  ['amd64', 'AX', -4094n, true],
  ['amd64', 'AX', -1n, true],
  ['amd64', 'AX', 0n, false],
  ['arm64', 'R0', -4096n, false],
  ['arm64', 'R0', -4095n, true],
  ['arm64', 'R0', -4094n, true],
  ['arm64', 'R0', -1n, true],
  ['arm64', 'R0', 0n, false],
])('%s: %s = %d is an error: %s', (arch, name, value, isError) => {
  const state = stateWith({ [name]: `0x${BigInt.asUintN(64, value).toString(16)}` });
  expect(machineModel(arch, state, 'M0', beforeStep(state, 'M0', null)).result).toMatchObject({ name, isError });
});

test.each<[Arch, string, boolean]>([
  ['amd64', 'CMPQ AX, $0xfffffffffffff001', true],
  ['amd64', 'JLS ok', true],
  ['amd64', 'CMPQ BX, $1', false],
  ['arm64', 'CMN $4095, R0', true],
  ['arm64', 'BCC ok', true],
  ['arm64', 'SVC', false],
])('on %s, %s belongs to the error test: %s', (arch, text, is) => {
  expect(isErrorTest(arch, stepWith([], text))).toBe(is);
});

test('the stack begins at the stack pointer, lowest word first', () => {
  const stack = { '0xc000000770': '0x3', '0xc000000760': '0x2', '0xc000000758': '0x1' };
  expect(stackWords(stack, 0xc000000760n).map(({ now }) => now)).toEqual(['0x2', '0x3']);
});

test.each<[string | null, string[]]>([
  [null, ['return', 'return', 'trap+0(FP)']],
  ['R30', ['R30', 'R30 caller', 'trap+0(FP)']],
])('with the link register %s the words below the arguments are called %j', (link, names) => {
  const words = Array.from({ length: 9 }, (_, i) => [`0x${(0x10 + 8 * i).toString(16)}`, '0x0']);
  const state = { G: { G1: { stack: Object.fromEntries(words) as Record<string, string> } } } as unknown as State;
  expect(
    stackCells(state, 'G1', null, 'Syscall', 0x10n, link)
      .map(({ name }) => name)
      .slice(0, 3),
  ).toEqual(names);
});

test('a thread that has no goroutine is not shown with that of another thread’s step', () => {
  const stack = { '0x10': '0x0' };
  const state = { M: { M0: { curg: null }, M2: { curg: 'G1' } }, G: { G1: { stack } } } as unknown as State;
  const of = (m: 'M0' | 'M2'): Step => ({ m, g: 'G1', set: [] }) as unknown as Step;
  expect(frameOwner(state, 'M0', of('M2'))).toBeNull();
  expect(frameOwner(state, 'M0', of('M0'))).toBe('G1');
  expect(frameOwner(state, 'M2', of('M0'))).toBe('G1');
});
