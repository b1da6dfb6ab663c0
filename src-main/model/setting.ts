/**
 * What a scenario says besides what its goroutines do. It lies below the runtime, which knows nothing more of a scenario: the operations
 * are made of the runtime's functions, so a runtime that knew them would close a circle.
 */
import type { Arch } from './arch';
import type { GoVersion } from './versions/profile';
import type { Language, Text } from './words';

export type Via = 'Syscall' | 'Syscall6' | 'RawSyscall' | 'RawSyscall6';
/** `words`: a struct of 64-bit words, each as a number that JavaScript need not be able to hold (decimal, or 0x…). */
export type SyscallArgument = number | string | { buf: number } | { words: readonly string[] };

/** Overrides of the first state (contract, `runtime.start`). null keeps the documented default. */
export interface StartState {
  /** P0.schedtick; default 1 (the main goroutine has been executed once). */
  schedtick: number | null;
  /** P0.syscalltick; default 3: some system calls have been made before main.main starts (runtime/proc.go: main). */
  syscalltick: number | null;
  /** sysmon's current sleep, ns; default 20 µs. */
  sysmonDelayNs: number | null;
  /** Parked Ms that are there already; default 0. */
  idleMs: number | null;
}

export interface Setting {
  id: string;
  title: Text;
  /** The one language that the title is written in; not there: it has both. */
  language?: Language;
  runtime: {
    go: GoVersion;
    arch: Arch;
    gomaxprocs: number;
    maxthreads: number;
    sysmon: boolean;
    asyncpreempt: boolean;
    /** GODEBUG=schedtrace: sysmon prints a line every so many ns; 0: never. And scheddetail: a line for each P, M and G besides. */
    schedtraceNs: number;
    scheddetail: boolean;
    /** Go: forcegcperiod, ns; a variable that Go's own tests change. */
    forcegcperiodNs: number;
    seed: number;
    costs: Record<string, number>;
    start: StartState;
  };
  limits: { timeNs: number; steps: number };
  kernel: { files: Record<string, string>; fds: Record<string, string> };
  channels: Record<string, { cap: number }>;
  mutexes: string[];
  rwmutexes: string[];
  conds: Record<string, { mutex: string }>;
  waitgroups: string[];
  cast: { M: string[]; P: string[]; G: Record<string, string> };
}

/** What a goroutine asks of the kernel. */
export interface SyscallRequest {
  name: string;
  args: SyscallArgument[];
  /** null: what Go's own wrapper of that name uses. */
  via: Via | null;
  /** ns in the kernel; null: the default, or as long as the modelled kernel makes it wait. */
  takesNs: number | null;
  returns: number | null;
  errno: string | null;
}
