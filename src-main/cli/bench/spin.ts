/**
 * A program that keeps the CPU busy, and two ways to run it: as the model does, every change through the recorder, and in a plain loop
 * over the same decoded program. The bench compares their instructions per second.
 */
import { inBrief } from '../../model/message';
import { Recorder } from '../../model/run/recorder';
import type { MId, State, Step } from '../../model/state';
import { ARCHS } from '../../model/asm/arch/index';
import type { CpuPort } from '../../model/asm/access';
import { executeInstruction } from '../../model/asm/cpu';
import type { FlagName } from '../../model/asm/flags';
import type { Code } from '../../model/asm/decode';
import { parseListing } from '../../model/asm/parse-listing';
import { AddressTexts, hex, recordingPort } from '../../model/asm/recording-port';

/** What a listing does most: moves, sums, comparisons, branches, memory in the frame and in the caller's. */
const SPIN = `
TEXT ·spin(SB),NOSPLIT,$16-16
	MOVQ	rounds+0(FP), CX
	XORL	AX, AX
	MOVQ	$1, DX
again:
	ADDQ	DX, AX
	MOVQ	AX, x-8(SP)
	MOVQ	x-8(SP), BX
	CMPQ	BX, $0xfffffffffffff001
	JHI	skip
	XORL	BX, DX
	ANDL	$0xffff, DX
	LEAQ	1(DX)(CX*2), SI
	MOVL	SI, DI
skip:
	DECQ	CX
	JNE	again
	MOVQ	AX, ret+8(FP)
	RET
`;

const STACK = 0xc000000780n;
const REGISTERS = ARCHS.amd64.registers;

/** The decoded program. */
export function spinProgram(): Code {
  const parsed = parseListing(SPIN, 'spin.s', 'amd64', 'bench');
  const routine = parsed.ok ? parsed.program.routines['bench.spin'] : undefined;
  if (!parsed.ok || !routine)
    throw new Error(parsed.ok ? 'no bench.spin' : parsed.faults.map((fault) => inBrief(fault.message)).join('; '));
  return parsed.program.codeOf(routine);
}

export interface Spun {
  instructions: number;
  /** ret+8(FP): both ways of running end with the same. */
  result: bigint;
  /** Fields that the steps list; 0 without a recorder. */
  changes: number;
}

/** Carries out the program until its RET. `each` sees every instruction's index before and a call after it. */
function loop(code: Code, cpu: CpuPort, before: (index: number) => void, after: () => void): number {
  let instructions = 0;
  for (let index = 0; ; instructions++) {
    before(index);
    const effect = executeInstruction(code, index, cpu);
    after();
    if (effect.kind === 'next') index++;
    else if (effect.kind === 'jump') index = effect.index;
    else if (effect.kind === 'ret') return instructions + 1;
    else throw new Error(`bench.spin: ${effect.kind}${effect.kind === 'fault' ? `: ${inBrief(effect.reason)}` : ''}`);
  }
}

/** The plain interpreter loop: registers, flags and memory in variables, nothing listed. */
export function spinPlain(code: Code, rounds: number): Spun {
  const regs: Record<string, bigint> = Object.fromEntries(REGISTERS.map((name) => [name, 0n]));
  const flags: Partial<Record<FlagName, boolean>> = {};
  const memory = new Map<bigint, bigint>([[STACK + 8n, BigInt(rounds)]]);
  const cpu: CpuPort = {
    reg: (name) => regs[name] ?? 0n,
    setReg: (name, value) => {
      regs[name] = value;
    },
    flag: (name) => flags[name] ?? false,
    setFlags: (set) => {
      for (const name in set) flags[name as FlagName] = set[name as FlagName] === true;
    },
    load: (address) => memory.get(address) ?? 0n,
    store: (address, _bytes, value) => {
      memory.set(address, value);
      return true;
    },
  };
  regs.SP = STACK;
  const nothing = (): void => undefined;
  const instructions = loop(code, cpu, nothing, nothing);
  return { instructions, result: memory.get(STACK + 16n) ?? 0n, changes: 0 };
}

/** One step for each instruction, as in a run: registers and flags in the thread's row, the frame in the goroutine's, every change listed. */
export function spinRecorded(code: Code, rounds: number, keep: (step: Step) => void = () => undefined): Spun {
  const thread: MId = 'M0';
  const regs = Object.fromEntries(REGISTERS.map((name) => [name, name === 'SP' ? hex(STACK) : '0x0']));
  const stack: Record<string, string> = { [hex(STACK + 8n)]: hex(BigInt(rounds)) };
  // Of the state the CPU and the recorder touch these rows alone.
  const state = { G: { G1: { stack } }, M: { M0: { p: 'P0', curg: 'G1', regs, flags: [] } } } as unknown as State;
  const to = new Recorder(state);
  const texts = new AddressTexts();
  const cpu = recordingPort(to, () => thread, {
    load: (address) => BigInt(stack[texts.of(address)] ?? '0x0'),
    store: (address, _bytes, value) => {
      to.at(['G', 'G1', 'stack', texts.of(address)], hex(value));
      return true;
    },
  });
  let t = 0;
  let changes = 0;
  const instructions = loop(
    code,
    cpu,
    (index) => {
      const place = code.code[index]?.place;
      const step = to.begin(t++, thread, code.routine.symbol, place?.text ?? '', 1);
      // As the machine does it (runtime/machine.ts).
      if (place) step.asm = place;
    },
    () => {
      const step = to.end();
      changes += step.set.length;
      keep(step);
    },
  );
  return { instructions, result: BigInt(state.G.G1?.stack[hex(STACK + 16n)] ?? '0x0'), changes };
}
