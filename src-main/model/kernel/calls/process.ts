/** Programs, processes and threads: how they begin and end, and how they are scheduled. */
import { error, give, type Handler } from '../answer';
import type { CallRow } from '../call-row';

function ends(of: 'program' | 'thread'): Handler {
  return (_port, [status = 0n]) => ({ kind: 'exit', of, code: Number(status & 0xffn), wokenObjects: [] });
}

/**
 * Simplified: a program makes threads only as the runtime does (newm), and processes not at all: the kernel says that it has no such
 * call. 0 would tell the caller that it is the child.
 */
const noNewTask: Handler = () => error('ENOSYS');

const schedYield: Handler = () => give(0);

export const PROCESS: readonly CallRow[] = [
  {
    name: 'exit',
    nr: { amd64: 60, arm64: 93 },
    via: 'Syscall',
    args: 'int status',
    handler: ends('thread'),
  },
  {
    name: 'exit_group',
    nr: { amd64: 231, arm64: 94 },
    via: null,
    args: 'int status',
    handler: ends('program'),
    example: ['3'],
  },
  {
    name: 'clone',
    nr: { amd64: 56, arm64: 220 },
    via: 'RawSyscall6',
    args: 'unsigned long flags, unsigned long newsp, int *parent_tid, int *child_tid, unsigned long tls',
    handler: noNewTask,
  },
  {
    name: 'clone3',
    nr: { amd64: 435, arm64: 435 },
    via: null,
    args: 'struct clone_args *uargs, size_t size',
    handler: noNewTask,
  },
  {
    name: 'fork',
    nr: { amd64: 57, arm64: null },
    via: null,
    args: '',
    handler: noNewTask,
  },
  {
    name: 'vfork',
    nr: { amd64: 58, arm64: null },
    via: null,
    args: '',
    handler: noNewTask,
  },
  {
    name: 'execve',
    nr: { amd64: 59, arm64: 221 },
    via: 'RawSyscall',
    args: 'const char *filename, const char *const *argv, const char *const *envp',
  },
  { name: 'wait4', nr: { amd64: 61, arm64: 260 }, via: 'Syscall6', args: 'pid_t pid, int *wstatus, int options, struct rusage *rusage' },
  {
    name: 'waitid',
    nr: { amd64: 247, arm64: 95 },
    via: 'Syscall6',
    args: 'int which, pid_t pid, struct siginfo *infop, int options, struct rusage *ru',
  },
  { name: 'pidfd_open', nr: { amd64: 434, arm64: 434 }, via: null, args: 'pid_t pid, unsigned int flags' },
  {
    name: 'sched_yield',
    nr: { amd64: 24, arm64: 124 },
    via: null,
    args: '',
    handler: schedYield,
  },
  { name: 'sched_setparam', nr: { amd64: 142, arm64: 118 }, via: null, args: null },
  { name: 'sched_getparam', nr: { amd64: 143, arm64: 121 }, via: null, args: null },
  { name: 'sched_setscheduler', nr: { amd64: 144, arm64: 119 }, via: null, args: null },
  { name: 'sched_getscheduler', nr: { amd64: 145, arm64: 120 }, via: null, args: null },
  { name: 'sched_get_priority_max', nr: { amd64: 146, arm64: 125 }, via: null, args: null },
  { name: 'sched_get_priority_min', nr: { amd64: 147, arm64: 126 }, via: null, args: null },
  { name: 'sched_rr_get_interval', nr: { amd64: 148, arm64: 127 }, via: null, args: null },
  { name: 'sched_setaffinity', nr: { amd64: 203, arm64: 122 }, via: null, args: 'pid_t pid, unsigned int len, unsigned long *mask' },
  { name: 'sched_getaffinity', nr: { amd64: 204, arm64: 123 }, via: null, args: 'pid_t pid, unsigned int len, unsigned long *mask' },
  { name: 'getpriority', nr: { amd64: 140, arm64: 141 }, via: 'Syscall', args: 'int which, int who' },
  { name: 'setpriority', nr: { amd64: 141, arm64: 140 }, via: 'Syscall', args: 'int which, int who, int niceval' },
  { name: 'ioprio_set', nr: { amd64: 251, arm64: 30 }, via: null, args: null },
  { name: 'ioprio_get', nr: { amd64: 252, arm64: 31 }, via: null, args: null },
  { name: 'getrlimit', nr: { amd64: 97, arm64: 163 }, via: 'RawSyscall', args: 'unsigned int resource, struct rlimit *rlim' },
  { name: 'setrlimit', nr: { amd64: 160, arm64: 164 }, via: 'RawSyscall', args: 'unsigned int resource, struct rlimit *rlim' },
  {
    name: 'prlimit64',
    nr: { amd64: 302, arm64: 261 },
    via: 'RawSyscall6',
    args: 'pid_t pid, unsigned int resource, const struct rlimit64 *new_rlim, struct rlimit64 *old_rlim',
  },
  { name: 'getrusage', nr: { amd64: 98, arm64: 165 }, via: 'RawSyscall', args: 'int who, struct rusage *ru' },
  {
    name: 'ptrace',
    nr: { amd64: 101, arm64: 117 },
    via: 'Syscall6',
    args: 'long request, long pid, unsigned long addr, unsigned long data',
  },
  {
    name: 'prctl',
    nr: { amd64: 157, arm64: 167 },
    via: 'RawSyscall6',
    args: 'int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5',
  },
  { name: 'arch_prctl', nr: { amd64: 158, arm64: null }, via: null, args: 'int option, unsigned long arg2' },
  { name: 'personality', nr: { amd64: 135, arm64: 92 }, via: null, args: null },
  { name: 'set_thread_area', nr: { amd64: 205, arm64: null }, via: null, args: null },
  { name: 'get_thread_area', nr: { amd64: 211, arm64: null }, via: null, args: null },
  { name: 'set_tid_address', nr: { amd64: 218, arm64: 96 }, via: null, args: 'int *tidptr' },
  { name: 'modify_ldt', nr: { amd64: 154, arm64: null }, via: null, args: null },
  { name: 'unshare', nr: { amd64: 272, arm64: 97 }, via: 'Syscall', args: 'unsigned long flags' },
  { name: 'rseq', nr: { amd64: 334, arm64: 293 }, via: null, args: 'struct rseq *rseq, u32 rseq_len, int flags, u32 sig' },
  { name: 'perf_event_open', nr: { amd64: 298, arm64: 241 }, via: null, args: null },
];
