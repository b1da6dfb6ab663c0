/** A system call as its family writes it down (calls/*.ts): one row, out of which everything that knows calls by name reads its part. */
import type { Handler, KernelPort } from './answer';
import type { CallName } from './numbers/index';
import type { Argument, Finished, TracedCall } from './strace-arguments';

/** The routine that Go's own wrapper uses; null: package syscall has no wrapper. */
export type WrapperVia = 'Syscall' | 'Syscall6' | 'RawSyscall' | 'RawSyscall6' | 'rawSyscallNoError' | 'AllThreadsSyscall' | 'vdso';

export interface CallRow {
  /** Its numbers stand by this name in the tables of numbers/. */
  name: CallName;
  /** Source: Go 1.14's package syscall (zsyscall_linux_amd64.go, zsysnum_linux_*.go). */
  via: WrapperVia | null;
  /** The kernel's own parameters in register order, as C declares them; null: not recorded, it may be all six registers. */
  args: string | null;
  /** Works out the result. Without one the call is not modelled: it answers ENOSYS, or what the scenario says. */
  handler?: Handler;
  /** How strace(1) prints the arguments; without it, each by its parameter's type. */
  print?: readonly Argument[];
  /** How strace(1) prints a result that is no error; without it, or where it says null, as a decimal number. */
  printResult?: (finished: Finished, call: TracedCall) => string | null;
  /** Whether the call may have to wait for another thread, as far as its arguments tell. Without it: never. */
  waitsOn?: (port: Pick<KernelPort, 'kernel'>, args: readonly bigint[]) => boolean;
  /**
   * Whether the kernel starts the call again after a signal whose handler says SA_RESTART (signal(7)); without it, it does. What is not
   * started again ends with EINTR.
   */
  restarts?: boolean | ((args: readonly bigint[]) => boolean);
  /**
   * What stands in the playground's fields when the call is chosen, as a person would type it: something that works with the files and
   * descriptors that the playground's kernel has. Without it, by the parameters' types.
   */
  example?: readonly string[];
}
