import { testFamily } from '../../testdata/family-table';
import { IPC } from './ipc';

testFamily(IPC, [
  { call: ['shmat', 1, 0, 0, 0, 0, 0], prints: 'shmat(0x1, 0, 0, 0, 0, 0) = -1 ENOSYS (Function not implemented) /* not modelled */' },
  {
    call: ['semop', 1, 0, 1, 0, 0, 0],
    prints: 'semop(0x1, 0, 0x1, 0, 0, 0) = -1 ENOSYS (Function not implemented) /* not modelled */',
    signal: 'EINTR',
  },
  {
    call: ['semtimedop', 1, 0, 1, 0, 0, 0],
    prints: 'semtimedop(0x1, 0, 0x1, 0, 0, 0) = -1 ENOSYS (Function not implemented) /* not modelled */',
    signal: 'EINTR',
  },
  {
    call: ['msgsnd', 1, 0, 0, 0, 0, 0],
    prints: 'msgsnd(0x1, 0, 0, 0, 0, 0) = -1 ENOSYS (Function not implemented) /* not modelled */',
    signal: 'EINTR',
  },
  {
    call: ['msgrcv', 1, 0, 0, 0, 0, 0],
    prints: 'msgrcv(0x1, 0, 0, 0, 0, 0) = -1 ENOSYS (Function not implemented) /* not modelled */',
    signal: 'EINTR',
  },
]);
