/** What a house's fields say about its door and the watchman's slate, at every level of the picture. Pure. */
import { type GId, isRecorded, type PId, type PRow, type State } from '../../src-main/contract/index';
import type { Door } from './glossary';

const DOORS = { _Pidle: 'closed', _Psyscall: 'locked', _Pgcstop: 'sealed', _Pdead: 'ruin' } as const;

export function doorOf(state: State, row: PRow): Door {
  if (row.status !== '_Prunning') return DOORS[row.status];
  const owner = row.m === null ? null : state.M[row.m];
  // RawSyscall: nobody has told the scheduler that its thread is in the kernel.
  return owner?.kernel !== null && owner?.kernel !== undefined ? 'bolted' : 'open';
}

/** The stay number; null: a recording does not tell it. */
export const stayOf = (state: State, row: { syscalltick: number }): number | null => (isRecorded(state) ? null : row.syscalltick);

/** The system call that a recorded goroutine is in, by its call path: read. '' when that does not say. */
export function callTold(state: State, g: GId | null): string {
  const frames = g === null || !isRecorded(state) ? [] : (state.G[g]?.frames ?? []);
  const found = frames.findLast((each) => /^syscall\.(?!Raw|Syscall|raw)/.test(each));
  return found?.slice('syscall.'.length).toLowerCase() ?? '';
}

/** The stay number on the slate: he has seen this house locked, in this very stay. */
export function slateOf(state: State, id: PId, row: PRow): number | null {
  const seen = state.sysmon.ticks[id];
  const isNoted = row.status === '_Psyscall' && seen !== undefined && seen.syscalltick === row.syscalltick && seen.syscallwhen > 0;
  return isNoted ? seen.syscalltick : null;
}
