import { testFamily } from '../../testdata/family-table';
import { IDENTITY } from './identity';

testFamily(IDENTITY, [
  { call: ['getpid'], prints: 'getpid() = 1000' },
  { call: ['getppid'], prints: 'getppid() = 1' },
  { call: ['gettid'], prints: 'gettid() = 1000' },
  { call: ['getuid'], prints: 'getuid() = 0' },
  { call: ['getgid'], prints: 'getgid() = 0' },
  { call: ['geteuid'], prints: 'geteuid() = 0' },
  { call: ['getegid'], prints: 'getegid() = 0' },
  { call: ['uname', { buf: 390 }], prints: 'uname({sysname="Linux", nodename="schedville", ...}) = 0' },
  { call: ['getrandom', { buf: 4 }, 4, 1], prints: 'getrandom("\\x00\\x01\\x02\\x03", 4, GRND_NONBLOCK) = 4' },
]);
