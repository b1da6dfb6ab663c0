/**
 * Ms for threads that Go has not made, of which C has some: kept on a list, one more than are in use. Follows runtime/proc.go of Go 1.14: needm,
 * newextram, oneNewExtraM, dropm, lockextra, unlockextra.
 */
import type { GId, GRow, MId, MRow } from '../state';
import { stackTop } from './machine';
import { newGRow, SELECT_FIELDS } from './newproc';
import type { Runtime } from './runtime';
import { type Row, SLEEP_UNTIL_WOKEN, type Thread, rows } from './thread';
import { allocm } from './threads';

const NEEDM = rows('needm', { lockextra: 'cas', needextram: 'store', unlockextra: 'store', minit: 'store', casgstatus: 'cas' });
const NEWEXTRAM = rows('newextram', { waiters: 'cas', lockextra: 'cas', unlockextra: 'store' });
const ONE = rows('oneNewExtraM', { malg: 'malg', 'gp.m': 'store', lockextra: 'cas', unlockextra: 'store' });
const DROPM = rows('dropm', { casgstatus: 'cas', lockextra: 'cas', unlockextra: 'store' });

/** The name of the goroutine that an extra M lends to threads of C. No goroutine of a scenario can be called so. */
export const extraGName = (m: MId): string => `cgo#${m}`;

/** Go: oneNewExtraM. The goroutine of extra M m as it is before any thread of C has called Go on it. */
export function extraG(index: number, m: MId, goid: number): GRow {
  const sp = `0x${stackTop(index).toString(16)}`;
  const pc = 'runtime.goexit';
  return { ...newGRow(extraGName(m), goid), status: '_Gdead', syscallpc: pc, syscallsp: sp, sched: { pc, sp } };
}

/** What binds an extra M and its goroutine to each other, from its making on. */
export const extraMFields = (g: GId): Pick<MRow, 'curg' | 'lockedInt' | 'lockedg'> => ({ curg: g, lockedInt: 1, lockedg: g });

function extram(rt: Runtime): readonly MId[] {
  const list = rt.state.sched.extram;
  if (!list) throw new Error('the program keeps no extra M');
  return list;
}

/** Go 1.14, runtime/proc.go, lockextra(true): waits at `at` until nobody else has the list. Go's lock is a word of its own, so m.locks stays. */
function* lockextra(rt: Runtime, m: MId, at: Row): Thread<readonly MId[]> {
  for (;;) {
    yield at;
    if (rt.state.sched.extramLock === null) break;
    // Go calls osyield and asks again and again; here it asks when there is a new answer.
    rt.wantExtram.push(m);
    yield SLEEP_UNTIL_WOKEN;
  }
  rt.to.sched('extramLock', m);
  return extram(rt);
}

/** Go 1.14, runtime/proc.go, unlockextra: a store, which is also what threads of C wait for. Part of the step under way. */
function unlockextra(rt: Runtime, list: readonly MId[]): void {
  rt.to.sched('extram', [...list]);
  rt.to.sched('extramLock', null);
  for (const m of rt.wantExtram.splice(0)) rt.engine.wake(m, 'woken', rt.costs.epoll);
  rt.engine.lookForExtraM();
}

/** The extra M that a thread of C gets; null: it has to wait. */
export function extraMOnTop(rt: Runtime): MId | null {
  return rt.state.sched.extramLock === null ? (extram(rt)[0] ?? null) : null;
}

/** Go 1.14, runtime/proc.go, needm: a thread that C has made takes m, the extra M on top of the list. */
export function* needm(rt: Runtime, m: MId): Thread {
  const [, ...others] = yield* lockextra(rt, m, NEEDM.lockextra);
  yield NEEDM.needextram;
  rt.to.m(m, 'needextram', others.length === 0);
  yield NEEDM.unlockextra;
  unlockextra(rt, others);
  yield NEEDM.minit;
  yield NEEDM.casgstatus;
  const { curg } = rt.M(m);
  if (curg === null) throw new Error(`needm: ${m} has no goroutine`);
  rt.casgstatus(curg, '_Gdead', '_Gsyscall');
  rt.to.sched('ngsys', rt.state.sched.ngsys - 1);
}

/** Go 1.14, runtime/proc.go, newextram, on g0: as many as threads of C wait for, or else one when the list is empty. */
export function* newextram(rt: Runtime, m: MId): Thread {
  yield NEWEXTRAM.waiters;
  const waiters = rt.extraMWaiters;
  rt.extraMWaiters = 0;
  for (let i = 0; i < waiters; i++) yield* oneNewExtraM(rt, m);
  if (waiters > 0) return;
  const list = yield* lockextra(rt, m, NEWEXTRAM.lockextra);
  yield NEWEXTRAM.unlockextra;
  unlockextra(rt, list);
  if (list.length === 0) yield* oneNewExtraM(rt, m);
}

/** Go 1.14, runtime/proc.go, oneNewExtraM: an M without a thread, and the goroutine that is wired to it. */
function* oneNewExtraM(rt: Runtime, m: MId): Thread {
  const made = yield* allocm(rt, m, 'extra');
  yield ONE.malg;
  const index = rt.nextGoroutine();
  const g: GId = `G${index}`;
  const { name, syscallpc, syscallsp, sched } = extraG(index, made, 0);
  rt.to.add('G', g, { ...newGRow(name, 0), ...(rt.G('G1').selecting && SELECT_FIELDS), ...rt.go.fields.G, status: '_Gdead' });
  yield ONE['gp.m'];
  rt.to.g(g, 'sched', sched);
  rt.to.g(g, 'syscallpc', syscallpc);
  rt.to.g(g, 'syscallsp', syscallsp);
  rt.to.g(g, 'm', made);
  rt.to.g(g, 'lockedm', made);
  for (const [field, value] of Object.entries(extraMFields(g))) rt.to.at(['M', made, field], value);
  rt.to.sched('goidgen', rt.state.sched.goidgen + 1);
  rt.to.g(g, 'goid', rt.state.sched.goidgen);
  rt.setStructure(g, null);
  rt.to.sched('ngsys', rt.state.sched.ngsys + 1);
  const list = yield* lockextra(rt, m, ONE.lockextra);
  yield ONE.unlockextra;
  unlockextra(rt, [made, ...list]);
}

/** Go 1.14, runtime/proc.go, dropm: the thread goes back to C, and the M onto the list. The P that it has left stays as it is. */
export function* dropm(rt: Runtime, m: MId): Thread {
  const { curg } = rt.M(m);
  if (curg === null) throw new Error(`dropm: ${m} has no goroutine`);
  yield DROPM.casgstatus;
  rt.casgstatus(curg, '_Gsyscall', '_Gdead');
  rt.to.sched('ngsys', rt.state.sched.ngsys + 1);
  const list = yield* lockextra(rt, m, DROPM.lockextra);
  yield DROPM.unlockextra;
  unlockextra(rt, [m, ...list]);
}
