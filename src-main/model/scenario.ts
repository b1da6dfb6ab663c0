/**
 * A checked scenario as the model takes it: defaults filled in, durations in ns. formats/scenario.ts makes it from a file.
 * The operations are those of the public file format (contract, section 1).
 */
import type { Arch } from './arch';
import type { GoVersion } from './versions/profile';
import type { Text } from './words';

export type Via = 'Syscall' | 'Syscall6' | 'RawSyscall' | 'RawSyscall6';
export type SyscallArgument = number | string | { buf: number };

export type Operation =
  | { kind: 'compute'; ns: number }
  | { kind: 'spin'; ns: number }
  | { kind: 'go'; name: string; times: number }
  | { kind: 'gosched' }
  | {
      kind: 'syscall';
      name: string;
      args: SyscallArgument[];
      /** null: what Go's own wrapper of that name uses. */
      via: Via | null;
      /** ns in the kernel; null: the default, or as long as the modelled kernel makes it wait. */
      takesNs: number | null;
      returns: number | null;
      errno: string | null;
    }
  | { kind: 'blockingsyscall'; takesNs: number }
  | { kind: 'cgo'; takesNs: number }
  | { kind: 'sleep'; ns: number }
  | { kind: 'netread'; takesNs: number }
  | { kind: 'send' | 'recv' | 'close'; channel: string }
  | { kind: 'lock' | 'unlock'; mutex: string }
  | { kind: 'add'; waitgroup: string; n: number }
  | { kind: 'done' | 'wait'; waitgroup: string }
  | { kind: 'lockosthread' }
  | { kind: 'unlockosthread' }
  | { kind: 'gc'; stwNs: number }
  | { kind: 'exit'; code: number }
  | { kind: 'panic'; text: string }
  | { kind: 'mark'; text: string }
  | { kind: 'repeat'; times: number; body: Operation[] };

export type OperationKind = Operation['kind'];

/** Overrides of the first state (contract, `runtime.start`). null keeps the documented default. */
export interface StartState {
  /** P0.schedtick; default 1 (the main goroutine has been executed once). */
  schedtick: number | null;
  /** P0.syscalltick; default 3, see scheduler.md section 11. */
  syscalltick: number | null;
  /** sysmon's current sleep, ns; default 20 µs. */
  sysmonDelayNs: number | null;
  /** Parked Ms that are there already; default 0. */
  idleMs: number | null;
}

/** Whether any goroutine calls C, wherever in its program. */
export function usesCgo({ goroutines }: Pick<Scenario, 'goroutines'>): boolean {
  const callsC = (operation: Operation): boolean =>
    operation.kind === 'cgo' || (operation.kind === 'repeat' && operation.body.some(callsC));
  return Object.values(goroutines).some((operations) => operations.some(callsC));
}

export interface Scenario {
  id: string;
  title: Text;
  runtime: {
    go: GoVersion;
    arch: Arch;
    gomaxprocs: number;
    maxthreads: number;
    sysmon: boolean;
    asyncpreempt: boolean;
    seed: number;
    costs: Record<string, number>;
    start: StartState;
  };
  limits: { timeNs: number; steps: number };
  kernel: { files: Record<string, string>; fds: Record<string, string> };
  channels: Record<string, { cap: number }>;
  mutexes: string[];
  waitgroups: string[];
  cast: { M: string[]; P: string[]; G: Record<string, string> };
  goroutines: Record<string, Operation[]>;
}
