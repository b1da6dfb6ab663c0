/** runtime.LockOSThread. */
import { lockOSThread } from '../runtime/lock-os-thread';
import type { OperationRow } from './operation';

export interface LockOSThread {
  kind: 'lockosthread';
}

export const lockosthread: OperationRow<LockOSThread> = {
  kind: 'lockosthread',
  example: null,
  go: 'runtime.LockOSThread()',
  read: () => ({ kind: 'lockosthread' }),
  written: () => null,
  carryOut: (_operation, { rt, g }) => lockOSThread(rt, g),
};
