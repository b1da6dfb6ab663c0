/** kill and tgkill: whom a signal goes to. What it does there is the receiver's business (runtime/call-operations.ts). */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort } from '../answer';
import type { CallRow } from '../call-row';
import * as show from '../strace-arguments';

const LAST_SIGNAL = 64;
const INIT = 1;

function isSignal(signal: number): boolean {
  return signal >= 0 && signal <= LAST_SIGNAL;
}

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
  return signal === 0 ? give(0) : { kind: 'return', result: 0n, wokenObjects: [], sent: { to, signal } };
}

const tkill: Handler = (port, [tid, signalArgument]) => {
  return int(tid) <= 0 ? error('EINVAL') : send(port, int(tid), int(signalArgument));
};

export const SIGNAL: readonly CallRow[] = [
  {
    name: 'rt_sigaction',
    nr: { amd64: 13, arm64: 134 },
    via: null,
    args: 'int sig, const struct sigaction *act, struct sigaction *oldact, size_t sigsetsize',
    print: [show.at(0, show.signal), show.at(1, show.address), show.at(2, show.address), show.at(3, show.size)],
  },
  { name: 'rt_sigprocmask', nr: { amd64: 14, arm64: 135 }, via: null, args: 'int how, sigset_t *set, sigset_t *oldset, size_t sigsetsize' },
  { name: 'rt_sigreturn', nr: { amd64: 15, arm64: 139 }, via: null, args: '' },
  { name: 'rt_sigpending', nr: { amd64: 127, arm64: 136 }, via: null, args: null },
  {
    name: 'rt_sigtimedwait',
    nr: { amd64: 128, arm64: 137 },
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'rt_sigqueueinfo', nr: { amd64: 129, arm64: 138 }, via: null, args: null },
  {
    name: 'rt_sigsuspend',
    nr: { amd64: 130, arm64: 133 },
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'rt_tgsigqueueinfo', nr: { amd64: 297, arm64: 240 }, via: null, args: null },
  {
    name: 'sigaltstack',
    nr: { amd64: 131, arm64: 132 },
    via: null,
    args: 'const struct sigaltstack *ss, struct sigaltstack *oss',
    print: [show.at(0, show.address), show.at(1, show.address)],
  },
  {
    name: 'kill',
    nr: { amd64: 62, arm64: 129 },
    via: 'RawSyscall',
    args: 'pid_t pid, int sig',
    handler: kill,
    print: [show.at(0, show.int), show.at(1, show.signal)],
    example: ['1000', '0'],
  },
  {
    name: 'tkill',
    nr: { amd64: 200, arm64: 130 },
    via: null,
    args: 'pid_t tid, int sig',
    handler: tkill,
    print: [show.at(0, show.int), show.at(1, show.signal)],
  },
  {
    name: 'tgkill',
    nr: { amd64: 234, arm64: 131 },
    via: 'RawSyscall',
    args: 'pid_t tgid, pid_t tid, int sig',
    handler: tgkill,
    print: [show.at(0, show.int), show.at(1, show.int), show.at(2, show.signal)],
    example: ['1000', '1000', '0'],
  },
  {
    name: 'pause',
    nr: { amd64: 34, arm64: null },
    via: 'Syscall',
    args: '',
    restarts: false,
  },
  { name: 'signalfd', nr: { amd64: 282, arm64: null }, via: null, args: null },
  { name: 'signalfd4', nr: { amd64: 289, arm64: 74 }, via: null, args: null },
  { name: 'pidfd_send_signal', nr: { amd64: 424, arm64: 424 }, via: null, args: 'int pidfd, int sig, siginfo_t *info, unsigned int flags' },
  { name: 'restart_syscall', nr: { amd64: 219, arm64: 128 }, via: null, args: null },
];
