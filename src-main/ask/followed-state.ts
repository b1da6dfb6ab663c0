/** What threads, Ps and goroutines do, as far as a lane shows it: read from a run's first state and the changes of its steps. Pure. */
import type { Change, GId, GRow, MId, MRow, PId, PRow, State } from '../model/state';
import { NONE, SPAN_KINDS, type SpanKind } from './occupancy';
import { PathMeanings, type RowPath, RowPaths } from './row-paths';

export type LaneId = GId | MId | PId;

/** What a lane's owner does, and with whom. */
export interface Doing {
  kind: number;
  g: GId | null;
  m: MId | null;
  p: PId | null;
  /** What a goroutine waits for. */
  why: string;
}

/** Whoever has a lane. There is one object for each id, whatever comes to be of it. */
interface Owned<Table, Id> {
  readonly table: Table;
  readonly id: Id;
  /** Among all owners, from 0. */
  readonly number: number;
  /** The last step that touched the lane, counted among those that change anything. */
  turn: number;
}
interface Thread extends Owned<'M', MId>, Pick<MRow, 'curg' | 'ong0' | 'parked' | 'spinning' | 'role' | 'p' | 'kernel' | 'incgo' | 'dead'> {
  isBetweenRounds: boolean;
}
/** `lastM`, `lastG`: who had it last. In a system call a P belongs to nobody, and is still theirs. */
interface Processor extends Owned<'P', PId>, Pick<PRow, 'status' | 'm'> {
  lastM: MId | null;
  lastG: GId | null;
}
interface Goroutine extends Owned<'G', GId>, Pick<GRow, 'status' | 'm' | 'waitreason' | 'name'> {}
export type Owner = Thread | Processor | Goroutine;

const numberOf = (kind: SpanKind): number => SPAN_KINDS.indexOf(kind);
const RUNNING = numberOf('running');
const SYSCALL = numberOf('syscall');
const SCHEDULING = numberOf('scheduling');
const SPINNING = numberOf('spinning');
const WATCH = numberOf('watch');
const STOPPED = numberOf('stopped');
const RUNNABLE = numberOf('runnable');
const WAITING = numberOf('waiting');

const isThread = (id: LaneId): id is MId => id.charCodeAt(0) === 0x4d;
const isProcessor = (id: LaneId): id is PId => id.charCodeAt(0) === 0x50;

/** How each field that a lane shows is taken over. Assigned by its name: by a name in a variable it would cost several times as much. */
type Setters<Row, Fields extends keyof Row & string> = { readonly [F in Fields]: (row: Row, now: Row[F]) => void };
const OF_M: Setters<Thread, Exclude<keyof MRow & keyof Thread, 'role'>> = {
  curg: (row, now) => void (row.curg = now),
  ong0: (row, now) => void (row.ong0 = now),
  parked: (row, now) => void (row.parked = now),
  spinning: (row, now) => void (row.spinning = now),
  p: (row, now) => void (row.p = now),
  kernel: (row, now) => void (row.kernel = now),
  incgo: (row, now) => void (row.incgo = now),
  dead: (row, now) => void (row.dead = now),
};
const OF_P: Setters<Processor, keyof PRow & keyof Processor> = {
  status: (row, now) => void (row.status = now),
  m: (row, now) => void (row.m = now),
};
const OF_G: Setters<Goroutine, keyof GRow & keyof Goroutine> = {
  status: (row, now) => void (row.status = now),
  m: (row, now) => void (row.m = now),
  waitreason: (row, now) => void (row.waitreason = now),
  name: (row, now) => void (row.name = now),
};
type Setter = (row: Owner, now: unknown) => void;
const SETTERS = { M: OF_M, P: OF_P, G: OF_G } as Readonly<Record<'M' | 'P' | 'G', Readonly<Record<string, Setter | undefined>>>>;

const SLEEP = 'sysmon.asleep';

/** What a path means to the lanes. */
interface Target extends Pick<RowPath, 'table' | 'id'> {
  /** Null: it is not there yet. */
  owner: Owner | null;
  /** Null: the whole row; of no table: whether sysmon sleeps. */
  set: Setter | null;
  /** The P of a thread: where it leaves one, or gets one, that P's lane looks otherwise, too. */
  isItsP: boolean;
}

/** Null: lanes show nothing of it. */
function targetOf({ table, id, field }: RowPath): Target | null {
  const whole: Target = { table, id, owner: null, set: null, isItsP: false };
  if (table === '') return field === SLEEP ? whole : null;
  if (field === '') return whole;
  const set = SETTERS[table][field];
  return set === undefined ? null : { ...whole, set, isItsP: table === 'M' && field === 'p' };
}

export class FollowedState {
  readonly M = new Map<MId, Thread>();
  readonly P = new Map<PId, Processor>();
  readonly G = new Map<GId, Goroutine>();
  private readonly targets = new PathMeanings(targetOf);
  /** Whose lanes the step under way touches, and how many of the list's elements are: it is never made shorter, which would cost more. */
  private readonly touched: Owner[] = [];
  private touchedCount = 0;
  private turn = 0;
  /** There are threads that C has made. */
  private hasExtra = false;

  constructor(
    first: State,
    private readonly paths = new RowPaths(),
  ) {
    for (const [p, row] of Object.entries(first.P) as [PId, PRow][]) this.addP(p, row);
    for (const [m, row] of Object.entries(first.M) as [MId, MRow][]) this.addM(m, row, first.sysmon.asleep);
    for (const [g, row] of Object.entries(first.G) as [GId, GRow][]) this.addG(g, row);
    for (const row of this.P.values()) this.rememberWho(row);
  }

  private get count(): number {
    return this.M.size + this.P.size + this.G.size;
  }

  private addM(m: MId, { curg, ong0, parked, spinning, role, p, kernel, incgo, dead }: MRow, isBetweenRounds: boolean): void {
    const now = { curg, ong0, parked, spinning, role, p, kernel, incgo, dead, isBetweenRounds };
    this.hasExtra ||= role === 'extra';
    const known = this.M.get(m);
    if (known) Object.assign(known, now);
    else this.M.set(m, { table: 'M', id: m, number: this.count, turn: 0, ...now });
  }

  private addP(p: PId, { status, m }: PRow): void {
    const now = { status, m, lastM: null, lastG: null };
    const known = this.P.get(p);
    if (known) Object.assign(known, now);
    else this.P.set(p, { table: 'P', id: p, number: this.count, turn: 0, ...now });
  }

  private addG(g: GId, { status, m, waitreason, name }: GRow): void {
    const now = { status, m, waitreason, name };
    const known = this.G.get(g);
    if (known) Object.assign(known, now);
    else this.G.set(g, { table: 'G', id: g, number: this.count, turn: 0, ...now });
  }

  /** Undefined: it has not been there so far. */
  ownerOf(id: LaneId): Owner | undefined {
    if (isThread(id)) return this.M.get(id);
    return isProcessor(id) ? this.P.get(id) : this.G.get(id);
  }

  /** Calls `renew` for everyone whose lane may look otherwise after these changes of a step of thread `by`, when all of them have been made. */
  take(changes: readonly Change[], by: MId, renew: (owner: Owner) => void): void {
    const { touched, targets } = this;
    this.touchedCount = 0;
    this.turn++;
    const paths = this.paths.ofAll(changes);
    for (let i = 0; i < changes.length; i++) {
      const target = targets.of(paths[i] as RowPath);
      if (target !== null) this.write(target, (changes[i] as Change)[2], by);
    }
    const count = this.touchedCount;
    for (let i = 0; i < count; i++) {
      const owner = touched[i] as Owner;
      if (owner.table === 'M' && owner.p !== null) this.touchProcessor(owner.p);
    }
    for (let i = 0; i < this.touchedCount; i++) {
      const owner = touched[i] as Owner;
      if (owner.table === 'P') this.rememberWho(owner);
    }
    for (let i = 0; i < this.touchedCount; i++) renew(touched[i] as Owner);
  }

  private write(target: Target, now: unknown, by: MId): void {
    const { table, id, set } = target;
    if (table === '') {
      const sysmon = this.M.get(by);
      if (!sysmon) return;
      sysmon.isBetweenRounds = now === true;
      this.touch(sysmon);
      return;
    }
    if (set === null) this.add(table, id, now);
    const owner = target.owner ?? this.ownerOf(id);
    if (!owner) return;
    target.owner = owner;
    if (set !== null) {
      if (target.isItsP) this.touchProcessor((owner as Thread).p);
      set(owner, now);
    }
    this.touch(owner);
    if (this.hasExtra && owner.table === 'G' && owner.m !== null) this.touchExtra(owner.m);
  }

  /** Whether an extra M is lent out is told by its goroutine alone. */
  private touchExtra(m: MId): void {
    const row = this.M.get(m);
    if (row?.role === 'extra') this.touch(row);
  }

  /** Each lane stands in the list once. */
  private touch(owner: Owner): void {
    if (owner.turn === this.turn) return;
    owner.turn = this.turn;
    this.touched[this.touchedCount++] = owner;
  }

  private touchProcessor(p: PId | null): void {
    const row = p === null ? undefined : this.P.get(p);
    if (row) this.touch(row);
  }

  private add(table: 'M' | 'P' | 'G', id: LaneId, row: unknown): void {
    if (row === null) return;
    if (table === 'M') this.addM(id as MId, row as MRow, false);
    else if (table === 'P') this.addP(id as PId, row as PRow);
    else this.addG(id as GId, row as GRow);
  }

  private rememberWho(row: Processor): void {
    if (row.m === null) return;
    row.lastM = row.m;
    row.lastG = this.M.get(row.m)?.curg ?? row.lastG;
  }

  /** What a lane shows of its owner now. */
  doing(owner: Owner): Doing {
    const doing: Doing = { kind: NONE, g: null, m: null, p: null, why: '' };
    this.look(owner, doing);
    return doing;
  }

  /** The same, into an object that is there: steps are many. */
  look(owner: Owner, into: Doing): void {
    into.kind = NONE;
    into.g = into.m = into.p = null;
    into.why = '';
    if (owner.table === 'M') this.thread(owner, into);
    else if (owner.table === 'P') this.processor(owner, into);
    else this.goroutine(owner, into);
  }

  private thread(row: Thread, into: Doing): void {
    into.kind = this.isLentOut(row) ? kindOfThread(row) : NONE;
    if (into.kind === RUNNING || into.kind === SYSCALL) into.g = row.curg;
    into.p = row.p;
  }

  /** An extra M whose goroutine is dead lies on its list: no thread has it. */
  private isLentOut({ role, curg }: Thread): boolean {
    return role !== 'extra' || curg === null || this.G.get(curg)?.status !== '_Gdead';
  }

  private processor(row: Processor, into: Doing): void {
    const { status } = row;
    if (status === '_Pidle' || status === '_Pdead') return;
    if (status === '_Pgcstop') {
      into.kind = STOPPED;
      return;
    }
    if (status === '_Psyscall') {
      into.kind = SYSCALL;
      into.g = row.lastG;
      into.m = row.lastM;
      return;
    }
    const thread = row.m === null ? undefined : this.M.get(row.m);
    into.m = row.m;
    if (thread?.curg != null && !thread.ong0) {
      into.kind = RUNNING;
      into.g = thread.curg;
    } else into.kind = thread?.spinning ? SPINNING : SCHEDULING;
  }

  private goroutine(row: Goroutine, into: Doing): void {
    const kind = (into.kind = kindOfGoroutine(row));
    if (kind === RUNNING || kind === SYSCALL) into.m = row.m;
    if (kind === RUNNING && row.m !== null) into.p = this.M.get(row.m)?.p ?? null;
    if (kind === WAITING) into.why = row.waitreason;
  }

  /** As a role for threads, the name that a goroutine has. */
  nameOf(g: GId): string {
    return this.G.get(g)?.name ?? '';
  }

  roleOf(m: MId): MRow['role'] {
    return this.M.get(m)?.role ?? 'worker';
  }
}

function kindOfThread(row: Thread): number {
  if (row.dead || row.parked) return NONE;
  if (row.role === 'sysmon') return row.isBetweenRounds ? NONE : WATCH;
  // To the scheduler C is a system call, too, though it is g0's stack that it runs on.
  if (row.kernel !== null || (row.incgo && row.curg !== null && row.p === null)) return SYSCALL;
  if (row.spinning) return SPINNING;
  if (row.curg !== null && !row.ong0) return row.p === null ? SYSCALL : RUNNING;
  return row.p !== null || row.curg !== null ? SCHEDULING : NONE;
}

function kindOfGoroutine({ status }: Goroutine): number {
  if (status === '_Grunning' || status === '_Gcopystack') return RUNNING;
  if (status === '_Gsyscall') return SYSCALL;
  if (status === '_Grunnable') return RUNNABLE;
  return status === '_Gwaiting' || status === '_Gpreempted' ? WAITING : NONE;
}
