import { testFamily } from '../../testdata/family-table';
import { FILES } from './files';

testFamily(FILES, [
  { call: ['open', '/none', 1], prints: 'open("/none", O_WRONLY) = -1 ENOENT (No such file or directory)' },
  { call: ['open', '/new', 0o102, 0o644], prints: 'open("/new", O_RDWR|O_CREAT, 0644) = 6' },
  { call: ['openat', -100, '/etc/motd', 0x80000], prints: 'openat(AT_FDCWD, "/etc/motd", O_RDONLY|O_CLOEXEC) = 6' },
  { call: ['openat', -100, '/new', 0o102, 0o600], prints: 'openat(AT_FDCWD, "/new", O_RDWR|O_CREAT, 0600) = 6' },
  { call: ['creat', '/new', 0o644], prints: 'creat("/new", 0644) = 6' },
  { call: ['stat', '/etc', { buf: 144 }], prints: 'stat("/etc", {st_mode=S_IFDIR|0755, st_size=4096, ...}) = 0' },
  { call: ['lstat', '/etc/motd', { buf: 144 }], prints: 'lstat("/etc/motd", {st_mode=S_IFREG|0644, st_size=6, ...}) = 0' },
  { call: ['fstat', 1, { buf: 144 }], prints: 'fstat(1, {st_mode=S_IFCHR|0620, st_rdev=makedev(0x88, 0), ...}) = 0' },
  {
    call: ['newfstatat', -100, '/etc/motd', { buf: 144 }, 256],
    prints: 'newfstatat(AT_FDCWD, "/etc/motd", {st_mode=S_IFREG|0644, st_size=6, ...}, AT_SYMLINK_NOFOLLOW) = 0',
  },
  { call: ['lseek', 3, -2, 2], prints: 'lseek(3, -2, SEEK_END) = 4' },
  { call: ['access', '/etc/motd', 4], prints: 'access("/etc/motd", R_OK) = 0' },
  { call: ['faccessat', -100, '/etc/motd', 0], prints: 'faccessat(AT_FDCWD, "/etc/motd", F_OK) = 0' },
  { call: ['unlinkat', -100, '/a', 0x200], prints: 'unlinkat(AT_FDCWD, "/a", AT_REMOVEDIR) = 0' },
  { call: ['umask', 0o22], prints: 'umask(022) = 00' },
]);
