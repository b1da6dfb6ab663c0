/** Who and where the program is, and chance. Simplified: it runs as root, init is its parent, and nobody changes that. */
import { ARCHS } from '../../asm/arch/index';
import { error, give, type Handler, int } from '../answer';
import type { CallRow } from '../call-row';
import * as names from '../flag-names';
import { copyOut, isUserRange, mappedBytes, writeMemory } from '../memory';
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
  return give(
    copyOut(
      port,
      buffer,
      Array.from({ length: room }, () => port.random() & 0xff),
    ),
  );
};

const getpid: Handler = ({ kernel }) => give(kernel.pid);
const gettid: Handler = ({ tid }) => give(tid);
const init: Handler = () => give(1);
const root: Handler = () => give(0);

/** How strace shows a struct utsname: the first two of its names. */
const utsname: show.Value = (value, memory) =>
  show.struct(memory, value, 6 * UTS_NAME_BYTES, (held) => {
    const name = (i: number): string => show.quoted(held.slice(UTS_NAME_BYTES * i, held.indexOf(0, UTS_NAME_BYTES * i)), UTS_NAME_BYTES);
    return `{sysname=${name(0)}, nodename=${name(1)}, ...}`;
  });

export const IDENTITY: readonly CallRow[] = [
  {
    name: 'getpid',
    nr: { amd64: 39, arm64: 172 },
    via: 'rawSyscallNoError',
    args: '',
    handler: getpid,
  },
  {
    name: 'getppid',
    nr: { amd64: 110, arm64: 173 },
    via: 'rawSyscallNoError',
    args: '',
    handler: init,
  },
  {
    name: 'gettid',
    nr: { amd64: 186, arm64: 178 },
    via: 'rawSyscallNoError',
    args: '',
    handler: gettid,
  },
  {
    name: 'getuid',
    nr: { amd64: 102, arm64: 174 },
    via: 'rawSyscallNoError',
    args: '',
    handler: root,
  },
  {
    name: 'getgid',
    nr: { amd64: 104, arm64: 176 },
    via: 'rawSyscallNoError',
    args: '',
    handler: root,
  },
  {
    name: 'geteuid',
    nr: { amd64: 107, arm64: 175 },
    via: 'rawSyscallNoError',
    args: '',
    handler: root,
  },
  {
    name: 'getegid',
    nr: { amd64: 108, arm64: 177 },
    via: 'rawSyscallNoError',
    args: '',
    handler: root,
  },
  { name: 'setuid', nr: { amd64: 105, arm64: 146 }, via: null, args: 'uid_t uid' },
  { name: 'setgid', nr: { amd64: 106, arm64: 144 }, via: null, args: 'gid_t gid' },
  { name: 'setpgid', nr: { amd64: 109, arm64: 154 }, via: 'RawSyscall', args: 'pid_t pid, pid_t pgid' },
  { name: 'getpgrp', nr: { amd64: 111, arm64: null }, via: null, args: '' },
  { name: 'setsid', nr: { amd64: 112, arm64: 157 }, via: 'RawSyscall', args: '' },
  { name: 'setreuid', nr: { amd64: 113, arm64: 145 }, via: 'RawSyscall', args: 'uid_t ruid, uid_t euid' },
  { name: 'setregid', nr: { amd64: 114, arm64: 143 }, via: 'RawSyscall', args: 'gid_t rgid, gid_t egid' },
  { name: 'getgroups', nr: { amd64: 115, arm64: 158 }, via: 'RawSyscall', args: 'int size, gid_t *list' },
  { name: 'setgroups', nr: { amd64: 116, arm64: 159 }, via: 'RawSyscall', args: 'int size, gid_t *list' },
  { name: 'setresuid', nr: { amd64: 117, arm64: 147 }, via: 'RawSyscall', args: 'uid_t ruid, uid_t euid, uid_t suid' },
  { name: 'getresuid', nr: { amd64: 118, arm64: 148 }, via: null, args: null },
  { name: 'setresgid', nr: { amd64: 119, arm64: 149 }, via: 'RawSyscall', args: 'gid_t rgid, gid_t egid, gid_t sgid' },
  { name: 'getresgid', nr: { amd64: 120, arm64: 150 }, via: null, args: null },
  { name: 'getpgid', nr: { amd64: 121, arm64: 155 }, via: 'RawSyscall', args: 'pid_t pid' },
  { name: 'setfsuid', nr: { amd64: 122, arm64: 151 }, via: 'Syscall', args: 'uid_t uid' },
  { name: 'setfsgid', nr: { amd64: 123, arm64: 152 }, via: 'Syscall', args: 'gid_t gid' },
  { name: 'getsid', nr: { amd64: 124, arm64: 156 }, via: null, args: 'pid_t pid' },
  { name: 'capget', nr: { amd64: 125, arm64: 90 }, via: 'RawSyscall', args: 'cap_user_header_t header, cap_user_data_t data' },
  { name: 'capset', nr: { amd64: 126, arm64: 91 }, via: 'RawSyscall', args: 'cap_user_header_t header, const cap_user_data_t data' },
  {
    name: 'uname',
    nr: { amd64: 63, arm64: 160 },
    via: 'RawSyscall',
    args: 'struct new_utsname *buf',
    handler: uname,
    print: [show.out(0, utsname)],
    example: ['buf:390'],
  },
  { name: 'sethostname', nr: { amd64: 170, arm64: 161 }, via: 'Syscall', args: 'char *name, int len' },
  { name: 'setdomainname', nr: { amd64: 171, arm64: 162 }, via: 'Syscall', args: 'char *name, int len' },
  { name: 'sysinfo', nr: { amd64: 99, arm64: 179 }, via: 'RawSyscall', args: 'struct sysinfo *info' },
  {
    name: 'getrandom',
    nr: { amd64: 318, arm64: 278 },
    via: 'Syscall',
    args: 'char *buf, size_t count, unsigned int flags',
    handler: getrandom,
    print: [show.filled(0, show.quotedHex), show.after(1, show.size), show.after(2, show.flags(names.GRND))],
    example: ['buf:16', '16', '0'],
  },
];
