import { testFamily } from '../../testdata/family-table';
import { NOTIFY } from './notify';

testFamily(NOTIFY, [
  {
    call: ['inotify_add_watch', 3, '/etc', 2],
    prints: 'inotify_add_watch(3, "/etc", 2) = -1 ENOSYS (Function not implemented) /* not modelled */',
  },
]);
