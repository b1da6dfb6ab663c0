/**
 * The reports of schedtrace as a run: the first report is the first state, each further one a step with everything that has changed. Reports give
 * only the lengths of queues: who waits in which, and which threads sleep on their note, is inferred, and listed as such in `assumed`.
 */
import { P_STATUSES } from '../model/go-constants';
import { Recorder } from '../model/run/recorder';
import { newGRow } from '../model/runtime/newproc';
import { newMRow } from '../model/runtime/threads';
import type { GId, GRow, Json, MId, MRow, PId, PRow, State, Step } from '../model/state';
import { copyState } from '../model/trace/replay';
import { emptyState, idleP } from './empty-state';
import { type SchedReport, statusOfG } from './sched-text';

/** runtime.main starts the thread of sysmon, which prints the reports, before any other. */
const SYSMON = 'M1';

const gId = (n: number): GId => `G${n}`;
const mId = (n: number | null): MId | null => (n === null ? null : `M${n}`);
const pId = (n: number | null): PId | null => (n === null ? null : `P${n}`);

type Rows<Row> = Partial<Row>;

/** A report as fields of the state. The run queues of Ps and of sched are inferred. */
export interface Moment {
  G: Map<GId, Rows<GRow>>;
  M: Map<MId, Rows<MRow>>;
  P: Map<PId, Rows<PRow> & { runq: GId[]; runnext: GId | null }>;
  sched: Pick<
    State['sched'],
    'runq' | 'midle' | 'pidle' | 'nmspinning' | 'nmidlelocked' | 'gcwaiting' | 'stopwait' | 'sysmonwait' | 'mcount'
  >;
}

/** By their numbers: threads come newest first. */
const sorted = <Row>(rows: ReadonlyMap<number, Row>): [number, Row][] => [...rows].sort(([a], [b]) => a - b);

export function momentOf(report: SchedReport): Moment {
  const G: Moment['G'] = new Map();
  const waiting: GId[] = [];
  for (const [n, { status, waitreason, m, lockedm }] of sorted(report.G)) {
    const name = statusOfG(status) ?? '_Gidle';
    if (name === '_Grunnable') waiting.push(gId(n));
    G.set(gId(n), { status: name, waitreason, m: mId(m), lockedm: mId(lockedm) });
  }
  const M: Moment['M'] = new Map();
  const midle: MId[] = [];
  for (const [n, { p, curg, preemptoff, locks, spinning, blocked, lockedg }] of sorted(report.M)) {
    const row = `M${n}` as MId;
    const isAsleep = blocked && p === null && curg === null;
    if (isAsleep && midle.length < report.idleThreads) midle.push(row);
    M.set(row, {
      ...{ p: pId(p), curg: curg === null ? null : gId(curg), ong0: curg === null, preemptoff, locks, spinning, blocked },
      ...{ lockedg: lockedg === null ? null : gId(lockedg), parked: isAsleep, dead: false },
    });
  }
  const P: Moment['P'] = new Map();
  const pidle: PId[] = [];
  for (const [n, { status, schedtick, syscalltick, m, runqsize }] of sorted(report.P)) {
    const name = P_STATUSES[status] ?? '_Pidle';
    if (name === '_Pidle' && m === null) pidle.push(`P${n}`);
    P.set(`P${n}`, { status: name, schedtick, syscalltick, m: mId(m), runq: waiting.splice(0, runqsize), runnext: null });
  }
  const runq = waiting.splice(0, report.runqueue);
  // A goroutine that is runnable and fits in no queue can only be a P's runnext.
  for (const row of P.values()) if (row.status === '_Prunning') row.runnext = waiting.shift() ?? null;
  const { spinning: nmspinning, nmidlelocked, gcwaiting, stopwait, sysmonwait } = report;
  return { G, M, P, sched: { runq, midle, pidle, nmspinning, nmidlelocked, gcwaiting, stopwait, sysmonwait, mcount: M.size } };
}

/** The runtime's own goroutines can be recognized by what they wait for. */
const SYSTEM: Readonly<Record<string, string>> = {
  'force gc (idle)': 'runtime.forcegchelper',
  'GC sweep wait': 'runtime.bgsweep',
  'GC scavenge wait': 'runtime.bgscavenge',
  'finalizer wait': 'runtime.runfinq',
  'cleanup wait': 'runtime.runCleanups',
  'GC worker (idle)': 'runtime.gcBgMarkWorker',
};

export class SchedRun {
  readonly first: State;
  private readonly state: State;
  private readonly to: Recorder;
  private assumed = new Set<string>();

  /** `names`: see systemNames. */
  constructor(
    first: SchedReport,
    private readonly names: ReadonlyMap<number, string>,
  ) {
    this.state = emptyState([...first.P.keys()]);
    const moment = momentOf(first);
    for (const [id, row] of moment.M) this.state.M[id] = { ...this.newM(id), ...row };
    for (const [id, row] of moment.G) this.state.G[id] = { ...this.newG(id), ...row };
    for (const [id, row] of moment.P) Object.assign(this.state.P[id] as PRow, row);
    Object.assign(this.state.sched, moment.sched);
    this.first = copyState(this.state);
    this.to = new Recorder(this.state);
    this.startMs = first.ms;
  }

  private readonly startMs: number;

  private newM(id: MId): MRow {
    return newMRow(id, id === SYSMON ? 'sysmon' : 'worker');
  }

  private newG(id: GId): GRow {
    const n = Number(id.slice(1));
    const name = this.names.get(n);
    return { ...newGRow(n === 1 ? 'main' : (name ?? `goroutine ${n}`), n), system: name !== undefined };
  }

  /** The step that leads to a report. */
  step(report: SchedReport): Step {
    this.assumed = new Set();
    const { state, to } = this;
    const moment = momentOf(report);
    const by = (Object.keys(state.M) as MId[]).find((m) => m === SYSMON) ?? (Object.keys(state.M)[0] as MId);
    to.begin(Math.max(0, report.ms - this.startMs) * 1e6, by, 'schedtrace', 'lock', 0);
    for (const [id, row] of moment.M) this.row('M', id, state.M[id], row, () => this.newM(id));
    for (const [id, row] of moment.G) this.row('G', id, state.G[id], row, () => this.newG(id));
    this.gone(moment);
    for (const [id, { runq, ...row }] of moment.P) {
      if (!state.P[id]) to.at(['P', id], idleP() as unknown as Json);
      this.fields(['P', id], state.P[id] as unknown as Record<string, Json>, row);
      this.queue(id, runq);
    }
    const { runq, ...sched } = moment.sched;
    this.fields(['sched'], state.sched as unknown as Record<string, Json>, sched);
    this.queue(null, runq);
    const done = to.end();
    const assumed = done.set.flatMap(([path]) => (this.assumed.has(path) ? [path] : []));
    return { ...done, ...(assumed.length > 0 && { assumed }) };
  }

  private row<Row extends object>(table: 'G' | 'M', id: GId | MId, there: Row | undefined, row: Partial<Row>, make: () => Row): void {
    if (there) this.fields([table, id], there as Record<string, Json>, row as Record<string, Json>);
    else this.to.at([table, id], { ...make(), ...row } as unknown as Json);
  }

  /** Whatever the report no longer lists: a thread has ended, a P was removed, and a goroutine's structure is used by another one. */
  private gone({ G, M, P }: Moment): void {
    for (const [id, row] of Object.entries(this.state.G) as [GId, GRow][])
      if (!G.has(id)) this.fields(['G', id], row as unknown as Record<string, Json>, { status: '_Gdead', m: null, lockedm: null });
    for (const [id, { dead }] of Object.entries(this.state.M) as [MId, MRow][])
      if (!dead && !M.has(id))
        this.fields(['M', id], this.state.M[id] as unknown as Record<string, Json>, { dead: true, p: null, curg: null });
    for (const id of Object.keys(this.state.P) as PId[])
      if (!P.has(id)) {
        this.fields(['P', id], this.state.P[id] as unknown as Record<string, Json>, { status: '_Pdead', m: null, runnext: null });
        this.queue(id, []);
      }
  }

  private fields(keys: readonly string[], there: Readonly<Record<string, Json>>, row: Readonly<Record<string, unknown>>): void {
    for (const [field, value] of Object.entries(row) as [string, Json][]) {
      if (JSON.stringify(there[field]) === JSON.stringify(value)) continue;
      if (WORKED_OUT.has(field)) this.assumed.add([...keys, field].join('.'));
      this.to.at([...keys, field], value);
    }
  }

  private queue(p: PId | null, queue: readonly GId[]): void {
    const before = p === null ? this.state.sched.runq : (this.state.P[p]?.runq ?? []);
    if (before.length === queue.length && before.every((g, i) => g === queue[i])) return;
    this.assumed.add(p === null ? 'sched.runq' : `P.${p}.runq`);
    this.to.runqTake(p, before.length);
    this.to.runqAppend(p, queue);
  }
}

/** Fields that are in no report. */
const WORKED_OUT: ReadonlySet<string> = new Set(['runnext', 'midle', 'pidle', 'parked', 'dead', 'ong0']);

/** Names of the runtime's own goroutines, by what they wait for in any of the reports. */
export function systemNames(reports: Iterable<SchedReport>): Map<number, string> {
  const names = new Map<number, string>();
  for (const { G } of reports)
    for (const [n, { waitreason }] of G) {
      const name = SYSTEM[waitreason];
      if (name !== undefined && !names.has(n)) names.set(n, name);
    }
  return names;
}
