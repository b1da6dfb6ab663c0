import { testFamily } from '../../testdata/family-table';
import { PROCESS } from './process';

testFamily(PROCESS, [
  { call: ['exit', 4], prints: 'exit(4) = ?' },
  { call: ['exit_group', 3], prints: 'exit_group(3) = ?' },
  { call: ['sched_yield'], prints: 'sched_yield() = 0' },
  { call: ['execve', '/etc/motd', 0, 0], prints: 'execve("/etc/motd", NULL, NULL) = -1 EACCES (Permission denied)' },
  { call: ['execve', '/none', 0, 0], prints: 'execve("/none", NULL, NULL) = -1 ENOENT (No such file or directory)' },
  { call: ['wait4', -1, 0, 1, 0], prints: 'wait4(-1, NULL, 1, NULL) = -1 ECHILD (No child processes)' },
  { call: ['waitid', 0, 0, 0, 4, 0], prints: 'waitid(0, 0, NULL, 4, NULL) = -1 ECHILD (No child processes)' },
  { call: ['sched_getparam', 0, { buf: 4 }], prints: 'sched_getparam(0, 0xc100002000) = 0' },
  { call: ['sched_getscheduler', 4711], prints: 'sched_getscheduler(4711) = -1 ESRCH (No such process)' },
  { call: ['sched_get_priority_max', 1], prints: 'sched_get_priority_max(1) = 99' },
  { call: ['sched_get_priority_min', 9], prints: 'sched_get_priority_min(9) = -1 EINVAL (Invalid argument)' },
  { call: ['sched_getaffinity', 0, 128, { buf: 128 }], prints: 'sched_getaffinity(0, 128, 0xc100002000) = 8' },
  { call: ['getpriority', 0, 0], prints: 'getpriority(0, 0) = 20' },
  { call: ['setpriority', 0, 0, 5], prints: 'setpriority(0, 0, 5) = 0' },
  { call: ['getrlimit', 7, { buf: 16 }], prints: 'getrlimit(7, 0xc100002000) = 0' },
  { call: ['setrlimit', 99, { buf: 16 }], prints: 'setrlimit(99, 0xc100002000) = -1 EINVAL (Invalid argument)' },
  { call: ['prlimit64', 0, 7, 0, { buf: 16 }], prints: 'prlimit64(0, 7, NULL, 0xc100002000) = 0' },
  { call: ['getrusage', 0, { buf: 144 }], prints: 'getrusage(0, 0xc100002000) = 0' },
  { call: ['prctl', 16, { buf: 16 }], prints: 'prctl(16, 0xc100002000, 0, 0, 0) = 0' },
  { call: ['personality', 0xffffffff], prints: 'personality(4294967295) = 0' },
  { call: ['set_tid_address', 0], prints: 'set_tid_address(NULL) = 1000' },
  {
    call: ['clone', 0x50f00, 0, 0, 0, 0],
    prints: 'clone(0x50f00, 0, NULL, NULL, 0) = -1 ENOSYS (Function not implemented) /* not modelled */',
  },
  { call: ['clone3', 0, 0], prints: 'clone3(NULL, 0) = -1 ENOSYS (Function not implemented) /* not modelled */' },
  { call: ['fork'], prints: 'fork() = -1 ENOSYS (Function not implemented) /* not modelled */' },
  { call: ['vfork'], prints: 'vfork() = -1 ENOSYS (Function not implemented) /* not modelled */' },
]);
