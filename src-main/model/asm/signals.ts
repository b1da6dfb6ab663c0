/**
 * How a program dies of an instruction: the signal that Linux sends, and what Go 1.14 prints then (runtime/signal_unix.go: sigpanic,
 * sighandler; panic.go: printpanics, dopanic_m). Checked against a real run of Go on Linux.
 */

import type { Message } from '../message';

export type SignalName = 'SIGSEGV' | 'SIGBUS' | 'SIGFPE' | 'SIGILL' | 'SIGTRAP';

export interface Signal {
  name: SignalName;
  /** si_code: 1 nothing mapped, 2 not permitted, 0x80 sent by the kernel itself. */
  code: number;
  /** Hex: the address that was touched; for SIGFPE, SIGILL and SIGTRAP the instruction's. */
  addr: string;
  pc: string;
}

/** Thrown inside the CPU, caught by it: the instruction could not be carried out. */
export class CpuFault extends Error {
  constructor(
    readonly signal: SignalName,
    readonly code: number,
    /** null: the instruction's own address. */
    readonly addr: bigint | null,
    readonly why: Message,
  ) {
    super(why.key);
  }
}

/** runtime/sigtab_linux_generic.go. */
const TEXTS: Record<SignalName, string> = {
  SIGSEGV: 'SIGSEGV: segmentation violation',
  SIGBUS: 'SIGBUS: bus error',
  SIGFPE: 'SIGFPE: floating-point exception',
  SIGILL: 'SIGILL: illegal instruction',
  SIGTRAP: 'SIGTRAP: trace trap',
};

export interface Death {
  /** panic: a goroutine could recover from it; fatal: it could not. */
  kind: 'panic' | 'fatal';
  /** Exit status, always 2. */
  code: 2;
  message: string;
}

/** Addresses below this count as a nil pointer with an offset. */
const NIL_PAGE = 0x1000n;

/**
 * `canPanic`: the goroutine is _Grunning, on its own stack and not in a system call; else (between entersyscall and exitsyscall, or on
 * g0) the signal is fatal. `m`: number of the thread.
 */
export function goDeath(signal: Signal, { canPanic, m }: { canPanic: boolean; m: number }): Death {
  const { name, code, addr, pc } = signal;
  if (name === 'SIGILL' || name === 'SIGTRAP') {
    return { kind: 'fatal', code: 2, message: `${TEXTS[name]}\nPC=${pc} m=${m} sigcode=${code}` };
  }
  const place = `[signal ${TEXTS[name]} code=0x${code.toString(16)} addr=${addr} pc=${pc}]`;
  if (!canPanic) return { kind: 'fatal', code: 2, message: `fatal error: unexpected signal during runtime execution\n${place}` };
  if (name === 'SIGFPE') return { kind: 'panic', code: 2, message: `panic: runtime error: integer divide by zero\n${place}` };
  const isNil = BigInt(addr) < NIL_PAGE && code !== 0x80;
  if (isNil)
    return { kind: 'panic', code: 2, message: `panic: runtime error: invalid memory address or nil pointer dereference\n${place}` };
  return { kind: 'fatal', code: 2, message: `unexpected fault address ${addr}\nfatal error: fault\n${place}` };
}
