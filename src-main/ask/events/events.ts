/**
 * A run as a list of events: who did what to whom, and how long that had taken. Made step by step, and kept in columns of numbers. An event
 * lies where its first step does; it is told at the step that matters in it. Pure; knows a run by its first state and its steps.
 */
import type { GId, Json, MId, PId, State, Step } from '../../model/state';
import { bytes, counts, firstWhere, type Growing } from '../growing';
import { Followed, type Source, SOURCES } from './followed';
import type { LaneId } from '../followed-state';
import type { EventGroup } from './groups';
import { isRecorded } from '../../model/trace/recorded';
import { recordedEvent, recordedType } from './recorded';
import { EVENT_TYPES, eventOfRow, groupOf, typeNumber } from './rows';

export type EventFilter = (index: number) => boolean;

/** An event as it is told. Whoever and whatever it has nothing to do with is null or ''. */
export interface RunEvent {
  /** Its place in the list, from 0. */
  index: number;
  type: string;
  /** The step that it is told at, and its first one. */
  n: number;
  first: number;
  /** Virtual time of step n, ns. */
  t: number;
  m: MId;
  p: PId | null;
  g: GId | null;
  /** Whom it is done to. */
  other: GId | null;
  m2: MId | null;
  p2: PId | null;
  /** How long that had lasted, ns; null: nothing is known of it. */
  dt: number | null;
  /** How many. */
  count: number | null;
  /** A channel, a mutex, a call, an operation. */
  object: string;
  /** Go's words for what a goroutine waited for. */
  reason: string;
  source: Source;
}

interface Open extends RunEvent {
  typeIndex: number;
}

const NOBODY = 0xffffffff;
const numberOf = (id: string | null): number => (id === null ? NOBODY : Number(id.slice(1)));
const idOf = <Id extends string>(letter: string, n: number): Id | null => (n === NOBODY ? null : (`${letter}${n}` as Id));

const typesOf = (...names: string[]): ReadonlySet<number> => new Set(names.map(typeNumber));
const [INSTRUCTIONS, CALLS, KERNEL, RUN] = [typeNumber('instructions'), typeNumber('calls'), typeNumber('kernel'), typeNumber('run')];
const [RETAKE, RETAKE_LOST] = [typeNumber('retake'), typeNumber('retakeLost')];
/** Events before which the goroutine had run for so long. */
const AFTER_RUNNING = typesOf('gosched', 'goyield', 'preempted', 'leaves');
const AFTER_CALL = typesOf('back', 'backAba', 'backIdle', 'backLate', 'backBound', 'backSleeps');
const OF_LOCKED = typesOf('retake', 'note');
const HANDS_ON = typesOf('handoff', 'handoffIdle', 'handoffStop');
const WAKES = typesOf('wakes', 'boundWakes');
const ENTERS = typesOf('enter', 'enterBlock');
const SLEEPS = typesOf('park', 'stays');
const IN_WAIT: ReadonlySet<number> = new Set(EVENT_TYPES.flatMap((_, type) => (groupOf(type) === 'wait' ? [type] : [])));
const STEALS = typesOf('steal', 'overflow', 'inject');

/** A queue stands in a step as one of its versions, or as a list. */
function lengthOf(value: Json): number {
  if (Array.isArray(value)) return value.length;
  const queue = value as { from?: number; to?: number } | null;
  return typeof queue?.to === 'number' ? queue.to - (queue.from ?? 0) : 0;
}

/** What a step has written to that goroutines wait for: the last of them. */
function objectIn({ set }: Step): string | undefined {
  let found: string | undefined;
  // Most places are those of a G, an M or a P.
  for (const [path] of set)
    if (path[1] !== '.') found = /^(?:chan|mutex|waitgroup|rwmutex|cond|once|atomic)\.([^.]+)/.exec(path)?.[1] ?? found;
  return found;
}

const idIn = (path: string): string => path.slice(2, path.indexOf('.', 2) < 0 ? undefined : path.indexOf('.', 2));

/** Columns of an event: told at, first, t and dt in two parts each, who, count, texts, source. */
const FIELDS = 16;
const HIGH = 2 ** 32;

export class Events {
  private readonly fields: Growing<Uint32Array> = counts();
  private readonly types: Growing<Uint8Array> = bytes();
  private readonly texts: string[] = [''];
  private readonly textNumbers = new Map<string, number>([['', 0]]);
  private readonly open = new Map<MId, Open>();
  private readonly followed: Followed;
  /** Where each thread's next goroutine was taken from. */
  private readonly taken = new Map<MId, Source>();
  /** Steps that have been added. */
  last = 0;

  private readonly isRecorded: boolean;

  constructor(first: State) {
    this.followed = new Followed(first);
    this.isRecorded = isRecorded(first);
  }

  get length(): number {
    return this.types.length;
  }

  /** Steps come in order, without gaps. */
  add(step: Step): void {
    this.last = step.n;
    if (this.isRecorded) return this.addRecorded(step);
    const row = eventOfRow(step.fn, step.at);
    let { type, begins } = row;
    // An instruction, or a call, like all others but that with it the kernel is entered.
    if ((type === INSTRUCTIONS || type === CALLS) && step.set.some(([path, , now]) => now !== null && path === `M.${step.m}.kernel`))
      [type, begins] = [KERNEL, true];
    else if (type === RETAKE && row.isKey && !step.set.some(([path]) => path.endsWith('.status'))) type = RETAKE_LOST;
    let event = this.open.get(step.m);
    const turns = event !== undefined && row.turns.has(event.typeIndex);
    if (!event || begins || !(turns || row.joins || event.typeIndex === type)) event = this.begin(step, type);
    else if (turns) {
      event.typeIndex = type;
      event.type = EVENT_TYPES[type] as string;
    }
    // It is told where it has become what it is.
    if (row.isKey || turns) {
      event.n = step.n;
      event.t = step.t;
      event.p = step.p ?? event.p;
      event.g ??= step.g;
    }
    this.fill(event, step, row.isKey || turns || event.first === step.n);
    this.followed.take(step);
  }

  /** In a recorded run every step is an event. */
  private addRecorded(step: Step): void {
    Object.assign(this.begin(step, recordedType(step)), recordedEvent(step, this.followed));
    this.followed.take(step);
  }

  private begin(step: Step, type: number): Open {
    const before = this.open.get(step.m);
    if (before) this.write(before);
    const { n, t, m, p, g } = step;
    const who = { other: null, m2: null, p2: null, dt: null, count: null, object: '', reason: '', source: '' } as const;
    const event: Open = { index: this.length, typeIndex: type, type: EVENT_TYPES[type] as string, n, first: n, t, m, p, g, ...who };
    this.open.set(m, event);
    this.types.push(type);
    for (let i = 0; i < FIELDS; i++) this.fields.push(0);
    return event;
  }

  /** What this step says of the event; `isTelling`: it is told here. */
  private fill(event: Open, step: Step, isTelling: boolean): void {
    for (const [path, old, now] of step.set) {
      if (path.startsWith('G.')) this.fillG(event, step, path, old, now);
      else if (path.startsWith('M.')) this.fillM(event, step, path, old, now);
      else if (path.startsWith('P.')) this.fillP(event, step, path, old, now);
      else if (path === 'sched.pidle' && lengthOf(now) > lengthOf(old)) event.p2 = this.followed.released.get(step.m) ?? event.p2;
      else if (path === 'sched.runq') {
        if (lengthOf(now) < lengthOf(old)) this.taken.set(step.m, 'global');
        else if (STEALS.has(event.typeIndex)) event.count = lengthOf(now) - lengthOf(old);
      }
    }
    if (isTelling) this.tell(event, step);
    // A lock that is got only at the second try is written then.
    else if (event.object === '' && IN_WAIT.has(event.typeIndex)) event.object = objectIn(step) ?? '';
  }

  private fillG(event: Open, { m, t, g: self }: Step, path: string, old: Json, now: Json): void {
    const g = idIn(path) as GId;
    if (!path.endsWith('.status')) return;
    const before = this.followed.standing.get(g);
    if (now === '_Grunnable' && g !== self) {
      event.other = g;
      if (old === '_Gwaiting' && before) {
        event.dt = t - before.t;
        event.reason = this.followed.reason.get(g) ?? '';
        event.object = this.followed.object.get(g) ?? event.object;
      }
    } else if (now === '_Grunning' && event.typeIndex === RUN) {
      event.other = g;
      if (before?.status === '_Grunnable') event.dt = t - before.t;
      event.source = this.taken.get(m) ?? 'direct';
      this.taken.delete(m);
    }
  }

  private fillM(event: Open, { m, t }: Step, path: string, old: Json, now: Json): void {
    const id = idIn(path) as MId;
    const field = path.slice(3 + id.length);
    if (id !== m) {
      if (field === 'nextp' || field === 'park' || field === '') event.m2 = id;
      if (field === 'nextp' && now !== null) event.p2 = now as PId;
    } else if (field === 'p' && now !== null) event.p = now as PId;
    else if (field === 'kernel') {
      const stay = (now ?? old) as { name?: Json; since?: Json };
      event.object = String(stay.name ?? '');
      if (now === null && typeof stay.since === 'number') event.dt = t - stay.since;
    } else if (field === 'lockedg' && now !== null) event.other = now as GId;
  }

  private fillP(event: Open, { m, fn, p }: Step, path: string, old: Json, now: Json): void {
    const id = idIn(path) as PId;
    const field = path.slice(3 + id.length);
    if (field === 'status' && id !== p) event.p2 = id;
    if (field === 'preempt' && id !== p) event.p2 = id;
    if (field !== 'runq' && field !== 'runnext') return;
    const less = field === 'runq' ? lengthOf(old) - lengthOf(now) : now === null ? 1 : 0;
    if (fn === 'runqgrab' && id !== p) {
      event.p2 = id;
      event.count = less;
      this.taken.set(m, 'stolen');
    } else if (fn === 'runqget' && less > 0) this.taken.set(m, field);
    if (fn === 'runqputslow') event.count = less;
  }

  /** At the step at which it is told: who it is about, and since when. */
  private tell(event: Open, step: Step): void {
    const { followed } = this;
    const { typeIndex: type } = event;
    const { t, m, g } = step;
    const before = g === null ? undefined : followed.standing.get(g);
    if (SLEEPS.has(type) && g !== null) {
      event.g = g;
      event.reason = followed.reason.get(g) ?? '';
      event.object = followed.object.get(g) ?? '';
    } else if (AFTER_RUNNING.has(type) && before?.status === '_Grunning') event.dt = t - before.t;
    else if (ENTERS.has(type) && g !== null) event.object = followed.frame.get(g) ?? '';
    else if (AFTER_CALL.has(type)) {
      event.dt = before?.status === '_Gsyscall' ? t - before.t : event.dt;
      event.object = followed.stay.get(m)?.name ?? '';
    } else if (OF_LOCKED.has(type)) this.tellLocked(event, step);
    else if (HANDS_ON.has(type)) event.p2 = followed.released.get(m) ?? null;
    else if (WAKES.has(type)) {
      const woken = followed.woken.get(m);
      if (woken) Object.assign(event, { m2: woken.by, dt: t - woken.t });
    } else if (event.type === 'op') event.object = step.note ?? '';
    else if (event.type === 'preempt') this.tellPreempted(event, step);
    else if (event.object === '' && g !== null) event.object = followed.object.get(g) ?? '';
    event.object = objectIn(step) ?? event.object;
    if (event.type === 'op') event.reason = step.at;
  }

  private tellLocked(event: Open, { t, set }: Step): void {
    const [path = ''] = set.find(([each]) => /^P\.P\d+\.status$|^sysmon\.ticks\.P\d+\.syscalltick$/.test(each)) ?? [];
    const p = /P\d+/.exec(path)?.[0] as PId | undefined;
    if (p === undefined) return;
    event.p2 = p;
    const locked = this.followed.locked.get(p);
    if (locked) Object.assign(event, { m2: locked.by, other: locked.g, dt: t - locked.t });
  }

  private tellPreempted(event: Open, { t, set }: Step): void {
    const [path = ''] = set.find(([each]) => each.startsWith('G.')) ?? [];
    if (path === '') return;
    event.other = idIn(path) as GId;
    const running = this.followed.standing.get(event.other);
    if (running?.status === '_Grunning') event.dt = t - running.t;
  }

  private textNumber(text: string): number {
    let number = this.textNumbers.get(text);
    if (number === undefined) this.textNumbers.set(text, (number = this.texts.push(text) - 1));
    return number;
  }

  private write(event: Open): void {
    const { n, first, t, m, p, g, other, m2, p2, dt, count, object, reason, source } = event;
    this.types.put(event.index, event.typeIndex);
    const values = [
      ...[n, first, t % HIGH, Math.floor(t / HIGH), dt === null ? NOBODY : dt % HIGH, dt === null ? NOBODY : Math.floor(dt / HIGH)],
      ...[numberOf(m), numberOf(p), numberOf(g), numberOf(other), numberOf(m2), numberOf(p2)],
      ...[count ?? NOBODY, this.textNumber(object), this.textNumber(reason), SOURCES.indexOf(source)],
    ];
    const at = event.index * FIELDS;
    for (let i = 0; i < FIELDS; i++) this.fields.put(at + i, values[i] as number);
  }

  /** Those that have not ended yet are written as they are now. */
  private settle(): void {
    for (const event of this.open.values()) this.write(event);
  }

  /** Event `index`. Whoever asks for several settles once, with `list`. */
  private read(index: number): RunEvent {
    const field = (i: number): number => this.fields.at(index * FIELDS + i);
    const text = (i: number): string => this.texts[field(i)] as string;
    return {
      index,
      type: EVENT_TYPES[this.types.at(index)] as string,
      n: field(0),
      first: field(1),
      t: field(2) + field(3) * HIGH,
      dt: field(5) === NOBODY ? null : field(4) + field(5) * HIGH,
      m: `M${field(6)}`,
      p: idOf('P', field(7)),
      g: idOf('G', field(8)),
      other: idOf('G', field(9)),
      m2: idOf('M', field(10)),
      p2: idOf('P', field(11)),
      count: field(12) === NOBODY ? null : field(12),
      object: text(13),
      reason: text(14),
      source: SOURCES[field(15)] as Source,
    };
  }

  /** Those that have these numbers, in that order. */
  list(indexes: Iterable<number>): RunEvent[] {
    this.settle();
    return Array.from(indexes, (index) => this.read(index));
  }

  /** So many from the first on have ended, and stay as they are. */
  settled(): number {
    this.settle();
    let first = this.length;
    for (const { index } of this.open.values()) first = Math.min(first, index);
    return first;
  }

  /**
   * Whether an event is of one of these groups, has `of` in it, and fits what was typed: its kind, somebody in it, or a name in it. The
   * columns are asked themselves: nothing is made for those that do not fit.
   */
  filter(
    groups: readonly EventGroup[],
    of: LaneId | null,
    match: { types: readonly string[]; ids: readonly LaneId[]; text: string } | null,
  ): EventFilter {
    const inGroup = EVENT_TYPES.map((_, type) => groups.includes(groupOf(type)));
    const isTyped = EVENT_TYPES.map((type) => match?.types.includes(type) ?? true);
    const places = new Map<string, readonly number[]>([
      ['M', [6, 10]],
      ['P', [7, 11]],
      ['G', [8, 9]],
    ]);
    const wanted = match?.text.toLowerCase() ?? '';
    const fitting = new Map<number, boolean>();
    const hasText = (number: number): boolean => {
      let fits = fitting.get(number);
      if (fits === undefined) fitting.set(number, (fits = wanted !== '' && (this.texts[number] as string).toLowerCase().includes(wanted)));
      return fits;
    };
    const has = (index: number, id: LaneId): boolean =>
      (places.get(id[0] ?? '') ?? []).some((place) => this.fields.at(index * FIELDS + place) === Number(id.slice(1)));
    return (index) => {
      const type = this.types.at(index);
      if (!inGroup[type] || (of !== null && !has(index, of))) return false;
      if (match === null || isTyped[type]) return true;
      return match.ids.some((id) => has(index, id)) || [13, 14].some((place) => hasText(this.fields.at(index * FIELDS + place)));
    };
  }

  /** Index of the last event that has begun by step n; −1: none has. */
  at(n: number): number {
    this.settle();
    return firstWhere(this.length, (i) => this.fields.at(i * FIELDS + 1) > n) - 1;
  }
}
