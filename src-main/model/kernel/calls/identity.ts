/** Who and where the program is, and chance. It begins as root, with init as its parent; who it says it is changes nothing that it may do. */
import { ARCHS } from '../../asm/arch/index';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled, uint } from '../answer';
import { fromLittleEndian, littleEndian, zeros } from '../bytes';
import type { CallRow } from '../call-row';
import * as names from '../flag-names';
import { copyOut, isUserRange, mappedBytes, readMemory, writeMemory } from '../memory';
import * as show from '../strace-arguments';
import { utf8Bytes } from '../utf8';

/** Each of the six names in struct utsname has so many bytes. */
const UTS_NAME_BYTES = 65;

const uname: Handler = (port, [result = 0n]) => {
  const names = ['Linux', 'schedville', '5.4.0', '#1 SMP', ARCHS[port.arch].kernel.machine, '(none)'];
  const bytes = names.flatMap((name) => {
    const own = utf8Bytes(name);
    return [...own, ...Array.from({ length: UTS_NAME_BYTES - own.length }, () => 0)];
  });
  return writeMemory(port, result, bytes) ? give(0) : error('EFAULT');
};

/** GRND_NONBLOCK, GRND_RANDOM and GRND_INSECURE. */
const GRND = 7;
/** Simplified: one call gives at most so many bytes; Linux gives 32 MiB. */
const MOST = 1 << 20;

/** From the run's own seed, so that the same run gets the same bytes. */
const getrandom: Handler = (port, [buffer = 0n, count = 0n, flags]) => {
  if ((int(flags) & ~GRND) !== 0 || (int(flags) & 6) === 6) return error('EINVAL');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const wanted = count > BigInt(MOST) ? MOST : Number(count);
  const room = mappedBytes(port, buffer, wanted, 'write');
  if (room === 0 && wanted > 0) return error('EFAULT');
  const bytes = zeros(room);
  for (let i = 0; i < room; i++) bytes[i] = port.random() & 0xff;
  return give(copyOut(port, buffer, bytes));
};

const getpid: Handler = ({ kernel }) => give(kernel.pid);
const gettid: Handler = ({ tid }) => give(tid);
const init: Handler = () => give(1);

type Ids = [real: number, effective: number, saved: number];

const idsOf = ({ kernel }: KernelPort, kind: 'uid' | 'gid'): Ids => kernel.ids?.[kind] ?? [0, 0, 0];

function setIds(port: KernelPort, kind: 'uid' | 'gid', ids: Ids): KernelAnswer {
  port.set(['ids'], { ...port.kernel.ids, [kind]: ids });
  return give(0);
}

const NONE = 0xffffffff;

const oneId =
  (kind: 'uid' | 'gid', at: 0 | 1): Handler =>
  (port) =>
    give(idsOf(port, kind)[at]);

/** Only root may become whom it likes; others may go back to whom they were. */
const isRoot = (port: KernelPort): boolean => idsOf(port, 'uid')[1] === 0;

const setId =
  (kind: 'uid' | 'gid'): Handler =>
  (port, [argument]) => {
    const id = uint(argument);
    if (id === NONE) return error('EINVAL');
    const [real, , saved] = idsOf(port, kind);
    if (isRoot(port)) return setIds(port, kind, [id, id, id]);
    return id === real || id === saved ? setIds(port, kind, [real, id, saved]) : error('EPERM');
  };

const setResId =
  (kind: 'uid' | 'gid'): Handler =>
  (port, args) => {
    const before = idsOf(port, kind);
    const wanted = [0, 1, 2].map((i) => uint(args[i]));
    if (!isRoot(port) && wanted.some((id) => id !== NONE && !before.includes(id))) return error('EPERM');
    return setIds(port, kind, wanted.map((id, i) => (id === NONE ? (before[i] ?? 0) : id)) as Ids);
  };

const setReId =
  (kind: 'uid' | 'gid'): Handler =>
  (port, args) => {
    const [real, effective, saved] = idsOf(port, kind);
    const [wantedReal, wantedEffective] = [uint(args[0]), uint(args[1])];
    if (!isRoot(port)) {
      if (wantedReal !== NONE && wantedReal !== real && wantedReal !== effective) return error('EPERM');
      if (wantedEffective !== NONE && ![real, effective, saved].includes(wantedEffective)) return error('EPERM');
    }
    const now: Ids = [wantedReal === NONE ? real : wantedReal, wantedEffective === NONE ? effective : wantedEffective, saved];
    if (wantedReal !== NONE || (wantedEffective !== NONE && wantedEffective !== real)) now[2] = now[1];
    return setIds(port, kind, now);
  };

const getResId =
  (kind: 'uid' | 'gid'): Handler =>
  (port, args) => {
    for (const [i, id] of idsOf(port, kind).entries()) if (!writeMemory(port, args[i] ?? 0n, littleEndian(id, 4))) return error('EFAULT');
    return give(0);
  };

/** The older ids of the file system: they answer what was there before, whatever is asked for. */
const setFsId =
  (kind: 'uid' | 'gid'): Handler =>
  (port) =>
    give(idsOf(port, kind)[1]);

const MOST_GROUPS = 65_536;

const getgroups: Handler = (port, [size, list = 0n]) => {
  if (int(size) < 0) return error('EINVAL');
  const groups = port.kernel.groups ?? [0];
  if (int(size) === 0) return give(groups.length);
  if (int(size) < groups.length) return error('EINVAL');
  const bytes = groups.flatMap((group) => littleEndian(group, 4));
  return bytes.length === 0 || writeMemory(port, list, bytes) ? give(groups.length) : error('EFAULT');
};

const setgroups: Handler = (port, [size, list = 0n]) => {
  if (!isRoot(port)) return error('EPERM');
  const count = uint(size);
  if (count > MOST_GROUPS) return error('EINVAL');
  const held = readMemory(port, list, count * 4);
  if (!held) return error('EFAULT');
  const groups = Array.from({ length: count }, (_, i) => Number(fromLittleEndian(held.slice(4 * i, 4 * i + 4))));
  if (groups.includes(NONE)) return error('EINVAL');
  port.set(
    ['groups'],
    groups.sort((a, b) => a - b),
  );
  return give(0);
};

/** Processes that there are: this one and init. */
const isProcess = ({ kernel }: KernelPort, pid: number): boolean => pid === 0 || pid === kernel.pid;

/** The program leads its own session and group: so it stays. */
const ownGroup =
  (of: 'group' | 'session'): Handler =>
  (port, [pid]) => {
    if (of === 'group' && int(pid) < 0) return error('ESRCH');
    return isProcess(port, int(pid)) ? give(port.kernel.pid) : int(pid) === 1 ? give(1) : error('ESRCH');
  };

const setpgid: Handler = (port, [pid, group]) => {
  if ((int(group) === 0 ? int(pid) : int(group)) < 0) return error('EINVAL');
  if (!isProcess(port, int(pid))) return error('ESRCH');
  return error('EPERM');
};

const SYSINFO_BYTES = 112;
const MEMORY_BYTES = 8n << 30n;

/** Simplified: 8 GiB of memory, half of it free, and nobody else on the machine. */
const sysinfo: Handler = (port, [result = 0n]) => {
  const seconds = BigInt(Math.floor(port.now / 1_000_000_000));
  const words = [seconds, 0n, 0n, 0n, MEMORY_BYTES, MEMORY_BYTES / 2n, 0n, 0n, 0n, 0n].flatMap((word) => littleEndian(word, 8));
  const rest = [...littleEndian(1, 2), ...littleEndian(0, 22), ...littleEndian(1, 4)];
  const bytes = [...words, ...rest];
  while (bytes.length < SYSINFO_BYTES) bytes.push(0);
  return writeMemory(port, result, bytes) ? give(0) : error('EFAULT');
};

/** The machine's name: root may change it, as long as it fits. */
const setName: Handler = (port, [name = 0n, length]) => {
  if (int(length) < 0 || int(length) > 64) return error('EINVAL');
  return readMemory(port, name, int(length)) ? notModelled() : error('EFAULT');
};

const getcpu: Handler = (port, [cpu = 0n, node = 0n]) => {
  for (const address of [cpu, node]) if (address !== 0n && !writeMemory(port, address, littleEndian(0, 4))) return error('EFAULT');
  return give(0);
};

/** How strace shows a struct utsname: the first two of its names. */
const utsname: show.Value = (value, memory) =>
  show.struct(memory, value, 6 * UTS_NAME_BYTES, (held) => {
    const name = (i: number): string => show.quoted(held.slice(UTS_NAME_BYTES * i, held.indexOf(0, UTS_NAME_BYTES * i)), UTS_NAME_BYTES);
    return `{sysname=${name(0)}, nodename=${name(1)}, ...}`;
  });

export const IDENTITY: readonly CallRow[] = [
  {
    name: 'getpid',
    via: 'rawSyscallNoError',
    args: '',
    handler: getpid,
  },
  {
    name: 'getppid',
    via: 'rawSyscallNoError',
    args: '',
    handler: init,
  },
  {
    name: 'gettid',
    via: 'rawSyscallNoError',
    args: '',
    handler: gettid,
  },
  {
    name: 'getuid',
    via: 'rawSyscallNoError',
    args: '',
    handler: oneId('uid', 0),
  },
  {
    name: 'getgid',
    via: 'rawSyscallNoError',
    args: '',
    handler: oneId('gid', 0),
  },
  {
    name: 'geteuid',
    via: 'rawSyscallNoError',
    args: '',
    handler: oneId('uid', 1),
  },
  {
    name: 'getegid',
    via: 'rawSyscallNoError',
    args: '',
    handler: oneId('gid', 1),
  },
  { name: 'setuid', via: null, args: 'uid_t uid', handler: setId('uid') },
  { name: 'setgid', via: null, args: 'gid_t gid', handler: setId('gid') },
  { name: 'setpgid', via: 'RawSyscall', args: 'pid_t pid, pid_t pgid', handler: setpgid },
  { name: 'getpgrp', via: null, args: '', handler: ({ kernel }) => give(kernel.pid) },
  { name: 'setsid', via: 'RawSyscall', args: '', handler: () => error('EPERM') },
  { name: 'setreuid', via: 'RawSyscall', args: 'uid_t ruid, uid_t euid', handler: setReId('uid') },
  { name: 'setregid', via: 'RawSyscall', args: 'gid_t rgid, gid_t egid', handler: setReId('gid') },
  { name: 'getgroups', via: 'RawSyscall', args: 'int size, gid_t *list', handler: getgroups },
  { name: 'setgroups', via: 'RawSyscall', args: 'int size, gid_t *list', handler: setgroups },
  {
    name: 'setresuid',
    via: 'RawSyscall',
    args: 'uid_t ruid, uid_t euid, uid_t suid',
    handler: setResId('uid'),
  },
  { name: 'getresuid', via: null, args: 'uid_t *ruid, uid_t *euid, uid_t *suid', handler: getResId('uid') },
  {
    name: 'setresgid',
    via: 'RawSyscall',
    args: 'gid_t rgid, gid_t egid, gid_t sgid',
    handler: setResId('gid'),
  },
  { name: 'getresgid', via: null, args: 'gid_t *rgid, gid_t *egid, gid_t *sgid', handler: getResId('gid') },
  { name: 'getpgid', via: 'RawSyscall', args: 'pid_t pid', handler: ownGroup('group') },
  { name: 'setfsuid', via: 'Syscall', args: 'uid_t uid', handler: setFsId('uid') },
  { name: 'setfsgid', via: 'Syscall', args: 'gid_t gid', handler: setFsId('gid') },
  { name: 'getsid', via: null, args: 'pid_t pid', handler: ownGroup('session') },
  { name: 'capget', via: 'RawSyscall', args: 'cap_user_header_t header, cap_user_data_t data' },
  { name: 'capset', via: 'RawSyscall', args: 'cap_user_header_t header, const cap_user_data_t data' },
  {
    name: 'uname',
    via: 'RawSyscall',
    args: 'struct new_utsname *buf',
    handler: uname,
    print: [show.out(0, utsname)],
    example: ['buf:390'],
  },
  { name: 'sethostname', via: 'Syscall', args: 'char *name, int len', handler: setName },
  { name: 'setdomainname', via: 'Syscall', args: 'char *name, int len', handler: setName },
  { name: 'sysinfo', via: 'RawSyscall', args: 'struct sysinfo *info', handler: sysinfo },
  {
    name: 'getrandom',
    via: 'Syscall',
    args: 'char *buf, size_t count, unsigned int flags',
    handler: getrandom,
    print: [show.filled(0, show.quotedHex), show.after(1, show.size), show.after(2, show.flags(names.GRND))],
    example: ['buf:16', '16', '0'],
  },
  {
    name: 'getcpu',
    via: null,
    args: 'unsigned int *cpu, unsigned int *node, void *tcache',
    handler: getcpu,
  },
];
