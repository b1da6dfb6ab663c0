/**
 * The modelled kernel. Modelled are the calls whose row in calls/ has a handler; any other call of the table answers ENOSYS and is marked
 * as not modelled, unless the scenario says what it returns.
 */
import type { KernelState } from '../kernel-state';
import { error, type KernelAnswer, type KernelCall, type KernelPort, notModelled } from './answer';
import { O_RDWR } from './descriptor-table';
import { keepHeld } from './open-files';
import { canonical, entryAt } from './tree';
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
  for (const [path, data] of Object.entries(held.files)) kernel.files[keyOf(path)] = { data };
  const plain = { offset: 0, object: 0, cloexec: false };
  for (const n of [0, 1, 2])
    kernel.fds[n] = { ...plain, kind: 'tty', path: '/dev/tty', flags: n === 0 ? 0 : 1, description: STDERR_DESCRIPTION - 2 + n };
  for (const [n, path] of Object.entries(held.fds)) {
    const key = canonical(path);
    const isDirectory = entryAt({ kernel }, key)?.kind === 'dir';
    if (!isDirectory) kernel.files[key] ??= { data: '' };
    kernel.fds[n] = {
      ...plain,
      kind: isDirectory ? 'dir' : 'file',
      path: key,
      flags: isDirectory ? 0 : O_RDWR,
      description: Number(n) + 1,
    };
  }
  return kernel;
}

/** A directory is written with a slash at its end. */
function keyOf(path: string): string {
  const plain = canonical(path);
  return path.endsWith('/') && plain !== '/' ? `${plain}/` : plain;
}

/** Whether the modelled kernel works out the result of this call itself. */
export function isModelled(call: Pick<SyscallInfo, 'handler'>): boolean {
  return call.handler !== undefined;
}

/** What the kernel answers. A thread that was told to wait calls again when its wait has ended, and says how it did. */
export function enterKernel(port: KernelPort, call: KernelCall): KernelAnswer {
  const row = syscallByNumber(call.nr, port.arch);
  // A number that is no call is ENOSYS on Linux, too.
  if (!row) return error('ENOSYS');
  if (!row.handler) return notModelled();
  const answer = row.handler(port, call.args, call);
  // What is still not there when a signal comes is not waited for.
  return keepHeld(port, call.held, answer.kind === 'wait' && call.occasion === 'signal' ? error('EINTR') : answer);
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
