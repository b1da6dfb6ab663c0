import { testFamily } from '../../testdata/family-table';
import { XATTR } from './xattr';

testFamily(XATTR, [
  {
    call: ['setxattr', '/etc/motd', 'user.a', 0, 0, 0],
    prints: 'setxattr("/etc/motd", "user.a", NULL, 0, 0) = -1 ENOSYS (Function not implemented) /* not modelled */',
  },
]);
