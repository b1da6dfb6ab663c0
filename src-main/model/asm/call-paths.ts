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
  'net.(*netFD).Read': 'net/fd_unix.go',
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
