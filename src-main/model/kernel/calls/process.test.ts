import { testFamily } from '../../testdata/family-table';
import { PROCESS } from './process';

testFamily(PROCESS, [
  { call: ['exit', 4], prints: 'exit(4) = ?' },
  { call: ['exit_group', 3], prints: 'exit_group(3) = ?' },
  { call: ['clone', 0x50f00, 0, 0, 0, 0], prints: 'clone(0x50f00, 0, NULL, NULL, 0) = -1 ENOSYS (Function not implemented)' },
  { call: ['clone3', 0, 0], prints: 'clone3(NULL, 0) = -1 ENOSYS (Function not implemented)' },
  { call: ['fork'], prints: 'fork() = -1 ENOSYS (Function not implemented)' },
  { call: ['vfork'], prints: 'vfork() = -1 ENOSYS (Function not implemented)' },
  { call: ['sched_yield'], prints: 'sched_yield() = 0' },
]);
