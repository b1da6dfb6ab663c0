/**
 * A listing that a person wrote, run as what main calls: its routines call and return by their real return addresses, SYSCALL goes into
 * the modelled kernel, and CALL runtime·entersyscall(SB) into the scheduler. Scenarios run the product's own listings one routine at a
 * time (machine.ts); here anything may happen that a program can do to itself.
 */
import { type CpuPort, type Effect, executeInstruction } from '../asm/cpu';
import type { Routine } from '../asm/listing';
import { type Program, textAddress } from '../asm/program';
import { routineSlots } from '../asm/routine-slots';
import { goDeath } from '../asm/signals';
import { bytesOfHex, littleEndian } from '../kernel/bytes';
import { place, writeMemory } from '../kernel/memory';
import { hex } from '../asm/recording-port';
import type { GId } from '../state';
import { unreachable } from '../unreachable';
import { kernelPort, kernelStay } from './call-operations';
import { cpuPort, ensureRegisters, intoKernel, stackTop } from './machine';
import type { Runtime } from './runtime';
import { dieOfSignal, throwFatal } from './panic';
import { ProgramEnd, row, SLEEP_UNTIL_WOKEN, type Thread } from './thread';
import type { Message } from '../message';

/** Numbers are written in decimal or hexadecimal, negative ones too. `words`: 8 bytes each, one after the other in memory. */
export type OwnArgument =
  | { kind: 'number'; value: string }
  | { kind: 'string'; value: string }
  | { kind: 'buffer'; bytes: number }
  | { kind: 'words'; values: readonly string[] };

export interface OwnCall {
  program: Program;
  entry: Routine;
  /** For the slots that are no results, in their order; what is missing is 0. */
  args: readonly OwnArgument[];
  /** What every system call answers; null: what the modelled kernel works out. */
  returns: number | null;
}

/** A call of a routine, from its beginning to its RET. */
export interface Activation {
  symbol: string;
  /** Address of the first argument, hex. */
  fp: string;
}

/** What the steps themselves do not say. Filled while the listing runs. */
export interface OwnRecord {
  /** By step number: the line of the listing that the step carries out, and which activation it belongs to. */
  places: Map<number, { line: number; activation: number }>;
  activations: Activation[];
  /** Why the program died, in the listing's terms. */
  fault: { line: number; message: Message } | null;
  hasReturned: boolean;
}

export function newRecord(): OwnRecord {
  return { places: new Map(), activations: [], fault: null, hasReturned: false };
}

/** The Go functions that a listing may call. */
export const GO_FUNCTIONS: ReadonlySet<string> = new Set(['runtime.entersyscall', 'runtime.exitsyscall']);

const G1: GId = 'G1';
const MAIN = 'main.main';
/** Where main goes on when the listing returns. */
const RETURN_ADDRESS = textAddress(MAIN) + 64n;
const SMALLEST_FRAME = 0xa0;

/** Room for arguments and results in main's frame. */
export function argumentBytes(entry: Routine): number {
  const { slots } = routineSlots(entry);
  return slots.reduce((most, slot) => Math.max(most, slot.offset + slot.bytes), entry.argBytes);
}

interface Place {
  routine: Routine;
  index: number;
}

/** A caller that waits for a RET. */
interface Waiting {
  back: Place | null;
  address: bigint;
  activation: number;
}

export function* ownListing(rt: Runtime, call: OwnCall, record: OwnRecord): Thread {
  yield row(MAIN, 'call', 'op');
  yield* new OwnRun(rt, call, record).run();
  yield row(MAIN, 'return', 'op');
  rt.to.g(G1, 'frames', [MAIN]);
  record.hasReturned = true;
  throw new ProgramEnd('exit', 0, '');
}

class OwnRun {
  private readonly cpu: CpuPort;
  private readonly waiting: Waiting[] = [];
  private activation = 0;

  constructor(
    private readonly rt: Runtime,
    private readonly call: OwnCall,
    private readonly record: OwnRecord,
  ) {
    this.cpu = protectedPort(cpuPort(rt, G1), call.program);
    this.prepare();
  }

  /** main's part: variables, arguments and the return address lie in memory. Part of the step under way. */
  private prepare(): void {
    const { rt, cpu, call } = this;
    for (const { address, bytes } of Object.values(call.program.data)) rt.to.at(['kernel', 'mem', address], bytes);
    ensureRegisters(rt, rt.mOf(G1));
    const base = stackTop(1) - BigInt(Math.max(SMALLEST_FRAME, Math.ceil((argumentBytes(call.entry) + 32) / 16) * 16));
    const { stackPointer, linkRegister } = rt.machine.facts;
    cpu.store(base, 8, linkRegister === null ? RETURN_ADDRESS : 0n);
    const args = [...call.args];
    for (const slot of routineSlots(call.entry).slots) {
      const value = slot.isResult ? 0n : this.valueOf(args.shift());
      cpu.store(base + 8n + BigInt(slot.offset), slot.bytes, BigInt.asUintN(8 * slot.bytes, value));
    }
    cpu.setReg(stackPointer, base);
    if (linkRegister !== null) cpu.setReg(linkRegister, RETURN_ADDRESS);
    cpu.setReg('PC', call.program.routineAddress(call.entry));
    this.enter(call.entry, null, RETURN_ADDRESS);
  }

  private valueOf(argument: OwnArgument | undefined): bigint {
    if (!argument) return 0n;
    const port = kernelPort(this.rt, G1);
    switch (argument.kind) {
      case 'number':
        return numberOf(argument.value);
      case 'string':
        return place(port, argument.value);
      case 'buffer':
        return place(port, { buf: argument.bytes });
      case 'words': {
        const address = place(port, { buf: 8 * argument.values.length });
        writeMemory(
          port,
          address,
          argument.values.flatMap((value) => littleEndian(BigInt.asUintN(64, numberOf(value)), 8)),
        );
        return address;
      }
      default:
        return unreachable(argument);
    }
  }

  *run(): Thread {
    let at: Place | null = { routine: this.call.entry, index: 0 };
    while (at !== null) {
      const { routine, index }: Place = at;
      const code = this.call.program.codeOf(routine);
      const decoded = code.code[index];
      yield row(routine.symbol, decoded?.place.text ?? '…', 'instruction');
      const { open } = this.rt.to;
      if (decoded) open.asm = decoded.place;
      this.record.places.set(open.n, { line: decoded?.instruction.line ?? routine.line, activation: this.activation });
      at = yield* this.after(routine, index, executeInstruction(code, index, this.cpu));
    }
  }

  /** Where to go on; null: back in main. */
  private *after(routine: Routine, index: number, effect: Effect): Thread<Place | null> {
    switch (effect.kind) {
      case 'next':
        return { routine, index: index + 1 };
      case 'jump':
        return { routine, index: effect.index };
      case 'call': {
        const back = { routine, index: effect.returnIndex };
        const address = this.addressOf(back);
        const callee = this.routine(effect.symbol);
        if (callee) return this.enter(callee, back, address);
        yield* this.goFunction(effect.symbol, address, this.rt.machine.facts.callPushes);
        this.cpu.setReg('PC', address);
        return back;
      }
      case 'tail': {
        const callee = this.routine(effect.symbol);
        if (callee) return this.enterInstead(callee);
        yield* this.goFunction(effect.symbol, this.waiting.at(-1)?.address ?? 0n, 0n);
        // The Go function's own RET.
        this.goReturn();
        return yield* this.leave(routine, index);
      }
      case 'ret':
        return yield* this.leave(routine, index);
      case 'syscall': {
        const instruction = routine.instructions[index];
        const next = (instruction?.offset ?? 0) + (instruction?.bytes ?? 0);
        const kernel = (entered: Parameters<typeof kernelStay>[2]): Thread<bigint> =>
          kernelStay(this.rt, G1, entered, routine.symbol, this.call.returns);
        yield* intoKernel(this.rt, G1, routine, next, { kernel });
        this.record.places.set(this.rt.to.open.n, { line: instruction?.line ?? routine.line, activation: this.activation });
        return { routine, index: index + 1 };
      }
      case 'fault':
        return yield* this.die(routine, effect);
      default:
        return unreachable(effect);
    }
  }

  private routine(symbol: string): Routine | null {
    const { routines } = this.call.program;
    return Object.hasOwn(routines, symbol) ? (routines[symbol] ?? null) : null;
  }

  private enter(callee: Routine, back: Place | null, address: bigint): Place {
    this.waiting.push({ back, address, activation: this.activation });
    this.activation = this.newActivation(callee);
    this.rt.to.g(G1, 'frames', [...this.frames(), callee.symbol]);
    return { routine: callee, index: 0 };
  }

  private enterInstead(callee: Routine): Place {
    this.activation = this.newActivation(callee);
    this.rt.to.g(G1, 'frames', [...this.frames().slice(0, -1), callee.symbol]);
    return { routine: callee, index: 0 };
  }

  /** A chain of calls without end is cut here long before the stack is full of it. */
  private frames(): string[] {
    const { frames } = this.rt.G(G1);
    return frames.length === 0 ? [MAIN] : frames.slice(-64);
  }

  /** Where the instruction before the place ends: what a call returns to may lie behind the routine. */
  private addressOf({ routine, index }: Place): bigint {
    const before = routine.instructions[index - 1];
    return this.call.program.routineAddress(routine) + BigInt((before?.offset ?? 0) + (before?.bytes ?? 0));
  }

  private newActivation({ symbol }: Routine): number {
    const fp = this.cpu.reg(this.rt.machine.facts.stackPointer) + 8n;
    return this.record.activations.push({ symbol, fp: hex(fp) }) - 1;
  }

  /** RET has set PC: to whoever waits there, or to any other instruction that begins there. */
  private *leave(routine: Routine, index: number): Thread<Place | null> {
    const pc = this.cpu.reg('PC');
    const top = this.waiting.pop();
    if (top?.address === pc) {
      this.activation = top.activation;
      this.rt.to.g(G1, 'frames', this.frames().slice(0, -1));
      return top.back;
    }
    if (pc === RETURN_ADDRESS) return null;
    const found = this.call.program.locate(pc);
    if (found) return found;
    const line = routine.instructions[index]?.line ?? routine.line;
    const place = hex(pc);
    return yield* this.die(routine, {
      line,
      reason: { key: 'returnsNowhere', line, address: place },
      signal: { name: 'SIGSEGV', code: 1, addr: place, pc: place },
    });
  }

  /** The RET of a Go function that was jumped to: it returns to its caller's caller. */
  private goReturn(): void {
    const { stackPointer, linkRegister } = this.rt.machine.facts;
    if (linkRegister !== null) {
      this.cpu.setReg('PC', this.cpu.reg(linkRegister));
      return;
    }
    const sp = this.cpu.reg(stackPointer);
    this.cpu.setReg('PC', this.cpu.load(sp, 8) ?? 0n);
    this.cpu.setReg(stackPointer, sp + 8n);
  }

  /** The scheduler's part, and its way back: the call has pushed `pushed` bytes. */
  private *goFunction(symbol: string, returnTo: bigint, pushed: bigint): Thread {
    const { rt } = this;
    const { stackPointer: sp } = rt.machine.facts;
    const callerSp = this.cpu.reg(sp) + pushed;
    const { status } = rt.G(G1);
    if (symbol === 'runtime.entersyscall') {
      if (status !== '_Grunning') {
        this.misused({ key: 'enteredTwice' });
        // casgstatus turns in its loop for ever: nobody makes it _Grunning again.
        for (;;) yield SLEEP_UNTIL_WOKEN;
      }
      yield* rt.go.entersyscall(rt, G1, hex(returnTo), hex(callerSp));
    } else {
      if (status !== '_Gsyscall') {
        this.misused({ key: 'exitedWithoutEntry' });
        yield* throwFatal(rt, rt.mOf(G1), { text: 'exitsyscall: syscall frame is no longer valid' });
      }
      yield* rt.go.exitsyscall(rt, G1);
    }
    yield row(symbol.replace('runtime.', ''), 'return', 'instruction');
    ensureRegisters(rt, rt.mOf(G1));
    this.cpu.setReg(sp, callerSp);
  }

  private misused(why: Message): void {
    const line = this.record.places.get(this.rt.to.open.n)?.line ?? 0;
    this.record.fault = { line, message: { key: 'misusedAt', line, why } };
  }

  private *die({ symbol, file }: Routine, { line, reason, signal }: Omit<Extract<Effect, { kind: 'fault' }>, 'kind'>): Thread<never> {
    this.record.fault = { line, message: reason };
    const death = goDeath(signal, {
      canPanic: this.rt.G(G1).status === '_Grunning' && this.rt.G(G1).syscallsp === '0x0',
      m: Number(this.rt.mOf(G1).slice(1)),
    });
    return yield* dieOfSignal(this.rt, G1, death, `${symbol}()\n\t${file}:${line}\n`);
  }
}

function numberOf(written: string): bigint {
  return written.startsWith('-') ? -BigInt(written.slice(1)) : BigInt(written);
}

/** Variables that GLOBL marks RODATA cannot be written. */
function protectedPort(cpu: CpuPort, { data }: Program): CpuPort {
  const closed = Object.values(data)
    .filter((variable) => variable.readOnly)
    .map(({ address, bytes }) => ({ from: BigInt(address), to: BigInt(address) + BigInt(bytesOfHex(bytes).length) }));
  if (closed.length === 0) return cpu;
  return {
    ...cpu,
    store: (address, bytes, value) => !closed.some(({ from, to }) => address >= from && address < to) && cpu.store(address, bytes, value),
  };
}
