/** The facts against each other, and against the product's own listings where those say the same. */
import { describe, expect, test } from 'vitest';
import { assets } from '../../testdata/run-scenario';
import { TestCpu, codeOf, runRoutine } from '../testdata/run-code';
import { instructionNamed } from '../instructions';
import { registerNamed } from '../registers';
import { ARCH_NAMES, ARCHS, isErrorResult, rolesOf } from './index';

describe.each(ARCH_NAMES)('%s', (arch) => {
  const facts = ARCHS[arch];

  test('tables show every register once', () => {
    expect([...facts.shownRegisters].sort()).toEqual([...facts.registers].sort());
  });

  test('registers with a role are registers', () => {
    const { number, args, result, keeps } = facts.syscall;
    const named = [number, ...args, result, ...Object.values(keeps ?? {}), facts.stackPointer, facts.framePointer, facts.linkRegister];
    for (const name of named) if (name !== null) expect(facts.registers).toContain(name);
    for (const name of facts.registers)
      if (name !== 'PC' && name !== 'R18' && name !== 'R28') expect(registerNamed(arch, name)).not.toBeNull();
  });

  test('its mnemonics are instructions', () => {
    for (const op of [facts.syscall.mnemonic, facts.mnemonics.call, facts.mnemonics.jump])
      expect(instructionNamed(arch, op), op).not.toBeNull();
  });

  test('the error test is the one in its listing', () => {
    const texts = assets.programFor(arch).routines['syscall.Syscall']?.instructions.map(({ text }) => text) ?? [];
    const at = texts.findIndex((text) => text.startsWith(facts.errorTest.steps[0] ?? '-'));
    expect(at).toBeGreaterThan(0);
    for (const [i, step] of facts.errorTest.steps.entries()) expect(texts[at + i]).toMatch(new RegExp(`^${step}`));
  });

  test('the kernel is entered by the instruction in its listing', () => {
    const ops = assets.programFor(arch).routines['syscall.Syscall']?.instructions.map(({ op }) => op) ?? [];
    expect(ops.filter((op) => op === facts.syscall.mnemonic)).toHaveLength(1);
  });
});

test('what a register is for', () => {
  expect(rolesOf('amd64', 'AX')).toEqual([{ kind: 'number' }, { kind: 'result' }]);
  expect(rolesOf('arm64', 'R0')).toEqual([{ kind: 'arg', n: 1 }, { kind: 'result' }]);
  expect(rolesOf('arm64', 'R8')).toEqual([{ kind: 'number' }]);
  expect(rolesOf('amd64', 'R11')).toEqual([{ kind: 'flags' }]);
  expect(rolesOf('amd64', 'BX')).toEqual([]);
});

/** The error test by itself, as the listings write it: 1 in the result register is an error. */
const TESTS = {
  amd64: 'CMPQ AX, $0xfffffffffffff001\nJLS ok\nMOVQ $1, BX\nok: RET',
  arm64: 'CMN $4095, R0\nBCC ok\nMOVD $1, R1\nok: RET',
} as const;
const FLAG = { amd64: 'BX', arm64: 'R1' } as const;

// The two disagree about −4095, and about nothing else (syscall/asm_linux_amd64.s: JLS; syscall/asm_linux_arm64.s: BCC).
test.each([
  [-4096n, false, false],
  [-4095n, false, true],
  [-4094n, true, true],
  [-1n, true, true],
  [0n, false, false],
] as const)('%d: an error on amd64 %s, on arm64 %s', (value, ...errors) => {
  for (const [i, arch] of ARCH_NAMES.entries()) {
    const isError = errors[i] ?? false;
    expect(isErrorResult(arch, value), `${arch}, signed`).toBe(isError);
    expect(isErrorResult(arch, BigInt.asUintN(64, value)), `${arch}, unsigned`).toBe(isError);
    const cpu = new TestCpu();
    cpu.setReg(ARCHS[arch].stackPointer, 0x8000n);
    cpu.setReg(ARCHS[arch].syscall.result, BigInt.asUintN(64, value));
    runRoutine(codeOf(TESTS[arch], arch, 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0'), cpu);
    expect(cpu.reg(FLAG[arch]), `${arch}, CPU`).toBe(isError ? 1n : 0n);
  }
});
