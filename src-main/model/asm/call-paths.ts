/** The Go functions on the way from a program down to the routine that makes the system call. Sources: os/file.go, internal/poll/fd_unix.go, syscall/zsyscall_linux_amd64.go of Go 1.14. */
import type { Arch } from './arch/index';
import type { VersionFacts } from '../versions/profile';

/** From the program's side down; the wrapper of package syscall is the last. */
const PATHS: Record<string, readonly string[]> = {
  read: ['os.(*File).Read', 'os.(*File).read', 'internal/poll.(*FD).Read', 'syscall.Read', 'syscall.read'],
  write: ['os.(*File).Write', 'os.(*File).write', 'internal/poll.(*FD).Write', 'syscall.Write', 'syscall.write'],
  close: [
    'os.(*File).Close',
    'os.(*file).close',
    'internal/poll.(*FD).Close',
    'internal/poll.(*FD).decref',
    'internal/poll.(*FD).destroy',
    'syscall.close',
  ],
  pipe2: ['os.Pipe', 'syscall.Pipe2', 'syscall.pipe2'],
  openat: ['os.OpenFile', 'os.openFileNolog', 'syscall.Open', 'syscall.openat'],
};

/** Package net's way down to a read (netread). */
export const NET_READ: readonly string[] = [
  'net.(*conn).Read',
  'net.(*netFD).Read',
  'internal/poll.(*FD).Read',
  'syscall.Read',
  'syscall.read',
];

const NETFD = 'net.(*netFD)';
const POLLFD = 'internal/poll.(*FD)';

/** Package net's way down to its other calls on a socket. Sources: net/sock_posix.go, net/fd_unix.go, net/tcpsock_posix.go of Go 1.14. */
export const NET_PATHS = {
  read: NET_READ,
  write: ['net.(*conn).Write', `${NETFD}.Write`, `${POLLFD}.Write`, 'syscall.Write', 'syscall.write'],
  close: ['net.(*conn).Close', `${NETFD}.Close`, `${POLLFD}.Close`, `${POLLFD}.decref`, `${POLLFD}.destroy`, 'syscall.close'],
  listen: [`${NETFD}.listenStream`, 'syscall.listen'],
  connect: [`${NETFD}.connect`, 'syscall.Connect', 'syscall.connect'],
  accept4: [`${NETFD}.accept`, `${POLLFD}.Accept`, 'internal/poll.accept', 'syscall.Accept4', 'syscall.accept4'],
} as const satisfies Record<string, readonly string[]>;

const FILES: Record<string, string> = {
  'os.(*File).Read': 'os/file.go',
  'os.(*File).Write': 'os/file.go',
  'os.OpenFile': 'os/file.go',
  'os.openFileNolog': 'os/file_unix.go',
  'os.(*File).Close': 'os/file_unix.go',
  'os.(*file).close': 'os/file_unix.go',
  'os.newFile': 'os/file_unix.go',
  'os.Pipe': 'os/pipe_linux.go',
  'net.(*conn).Read': 'net/net.go',
  'net.(*conn).Write': 'net/net.go',
  'net.(*conn).Close': 'net/net.go',
  'net.(*netFD).Read': 'net/fd_unix.go',
  'net.(*netFD).Write': 'net/fd_unix.go',
  'net.(*netFD).Close': 'net/fd_unix.go',
  'net.(*netFD).accept': 'net/fd_unix.go',
  'net.(*netFD).connect': 'net/fd_unix.go',
  'net.(*netFD).init': 'net/fd_unix.go',
  'net.(*netFD).listenStream': 'net/sock_posix.go',
  'net.(*netFD).dial': 'net/sock_posix.go',
  'net.newTCPConn': 'net/tcpsock.go',
  'net.setNoDelay': 'net/tcpsockopt_posix.go',
  'net.setKeepAlive': 'net/sockopt_posix.go',
  'net.setKeepAlivePeriod': 'net/tcpsockopt_unix.go',
  'internal/poll.accept': 'internal/poll/sock_cloexec.go',
  'internal/poll.(*FD).Accept': 'internal/poll/fd_unix.go',
  'internal/poll.(*FD).Init': 'internal/poll/fd_unix.go',
  'internal/poll.(*FD).SetsockoptInt': 'internal/poll/sockopt.go',
  'internal/poll.(*FD).Close': 'internal/poll/fd_unix.go',
  'internal/poll.(*FD).decref': 'internal/poll/fd_mutex.go',
  'internal/poll.(*FD).destroy': 'internal/poll/fd_unix.go',
  'internal/poll.(*FD).Read': 'internal/poll/fd_unix.go',
  'internal/poll.(*FD).Write': 'internal/poll/fd_unix.go',
  'syscall.Read': 'syscall/syscall_unix.go',
  'syscall.Write': 'syscall/syscall_unix.go',
  'syscall.Pipe2': 'syscall/syscall_linux.go',
  'syscall.SetNonblock': 'syscall/exec_unix.go',
  'syscall.Open': 'syscall/syscall_linux.go',
  'syscall.Accept4': 'syscall/syscall_linux.go',
  'syscall.Connect': 'syscall/syscall_unix.go',
  'syscall.GetsockoptInt': 'syscall/syscall_linux.go',
  'syscall.SetsockoptInt': 'syscall/syscall_unix.go',
  'syscall.Getsockname': 'syscall/syscall_linux.go',
  'syscall.Getpeername': 'syscall/syscall_unix.go',
};

const ROUTINE = /^syscall\.(Raw)?Syscall6?$|^syscall\.raw\w+$/;

/**
 * Outermost first; the last one is the assembly routine `via`. `isOwn`: it is the routine that Go's wrapper of the call uses; whoever
 * names another one calls it himself.
 */
export function callPath(name: string, via: string, isOwn: boolean): string[] {
  const known = isOwn && Object.hasOwn(PATHS, name) ? PATHS[name] : undefined;
  return [...(known ?? [`syscall.${name}`]), `syscall.${via}`];
}

/** Where a function on such a path stands in Go's source tree; null: nowhere, it is the program's own. */
export function fileOfFrame(fn: string, arch: Arch, version: VersionFacts): string | null {
  if (fn === 'os.(*File).read' || fn === 'os.(*File).write') return version.fileReadIn;
  if (Object.hasOwn(FILES, fn)) return FILES[fn] ?? null;
  if (ROUTINE.test(fn)) return version.routinesIn.replace('ARCH', arch);
  return fn.startsWith('syscall.') ? `syscall/zsyscall_linux_${arch}.go` : null;
}
