/** Where every parent is, as the fields of its row say: in a house, in the forest, in bed, on the way. For every level of the picture. Pure. */
import { type GId, isRecorded, type MId, type MRow, type PId, type PRow, type State } from '../../src-main/contract/index';

export type Where =
  /** sysmon, and the thread that makes threads. */
  | { at: 'rounds' | 'registry' }
  /** Blocked in epoll, as the last idle thread. */
  | { at: 'post' }
  /** Asleep, or about to lie down, or just woken beside the bed. */
  | { at: 'bed' }
  /** In the kernel or in C, for a child's sake; or at home there. `p`: the house that it has not let go (RawSyscall). */
  | { at: 'forest'; isAbroad: boolean; p: PId | null }
  /** Just leaving this house, or before it again. */
  | { at: 'door'; p: PId }
  /** On the way to the forest, or back from it. */
  | { at: 'edge' }
  | { at: 'house'; p: PId }
  /** On the way to the house whose key is in its hand. */
  | { at: 'heir'; p: PId }
  /** Waits for the one child to which it is locked. */
  | { at: 'outside' }
  | { at: 'lane' }
  /** It has a number, and there never is a thread that bears it. */
  | { at: 'nowhere' };

/** Nobody can be found in a house that is not there. */
export function whereabouts(state: State, id: MId, row: MRow): Where {
  if (row.role === 'sysmon') return { at: 'rounds' };
  if (isNeverMade(state, id, row)) return { at: 'nowhere' };
  if (row.role === 'template') return { at: 'registry' };
  if (state.kernel.poller === id) return { at: 'post' };
  if (isInNursingHome(state, id, row)) return { at: 'bed' };
  if (isHunting(state, row)) return outHunting(state, row);
  if (row.p !== null && state.P[row.p]) return { at: 'house', p: row.p };
  if (row.nextp !== null && state.P[row.nextp]) return { at: 'heir', p: row.nextp };
  if (row.lockedg !== null && row.parked) return { at: 'outside' };
  return { at: 'lane' };
}

/**
 * One more than the limit: Go's mcommoninit has given it a number and counted it, and checkmcount throws before newm1 would clone the thread. It is
 * the newest, and nothing has happened to it; of Ms that a lowered limit finds (SetMaxThreads) something has.
 */
export function isNeverMade({ sched }: State, id: MId, row: MRow): boolean {
  if (sched.mcount <= sched.maxmcount || id !== `M${sched.mnext - 1}`) return false;
  const isIdle = row.p === null && row.nextp === null && row.curg === null && row.lockedg === null && !row.spinning && !row.parked;
  return isIdle && row.kernel === null && row.regs === null && row.syscalltick === 0 && !sched.midle.includes(id);
}

/** On the lane, and deciding on g0 what comes next: the desk needs no house. */
export const isAtDesk = ({ ong0, spinning }: MRow): boolean => ong0 && !spinning;

/**
 * Whom a thread has in its care. Also at the desk: what a goroutine asks of the runtime (newproc, stopTheWorld) is done on g0 while it goes on running;
 * only who has given it up has nobody.
 */
export function childOf(state: State, { curg, ong0 }: MRow): GId | null {
  return curg !== null && (!ong0 || state.G[curg]?.status === '_Grunning') ? curg : null;
}

/** Asleep on its note, or on the list of idle threads and about to lie down. Whoever waits for a child of its own waits outside. */
export function isInNursingHome(state: State, id: MId, row: MRow): boolean {
  if (row.dead || row.role !== 'worker' || row.p !== null || state.kernel.poller === id) return false;
  if (state.sched.midle.includes(id) || (row.parked && row.lockedg === null)) return true;
  // Just woken, and still beside the bed, with the key in the hand. A thread without a past has never slept: it comes along the lane.
  const hasPast = row.regs !== null || row.syscalltick > 0;
  return row.nextp !== null && row.curg === null && row.lockedg === null && (row.park === 1 || hasPast);
}

/** In the kernel, or in C, for a goroutine's sake and away from its house. RawSyscall leaves it bolted and lit: the house is still its own. */
export function isHunting(state: State, row: MRow): boolean {
  if (row.role !== 'worker' && row.role !== 'extra') return false;
  if (row.p !== null) return row.kernel !== null && row.curg !== null && !row.ong0;
  const inCall = row.curg !== null && state.G[row.curg]?.status === '_Gsyscall';
  return inCall || (row.incgo && row.curg !== null) || isStranger(state, row);
}

/** An M that no thread of C has borrowed: nobody that the village knows. */
function isStranger(state: State, { role, curg }: MRow): boolean {
  return role === 'extra' && curg !== null && state.G[curg]?.status === '_Gdead';
}

function outHunting(state: State, row: MRow): Where {
  // Holding on to its M (m.locks) the thread is just leaving its house, or stands before it again.
  if (isStranger(state, row)) return { at: 'forest', isAbroad: true, p: null };
  // A recording tells that a thread goes there, and when it is back, and nothing of the way.
  if (isRecorded(state)) return { at: 'forest', isAbroad: isInC(state, row), p: null };
  const door = row.kernel === null && !row.incgo && row.locks > 0 ? doorOf(state, row) : null;
  if (door !== null && state.P[door]) return { at: 'door', p: door };
  if (row.kernel === null && !row.incgo) return { at: 'edge' };
  return { at: 'forest', isAbroad: row.incgo, p: row.p };
}

/** Go's way to C is in the call path; a thread of C that has called Go has a goroutine of its own for it. */
function isInC(state: State, { curg }: MRow): boolean {
  const row = curg === null ? undefined : state.G[curg];
  return row?.frames.includes('runtime.cgocall') === true || row?.name.startsWith('cgo#') === true;
}

/** The house that a thread without a P comes from: the address it keeps, or, while it reads it, the free house that bears its number. */
function doorOf(state: State, row: MRow): PId | null {
  if (row.oldp !== null) return row.oldp;
  const free = (Object.entries(state.P) as [PId, PRow][]).filter(
    ([id, p]) =>
      p.m === null &&
      p.syscalltick === row.syscalltick &&
      (p.status === '_Psyscall' || (p.status === '_Pidle' && !state.sched.pidle.includes(id))),
  );
  const [found] = free.filter(([id]) => !Object.values(state.M as Record<string, MRow>).some((each) => each.oldp === id));
  return found?.[0] ?? null;
}
