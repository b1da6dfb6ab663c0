/** Programs, processes and threads: how they begin and end, and how they are scheduled. */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled, uint } from '../answer';
import { bytesOfHex, fromLittleEndian, hexOfBytes, littleEndian } from '../bytes';
import { MAX_FDS, mayWrite } from '../descriptor-table';
import { fileBytes } from '../file-data';
import { AT_FDCWD, findNamed } from '../file-names';
import { S_IFMT, S_IFREG, statusOf } from '../file-status';
import { readMemory, readString, writeMemory } from '../memory';
import type { CallRow } from '../call-row';
import * as show from '../strace-arguments';

function ends(of: 'program' | 'thread'): Handler {
  return (_port, [status = 0n]) => ({ kind: 'exit', of, code: Number(status & 0xffn), wokenObjects: [] });
}

/**
 * A program makes threads only as the runtime does (newm), and processes not at all: that is not modelled. 0 would tell the caller that it is the child.
 */
const noNewTask: Handler = () => notModelled();

const schedYield: Handler = () => give(0);

/** Simplified: there are no children, as none can be made. */
const wait4: Handler = (_port, [pid, , options]) => {
  const known = 1 | 2 | 8 | 0x20000000 | 0x40000000 | 0x80000000;
  if ((uint(options) & ~known) !== 0) return error('EINVAL');
  // A group whose number cannot be.
  return int(pid) === -0x80000000 ? error('ESRCH') : error('ECHILD');
};

const WAITID_KNOWN = 1 | 2 | 4 | 8 | 0x01000000 | 0x20000000 | 0x40000000 | 0x80000000;

const SIGINFO_TOLD_BYTES = 28;

/** Whatever it answers, it tells that there is nothing to tell. */
const waitid: Handler = (port, [which = 0n, pid = 0n, info = 0n, options = 0n]) => {
  const answer = waited(which, pid, options);
  return info === 0n || writeMemory(port, info, littleEndian(0, SIGINFO_TOLD_BYTES)) ? answer : error('EFAULT');
};

function waited(which: bigint, pid: bigint, options: bigint): KernelAnswer {
  if ((uint(options) & ~WAITID_KNOWN) !== 0 || (uint(options) & 0xe) === 0) return error('EINVAL');
  switch (int(which)) {
    case 0:
      return error('ECHILD');
    case 1:
      return int(pid) <= 0 ? error('EINVAL') : error('ECHILD');
    case 2:
      return int(pid) < 0 ? error('EINVAL') : error('ECHILD');
    case 3:
      return int(pid) < 0 ? error('EINVAL') : error('EBADF');
    default:
      return error('EINVAL');
  }
}

/**
 * Every program of the modelled tree is a text that no machine can run, so that the kernel can say honestly why: it is not there, may not be
 * run, or is no program. A script with #! would need its interpreter, which is not modelled.
 */
const execve: Handler = (port, [path = 0n, argv = 0n, envp = 0n]) => {
  const found = findNamed(port, BigInt(AT_FDCWD), path);
  if ('errno' in found) return error(found.errno);
  const { mode } = statusOf(port, found.found);
  if (found.found.kind !== 'file' || (mode & S_IFMT) !== S_IFREG || (mode & 0o111) === 0) return error('EACCES');
  const isWritten = Object.values(port.kernel.fds).some((open) => open.kind === 'file' && open.path === found.found.path && mayWrite(open));
  if (isWritten) return error('ETXTBSY');
  for (const list of [argv, envp]) if (list !== 0n && !areStrings(port, list)) return error('EFAULT');
  const bytes = fileBytes(port, found.found.path);
  return bytes[0] === 0x23 && bytes[1] === 0x21 ? notModelled() : error('ENOEXEC');
};

/** As many strings as are looked at. */
const MOST_STRINGS = 1024;

/** Whether a list of strings, with a null pointer at its end, can be read. */
function areStrings(port: KernelPort, list: bigint): boolean {
  for (let i = 0; i < MOST_STRINGS; i++) {
    const held = readMemory(port, list + BigInt(8 * i), 8);
    if (!held) return false;
    const address = fromLittleEndian(held);
    if (address === 0n) return true;
    if (readString(port, address, 4096) === null) return false;
  }
  return true;
}

const SCHED = { OTHER: 0, FIFO: 1, RR: 2, BATCH: 3, IDLE: 5, DEADLINE: 6 } as const;
const POLICIES: ReadonlySet<number> = new Set(Object.values(SCHED));
const isRealTime = (policy: number): boolean => policy === SCHED.FIFO || policy === SCHED.RR;

const priorityLimit =
  (ofRealTime: number): Handler =>
  (_port, [policy]) =>
    POLICIES.has(int(policy)) ? give(isRealTime(int(policy)) ? ofRealTime : 0) : error('EINVAL');

/** Simplified: every thread has the ordinary policy. */
const isTask = (port: KernelPort, pid: number): boolean => pid === 0 || pid === 1 || port.threadOf(pid) !== null;

const schedGetscheduler: Handler = (port, [pid]) => (int(pid) < 0 ? error('EINVAL') : isTask(port, int(pid)) ? give(0) : error('ESRCH'));

const schedGetparam: Handler = (port, [pid, param = 0n]) => {
  if (param === 0n || int(pid) < 0) return error('EINVAL');
  if (!isTask(port, int(pid))) return error('ESRCH');
  return writeMemory(port, param, littleEndian(0, 4)) ? give(0) : error('EFAULT');
};

/** Simplified: eight processors. */
const CPUS = 8;
const CPU_MASK_BYTES = 8;

const schedGetaffinity: Handler = (port, [pid, length, mask = 0n]) => {
  if (uint(length) * 8 < CPUS || uint(length) % 8 !== 0) return error('EINVAL');
  if (!isTask(port, int(pid))) return error('ESRCH');
  return writeMemory(port, mask, littleEndian((1 << CPUS) - 1, CPU_MASK_BYTES)) ? give(CPU_MASK_BYTES) : error('EFAULT');
};

/** Where a number stands for a nice value: 1 … 40 for 19 … −20. */
const getpriority: Handler = (port, [which, who]) => {
  if (int(which) < 0 || int(which) > 2) return error('EINVAL');
  return isThere(port, int(which), int(who)) ? give(20 - (port.kernel.nice ?? 0)) : error('ESRCH');
};

/** A process, a group or a user. */
function isThere(port: KernelPort, which: number, who: number): boolean {
  if (which === 2) return who === 0;
  return who === 0 || who === port.kernel.pid || (which === 0 && port.threadOf(who) !== null);
}

const setpriority: Handler = (port, [which, who, value]) => {
  if (int(which) < 0 || int(which) > 2) return error('EINVAL');
  if (!isThere(port, int(which), int(who))) return error('ESRCH');
  port.set(['nice'], Math.min(19, Math.max(-20, int(value))));
  return give(0);
};

const INFINITY = 0xffffffffffffffffn;
/** RLIMIT_CPU … RLIMIT_RTTIME: soft and hard. */
const LIMITS: readonly (readonly [bigint, bigint])[] = [
  [INFINITY, INFINITY],
  [INFINITY, INFINITY],
  [INFINITY, INFINITY],
  [8_388_608n, INFINITY],
  [0n, INFINITY],
  [INFINITY, INFINITY],
  [31_000n, 31_000n],
  [BigInt(MAX_FDS), 4096n],
  [8_388_608n, 8_388_608n],
  [INFINITY, INFINITY],
  [31_000n, 31_000n],
  [819_200n, 819_200n],
  [0n, 0n],
  [0n, 0n],
  [INFINITY, INFINITY],
  [INFINITY, INFINITY],
];
const NOFILE = 7;
/** fs.nr_open. */
const MOST_FDS = 1_048_576n;

function limitOf({ kernel }: KernelPort, resource: number): readonly [bigint, bigint] {
  const changed = kernel.limits?.[resource];
  return changed ? [BigInt(changed[0]), BigInt(changed[1])] : (LIMITS[resource] ?? [INFINITY, INFINITY]);
}

/** Simplified: limits are remembered and limit nothing; but for RLIMIT_NOFILE, which cannot be changed. */
function setLimit(port: KernelPort, resource: number, held: readonly number[]): KernelAnswer {
  const [soft, hard] = [fromLittleEndian(held.slice(0, 8)), fromLittleEndian(held.slice(8, 16))];
  if (soft > hard) return error('EINVAL');
  if (resource === NOFILE && hard > MOST_FDS) return error('EPERM');
  if (resource === NOFILE) return notModelled();
  port.set(['limits'], { ...port.kernel.limits, [resource]: [`0x${soft.toString(16)}`, `0x${hard.toString(16)}`] });
  return give(0);
}

const tellLimit = (port: KernelPort, resource: number, address: bigint): boolean =>
  writeMemory(
    port,
    address,
    limitOf(port, resource).flatMap((each) => littleEndian(each, 8)),
  );

const getrlimit: Handler = (port, [resource, result = 0n]) => {
  if (uint(resource) >= LIMITS.length) return error('EINVAL');
  return tellLimit(port, uint(resource), result) ? give(0) : error('EFAULT');
};

const setrlimit: Handler = (port, [resource, given = 0n]) => {
  const held = readMemory(port, given, 16);
  if (!held) return error('EFAULT');
  return uint(resource) >= LIMITS.length ? error('EINVAL') : setLimit(port, uint(resource), held);
};

const prlimit64: Handler = (port, [pid, resource, given = 0n, result = 0n]) => {
  const held = given === 0n ? null : readMemory(port, given, 16);
  if (given !== 0n && !held) return error('EFAULT');
  if (!isTask(port, int(pid))) return error('ESRCH');
  if (uint(resource) >= LIMITS.length) return error('EINVAL');
  const before = limitOf(port, uint(resource)).flatMap((each) => littleEndian(each, 8));
  const answer = held ? setLimit(port, uint(resource), held) : give(0);
  if (answer.kind !== 'return' || answer.result !== 0n) return answer;
  return result === 0n || writeMemory(port, result, before) ? answer : error('EFAULT');
};

const RUSAGE_BYTES = 144;

/** Simplified: all time is the program's own user time, and nothing else is counted. */
const getrusage: Handler = (port, [who, result = 0n]) => {
  if (![0, -1, 1].includes(int(who))) return error('EINVAL');
  const time = int(who) === -1 ? [0, 0] : [Math.floor(port.now / 1e9), Math.floor((port.now % 1e9) / 1000)];
  const bytes = time.flatMap((each) => littleEndian(each, 8));
  return writeMemory(port, result, [...bytes, ...littleEndian(0, RUSAGE_BYTES - bytes.length)]) ? give(0) : error('EFAULT');
};

const PR_SET_PDEATHSIG = 1;
const PR_GET_DUMPABLE = 3;
const PR_SET_NAME = 15;
const PR_GET_NAME = 16;
const NAME_BYTES = 16;
/** What the program is called as long as it does not say otherwise. */
const COMM = '6d61696e';

/** Simplified: the thread's name, and what can be told without changing anything. */
const prctl: Handler = (port, [option, argument = 0n]) => {
  switch (int(option)) {
    case PR_SET_PDEATHSIG:
      return uint(argument) > 64 ? error('EINVAL') : give(0);
    case PR_GET_DUMPABLE:
      return give(1);
    case PR_SET_NAME: {
      const held = readString(port, argument, NAME_BYTES - 1);
      if (!held) return error('EFAULT');
      port.set(['comm'], hexOfBytes(held));
      return give(0);
    }
    case PR_GET_NAME: {
      const bytes = bytesOfHex((port.kernel.comm ?? COMM).padEnd(2 * NAME_BYTES, '0'));
      return writeMemory(port, argument, bytes) ? give(0) : error('EFAULT');
    }
    default:
      return (int(option) > 100 && int(option) < 0x10000000) || int(option) < 0 ? error('EINVAL') : notModelled();
  }
};

/** What a thread clears when it ends: nobody waits for that here. */
const setTidAddress: Handler = ({ tid }) => give(tid);

const CURRENT = 0xffffffff;

const personality: Handler = (_port, [wanted]) => (uint(wanted) === CURRENT || uint(wanted) === 0 ? give(0) : notModelled());

export const PROCESS: readonly CallRow[] = [
  {
    name: 'exit',
    via: 'Syscall',
    args: 'int status',
    handler: ends('thread'),
  },
  {
    name: 'exit_group',
    via: null,
    args: 'int status',
    handler: ends('program'),
    example: ['3'],
  },
  {
    name: 'clone',
    via: 'RawSyscall6',
    args: 'unsigned long flags, unsigned long newsp, int *parent_tid, int *child_tid, unsigned long tls',
    handler: noNewTask,
  },
  {
    name: 'clone3',
    via: null,
    args: 'struct clone_args *uargs, size_t size',
    handler: noNewTask,
  },
  {
    name: 'fork',
    via: null,
    args: '',
    handler: noNewTask,
  },
  {
    name: 'vfork',
    via: null,
    args: '',
    handler: noNewTask,
  },
  {
    name: 'execve',
    via: 'RawSyscall',
    args: 'const char *filename, const char *const *argv, const char *const *envp',
    handler: execve,
    print: [show.at(0, show.path), show.at(1, show.address), show.at(2, show.address)],
  },
  {
    name: 'wait4',
    via: 'Syscall6',
    args: 'pid_t pid, int *wstatus, int options, struct rusage *rusage',
    handler: wait4,
  },
  {
    name: 'waitid',
    via: 'Syscall6',
    args: 'int which, pid_t pid, struct siginfo *infop, int options, struct rusage *ru',
    handler: waitid,
  },
  { name: 'pidfd_open', via: null, args: 'pid_t pid, unsigned int flags' },
  {
    name: 'sched_yield',
    via: null,
    args: '',
    handler: schedYield,
  },
  { name: 'sched_setparam', via: null, args: null },
  {
    name: 'sched_getparam',
    via: null,
    args: 'pid_t pid, struct sched_param *param',
    handler: schedGetparam,
  },
  { name: 'sched_setscheduler', via: null, args: null },
  { name: 'sched_getscheduler', via: null, args: 'pid_t pid', handler: schedGetscheduler },
  { name: 'sched_get_priority_max', via: null, args: 'int policy', handler: priorityLimit(99) },
  { name: 'sched_get_priority_min', via: null, args: 'int policy', handler: priorityLimit(1) },
  { name: 'sched_rr_get_interval', via: null, args: null },
  { name: 'sched_setaffinity', via: null, args: 'pid_t pid, unsigned int len, unsigned long *mask' },
  {
    name: 'sched_getaffinity',
    via: null,
    args: 'pid_t pid, unsigned int len, unsigned long *mask',
    handler: schedGetaffinity,
  },
  { name: 'getpriority', via: 'Syscall', args: 'int which, int who', handler: getpriority },
  { name: 'setpriority', via: 'Syscall', args: 'int which, int who, int niceval', handler: setpriority },
  { name: 'ioprio_set', via: null, args: null },
  { name: 'ioprio_get', via: null, args: null },
  {
    name: 'getrlimit',
    via: 'RawSyscall',
    args: 'unsigned int resource, struct rlimit *rlim',
    handler: getrlimit,
  },
  {
    name: 'setrlimit',
    via: 'RawSyscall',
    args: 'unsigned int resource, struct rlimit *rlim',
    handler: setrlimit,
  },
  {
    name: 'prlimit64',
    via: 'RawSyscall6',
    args: 'pid_t pid, unsigned int resource, const struct rlimit64 *new_rlim, struct rlimit64 *old_rlim',
    handler: prlimit64,
  },
  { name: 'getrusage', via: 'RawSyscall', args: 'int who, struct rusage *ru', handler: getrusage },
  {
    name: 'ptrace',
    via: 'Syscall6',
    args: 'long request, long pid, unsigned long addr, unsigned long data',
  },
  {
    name: 'prctl',
    via: 'RawSyscall6',
    args: 'int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5',
    handler: prctl,
  },
  { name: 'arch_prctl', via: null, args: 'int option, unsigned long arg2' },
  { name: 'personality', via: null, args: 'unsigned int persona', handler: personality },
  { name: 'set_thread_area', via: null, args: null },
  { name: 'get_thread_area', via: null, args: null },
  { name: 'set_tid_address', via: null, args: 'int *tidptr', handler: setTidAddress },
  { name: 'modify_ldt', via: null, args: null },
  { name: 'unshare', via: 'Syscall', args: 'unsigned long flags' },
  { name: 'rseq', via: null, args: 'struct rseq *rseq, u32 rseq_len, int flags, u32 sig' },
  { name: 'perf_event_open', via: null, args: null },
];
