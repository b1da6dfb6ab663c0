import { testFamily } from '../../testdata/family-table';
import { NAMES } from './names';

testFamily(NAMES, [
  { call: ['mkdir', '/etc', 0o755], prints: 'mkdir("/etc", 0755) = -1 EEXIST (File exists)' },
  { call: ['mkdirat', -100, '/new', 0o755], prints: 'mkdirat(AT_FDCWD, "/new", 0755) = 0' },
  { call: ['rmdir', '/etc'], prints: 'rmdir("/etc") = -1 ENOTEMPTY (Directory not empty)' },
  { call: ['link', '/etc/motd', '/b'], prints: 'link("/etc/motd", "/b") = 0' },
  {
    call: ['linkat', -100, '/none', -100, '/b', 0],
    prints: 'linkat(AT_FDCWD, "/none", AT_FDCWD, "/b", 0) = -1 ENOENT (No such file or directory)',
  },
  { call: ['unlink', '/none'], prints: 'unlink("/none") = -1 ENOENT (No such file or directory)' },
  { call: ['unlinkat', -100, '/etc', 0x200], prints: 'unlinkat(AT_FDCWD, "/etc", AT_REMOVEDIR) = -1 ENOTEMPTY (Directory not empty)' },
  { call: ['symlink', '/etc/motd', '/l'], prints: 'symlink("/etc/motd", "/l") = 0' },
  { call: ['symlinkat', 'motd', -100, '/etc/motd'], prints: 'symlinkat("motd", AT_FDCWD, "/etc/motd") = -1 EEXIST (File exists)' },
  { call: ['readlink', '/etc/motd', { buf: 8 }, 8], prints: 'readlink("/etc/motd", 0xc100004000, 8) = -1 EINVAL (Invalid argument)' },
  {
    call: ['readlinkat', -100, '/none', { buf: 8 }, 8],
    prints: 'readlinkat(AT_FDCWD, "/none", 0xc100004000, 8) = -1 ENOENT (No such file or directory)',
  },
  { call: ['rename', '/etc/motd', '/b'], prints: 'rename("/etc/motd", "/b") = 0' },
  {
    call: ['renameat', -100, '/none', -100, '/b'],
    prints: 'renameat(AT_FDCWD, "/none", AT_FDCWD, "/b") = -1 ENOENT (No such file or directory)',
  },
  {
    call: ['renameat2', -100, '/etc/motd', -100, '/etc', 1],
    prints: 'renameat2(AT_FDCWD, "/etc/motd", AT_FDCWD, "/etc", 1) = -1 EEXIST (File exists)',
  },
  { call: ['mknod', '/f', 0o10644, 0], prints: 'mknod("/f", 010644, 0) = -1 ENOSYS (Function not implemented) /* not modelled */' },
  { call: ['mknodat', -100, '/f', 0o644, 0], prints: 'mknodat(AT_FDCWD, "/f", 0644, 0) = 0' },
]);
