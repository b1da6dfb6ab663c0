/** runtime.Goexit: the goroutine ends after its deferred functions have run. main ends so, too, and the program goes on. */
import { Goexit as GoexitThrown } from '../runtime/panicking';
import { row } from '../runtime/thread';
import type { OperationRow } from './operation';

export interface Goexit {
  kind: 'goexit';
}

export const goexit: OperationRow<Goexit> = {
  kind: 'goexit',
  example: null,
  go: 'runtime.Goexit()',
  read: () => ({ kind: 'goexit' }),
  written: () => null,
  *carryOut() {
    yield row('Goexit', 'Goexit', 'op');
    throw new GoexitThrown();
  },
};
