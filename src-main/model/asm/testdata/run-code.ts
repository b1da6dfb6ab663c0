/** For tests: a bare processor with some memory, and small programs to run on it. */
import { textOfMessage } from '../../../formats/messages';
import { type CpuPort, type Effect, executeInstruction, type FlagName } from '../cpu';
import type { Code } from '../decode';
import type { Routine } from '../listing';
import { parseListing } from '../parse-listing';
import { type Arch, ARCHS } from '../arch/index';

export const ALL_FLAGS: readonly FlagName[] = ['CF', 'PF', 'AF', 'ZF', 'SF', 'OF', 'N', 'Z', 'C', 'V'];

/** Memory: bytes by address, everywhere but in the first page and where `unmapped` says. */
export class TestCpu implements CpuPort {
  readonly regs = new Map<string, bigint>();
  readonly flags = new Set<FlagName>();
  readonly bytes = new Map<bigint, number>();
  isMapped = (address: bigint): boolean => address >= 0x1000n && address < 0x800000000000n;

  reg(name: string): bigint {
    return this.regs.get(name) ?? 0n;
  }
  setReg(name: string, value: bigint): void {
    if (value < 0n || value >> 64n) throw new Error(`${name} = ${value} is not within 64 bits`);
    this.regs.set(name, value);
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
  load(address: bigint, bytes: number): bigint | null {
    this.check(address, bytes);
    if (!this.isMapped(address)) return null;
    let value = 0n;
    for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes.get(address + BigInt(i)) ?? 0);
    return value;
  }
  store(address: bigint, bytes: number, value: bigint): boolean {
    this.check(address, bytes);
    if (!this.isMapped(address)) return false;
    for (let i = 0; i < bytes; i++) this.bytes.set(address + BigInt(i), Number((value >> BigInt(8 * i)) & 0xffn));
    return true;
  }
  word(address: bigint): bigint {
    return this.load(address, 8) ?? 0n;
  }
  /** The port's promise: no access across a multiple of 8. */
  private check(address: bigint, bytes: number): void {
    if (Number(address & 7n) + bytes > 8) throw new Error(`${bytes} bytes at 0x${address.toString(16)} cross a word`);
  }
}

export function codeOf(code: string, arch: Arch = 'amd64', text = 'TEXT ·f(SB),NOSPLIT,$0-56'): Code {
  const parsed = parseListing(`${text}\n${code}\n`, 'test.s', arch);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => textOfMessage(fault.message).en).join('; '));
  const routine = parsed.program.routines['syscall.f'];
  if (!routine) throw new Error('no routine');
  return parsed.program.codeOf(routine);
}

export const routineOf = (...of: Parameters<typeof codeOf>): Routine => codeOf(...of).routine;

export interface Ran {
  cpu: TestCpu;
  /** Set flags, in one order. */
  flags: string;
  last: Effect;
  steps: number;
}

/** Runs a routine up to its RET, its SYSCALL, a fault or its end; calls are passed over. */
export function runRoutine(code: Code, cpu: TestCpu, most = 1_000): Ran {
  let last: Effect = { kind: 'next' };
  let steps = 0;
  for (let index = 0; index < code.code.length && steps < most; steps++) {
    last = executeInstruction(code, index, cpu);
    if (last.kind === 'ret' || last.kind === 'syscall' || last.kind === 'fault' || last.kind === 'tail') break;
    if (last.kind === 'call') {
      const { stackPointer, callPushes } = ARCHS[code.routine.arch];
      cpu.setReg(stackPointer, cpu.reg(stackPointer) + callPushes);
      index = last.returnIndex;
    } else index = last.kind === 'jump' ? last.index : index + 1;
  }
  return { cpu, flags: ALL_FLAGS.filter((flag) => cpu.flag(flag)).join(' '), last, steps };
}

/** Runs `code` from the given registers. */
export function run(code: string, before: Record<string, bigint> = {}, arch: Arch = 'amd64', text?: string): Ran {
  const cpu = new TestCpu();
  cpu.setReg(ARCHS[arch].stackPointer, 0x8000n);
  for (const [name, value] of Object.entries(before)) cpu.setReg(name, BigInt.asUintN(64, value));
  return runRoutine(codeOf(code, arch, text), cpu);
}
