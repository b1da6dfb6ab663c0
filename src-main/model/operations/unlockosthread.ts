/** runtime.UnlockOSThread. */
import { unlockOSThread } from '../runtime/lock-os-thread';
import type { OperationRow } from './operation';

export interface UnlockOSThread {
  kind: 'unlockosthread';
}

export const unlockosthread: OperationRow<UnlockOSThread> = {
  kind: 'unlockosthread',
  example: null,
  go: 'runtime.UnlockOSThread()',
  read: () => ({ kind: 'unlockosthread' }),
  written: () => null,
  carryOut: (_operation, { rt, g }) => unlockOSThread(rt, g),
};
