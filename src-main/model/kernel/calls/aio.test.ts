import { testFamily } from '../../testdata/family-table';
import { AIO } from './aio';

testFamily(AIO, [
  {
    call: ['io_getevents', 0, 0, 1, 0, 0, 0],
    prints: 'io_getevents(0, 0, 0x1, 0, 0, 0) = -1 ENOSYS (Function not implemented) /* not modelled */',
    signal: 'EINTR',
  },
]);
