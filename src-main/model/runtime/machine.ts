/**
 * The machine below a goroutine: runs the assembly listings instruction by instruction on the registers of the M and the stack of the
 * G, all of it in the state. CALL runtime·entersyscall goes into the scheduler; SYSCALL puts the thread into the kernel.
 */
import type { Routine } from '../asm/listing';
import { cpuEntersKernel, cpuLeavesKernel, type CpuPort, executeInstruction } from '../asm/cpu';
import { hex, recordingPort } from '../asm/recording-port';
import { goDeath } from '../asm/signals';
import { fromLittleEndian, littleEndian } from '../kernel/bytes';
import { type MemoryPort, readMemory, type StackMemory, writeMemory } from '../kernel/memory';
import type { GId, MId } from '../state';
import { unreachable } from '../unreachable';
import { dieOfSignal, throwFatal } from './panic';
import type { Runtime } from './runtime';
import { type Thread, row } from './thread';

export { hex };

/** Gives m its registers before its first assembly step. Part of the step under way. */
export function ensureRegisters(rt: Runtime, m: MId): void {
  if (rt.M(m).regs !== null) return;
  const regs: Record<string, string> = {};
  for (const name of rt.machine.facts.registers) regs[name] = '0x0';
  rt.to.m(m, 'regs', regs);
  rt.to.m(m, 'flags', []);
}

/** The CPU's view of the state: the registers of the M that runs g just now, and g's stack. Writes are part of the step under way. */
export function cpuPort(rt: Runtime, g: GId): CpuPort {
  return recordingPort(rt.to, () => rt.mOf(g), {
    load: (address, bytes) => loadSlot(rt, g, address, bytes),
    store: (address, bytes, value) => storeSlot(rt, g, address, bytes, value),
  });
}

/**
 * The stack is kept in slots of 8 bytes; a smaller access goes into one of them. Elsewhere lies what the kernel knows of: a call's
 * arguments and what mmap has made. null: nothing is there.
 */
function loadSlot(rt: Runtime, g: GId, address: bigint, bytes: number): bigint | null {
  if (!isOnStack(g, address)) {
    const held = readMemory(rt.state, address, bytes);
    return held && fromLittleEndian(held);
  }
  const offset = address & 7n;
  const slot = rt.G(g).stack[hex(address - offset)];
  if (Number(offset) + bytes > 8) return null;
  return BigInt.asUintN(bytes * 8, BigInt(slot ?? '0x0') >> (offset * 8n));
}

function storeSlot(rt: Runtime, g: GId, address: bigint, bytes: number, value: bigint): boolean {
  if (!isOnStack(g, address)) return writeMemory(memoryPort(rt), address, littleEndian(value, bytes));
  const offset = address & 7n;
  if (Number(offset) + bytes > 8) return false;
  const key = hex(address - offset);
  const mask = ((1n << BigInt(bytes * 8)) - 1n) << (offset * 8n);
  const old = BigInt(rt.G(g).stack[key] ?? '0x0');
  rt.to.at(['G', g, 'stack', key], hex((old & ~mask) | ((value << (offset * 8n)) & mask)));
  return true;
}

function memoryPort(rt: Runtime): MemoryPort {
  return {
    kernel: rt.state.kernel,
    set: (path, value) => {
      rt.to.at(['kernel', ...path], value);
    },
  };
}

function isOnStack(g: GId, address: bigint): boolean {
  const top = stackTop(Number(g.slice(1)));
  return address >= top - STACK_BYTES && address < top;
}

/** g's stack as the kernel sees it when a pointer leads there. */
export function stackMemory(rt: Runtime, g: GId): StackMemory {
  const top = stackTop(Number(g.slice(1)));
  return {
    bottom: top - STACK_BYTES,
    top,
    word: (address) => BigInt(rt.G(g).stack[hex(address)] ?? '0x0'),
    setWord: (address, value) => {
      rt.to.at(['G', g, 'stack', hex(address)], hex(value));
    },
  };
}

/** A new goroutine's stack (Go: _StackMin). */
const STACK_BYTES = 2048n;

/** Where each goroutine's stack ends: 64 KiB apart, so that an address tells whose stack it is in. */
export function stackTop(index: number): bigint {
  return 0xc000000000n + BigInt(index) * 0x10000n + STACK_BYTES;
}

/** What the registers tell the kernel. */
export interface KernelEntry {
  nr: number;
  args: bigint[];
}

/** What a routine does outside of itself while it runs. */
export interface RoutineCalls {
  entersyscall: (pc: string, sp: string) => Thread;
  exitsyscall: () => Thread;
  /** The thread's stay in the kernel; the value is what the result register holds afterwards. */
  kernel: (entered: KernelEntry) => Thread<bigint>;
}

/** Runs a routine from its first instruction to its RET, which is the step left open when this returns. */
export function* runRoutine(rt: Runtime, g: GId, symbol: string, calls: RoutineCalls): Thread {
  const { program } = rt.machine;
  const routine = program.routines[symbol];
  if (!routine) throw new Error(`no listing of ${symbol}`);
  const cpu = cpuPort(rt, g);
  const code = program.codeOf(routine);
  let index = 0;
  for (;;) {
    const decoded = code.code[index];
    if (!decoded) throw new Error(`${symbol} runs past its last instruction`);
    yield row(symbol, decoded.place.text, 'instruction');
    ensureRegisters(rt, rt.mOf(g));
    rt.to.open.asm = decoded.place;
    const effect = executeInstruction(code, index, cpu);
    switch (effect.kind) {
      case 'next':
        index++;
        break;
      case 'jump':
        index = effect.index;
        break;
      case 'ret':
        return;
      case 'call':
        yield* callGo(rt, g, routine, effect.symbol, effect.returnIndex, calls);
        index = effect.returnIndex;
        break;
      case 'syscall': {
        const next = routine.instructions[index + 1];
        if (!next) throw new Error(`${symbol}: nothing behind ${decoded.place.text}`);
        yield* intoKernel(rt, g, routine, next.offset, calls);
        index++;
        break;
      }
      case 'tail':
        return yield* throwFatal(rt, rt.mOf(g), { text: `${symbol} jumps to ${effect.symbol}, which is not there` });
      case 'fault': {
        const { status, syscallsp } = rt.G(g);
        const death = goDeath(effect.signal, { canPanic: status === '_Grunning' && syscallsp === '0x0', m: Number(rt.mOf(g).slice(1)) });
        yield* dieOfSignal(rt, g, death, `${symbol}()\n\t${routine.file}:${effect.line}\n`);
        break;
      }
      default:
        unreachable(effect);
    }
  }
}

/** A call of a Go function out of assembly: the scheduler's entry and exit. What it leaves in the registers is its own affair (ABI0). */
function* callGo(rt: Runtime, g: GId, routine: Routine, symbol: string, returnIndex: number, calls: RoutineCalls): Thread {
  const name = symbol.replace(/^runtime[.·]/, '');
  const after = routine.instructions[returnIndex];
  const pc = `${routine.symbol}+${after?.offset ?? 0}`;
  const cpu = cpuPort(rt, g);
  const { stackPointer: sp, callPushes } = rt.machine.facts;
  const callerSp = cpu.reg(sp) + callPushes;
  if (name === 'entersyscall') yield* calls.entersyscall(pc, hex(callerSp));
  else if (name === 'exitsyscall') yield* calls.exitsyscall();
  else yield* throwFatal(rt, rt.mOf(g), { text: `${routine.symbol} calls ${symbol}, which is not there` });
  yield row(name, 'return', 'instruction');
  // The goroutine may be on another thread now: its stack came along, the registers did not.
  ensureRegisters(rt, rt.mOf(g));
  cpu.setReg(sp, callerSp);
  cpu.setReg('PC', rt.machine.program.routineAddress(routine) + BigInt(after?.offset ?? 0));
}

/** From the instruction that enters the kernel to the one behind it; the step back is left open. */
export function* intoKernel(rt: Runtime, g: GId, routine: Routine, nextOffset: number, calls: Pick<RoutineCalls, 'kernel'>): Thread {
  const cpu = cpuPort(rt, g);
  const { arch, facts, program } = rt.machine;
  const next = program.routineAddress(routine) + BigInt(nextOffset);
  cpuEntersKernel(cpu, next, arch);
  const { number, args, back } = facts.syscall;
  // The kernel looks at 32 bits of the number.
  const nr = Number(BigInt.asUintN(32, cpu.reg(number)));
  const result = yield* calls.kernel({ nr, args: args.map((name) => cpu.reg(name)) });
  cpuLeavesKernel(cpu, result, next, arch);
  rt.to.open.asm = { pc: `${routine.symbol}+${nextOffset}`, text: back };
}
