/** What GODEBUG=schedtrace prints. Follows schedtrace of runtime/proc.go, Go 1.14, whose words are other programs' input. */
import { G_STATUSES, P_STATUSES } from '../go-constants';
import type { GId, MId, MRow } from '../state';
import { writeErr } from './own-calls';
import { type Runtime, SCHED_LOCK } from './runtime';
import { type Thread, rows } from './thread';

const TRACE = rows('schedtrace', { lock: 'lock', sched: 'kernel', P: 'kernel', M: 'kernel', G: 'kernel' });

/** Runtime goroutines that have no row here, as they always are: by goid, what each waits for. */
const OF_THE_RUNTIME: readonly (readonly [number, string])[] = [
  [2, 'force gc (idle)'],
  [3, 'GC sweep wait'],
  [4, 'GC scavenge wait'],
  [5, 'finalizer wait'],
];

const bit = (yes: boolean): string => (yes ? '1' : '0');
const number = (id: string | null): string => (id === null ? '-1' : id.slice(1));

/** Go 1.14, runtime/proc.go, schedtrace: under sched.lock from the first word to the last. Each print is a step, each value a write(2). */
export function* schedtrace(rt: Runtime, m: MId, detailed: boolean): Thread {
  const now = rt.now;
  rt.starttime ??= now;
  const goid = (g: GId | null): string => (g === null ? '-1' : `${rt.G(g).goid}`);
  yield* rt.lock(m, SCHED_LOCK, TRACE.lock);
  yield TRACE.sched;
  const { sched } = rt.state;
  const since = Math.floor((now - rt.starttime) / 1e6);
  writeErr(rt, m, [
    'SCHED ',
    `${since}`,
    'ms: gomaxprocs=',
    `${rt.gomaxprocs}`,
    ' idleprocs=',
    `${rt.npidle}`,
    ' threads=',
    `${rt.mcount}`,
  ]);
  writeErr(rt, m, [
    ' spinningthreads=',
    `${sched.nmspinning}`,
    ' idlethreads=',
    `${sched.midle.length}`,
    ' runqueue=',
    `${sched.runq.length}`,
  ]);
  if (detailed) {
    writeErr(rt, m, [' gcwaiting=', bit(sched.gcwaiting), ' nmidlelocked=', `${sched.nmidlelocked}`, ' stopwait=', `${sched.stopwait}`]);
    writeErr(rt, m, [' sysmonwait=', bit(sched.sysmonwait), '\n']);
  }
  for (const [i, p] of rt.allp.entries()) {
    yield TRACE.P;
    const row = rt.P(p);
    const ring = `${row.runq.length}`;
    if (!detailed) {
      writeErr(rt, m, [' ', ...(i === 0 ? ['['] : []), ring, ...(i === rt.gomaxprocs - 1 ? [']\n'] : [])]);
      continue;
    }
    writeErr(rt, m, ['  P', `${i}`, ': status=', `${P_STATUSES.indexOf(row.status)}`, ' schedtick=', `${row.schedtick}`]);
    writeErr(rt, m, [' syscalltick=', `${row.syscalltick}`, ' m=', number(row.m), ' runqsize=', ring]);
    writeErr(rt, m, [' gfreecnt=', `${row.gfree.length}`, ' timerslen=', `${row.timers.length}`, '\n']);
  }
  if (detailed) {
    // allm has the newest first, and nobody who has exited.
    for (const [id, row] of (Object.entries(rt.state.M) as [MId, MRow][]).filter(([, { dead }]) => !dead).reverse()) {
      yield TRACE.M;
      // While it prints, sysmon holds the lock of print as well.
      const locks = id === m ? row.locks + 1 : row.locks;
      writeErr(rt, m, ['  M', number(id), ': p=', number(row.p), ' curg=', goid(row.curg), ' mallocing=', '0', ' throwing=', '0']);
      writeErr(rt, m, [' preemptoff=', row.preemptoff, ' locks=', `${locks}`, ' dying=', '0', ' spinning=', `${row.spinning}`]);
      writeErr(rt, m, [' blocked=', `${row.blocked}`, ' lockedg=', goid(row.lockedg), '\n']);
    }
    for (const { id, status, reason, on, wired } of gsInOrder(rt)) {
      yield TRACE.G;
      writeErr(rt, m, ['  G', `${id}`, ': status=', `${status}`, '(', reason, ') m=', number(on), ' lockedm=', number(wired), '\n']);
    }
  }
  rt.unlock(m, SCHED_LOCK);
}

interface GLine {
  id: number;
  status: number;
  reason: string;
  on: MId | null;
  wired: MId | null;
}

/** Go: allgs. main's comes first, then the extra M's, then those of the runtime itself, then whatever the program has made. */
function gsInOrder(rt: Runtime): GLine[] {
  const lines = rt.allgs.map((g): GLine => {
    const { goid, status, waitreason, m, lockedm } = rt.G(g);
    return { id: goid, status: G_STATUSES.indexOf(status), reason: waitreason, on: m, wired: lockedm };
  });
  const before = rt.state.sched.extram ? 2 : 1;
  const own = OF_THE_RUNTIME.slice(0, rt.go.facts.runtimeGoroutines)
    .filter(([id]) => !lines.some((line) => line.id === id))
    .map(([id, reason]): GLine => ({ id, status: G_STATUSES.indexOf('_Gwaiting'), reason, on: null, wired: null }));
  const known = lines.findLastIndex(({ id }, i) => i < before || id === 2) + 1;
  return [...lines.slice(0, known), ...own, ...lines.slice(known)];
}
