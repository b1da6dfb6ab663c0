/** Signals: whom they go to, who blocks them, who waits for them. What one does where it arrives is the receiver's business (runtime/call-operations.ts). */
import type { KernelFd } from '../../kernel-state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, wait, waitUntil } from '../answer';
import { bytesOfHex, fromLittleEndian, hexOfBytes, littleEndian } from '../bytes';
import type { CallRow } from '../call-row';
import { fdOf, freeFd, install, newObject, O_CLOEXEC, O_NONBLOCK, O_RDWR } from '../descriptor-table';
import * as names from '../flag-names';
import { type Ranges, readMemory, scatter, writeMemory } from '../memory';
import { changed, objectOf, pendingIn, POLL, waitPlace } from '../poll';
import {
  bitOf,
  blockedBy,
  isKernelOnly,
  isSignal,
  LAST_SIGNAL,
  makePending,
  PENDING,
  setBlocked,
  SIGSET_BYTES,
  sigsetAt,
  takePending,
  tellSigset,
  UNBLOCKABLE,
} from '../signal-sets';
import * as show from '../strace-arguments';
import { timespec, timespecAt } from './clock';

const INIT = 1;

const kill: Handler = (port, [pidArgument, signalArgument]) => {
  const [pid, signal] = [int(pidArgument), int(signalArgument)];
  const { pid: own } = port.kernel;
  if (pid === own || pid === 0 || pid === -own) return send(port, own, signal);
  // Simplified: nobody else is there but init, and what it makes of a signal is not our subject.
  if (pid !== INIT && pid !== -1) return error('ESRCH');
  return isSignal(signal) ? give(0) : error('EINVAL');
};

const tgkill: Handler = (port, [tgid, tid, signalArgument]) => {
  const signal = int(signalArgument);
  if (int(tgid) <= 0 || int(tid) <= 0) return error('EINVAL');
  return int(tgid) === port.kernel.pid ? send(port, int(tid), signal) : error('ESRCH');
};

/** A process's signal goes to its first thread, which has the process's own number. */
function send(port: KernelPort, tid: number, signal: number): KernelAnswer {
  const to = port.threadOf(tid);
  if (to === null) return error('ESRCH');
  if (!isSignal(signal)) return error('EINVAL');
  if (signal === 0 || isIgnored(port, signal)) return give(0);
  if ((blockedBy(port, to) & bitOf(signal)) !== 0n) return give(0, makePending(port, signal));
  return { kind: 'return', result: 0n, wokenObjects: [], sent: { to, signal } };
}

/** SIG_IGN, as rt_sigaction has set it. */
function isIgnored({ kernel }: KernelPort, signal: number): boolean {
  return fromLittleEndian(bytesOfHex((kernel.actions?.[signal] ?? '').slice(0, 16))) === 1n;
}

const tkill: Handler = (port, [tid, signalArgument]) => {
  return int(tid) <= 0 ? error('EINVAL') : send(port, int(tid), int(signalArgument));
};

const SIGACTION_BYTES = 32;

const rtSigaction: Handler = (port, [signalArgument, action = 0n, old = 0n, size]) => {
  const signal = int(signalArgument);
  if (size !== BigInt(SIGSET_BYTES)) return error('EINVAL');
  const held = action === 0n ? null : readMemory(port, action, SIGACTION_BYTES);
  if (action !== 0n && !held) return error('EFAULT');
  if (signal < 1 || signal > LAST_SIGNAL || (held && isKernelOnly(signal))) return error('EINVAL');
  const before = bytesOfHex(port.kernel.actions?.[signal] ?? '00'.repeat(SIGACTION_BYTES));
  if (held) port.set(['actions'], { ...port.kernel.actions, [signal]: hexOfBytes([...held.slice(0, 24), ...blockable(held.slice(24))]) });
  return old === 0n || writeMemory(port, old, before) ? give(0) : error('EFAULT');
};

const blockable = (set: readonly number[]): number[] => littleEndian(fromLittleEndian(set) & ~UNBLOCKABLE, SIGSET_BYTES);

const rtSigprocmask: Handler = (port, [how, set = 0n, old = 0n, size]) => {
  if (size !== BigInt(SIGSET_BYTES)) return error('EINVAL');
  const before = blockedBy(port, port.m);
  const answer = set === 0n ? give(0) : changeMask(port, int(how), before, sigsetAt(port, set));
  if (answer.kind !== 'return' || answer.result !== 0n) return answer;
  return old === 0n || tellSigset(port, old, before) ? answer : error('EFAULT');
};

/** A signal that is no longer blocked arrives. */
function changeMask(port: KernelPort, how: number, before: bigint, given: bigint | null): KernelAnswer {
  if (given === null) return error('EFAULT');
  if (how < 0 || how > 2) return error('EINVAL');
  const now = how === 0 ? before | given : how === 1 ? before & ~given : given;
  setBlocked(port, port.m, now);
  const [signal] = pendingIn(port.kernel, ~now);
  if (signal === undefined) return give(0);
  takePending(port, signal);
  return { kind: 'return', result: 0n, wokenObjects: [], sent: { to: port.m, signal } };
}

const rtSigpending: Handler = (port, [set = 0n, size = 0n]) => {
  if (size > BigInt(SIGSET_BYTES)) return error('EINVAL');
  const pending = pendingIn(port.kernel, blockedBy(port, port.m)).reduce((sum, signal) => sum | bitOf(signal), 0n);
  return writeMemory(port, set, littleEndian(pending, 8).slice(0, Number(size))) ? give(0) : error('EFAULT');
};

const SIGINFO_BYTES = 128;

const rtSigtimedwait: Handler = (port, [set = 0n, info = 0n, timeout = 0n, size], call) => {
  if (size !== BigInt(SIGSET_BYTES)) return error('EINVAL');
  const wanted = sigsetAt(port, set);
  if (wanted === null) return error('EFAULT');
  const limit = timeout === 0n ? null : timespecAt(port, timeout);
  if (typeof limit === 'string') return error(limit);
  const [signal] = pendingIn(port.kernel, wanted & ~UNBLOCKABLE);
  if (signal !== undefined) {
    takePending(port, signal);
    const told = [
      ...littleEndian(signal, 4),
      ...littleEndian(0, 12),
      ...littleEndian(port.kernel.pid, 4),
      ...Array.from({ length: SIGINFO_BYTES - 20 }, () => 0),
    ];
    return info === 0n || writeMemory(port, info, told) ? give(signal) : error('EFAULT');
  }
  const until = call.held?.until === undefined ? (limit === null ? null : port.now + limit) : call.held.until;
  return until !== null && until <= port.now ? error('EAGAIN') : waitUntil(port, PENDING, until);
};

/** Nothing but a signal ends it. */
const rtSigsuspend: Handler = (port, [set = 0n, size]) => {
  if (size !== BigInt(SIGSET_BYTES)) return error('EINVAL');
  return sigsetAt(port, set) === null ? error('EFAULT') : wait('nothing');
};

const ALTSTACK_BYTES = 24;
const MINSIGSTKSZ = 2048n;
const SS_DISABLE = 2;
const SS_AUTODISARM = 0x80000000;

const sigaltstack: Handler = (port, [stack = 0n, old = 0n]) => {
  const held = stack === 0n ? null : readMemory(port, stack, ALTSTACK_BYTES);
  if (stack !== 0n && !held) return error('EFAULT');
  const before =
    port.kernel.altstacks?.[port.m] ?? hexOfBytes([...littleEndian(0, 8), ...littleEndian(SS_DISABLE, 4), ...littleEndian(0, 12)]);
  if (held) {
    const flags = Number(fromLittleEndian(held.slice(8, 12)));
    const mode = (flags & ~SS_AUTODISARM) >>> 0;
    if (mode > SS_DISABLE) return error('EINVAL');
    if (mode !== SS_DISABLE && fromLittleEndian(held.slice(16)) < MINSIGSTKSZ) return error('ENOMEM');
    const kept =
      mode === SS_DISABLE
        ? [...littleEndian(0, 8), ...littleEndian(flags >>> 0, 4), ...littleEndian(0, 12)]
        : [...held.slice(0, 8), ...littleEndian((flags & SS_AUTODISARM) >>> 0, 4), ...littleEndian(0, 4), ...held.slice(16)];
    port.set(['altstacks'], { ...port.kernel.altstacks, [port.m]: hexOfBytes(kept) });
  }
  return old === 0n || writeMemory(port, old, bytesOfHex(before)) ? give(0) : error('EFAULT');
};

const signalfd4: Handler = (port, [fd, set = 0n, size, flagsArgument = 0n]) => {
  const flags = int(flagsArgument);
  if (size !== BigInt(SIGSET_BYTES)) return error('EINVAL');
  const wanted = sigsetAt(port, set);
  if (wanted === null) return error('EFAULT');
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0) return error('EINVAL');
  const mask = `0x${(wanted & ~UNBLOCKABLE).toString(16)}`;
  if (int(fd) !== -1) {
    const open = fdOf(port, fd);
    if (!open) return error('EBADF');
    if (open.kind !== 'signalfd') return error('EINVAL');
    port.set(['objects', String(open.object), 'mask'], mask);
    return give(int(fd), changed(port, open.object, POLL.IN));
  }
  const made = freeFd(port);
  if (made === null) return error('EMFILE');
  const object = newObject(port, { kind: 'signalfd', mask });
  install(port, made, {
    kind: 'signalfd',
    path: 'anon_inode:[signalfd]',
    flags: O_RDWR | (flags & O_NONBLOCK),
    object,
    cloexec: (flags & O_CLOEXEC) !== 0,
  });
  return give(made);
};

/** struct signalfd_siginfo: number, errno, code, who sent it. */
export function readSignalfd(port: KernelPort, open: KernelFd, into: Ranges, wanted: number): KernelAnswer {
  const most = Math.floor(wanted / SIGINFO_BYTES);
  if (most === 0) return error('EINVAL');
  const signals = pendingIn(port.kernel, BigInt(objectOf(port, open.object, 'signalfd').mask)).slice(0, most);
  if (signals.length === 0) {
    return (open.flags & O_NONBLOCK) !== 0 ? error('EAGAIN') : wait(waitPlace('signalfd', open.object, 'readable'), { open, done: 0 });
  }
  let done = 0;
  for (const signal of signals) {
    takePending(port, signal);
    const told = [
      ...littleEndian(signal, 4),
      ...littleEndian(0, 8),
      ...littleEndian(port.kernel.pid, 4),
      ...Array.from({ length: SIGINFO_BYTES - 16 }, () => 0),
    ];
    if (scatter(port, into, done, told) < SIGINFO_BYTES) return done > 0 ? give(done) : error('EFAULT');
    done += SIGINFO_BYTES;
  }
  return give(done);
}

/** How strace shows a set of signals: by their names without SIG. */
const sigset: show.Value = (value, memory) =>
  show.struct(memory, value, SIGSET_BYTES, (held) => {
    const set = fromLittleEndian(held);
    const signals = Array.from({ length: LAST_SIGNAL }, (_, i) => i + 1).filter((signal) => (set & bitOf(signal)) !== 0n);
    return `[${signals.map((signal) => names.signalName(signal).replace(/^SIG/, '')).join(' ')}]`;
  });

export const SIGNAL: readonly CallRow[] = [
  {
    name: 'rt_sigaction',
    via: null,
    args: 'int sig, const struct sigaction *act, struct sigaction *oldact, size_t sigsetsize',
    print: [show.at(0, show.signal), show.at(1, show.address), show.at(2, show.address), show.at(3, show.size)],
    handler: rtSigaction,
  },
  {
    name: 'rt_sigprocmask',
    via: null,
    args: 'int how, sigset_t *set, sigset_t *oldset, size_t sigsetsize',
    handler: rtSigprocmask,
    print: [show.at(0, show.one(names.SIG_HOW, 'SIG')), show.at(1, sigset), show.out(2, sigset), show.after(3, show.size)],
  },
  { name: 'rt_sigreturn', via: null, args: '' },
  {
    name: 'rt_sigpending',
    via: null,
    args: 'sigset_t *set, size_t sigsetsize',
    handler: rtSigpending,
    print: [show.out(0, sigset), show.after(1, show.size)],
  },
  {
    name: 'rt_sigtimedwait',
    via: null,
    args: 'const sigset_t *set, siginfo_t *info, const struct timespec *timeout, size_t sigsetsize',
    restarts: false,
    handler: rtSigtimedwait,
    print: [show.at(0, sigset), show.at(1, show.address), show.at(2, timespec), show.at(3, show.size)],
    waitsOn: () => true,
  },
  { name: 'rt_sigqueueinfo', via: null, args: null },
  {
    name: 'rt_sigsuspend',
    via: null,
    args: 'const sigset_t *mask, size_t sigsetsize',
    restarts: false,
    handler: rtSigsuspend,
    print: [show.at(0, sigset), show.at(1, show.size)],
    waitsOn: () => true,
  },
  { name: 'rt_tgsigqueueinfo', via: null, args: null },
  {
    name: 'sigaltstack',
    via: null,
    args: 'const struct sigaltstack *ss, struct sigaltstack *oss',
    print: [show.at(0, show.address), show.at(1, show.address)],
    handler: sigaltstack,
  },
  {
    name: 'kill',
    via: 'RawSyscall',
    args: 'pid_t pid, int sig',
    handler: kill,
    print: [show.at(0, show.int), show.at(1, show.signal)],
    example: ['1000', '0'],
  },
  {
    name: 'tkill',
    via: null,
    args: 'pid_t tid, int sig',
    handler: tkill,
    print: [show.at(0, show.int), show.at(1, show.signal)],
  },
  {
    name: 'tgkill',
    via: 'RawSyscall',
    args: 'pid_t tgid, pid_t tid, int sig',
    handler: tgkill,
    print: [show.at(0, show.int), show.at(1, show.int), show.at(2, show.signal)],
    example: ['1000', '1000', '0'],
  },
  {
    name: 'pause',
    via: 'Syscall',
    args: '',
    restarts: false,
    handler: () => wait('nothing'),
    waitsOn: () => true,
  },
  {
    name: 'signalfd',
    via: null,
    args: 'int fd, const sigset_t *mask, size_t sizemask',
    handler: (port, args, call) => signalfd4(port, [...args.slice(0, 3), 0n], call),
    print: [show.at(0, show.int), show.at(1, sigset), show.at(2, show.size)],
  },
  {
    name: 'signalfd4',
    via: null,
    args: 'int fd, const sigset_t *mask, size_t sizemask, int flags',
    handler: signalfd4,
    print: [show.at(0, show.int), show.at(1, sigset), show.at(2, show.size), show.at(3, show.flags(names.SOCK_FLAGS))],
  },
  { name: 'pidfd_send_signal', via: null, args: 'int pidfd, int sig, siginfo_t *info, unsigned int flags' },
  { name: 'restart_syscall', via: null, args: null },
];
