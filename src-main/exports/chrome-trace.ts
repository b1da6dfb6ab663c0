/**
 * A run as JSON in the Trace Event Format, which Perfetto (ui.perfetto.dev) and chrome://tracing open: a track for each P, M and goroutine,
 * arrows for births, wakes, hand-overs and thefts, counters for queues, and the events of Go's tracer as instants.
 */
import { FollowedState, type LaneId } from '../ask/followed-state';
import { bytes } from '../ask/growing';
import { type Link, Links } from '../ask/links';
import { NONE, SPAN_KINDS } from '../ask/occupancy';
import { RowPaths } from '../ask/row-paths';
import type { PId, State, Step } from '../model/state';

/** Processes of the format: one for each kind of track. */
const GROUPS = {
  P: { pid: 1, name: 'P (processors)' },
  M: { pid: 2, name: 'M (threads)' },
  G: { pid: 3, name: 'G (goroutines)' },
} as const;
const COUNTERS = 4;

const groupOf = (id: string): (typeof GROUPS)[keyof typeof GROUPS] => GROUPS[id[0] as keyof typeof GROUPS];
const track = (id: string): { pid: number; tid: number } => ({ pid: groupOf(id).pid, tid: Number(id.slice(1)) });
/** The format counts in µs. */
const us = (ns: number): number => ns / 1_000;

type Event = Readonly<Record<string, unknown>>;

interface OpenSpan {
  from: number;
  name: string;
  n: number;
}

/** How far before a moment, ns, a track has a slice that an arrow can begin or end in: a slice does not reach its own end. NOWHERE: there is none. */
const NOWHERE = 2;

export class ChromeTrace {
  private readonly followed: FollowedState;
  private readonly links: Links;
  private readonly open = new Map<LaneId, OpenSpan>();
  private readonly named = new Map<string, string>();
  private readonly counted = new Map<string, number>();
  private readonly times: number[] = [0];
  /** Of each step: where on its thread's track an arrow from it can begin (NOWHERE). */
  private readonly begins = bytes();
  /** Of each track when its last slice has ended, ns. */
  private readonly ended = new Map<string, number>();
  /** Threads of the steps at the last moment, of which a slice may still begin or be dropped. */
  private latest: LaneId[] = [];
  private linked = 0;
  private isFirst = true;

  constructor(private readonly first: State) {
    this.begins.push(NOWHERE);
    const paths = new RowPaths();
    this.followed = new FollowedState(first, paths);
    this.links = new Links(first, paths);
  }

  /** The text's beginning. The three parts follow each other. */
  head(): string {
    const events: Event[] = Object.values(GROUPS).map(({ pid, name }) => ({ ph: 'M', name: 'process_name', pid, tid: 0, args: { name } }));
    events.push({ ph: 'M', name: 'process_name', pid: COUNTERS, tid: 0, args: { name: 'queues' } });
    const ids = [...Object.keys(this.first.P), ...Object.keys(this.first.M), ...Object.keys(this.first.G)] as LaneId[];
    for (const id of ids) events.push(...this.look(id, 0, 0));
    events.push(...this.count(this.first, 0));
    return `{"displayTimeUnit":"ns","traceEvents":[\n${this.written(events)}`;
  }

  /** `state`: after the step. */
  step(step: Step, state: State): string {
    const { n, t, m, ev, note } = step;
    const events = t > (this.times.at(-1) ?? 0) ? this.arrows() : [];
    this.times.push(t);
    this.latest.push(m);
    this.links.add(step);
    this.followed.take(step.set, m, ({ id }) => {
      events.push(...this.look(id, t, n));
    });
    for (const name of [ev, note]) if (name !== undefined) events.push({ ph: 'i', s: 't', name, ts: us(t), ...track(m), args: { n } });
    events.push(...this.count(state, t));
    return this.written(events);
  }

  /** The rest. `t`: when the run ended, ns. */
  end(t: number): string {
    const events: Event[] = [];
    for (const id of this.open.keys()) events.push(...this.closed(id, t));
    events.push(...this.arrows());
    return `${this.written(events)}\n]}\n`;
  }

  /** Those that end at the last moment, once it is known which slices there are at it. A viewer drops an arrow that does not begin and end in a slice. */
  private arrows(): Event[] {
    const now = this.times.at(-1) ?? 0;
    for (const m of this.latest) this.begins.push(this.sliceAt(m, now));
    this.latest = [];
    const events: Event[] = [];
    for (; this.linked < this.links.length; this.linked++) events.push(...this.arrow(this.links.at(this.linked), this.linked));
    return events;
  }

  /** From the thread that did it to the thread that goes on; a theft from P to P. */
  private arrow({ kind, from, to }: Link, id: number): Event[] {
    const [source, target] = kind === 'stolen' ? [from.p, to.p] : [from.m, to.m];
    if (source === null || target === null) return [];
    const [began, now] = [this.times[from.n] ?? 0, this.times[to.n] ?? 0];
    const [before, earlier] = [kind === 'stolen' ? this.sliceAt(source, began) : this.begins.at(from.n), this.sliceAt(target, now)];
    if (before === NOWHERE || earlier === NOWHERE || began - before > now - earlier) return [];
    const common = { cat: 'link', name: kind, id };
    return [
      { ph: 's', ...common, ts: us(began - before), ...track(source) },
      { ph: 'f', bp: 'e', ...common, ts: us(now - earlier), ...track(target) },
    ];
  }

  private sliceAt(id: LaneId, t: number): number {
    if (this.open.has(id)) return 0;
    const end = this.ended.get(id) ?? -1;
    return end < t ? NOWHERE : end === t ? 1 : 0;
  }

  private written(events: readonly Event[]): string {
    let text = '';
    for (const event of events) {
      text += `${this.isFirst ? '' : ',\n'}${JSON.stringify(event)}`;
      this.isFirst = false;
    }
    return text;
  }

  /** What an owner does now, if it is something else than before. */
  private look(id: LaneId, t: number, n: number): Event[] {
    const owner = this.followed.ownerOf(id);
    if (!owner) return [];
    const doing = this.followed.doing(owner);
    const name = doing.kind === NONE ? null : this.spanName(id, doing);
    const open = this.open.get(id);
    const events = this.naming(id);
    if ((open?.name ?? null) === name) return events;
    events.push(...this.closed(id, t));
    if (name !== null) this.open.set(id, { from: t, name, n });
    return events;
  }

  private spanName(id: LaneId, { kind, g, m, why }: ReturnType<FollowedState['doing']>): string {
    const what = SPAN_KINDS[kind] ?? '';
    if (id.startsWith('G')) return m !== null ? `${what} on ${m}` : why === '' ? what : `${what}: ${why}`;
    if (g === null) return what;
    const name = `${this.followed.nameOf(g)} (${g})`;
    return what === 'running' ? name : `${what}: ${name}`;
  }

  private closed(id: LaneId, t: number): Event[] {
    const span = this.open.get(id);
    this.open.delete(id);
    if (!span || t <= span.from) return [];
    this.ended.set(id, t);
    return [{ ph: 'X', name: span.name, ts: us(span.from), dur: us(t - span.from), ...track(id), args: { n: span.n } }];
  }

  /** A track's name, when it is new or another: the goroutines of a program have names, and their structures are used again. */
  private naming(id: LaneId): Event[] {
    const name = id.startsWith('G')
      ? `${id} ${this.followed.nameOf(id as `G${number}`)}`
      : id.startsWith('M')
        ? threadName(id, this.followed.roleOf(id as `M${number}`))
        : id;
    if (this.named.get(id) === name) return [];
    this.named.set(id, name);
    return [
      { ph: 'M', name: 'thread_name', ...track(id), args: { name } },
      { ph: 'M', name: 'thread_sort_index', ...track(id), args: { sort_index: Number(id.slice(1)) } },
    ];
  }

  /** Lengths of queues that have changed. */
  private count({ P, sched }: State, t: number): Event[] {
    const lengths: [string, number][] = [
      ['sched.runq', sched.runq.length],
      ['idle Ps', sched.pidle.length],
      ['idle Ms', sched.midle.length],
      ['spinning Ms', sched.nmspinning],
      ...(Object.keys(P) as PId[]).map((p): [string, number] => [`${p} runq`, (P[p]?.runq.length ?? 0) + (P[p]?.runnext === null ? 0 : 1)]),
    ];
    return lengths.flatMap(([name, value]) => {
      if (this.counted.get(name) === value) return [];
      this.counted.set(name, value);
      return [{ ph: 'C', name, ts: us(t), pid: COUNTERS, tid: 0, args: { waiting: value } }];
    });
  }
}

const threadName = (id: string, role: string): string => (role === 'worker' ? id : `${id} ${role}`);
