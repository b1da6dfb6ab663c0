import { expect, test } from 'vitest';
import type { Arch } from '../arch';
import { VERSIONS } from '../versions/profile';
import { callPath, fileOfFrame } from './call-paths';

const files = (path: string[], arch: Arch): (string | null)[] => path.map((fn) => fileOfFrame(fn, arch, VERSIONS['1.14']));

test('from os.File.Read down to the assembly', () => {
  const path = callPath('read', 'Syscall', true);
  expect(path).toEqual([
    'os.(*File).Read',
    'os.(*File).read',
    'internal/poll.(*FD).Read',
    'syscall.Read',
    'syscall.read',
    'syscall.Syscall',
  ]);
  expect(files(path, 'amd64')).toEqual([
    'os/file.go',
    'os/file_unix.go',
    'internal/poll/fd_unix.go',
    'syscall/syscall_unix.go',
    'syscall/zsyscall_linux_amd64.go',
    'syscall/asm_linux_amd64.s',
  ]);
});

test('from os.OpenFile', () => {
  const path = callPath('openat', 'Syscall6', true);
  expect(path).toEqual(['os.OpenFile', 'os.openFileNolog', 'syscall.Open', 'syscall.openat', 'syscall.Syscall6']);
  expect(files(path, 'arm64')).toEqual([
    'os/file.go',
    'os/file_unix.go',
    'syscall/syscall_linux.go',
    'syscall/zsyscall_linux_arm64.go',
    'syscall/asm_linux_arm64.s',
  ]);
});

test('whoever names another routine calls it himself', () => {
  expect(callPath('read', 'RawSyscall', false)).toEqual(['syscall.read', 'syscall.RawSyscall']);
});

test('a function of the program has no file in Go', () => {
  expect(files(['main.main', 'syscall.rawSyscallNoError', 'syscall.Getpid'], 'amd64')).toEqual([
    null,
    'syscall/asm_linux_amd64.s',
    'syscall/zsyscall_linux_amd64.go',
  ]);
});
