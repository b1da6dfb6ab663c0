/** The go statement. Follows newproc1, gfget and malg of runtime/proc.go, Go 1.14. */
import { GFREE_LOW, GOID_BATCH } from '../go-constants';
import type { GId, GRow, PId } from '../state';
import { stackTop } from './machine';
import { runqput } from './runq';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const NEWPROC = rows('newproc1', {
  acquirem: 'store',
  gfget: 'gfget',
  malg: 'malg',
  sched: 'store',
  casgstatus: 'cas',
  goid: 'store',
  releasem: 'store',
});

/** What a goroutine's row has besides in a program that selects. */
export const SELECT_FIELDS: Pick<GRow, 'selecting' | 'selectDone' | 'selected'> = { selecting: [], selectDone: 0, selected: -1 };

export function newGRow(name: string, goid: number): GRow {
  return {
    name,
    system: false,
    goid,
    status: '_Gidle',
    m: null,
    lockedm: null,
    waitreason: '',
    waitsince: 0,
    ticket: 0,
    param: null,
    preempt: false,
    stackguard0: 'normal',
    throwsplit: false,
    syscallsp: '0x0',
    syscallpc: '0x0',
    sched: { pc: '0x0', sp: '0x0' },
    sysblocktraced: false,
    sysexitticks: 0,
    op: 0,
    opname: '',
    stack: {},
    frames: [],
  };
}

/**
 * Go 1.14, runtime/proc.go, newproc and newproc1: makes a goroutine and puts it into runnext; the caller goes on running. A G that is
 * used again keeps its memory in Go; here the newcomer has a row of its own, so that the trace tells the two apart.
 */
export function* newproc(rt: Runtime, g: GId, name: string, body: (g: GId) => Thread): Thread<GId> {
  const m = rt.mOf(g);
  yield NEWPROC.acquirem;
  rt.to.m(m, 'locks', rt.M(m).locks + 1);
  rt.to.m(m, 'ong0', true);
  const p = rt.pOf(m);
  yield NEWPROC.gfget;
  const used = gfget(rt, p);
  if (used === null) yield NEWPROC.malg;
  const index = rt.nextGoroutine();
  const made: GId = `G${index}`;
  rt.setStructure(made, used);
  rt.to.add('G', made, { ...newGRow(name, 0), ...(rt.G('G1').selecting && SELECT_FIELDS), ...rt.go.fields.G, status: '_Gdead' });
  yield NEWPROC.sched;
  rt.to.at(['G', made, 'sched', 'pc'], `main.${name}`);
  rt.to.at(['G', made, 'sched', 'sp'], `0x${stackTop(index).toString(16)}`);
  yield NEWPROC.casgstatus;
  rt.casgstatus(made, '_Gdead', '_Grunnable');
  rt.setBody(made, body(made));
  yield NEWPROC.goid;
  rt.to.g(made, 'goid', nextGoid(rt, p));
  rt.to.event('GoCreate');
  yield* runqput(rt, m, p, made, true);
  // Go 1.14 asks here; from 1.15 on wakep asks for itself.
  if (rt.go.wantsWakep(rt)) yield* rt.go.wakep(rt, m);
  yield NEWPROC.releasem;
  rt.to.m(m, 'locks', rt.M(m).locks - 1);
  rt.to.m(m, 'ong0', false);
  rt.rearmPreemption(m);
  return made;
}

/** Go 1.14, runtime/proc.go, gfget: a dead G to use again, null: there is none; an empty P fetches up to 32. Part of the step under way. */
function gfget(rt: Runtime, p: PId): GId | null {
  const { gfree } = rt.state.sched;
  if (rt.P(p).gfree.length === 0 && gfree.length > 0) {
    rt.to.p(p, 'gfree', gfree.slice(0, GFREE_LOW));
    rt.to.sched('gfree', gfree.slice(GFREE_LOW));
  }
  const free = rt.P(p).gfree;
  const used = free.at(-1);
  if (used === undefined) return null;
  rt.to.p(p, 'gfree', free.slice(0, -1));
  return used;
}

/** Go: each P takes goids from sched.goidgen in batches of 16. Part of the step under way. */
function nextGoid(rt: Runtime, p: PId): number {
  const { goidcache, goidcacheend } = rt.P(p);
  if (goidcache === goidcacheend) {
    const first = rt.state.sched.goidgen + 1;
    rt.to.sched('goidgen', rt.state.sched.goidgen + GOID_BATCH);
    rt.to.p(p, 'goidcache', first + 1);
    rt.to.p(p, 'goidcacheend', first + GOID_BATCH);
    return first;
  }
  rt.to.p(p, 'goidcache', goidcache + 1);
  return goidcache;
}
