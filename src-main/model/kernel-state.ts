/** What the modelled kernel keeps: files, descriptors, memory, signals, sleepers, and the log of its calls. */
import type { GId, MId } from './ids';

export interface KernelStay {
  nr: number;
  name: string;
  /** Virtual time, ns. `until` is null when nobody knows yet when the call returns. */
  since: number;
  until: number | null;
}

export interface KernelFile {
  /** Contents, UTF-8 text; a byte that is no UTF-8 stands as the lone surrogate U+DC00 + byte. */
  data: string;
  /** Permission bits; 0644 when absent, of a directory 0755. */
  mode?: number;
  /** A symbolic link; `data` is where it leads to. */
  type?: 'symlink';
  /** A socket's name in the tree: the number of its object. */
  object?: number;
  /** A further name of the file at that path. */
  sameAs?: string;
  /** A directory that is always there has been removed. */
  gone?: boolean;
  /** Owner and group; root when absent. */
  uid?: number;
  gid?: number;
  /** ns of virtual time since the beginning; 0 when absent. */
  atime?: number;
  mtime?: number;
  /** memfd_create: which changes are forbidden (F_ADD_SEALS). */
  seals?: number;
}

export interface KernelFd {
  kind: 'file' | 'dir' | 'symlink' | 'pipe-read' | 'pipe-write' | 'eventfd' | 'epoll' | 'socket' | 'timerfd' | 'signalfd' | 'tty';
  path: string;
  offset: number;
  /** Access mode and status flags (O_NONBLOCK, O_APPEND). */
  flags: number;
  /** Pipe, eventfd, epoll or socket object this descriptor names; 0 for files. */
  object: number;
  /** Which opening it belongs to: descriptors made by dup share one, and with it offset and flags. */
  description: number;
  cloexec: boolean;
}

/** A range of memory made by mmap. */
export interface KernelMap {
  /** Hex. */
  start: string;
  bytes: number;
  prot: number;
  flags: number;
  /** The file behind it and where in the file it begins; '' for anonymous memory. */
  path: string;
  offset: number;
  /** A shared mapping of a file that was opened for reading only: mprotect cannot make it writable. */
  writable?: false;
}

/** A lock on a file (file-locks.ts). */
export interface FileLock {
  /** A file's path, or kind and number of something else. */
  on: string;
  /** 0: the process; else an open file, by its description. */
  owner: number;
  /** flock(2): stands only against others of its kind. */
  whole: boolean;
  /** F_RDLCK 0, F_WRLCK 1. */
  type: number;
  from: number;
  /** Exclusive. */
  to: number;
}

/** A line of the system call log, as strace(1) prints it. */
export interface StraceLine {
  /** The thread's number. */
  pid: number;
  text: string;
  /** The call has not returned yet, and no other line has come after it. */
  open?: boolean;
}

export interface KernelState {
  pid: number;
  files: Record<string, KernelFile>;
  /** The working directory; / when absent. */
  cwd?: string;
  /** The permissions that new files do not get; 022 when absent. */
  umask?: number;
  /** Who the program is: real, effective and saved user and group; root when absent. */
  ids?: { uid?: [number, number, number]; gid?: [number, number, number] };
  groups?: number[];
  /** Limits that setrlimit has changed: soft and hard, hex, by number. */
  limits?: Record<string, [string, string]>;
  /** setpriority's value. */
  nice?: number;
  /** prctl(PR_SET_NAME), hex. */
  comm?: string;
  /** The end of the heap, hex. */
  brk?: string;
  /** What waiting calls hold on to: their files stay, even if the descriptors are closed meanwhile. */
  held?: { m: MId; open: KernelFd }[];
  locks?: FileLock[];
  /** Signals that each thread blocks (hex), and those that were sent and are blocked. */
  masks?: Record<MId, string>;
  pending?: number[];
  /** struct sigaction of a signal, as rt_sigaction has set it (hex). */
  actions?: Record<string, string>;
  /** struct sigaltstack (hex) and robust list of a thread. */
  altstacks?: Record<MId, string>;
  robust?: Record<MId, string>;
  /** Who gets SIGIO of an open file (F_SETOWN): by description. */
  owners?: Record<string, number>;
  fds: Record<string, KernelFd>;
  /** Kernel objects other than files (pipes, eventfds, epoll sets, socket pairs), by number. */
  objects: Record<string, Record<string, unknown>>;
  /** User memory that system calls read or wrote: address (hex) to bytes (hex). */
  mem: Record<string, string>;
  /** What mmap has made, by address. */
  maps: KernelMap[];
  /** Threads asleep on a futex or note, first one woken first; `on` is `M3.park`, `sched.stopnote` and the like, or the futex word's address. */
  futex: { m: MId; on: string; bitset?: number }[];
  /** The latest lines of the system call log, oldest first. */
  strace: StraceLine[];
  /** The latest of what was written to descriptors 1 and 2. */
  stdout: string;
  stderr: string;
  /** What is under way to a connection that `netread` reads from: when it arrives (ns of virtual time), and who reads there. */
  netpoll: { g: GId; at: number; fd: number }[];
  /** The M that blocks in epoll_wait, if any. */
  poller: MId | null;
  /** A byte lies in the poller's pipe (netpollBreak), until a blocking netpoll has read it. */
  netpollBreak: boolean;
}
