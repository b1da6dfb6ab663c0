import { testFamily } from '../../testdata/family-table';
import { FILES } from './files';

testFamily(FILES, [
  { call: ['open', '/none', 1], prints: 'open("/none", O_WRONLY) = -1 ENOENT (No such file or directory)' },
  { call: ['open', '/new', 0o102, 0o644], prints: 'open("/new", O_RDWR|O_CREAT, 0644) = 6' },
  { call: ['openat', -100, '/etc/motd', 0x80000], prints: 'openat(AT_FDCWD, "/etc/motd", O_RDONLY|O_CLOEXEC) = 6' },
  { call: ['openat', -100, '/new', 0o102, 0o600], prints: 'openat(AT_FDCWD, "/new", O_RDWR|O_CREAT, 0600) = 6' },
  { call: ['creat', '/new', 0o644], prints: 'creat("/new", 0644) = 6' },
  { call: ['lseek', 3, -2, 2], prints: 'lseek(3, -2, SEEK_END) = 4' },
  { call: ['truncate', '/etc/motd', 2], prints: 'truncate("/etc/motd", 2) = 0' },
  { call: ['ftruncate', 3, 2], prints: 'ftruncate(3, 0x2) = 0' },
  { call: ['fallocate', 3, 0, 0, 10], prints: 'fallocate(3, 0, 0, 10) = 0' },
  { call: ['getdents', 3, { buf: 64 }, 64], prints: 'getdents(3, 0xc100002000, 64) = -1 ENOTDIR (Not a directory)' },
  { call: ['getdents64', 3, { buf: 64 }, 64], prints: 'getdents64(3, 0xc100002000, 64) = -1 ENOTDIR (Not a directory)' },
  { call: ['getcwd', { buf: 64 }, 64], prints: 'getcwd("/", 64) = 2' },
  { call: ['chdir', '/etc'], prints: 'chdir("/etc") = 0' },
  { call: ['fchdir', 3], prints: 'fchdir(3) = -1 ENOTDIR (Not a directory)' },
  { call: ['fsync', 3], prints: 'fsync(3) = 0' },
  { call: ['fdatasync', 4], prints: 'fdatasync(4) = -1 EINVAL (Invalid argument)' },
  { call: ['sync'], prints: 'sync() = 0' },
  { call: ['sync_file_range', 3, 0, 0, 8], prints: 'sync_file_range(3, 0, 0, 8) = -1 EINVAL (Invalid argument)' },
  { call: ['fadvise64', 3, 0, 0, 9], prints: 'fadvise64(3, 0, 0, 9) = -1 EINVAL (Invalid argument)' },
  { call: ['readahead', 3, 0, 4], prints: 'readahead(3, 0, 4) = 0' },
  { call: ['memfd_create', 'x', 3], prints: 'memfd_create("x", MFD_CLOEXEC|MFD_ALLOW_SEALING) = 6' },
  { call: ['umask', 0o22], prints: 'umask(022) = 022' },
]);
