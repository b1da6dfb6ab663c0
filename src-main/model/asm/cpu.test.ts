import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assets } from '../testdata/run-scenario';
import { assemble } from './assemble';
import { cpuEntersKernel, type CpuPort, executeInstruction, flagsWord, type FlagName, textAddress } from './cpu';
import { parseListing, type Routine } from './parse-listing';

const ALL_FLAGS: readonly FlagName[] = ['CF', 'PF', 'AF', 'ZF', 'SF', 'OF', 'N', 'Z', 'C', 'V'];

class TestCpu implements CpuPort {
  readonly regs = new Map<string, bigint>();
  readonly flags = new Set<FlagName>();
  readonly memory = new Map<bigint, bigint>();

  reg(name: string): bigint {
    return this.regs.get(name) ?? 0n;
  }
  setReg(name: string, value: bigint): void {
    this.regs.set(name, BigInt.asUintN(64, value));
  }
  flag(name: FlagName): boolean {
    return this.flags.has(name);
  }
  setFlags(flags: Partial<Record<FlagName, boolean>>): void {
    for (const [name, on] of Object.entries(flags) as [FlagName, boolean][]) {
      if (on) this.flags.add(name);
      else this.flags.delete(name);
    }
  }
  load(address: bigint): bigint | null {
    return this.memory.get(address) ?? null;
  }
  store(address: bigint, _bytes: number, value: bigint): boolean {
    this.memory.set(address, BigInt.asUintN(64, value));
    return true;
  }
}

function routineOf(code: string, arch: 'amd64' | 'arm64' = 'amd64'): Routine {
  const parsed = parseListing(`TEXT ·f(SB),NOSPLIT,$0-56\n${code}\n`, 'test.s', arch);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => fault.message.en).join('; '));
  const routine = parsed.program.routines['syscall.f'];
  if (!routine) throw new Error('no routine');
  return routine;
}

/** Runs `code` from the given registers; registers and flags afterwards, flags in one order. */
function run(code: string, before: Record<string, bigint>, arch: 'amd64' | 'arm64' = 'amd64'): { cpu: TestCpu; flags: string } {
  const cpu = new TestCpu();
  for (const [name, value] of Object.entries(before)) cpu.setReg(name, value);
  const routine = routineOf(code, arch);
  for (let index = 0; index < routine.instructions.length; index++) {
    const effect = executeInstruction(routine, index, cpu);
    if (effect.kind === 'fault') throw new Error(effect.reason.en);
    if (effect.kind === 'jump') index = effect.index - 1;
    if (effect.kind === 'ret') break;
  }
  return { cpu, flags: ALL_FLAGS.filter((flag) => cpu.flag(flag)).join(' ') };
}

const MIN = -(1n << 63n);

describe('flags', () => {
  test.each([
    ['CMPQ AX, $5', 5n, 'PF ZF'],
    ['CMPQ AX, $6', 5n, 'CF PF AF SF'],
    ['CMPQ AX, $1', MIN, 'PF AF OF'],
    ['CMPQ AX, $0xfffffffffffff001', -4095n, 'PF ZF'],
    ['CMPQ AX, $0xfffffffffffff001', -4094n, ''],
    ['CMPQ AX, $0xfffffffffffff001', 16n, 'CF PF AF'],
    ['NEGQ AX', 0n, 'PF ZF'],
    ['NEGQ AX', 9n, 'CF AF SF'],
    ['NEGQ AX', MIN, 'CF PF SF OF'],
    ['ADDQ $1, AX', -1n, 'CF PF AF ZF'],
    ['XORQ AX, AX', 77n, 'PF ZF'],
  ])('%s with AX = %s leaves %s', (code, ax, flags) => {
    expect(run(code, { AX: ax }).flags).toBe(flags);
  });
});

test.each([
  ['16', 16n, true],
  ['−2⁶³', MIN, true],
  ['−4096', -4096n, true],
  ['−4095, one short of the kernel’s own rule', -4095n, true],
  ['−4094', -4094n, false],
  ['−1', -1n, false],
])('amd64: a result of %s is success: %s', (_, ax, isOk) => {
  const { cpu } = run('CMPQ AX, $0xfffffffffffff001\nJLS ok\nMOVQ $1, BX\nJMP end\nok:\nMOVQ $2, BX\nend:\nNOP', { AX: ax });
  expect(cpu.reg('BX')).toBe(isOk ? 2n : 1n);
});

test.each([
  ['−4096', -4096n, true],
  ['−4095', -4095n, false],
  ['−1', -1n, false],
  ['0', 0n, true],
])('arm64: a result of %s is success: %s', (_, r0, isOk) => {
  const { cpu } = run('CMN $4095, R0\nBCC ok\nMOVD $1, R9\nB end\nok:\nMOVD $2, R9\nend:\nNEG R9, R10', { R0: r0 }, 'arm64');
  expect(cpu.reg('R9')).toBe(isOk ? 2n : 1n);
});

test('FP names the caller’s arguments, above the return address', () => {
  const { cpu } = run('MOVQ $-1, r1+32(FP)\nMOVQ r1+32(FP), BX\nMOVL BX, CX', { SP: 0x1000n });
  expect(cpu.memory.get(0x1000n + 8n + 32n)).toBe((1n << 64n) - 1n);
  expect(cpu.reg('CX')).toBe(0xffffffffn);
});

test('CALL pushes where to return, RET pops it', () => {
  const cpu = new TestCpu();
  cpu.setReg('SP', 0x2000n);
  const routine = routineOf('CALL runtime·entersyscall(SB)\nRET');
  expect(executeInstruction(routine, 0, cpu)).toEqual({ kind: 'call', symbol: 'runtime.entersyscall', returnIndex: 1 });
  expect(cpu.memory.get(0x1ff8n)).toBe(textAddress('syscall.f') + 5n);
  expect(executeInstruction(routine, 1, cpu).kind).toBe('ret');
  expect(cpu.reg('PC')).toBe(textAddress('syscall.f') + 5n);
});

test('SYSCALL saves the address behind it and the flags', () => {
  const cpu = new TestCpu();
  cpu.setFlags({ AF: true });
  cpuEntersKernel(cpu, 0x4677fbn, 'amd64');
  expect(cpu.reg('CX')).toBe(0x4677fbn);
  // As measured: AF, IF and the bit that is always set.
  expect(cpu.reg('R11')).toBe(0x212n);
  expect(flagsWord(cpu)).toBe(0x212n);
});

interface Measured {
  Syscall: { off: number; plan9: string }[];
}

test('Syscall is laid out byte for byte as the real assembler does', () => {
  const real = JSON.parse(readFileSync(new URL('../testdata/real-assembly-go114.json', import.meta.url), 'utf8')) as Measured;
  const ours = assemble(assets.listings, 'amd64').routines['syscall.Syscall'];
  expect(ours?.instructions.map((instruction) => instruction.offset)).toEqual(real.Syscall.map((each) => each.off));
});

describe('the assembler', () => {
  test.each([
    ['MOVK AX, BX', 'unknown instruction MOVK', 'MOVQ'],
    ['MOVQ AX', 'MOVQ takes 2 operands, found 1', null],
    ['MOVQ AXX, BX', 'cannot read the operand AXX', 'AX'],
    ['MOVQ $x, BX', 'the immediate $x is not a number', null],
    ['MOVQ 8(FP), BX', 'an offset from FP needs the argument’s name, as in a1+8(FP)', null],
    ['JLS oops\nok:\nNOP', 'no label oops', null],
    ['MOVQ a(QQ), BX', 'no register QQ', null],
  ])('%s: %s', (code, message, suggestion) => {
    const parsed = parseListing(`TEXT ·f(SB),NOSPLIT,$0-8\n${code}\n`, 'x.s');
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.faults[0]).toMatchObject({ line: 2, message: { en: message } });
    if (suggestion !== null) expect(parsed.faults[0]?.suggestion).toBe(suggestion);
  });

  test('no text makes it throw', () => {
    const word = fc.constantFrom(
      'TEXT',
      '·f(SB)',
      'MOVQ',
      'AX',
      ',',
      '$',
      '0x',
      '(FP)',
      'a+8(FP)',
      '\n',
      'ok:',
      'JLS',
      ' ',
      '//',
      '\t',
      '-1',
      'CALL',
      '(SB)',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 200 }),
          fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
        ),
        (text) => {
          const parsed = parseListing(text, 'fuzz.s');
          expect(parsed.ok || parsed.faults.length > 0).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
