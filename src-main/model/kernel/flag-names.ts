/** The names of bits and numbers in system call arguments, as strace(1) writes them. */
import { type Arch, ARCHS, forEachArch } from '../asm/arch/index';

export type Names = readonly (readonly [number, string])[];

/** Bits joined by |; what has no name in hex; 0 as `zero`. */
export function flagNames(value: number, names: Names, zero = '0'): string {
  let left = value >>> 0;
  const found: string[] = [];
  for (const [bits, name] of names) {
    const mask = bits >>> 0;
    if (mask === 0 || (left & mask) >>> 0 !== mask) continue;
    found.push(name);
    left = (left & ~mask) >>> 0;
  }
  if (left !== 0) found.push(`0x${left.toString(16)}`);
  return found.length === 0 ? zero : found.join('|');
}

/** One of a list of numbers; an unknown one in hex with the group's name behind it. */
export function oneName(value: number, names: Names, group: string): string {
  return names.find(([number]) => number === value)?.[1] ?? `0x${(value >>> 0).toString(16)} /* ${group}_??? */`;
}

/** Larger combinations first: O_SYNC holds O_DSYNC, O_TMPFILE holds O_DIRECTORY. */
export function openFlagNames(flags: number, arch: Arch): string {
  const access = OPEN_ACCESS[flags & 3]?.[1] ?? '';
  const rest = flags & ~3;
  return rest === 0 ? access : `${access}|${flagNames(rest, OPEN_FLAGS[arch])}`;
}

const OPEN_ACCESS: Names = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_ACCMODE'].map((name, bits) => [bits, name]);

const OPEN_COMMON: Names = [
  [0o100, 'O_CREAT'],
  [0o200, 'O_EXCL'],
  [0o400, 'O_NOCTTY'],
  [0o1000, 'O_TRUNC'],
  [0o2000, 'O_APPEND'],
  [0o4000, 'O_NONBLOCK'],
  [0o4010000, 'O_SYNC'],
  [0o10000, 'O_DSYNC'],
];
const OPEN_LAST: Names = [
  [0o1000000, 'O_NOATIME'],
  [0o2000000, 'O_CLOEXEC'],
  [0o10000000, 'O_PATH'],
];
/** Those whose bits differ: in the order of their bits, O_TMPFILE before the O_DIRECTORY that it holds. */
const OPEN_FLAGS = forEachArch((arch): Names => {
  const { direct, largefile, directory, nofollow } = ARCHS[arch].kernel.openFlags;
  const own: [number, string][] = [
    [direct, 'O_DIRECT'],
    [largefile, 'O_LARGEFILE'],
    [directory, 'O_DIRECTORY'],
    [nofollow, 'O_NOFOLLOW'],
  ];
  return [
    ...OPEN_COMMON,
    ...own
      .sort(([a], [b]) => a - b)
      .flatMap(([bit, name]): [number, string][] =>
        bit === directory
          ? [
              [0o20000000 | directory, 'O_TMPFILE'],
              [bit, name],
            ]
          : [[bit, name]],
      ),
    ...OPEN_LAST,
  ];
});

export const PROT: Names = [
  [1, 'PROT_READ'],
  [2, 'PROT_WRITE'],
  [4, 'PROT_EXEC'],
  [0x01000000, 'PROT_GROWSDOWN'],
];

export const MAP: Names = [
  [0x03, 'MAP_SHARED_VALIDATE'],
  [0x01, 'MAP_SHARED'],
  [0x02, 'MAP_PRIVATE'],
  [0x10, 'MAP_FIXED'],
  [0x20, 'MAP_ANONYMOUS'],
  [0x40, 'MAP_32BIT'],
  [0x100, 'MAP_GROWSDOWN'],
  [0x800, 'MAP_DENYWRITE'],
  [0x1000, 'MAP_EXECUTABLE'],
  [0x2000, 'MAP_LOCKED'],
  [0x4000, 'MAP_NORESERVE'],
  [0x8000, 'MAP_POPULATE'],
  [0x10000, 'MAP_NONBLOCK'],
  [0x20000, 'MAP_STACK'],
  [0x40000, 'MAP_HUGETLB'],
  [0x100000, 'MAP_FIXED_NOREPLACE'],
];

export const MADV: Names = [
  [0, 'MADV_NORMAL'],
  [1, 'MADV_RANDOM'],
  [2, 'MADV_SEQUENTIAL'],
  [3, 'MADV_WILLNEED'],
  [4, 'MADV_DONTNEED'],
  [8, 'MADV_FREE'],
  [12, 'MADV_MERGEABLE'],
  [14, 'MADV_HUGEPAGE'],
  [15, 'MADV_NOHUGEPAGE'],
];

export const SEEK: Names = [
  [0, 'SEEK_SET'],
  [1, 'SEEK_CUR'],
  [2, 'SEEK_END'],
  [3, 'SEEK_DATA'],
  [4, 'SEEK_HOLE'],
];

export const CLOCK: Names = [
  [0, 'CLOCK_REALTIME'],
  [1, 'CLOCK_MONOTONIC'],
  [2, 'CLOCK_PROCESS_CPUTIME_ID'],
  [3, 'CLOCK_THREAD_CPUTIME_ID'],
  [4, 'CLOCK_MONOTONIC_RAW'],
  [5, 'CLOCK_REALTIME_COARSE'],
  [6, 'CLOCK_MONOTONIC_COARSE'],
  [7, 'CLOCK_BOOTTIME'],
  [8, 'CLOCK_REALTIME_ALARM'],
  [9, 'CLOCK_BOOTTIME_ALARM'],
  [11, 'CLOCK_TAI'],
];

export const TIMER_FLAGS: Names = [[1, 'TIMER_ABSTIME']];

export const FUTEX_COMMANDS: Names = [
  [0, 'FUTEX_WAIT'],
  [1, 'FUTEX_WAKE'],
  [2, 'FUTEX_FD'],
  [3, 'FUTEX_REQUEUE'],
  [4, 'FUTEX_CMP_REQUEUE'],
  [5, 'FUTEX_WAKE_OP'],
  [6, 'FUTEX_LOCK_PI'],
  [7, 'FUTEX_UNLOCK_PI'],
  [8, 'FUTEX_TRYLOCK_PI'],
  [9, 'FUTEX_WAIT_BITSET'],
  [10, 'FUTEX_WAKE_BITSET'],
];

export const EPOLL_OPS: Names = [
  [1, 'EPOLL_CTL_ADD'],
  [2, 'EPOLL_CTL_DEL'],
  [3, 'EPOLL_CTL_MOD'],
];

export const EPOLL_EVENTS: Names = [
  [0x1, 'EPOLLIN'],
  [0x2, 'EPOLLPRI'],
  [0x4, 'EPOLLOUT'],
  [0x40, 'EPOLLRDNORM'],
  [0x80, 'EPOLLRDBAND'],
  [0x100, 'EPOLLWRNORM'],
  [0x200, 'EPOLLWRBAND'],
  [0x400, 'EPOLLMSG'],
  [0x8, 'EPOLLERR'],
  [0x10, 'EPOLLHUP'],
  [0x2000, 'EPOLLRDHUP'],
  [0x10000000, 'EPOLLEXCLUSIVE'],
  [0x20000000, 'EPOLLWAKEUP'],
  [0x40000000, 'EPOLLONESHOT'],
  [0x80000000, 'EPOLLET'],
];

export const POLL_EVENTS: Names = [
  [0x1, 'POLLIN'],
  [0x2, 'POLLPRI'],
  [0x4, 'POLLOUT'],
  [0x8, 'POLLERR'],
  [0x10, 'POLLHUP'],
  [0x20, 'POLLNVAL'],
  [0x40, 'POLLRDNORM'],
  [0x100, 'POLLWRNORM'],
  [0x2000, 'POLLRDHUP'],
];

export const EPOLL_CREATE: Names = [[0o2000000, 'EPOLL_CLOEXEC']];

export const EFD: Names = [
  [1, 'EFD_SEMAPHORE'],
  [0o2000000, 'EFD_CLOEXEC'],
  [0o4000, 'EFD_NONBLOCK'],
];

export const MFD: Names = [
  [1, 'MFD_CLOEXEC'],
  [2, 'MFD_ALLOW_SEALING'],
  [4, 'MFD_HUGETLB'],
  [8, 'MFD_NOEXEC_SEAL'],
  [16, 'MFD_EXEC'],
];

export const AF: Names = [
  [0, 'AF_UNSPEC'],
  [1, 'AF_UNIX'],
  [2, 'AF_INET'],
  [10, 'AF_INET6'],
  [16, 'AF_NETLINK'],
  [17, 'AF_PACKET'],
];

export const SOCK: Names = [
  [1, 'SOCK_STREAM'],
  [2, 'SOCK_DGRAM'],
  [3, 'SOCK_RAW'],
  [4, 'SOCK_RDM'],
  [5, 'SOCK_SEQPACKET'],
];

export const SOCK_FLAGS: Names = [
  [0o2000000, 'SOCK_CLOEXEC'],
  [0o4000, 'SOCK_NONBLOCK'],
];

export const IPPROTO: Names = [
  [0, 'IPPROTO_IP'],
  [1, 'IPPROTO_ICMP'],
  [6, 'IPPROTO_TCP'],
  [17, 'IPPROTO_UDP'],
  [41, 'IPPROTO_IPV6'],
  [58, 'IPPROTO_ICMPV6'],
  [132, 'IPPROTO_SCTP'],
  [255, 'IPPROTO_RAW'],
  [262, 'IPPROTO_MPTCP'],
];

export const SOL: Names = [
  [0, 'SOL_IP'],
  [1, 'SOL_SOCKET'],
  [6, 'SOL_TCP'],
  [17, 'SOL_UDP'],
  [41, 'SOL_IPV6'],
];

export const SO: Names = [
  [1, 'SO_DEBUG'],
  [2, 'SO_REUSEADDR'],
  [3, 'SO_TYPE'],
  [4, 'SO_ERROR'],
  [5, 'SO_DONTROUTE'],
  [6, 'SO_BROADCAST'],
  [7, 'SO_SNDBUF'],
  [8, 'SO_RCVBUF'],
  [9, 'SO_KEEPALIVE'],
  [10, 'SO_OOBINLINE'],
  [11, 'SO_NO_CHECK'],
  [12, 'SO_PRIORITY'],
  [13, 'SO_LINGER'],
  [14, 'SO_BSDCOMPAT'],
  [15, 'SO_REUSEPORT'],
  [16, 'SO_PASSCRED'],
  [17, 'SO_PEERCRED'],
  [18, 'SO_RCVLOWAT'],
  [19, 'SO_SNDLOWAT'],
  [20, 'SO_RCVTIMEO_OLD'],
  [21, 'SO_SNDTIMEO_OLD'],
  [30, 'SO_ACCEPTCONN'],
  [38, 'SO_PROTOCOL'],
  [39, 'SO_DOMAIN'],
];

export const TCP: Names = [
  [1, 'TCP_NODELAY'],
  [2, 'TCP_MAXSEG'],
  [3, 'TCP_CORK'],
  [4, 'TCP_KEEPIDLE'],
  [5, 'TCP_KEEPINTVL'],
  [6, 'TCP_KEEPCNT'],
  [7, 'TCP_SYNCNT'],
  [8, 'TCP_LINGER2'],
  [9, 'TCP_DEFER_ACCEPT'],
  [10, 'TCP_WINDOW_CLAMP'],
  [11, 'TCP_INFO'],
  [12, 'TCP_QUICKACK'],
];

export const SHUT: Names = [
  [0, 'SHUT_RD'],
  [1, 'SHUT_WR'],
  [2, 'SHUT_RDWR'],
];

export const MSG: Names = [
  [0x1, 'MSG_OOB'],
  [0x2, 'MSG_PEEK'],
  [0x40, 'MSG_DONTWAIT'],
  [0x100, 'MSG_WAITALL'],
  [0x4000, 'MSG_NOSIGNAL'],
];

export const AT: Names = [
  [0x100, 'AT_SYMLINK_NOFOLLOW'],
  [0x200, 'AT_REMOVEDIR'],
  [0x400, 'AT_SYMLINK_FOLLOW'],
  [0x800, 'AT_NO_AUTOMOUNT'],
  [0x1000, 'AT_EMPTY_PATH'],
];

export const ACCESS: Names = [
  [4, 'R_OK'],
  [2, 'W_OK'],
  [1, 'X_OK'],
];

export const GRND: Names = [
  [1, 'GRND_NONBLOCK'],
  [2, 'GRND_RANDOM'],
  [4, 'GRND_INSECURE'],
];

export const FCNTL: Names = [
  [0, 'F_DUPFD'],
  [1, 'F_GETFD'],
  [2, 'F_SETFD'],
  [3, 'F_GETFL'],
  [4, 'F_SETFL'],
  [5, 'F_GETLK'],
  [6, 'F_SETLK'],
  [7, 'F_SETLKW'],
  [8, 'F_SETOWN'],
  [9, 'F_GETOWN'],
  [36, 'F_OFD_GETLK'],
  [37, 'F_OFD_SETLK'],
  [38, 'F_OFD_SETLKW'],
  [1030, 'F_DUPFD_CLOEXEC'],
  [1031, 'F_SETPIPE_SZ'],
  [1032, 'F_GETPIPE_SZ'],
  [1033, 'F_ADD_SEALS'],
  [1034, 'F_GET_SEALS'],
];

export const SIG_HOW: Names = [
  [0, 'SIG_BLOCK'],
  [1, 'SIG_UNBLOCK'],
  [2, 'SIG_SETMASK'],
];

export const TFD: Names = [
  [1, 'TFD_TIMER_ABSTIME'],
  [2, 'TFD_TIMER_CANCEL_ON_SET'],
];

export const LOCK: Names = [
  [1, 'LOCK_SH'],
  [2, 'LOCK_EX'],
  [4, 'LOCK_NB'],
  [8, 'LOCK_UN'],
];

export const IOCTL: Names = [
  [0x5401, 'TCGETS'],
  [0x540f, 'TIOCGPGRP'],
  [0x5411, 'TIOCOUTQ'],
  [0x5413, 'TIOCGWINSZ'],
  [0x541b, 'FIONREAD'],
  [0x5421, 'FIONBIO'],
  [0x5450, 'FIONCLEX'],
  [0x5451, 'FIOCLEX'],
  [0x5460, 'FIOQSIZE'],
];

export const FD_FLAGS: Names = [[1, 'FD_CLOEXEC']];

const SIGNALS =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );

/** SIGURG; from 32 on the real-time signals; anything else as a number. */
export function signalName(signal: number): string {
  const name = SIGNALS[signal - 1];
  if (name !== undefined) return `SIG${name}`;
  return signal >= 32 && signal <= 64 ? `SIGRT_${signal - 32}` : String(signal);
}

/** In no list of a single argument's values. */
const ALONE: Names = [[-100, 'AT_FDCWD']];

const FILE_TYPES: Names = [
  [0o140000, 'S_IFSOCK'],
  [0o120000, 'S_IFLNK'],
  [0o100000, 'S_IFREG'],
  [0o060000, 'S_IFBLK'],
  [0o040000, 'S_IFDIR'],
  [0o020000, 'S_IFCHR'],
  [0o010000, 'S_IFIFO'],
];

const SPECIAL_BITS: Names = [
  [0o4000, 'S_ISUID'],
  [0o2000, 'S_ISGID'],
  [0o1000, 'S_ISVTX'],
];

/** S_IFREG|0644. */
export function modeName(mode: number): string {
  const type = FILE_TYPES.find(([bits]) => bits === (mode & 0o170000))?.[1];
  const special = SPECIAL_BITS.filter(([bit]) => (mode & bit) !== 0).map(([, name]) => name);
  return [...(type === undefined ? [] : [type]), ...special, `0${(mode & 0o777).toString(8)}`].join('|');
}

/** Every name above with its value, as a program writes it: for whoever types an argument. */
export function constantsOf(arch: Arch): Record<string, number> {
  const tables = [PROT, MAP, MADV, SEEK, CLOCK, TIMER_FLAGS, FUTEX_COMMANDS, EPOLL_OPS, EPOLL_EVENTS, EPOLL_CREATE, EFD, AF, SOCK];
  const more = [SOCK_FLAGS, SHUT, MSG, AT, ACCESS, GRND, FCNTL, FD_FLAGS, FILE_TYPES, SPECIAL_BITS, OPEN_FLAGS[arch], OPEN_ACCESS, ALONE];
  const signals = SIGNALS.map((name, i) => [i + 1, `SIG${name}`] as const);
  return Object.fromEntries([...tables, ...more, signals].flat().map(([value, name]) => [name, value]));
}
