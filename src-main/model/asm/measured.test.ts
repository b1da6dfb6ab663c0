/** Every instruction against a real processor: registers, memory and flags before and after (testdata/measured-*.txt). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FlagName } from './flags';
import { mnemonicsOf } from './instructions';
import type { Arch } from './arch/index';
import { ALL_FLAGS, codeOf, runRoutine, TestCpu } from './testdata/run-code';

interface Row {
  before: string;
  after: string;
}

interface Measured {
  code: string;
  rows: Row[];
}

function measured(arch: Arch): Measured[] {
  const found: Measured[] = [];
  for (const line of readFileSync(new URL(`testdata/measured-${arch}.txt`, import.meta.url), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [before = '', after = ''] = line.trim().split(/ ?->/);
    if (line.startsWith(' ')) found.at(-1)?.rows.push({ before, after: after.trim() });
    else found.push({ code: line, rows: [] });
  }
  return found;
}

const WORDS = 0x20000000n;
const POINTER: Record<Arch, string> = { amd64: 'SI', arm64: 'R6' };

/** Flags that the manual leaves undefined after an instruction: they differ from one maker to the other. */
function undefinedFlags(code: string): ReadonlySet<string> {
  if (/^(SHL|SAL|SHR|SAR)/.test(code)) return new Set(['AF']);
  return /^I?DIV/.test(code) ? new Set(['CF', 'PF', 'AF', 'ZF', 'SF', 'OF']) : new Set();
}

function start(arch: Arch, before: string): TestCpu {
  const cpu = new TestCpu();
  cpu.setReg(arch === 'amd64' ? 'SP' : 'RSP', 0x8000n);
  cpu.setReg(POINTER[arch], WORDS);
  for (const part of before.split(' ')) {
    const [name = '', value] = part.split('=');
    if (value === undefined) cpu.setFlags({ [name]: name !== '' });
    else if (/^M\d$/.test(name)) cpu.store(WORDS + 8n * BigInt(name.slice(1)), 8, BigInt(`0x${value}`));
    else cpu.setReg(name, BigInt(`0x${value}`));
  }
  return cpu;
}

/** What is shown of the processor: registers in use, the three words, flags. */
function shown(cpu: TestCpu, names: readonly string[], without: ReadonlySet<string>): string {
  const regs = names.map((name) => `${name}=${cpu.reg(name).toString(16)}`);
  const words = [0n, 1n, 2n].map((i) => `M${i}=${cpu.word(WORDS + 8n * i).toString(16)}`);
  return [...regs, ...words, ...ALL_FLAGS.filter((flag) => cpu.flag(flag) && !without.has(flag))].join(' ');
}

const REGISTERS: Record<Arch, readonly string[]> = {
  amd64: ['AX', 'BX', 'CX', 'DX', 'R9', 'SI'],
  arm64: ['R0', 'R1', 'R2', 'R3', 'R4', 'R6'],
};

describe.each(['amd64', 'arm64'] as const)('%s', (arch) => {
  const all = measured(arch);

  test.each(all)('$code', ({ code, rows }) => {
    const routine = codeOf(`${code}\nRET`, arch, 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0-8');
    const without = undefinedFlags(code);
    for (const { before, after } of rows) {
      const want = start(arch, before);
      for (const flag of ALL_FLAGS) want.flags.delete(flag);
      for (const part of after.split(' ')) {
        const [name = '', value] = part.split('=');
        if (value === undefined) want.flags.add(name as FlagName);
        else if (/^M\d$/.test(name)) want.store(WORDS + 8n * BigInt(name.slice(1)), 8, BigInt(`0x${value}`));
        else want.setReg(name, BigInt(`0x${value}`));
      }
      const { cpu } = runRoutine(routine, start(arch, before));
      expect(shown(cpu, REGISTERS[arch], without), before).toBe(shown(want, REGISTERS[arch], without));
    }
  });

  test('no instruction is left out', () => {
    const seen = new Set(all.flatMap(({ code }) => code.split(';').map((part) => (part.trim().split(/[ .]/)[0] ?? '').trim())));
    // These end, call, or do nothing: cpu.test.ts has them.
    const elsewhere = new Set([
      'RET',
      'SYSCALL',
      'SVC',
      'BL',
      'CALL',
      'INT',
      'UNDEF',
      'UD2',
      'HLT',
      'BRK',
      'NOP',
      'HINT',
      'DMB',
      'DSB',
      'ISB',
      'WFE',
      'WFI',
      'SEV',
      'SEVL',
      'ADR',
      'HVC',
      'SMC',
      'HLT',
      'DCPS1',
      'DCPS2',
      'DCPS3',
      'ERET',
      'DRPS',
      'B',
      'JMP',
      'LOCK',
    ]);
    expect(mnemonicsOf(arch).filter((op) => !seen.has(op) && !elsewhere.has(op))).toEqual([]);
  });
});
