/** A collection, of which only the stopped world is modelled. */
import { gc as stopForGc } from '../runtime/stop-the-world';
import { durationField, type OperationRow, writtenNs } from './operation';

export interface Gc {
  kind: 'gc';
  stwNs: number;
}

export const gc: OperationRow<Gc> = {
  kind: 'gc',
  example: 'gc: { stw: 1ms }',
  go: 'stopTheWorld(…); startTheWorld()',
  read: (parameter) => ({ kind: 'gc', stwNs: durationField(parameter, 'gc', 'stw') }),
  makes: () => ({ collects: true }),
  written: ({ stwNs }) => ({ stw: writtenNs(stwNs) }),
  carryOut: ({ stwNs }, { rt, g }) => stopForGc(rt, g, stwNs),
};
