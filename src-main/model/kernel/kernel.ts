/**
 * The modelled kernel. Modelled are the calls whose row in calls/ has a handler; any other call of the table answers 0, as the scenario
 * format promises, unless the scenario says what it returns.
 */
import type { KernelState } from '../state';
import { error, give, type KernelAnswer, type KernelCall, type KernelPort } from './answer';
import { O_RDWR } from './calls/descriptors';
import { lookup } from './calls/files';
import { STDERR_DESCRIPTION } from './calls/read-write';
import { syscallByName, syscallByNumber, type SyscallInfo } from './syscall-table';

export type { Arch, KernelAnswer, KernelCall, KernelPort } from './answer';

/** Standard input, output and error; pid 1000, as good as any. */
export function firstKernelState(held: { files: Record<string, string>; fds: Record<string, string> }): KernelState {
  const kernel: KernelState = {
    pid: 1000,
    files: {},
    fds: {},
    objects: {},
    mem: {},
    maps: [],
    futex: [],
    strace: [],
    stdout: '',
    stderr: '',
    netpoll: [],
    poller: null,
    netpollBreak: false,
  };
  for (const [path, data] of Object.entries(held.files)) kernel.files[path] = { data };
  const plain = { offset: 0, object: 0, cloexec: false };
  for (const n of [0, 1, 2])
    kernel.fds[n] = { ...plain, kind: 'tty', path: '/dev/tty', flags: n === 0 ? 0 : 1, description: STDERR_DESCRIPTION - 2 + n };
  for (const [n, path] of Object.entries(held.fds)) {
    const found = lookup(kernel, path);
    if (found.kind === 'none') kernel.files[path] = { data: '' };
    const key = found.kind === 'file' ? found.key : path;
    kernel.fds[n] = {
      ...plain,
      kind: found.kind === 'dir' ? 'dir' : 'file',
      path: key,
      flags: found.kind === 'dir' ? 0 : O_RDWR,
      description: Number(n) + 1,
    };
  }
  return kernel;
}

/** Whether the modelled kernel works out the result of this call itself. */
export function isModelled(call: Pick<SyscallInfo, 'handler'>): boolean {
  return call.handler !== undefined;
}

/** What the kernel answers. A thread that was told to wait calls again when its wait has ended, and says how it did. */
export function enterKernel(port: KernelPort, call: KernelCall): KernelAnswer {
  const row = syscallByNumber(call.nr, port.arch);
  // A call that exists but is not modelled returns 0, as the scenario format promises; a number that is no call is ENOSYS.
  if (!row) return error('ENOSYS');
  return row.handler ? row.handler(port, call.args, call) : give(0);
}

/** Whether the call may have to wait for another thread, as far as its arguments tell. */
export function mayWait(port: Pick<KernelPort, 'kernel'>, name: string, args: readonly bigint[]): boolean {
  return syscallByName(name)?.waitsOn?.(port, args) ?? false;
}

/**
 * Whether the kernel starts the call again when the handler of a signal with SA_RESTART is done; else the signal ends it with EINTR.
 * `args` null: nobody knows them; a call for which they decide counts as started again.
 */
export function isRestarted(name: string, args: readonly bigint[] | null): boolean {
  const restarts = syscallByName(name)?.restarts ?? true;
  if (typeof restarts === 'boolean') return restarts;
  return args === null || restarts(args);
}
