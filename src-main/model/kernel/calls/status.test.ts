import { testFamily } from '../../testdata/family-table';
import { STATUS } from './status';

testFamily(STATUS, [
  { call: ['stat', '/etc', { buf: 144 }], prints: 'stat("/etc", {st_mode=S_IFDIR|0755, st_size=4096, ...}) = 0' },
  { call: ['lstat', '/etc/motd', { buf: 144 }], prints: 'lstat("/etc/motd", {st_mode=S_IFREG|0644, st_size=6, ...}) = 0' },
  { call: ['fstat', 1, { buf: 144 }], prints: 'fstat(1, {st_mode=S_IFCHR|0620, st_rdev=makedev(0x88, 0), ...}) = 0' },
  {
    call: ['newfstatat', -100, '/etc/motd', { buf: 144 }, 256],
    prints: 'newfstatat(AT_FDCWD, "/etc/motd", {st_mode=S_IFREG|0644, st_size=6, ...}, AT_SYMLINK_NOFOLLOW) = 0',
  },
  { call: ['statx', -100, '/etc/motd', 0, 0x7ff, { buf: 256 }], prints: 'statx(AT_FDCWD, "/etc/motd", 0, 0x7ff, 0xc100004000) = 0' },
  { call: ['access', '/etc/motd', 4], prints: 'access("/etc/motd", R_OK) = 0' },
  { call: ['access', '/etc/motd', 1], prints: 'access("/etc/motd", X_OK) = -1 EACCES (Permission denied)' },
  { call: ['faccessat', -100, '/none', 0], prints: 'faccessat(AT_FDCWD, "/none", F_OK) = -1 ENOENT (No such file or directory)' },
  { call: ['faccessat2', -100, '/etc', 1, 0x100], prints: 'faccessat2(AT_FDCWD, "/etc", 1, 256) = 0' },
  { call: ['chmod', '/etc/motd', 0o600], prints: 'chmod("/etc/motd", 0600) = 0' },
  { call: ['fchmod', 99, 0o600], prints: 'fchmod(99, 0600) = -1 EBADF (Bad file descriptor)' },
  { call: ['fchmodat', -100, '/none', 0o600], prints: 'fchmodat(AT_FDCWD, "/none", 0600) = -1 ENOENT (No such file or directory)' },
  { call: ['chown', '/etc/motd', 1, 1], prints: 'chown("/etc/motd", 1, 1) = 0' },
  { call: ['fchown', 3, 1, 1], prints: 'fchown(3, 1, 1) = 0' },
  { call: ['lchown', '/none', 1, 1], prints: 'lchown("/none", 1, 1) = -1 ENOENT (No such file or directory)' },
  { call: ['fchownat', -100, '/etc/motd', 1, 1, 0], prints: 'fchownat(AT_FDCWD, "/etc/motd", 1, 1, 0) = 0' },
  { call: ['utime', '/etc/motd', 0], prints: 'utime(0xc100002000, NULL) = 0' },
  { call: ['utimes', '/none', 0], prints: 'utimes(0xc100002000, NULL) = -1 ENOENT (No such file or directory)' },
  { call: ['futimesat', -100, '/etc/motd', 0], prints: 'futimesat(AT_FDCWD, "/etc/motd", NULL) = 0' },
  { call: ['utimensat', -100, '/etc/motd', 0, 0], prints: 'utimensat(AT_FDCWD, "/etc/motd", NULL, 0) = 0' },
]);
