import { testFamily } from '../../testdata/family-table';
import { FILESYSTEM } from './filesystem';

testFamily(FILESYSTEM, [
  { call: ['mount', 0, 0, 0, 0, 0], prints: 'mount(NULL, NULL, NULL, 0, NULL) = -1 ENOSYS (Function not implemented) /* not modelled */' },
]);
