/** The Go functions on the way from a program down to the routine that makes the system call. scheduler.md section 6. */

export interface Frame {
  function: string;
  /** Path in Go's source tree (1.14). */
  file: string;
}

const READ_FILE: Frame[] = [
  { function: 'os.(*File).Read', file: 'os/file.go' },
  { function: 'os.(*File).read', file: 'os/file_unix.go' },
  { function: 'internal/poll.(*FD).Read', file: 'internal/poll/fd_unix.go' },
  { function: 'syscall.Read', file: 'syscall/syscall_unix.go' },
  { function: 'syscall.read', file: 'syscall/zsyscall_linux_amd64.go' },
];

const OPEN_FILE: Frame[] = [
  { function: 'os.OpenFile', file: 'os/file.go' },
  { function: 'os.openFileNolog', file: 'os/file_unix.go' },
  { function: 'syscall.Open', file: 'syscall/syscall_linux.go' },
  { function: 'syscall.openat', file: 'syscall/zsyscall_linux_amd64.go' },
];

const WRITE_FILE: Frame[] = [
  { function: 'os.(*File).Write', file: 'os/file.go' },
  { function: 'os.(*File).write', file: 'os/file_unix.go' },
  { function: 'internal/poll.(*FD).Write', file: 'internal/poll/fd_unix.go' },
  { function: 'syscall.Write', file: 'syscall/syscall_unix.go' },
  { function: 'syscall.write', file: 'syscall/zsyscall_linux_amd64.go' },
];

const KNOWN: Record<string, Frame[]> = { read: READ_FILE, openat: OPEN_FILE, write: WRITE_FILE };

/**
 * Outermost first; the last frame is the assembly routine `via`. `isOwn`: it is the routine that Go's wrapper of the call uses; whoever
 * names another one calls it himself.
 */
export function callPath(name: string, via: string, isOwn: boolean, arch: 'amd64' | 'arm64'): Frame[] {
  const known = isOwn && Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  const wrapper = known ?? [{ function: `syscall.${name}`, file: 'syscall/zsyscall_linux_amd64.go' }];
  return [...wrapper, { function: `syscall.${via}`, file: 'syscall/asm_linux_amd64.s' }].map((frame) => ({ ...frame, file: frame.file.replace('amd64', arch) }));
}
