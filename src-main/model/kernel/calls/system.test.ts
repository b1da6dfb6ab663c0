import { testFamily } from '../../testdata/family-table';
import { SYSTEM } from './system';

testFamily(SYSTEM, [
  { call: ['syslog', 10, 0, 0], prints: 'syslog(10, NULL, 0) = -1 ENOSYS (Function not implemented) /* not modelled */' },
]);
