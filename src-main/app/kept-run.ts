/** A run that is kept so that any of its steps and states can be had again. Computing goes in slices, so that nothing else waits. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import { VERSIONS } from '../model/versions/profile';
import { totalmem } from 'node:os';
import { getHeapStatistics, type HeapInfo } from 'node:v8';
import type { OpenedRun } from '../contract/requests';
import { type DoneStep, saysWho } from '../ask/alike/meaning';
import { HoldsFinder } from '../ask/holds';
import { type InspectAsk, type Inspected, Inspector } from '../ask/inspect';
import type { LaneAsk, LaneRows, LaneView, RowsAsk } from '../ask/lanes';
import { EventPages, type EventsAsk, type EventsPage } from '../ask/events/pages';
import type { Why, WhyAsk } from '../ask/why/why';
import type { Link, LinksAsk } from '../ask/links';
import { anchorsOfRun, type RunAnchors } from '../ask/find/anchors';
import type { Expression } from '../ask/find/expression';
import { RunSearch } from '../ask/find/run-search';
import { type RunLine, Timeline } from '../ask/timeline';
import { listingView } from './listing-view';
import { PLAYER_HEAP_MB } from './player-heap';
import { RunReasons } from './run-reasons';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Change, State, Step } from '../model/state';
import { sharingCopy } from '../model/trace/replay';
import { AnchorFinder, type Anchor } from '../model/trace/anchors';
import type { Text } from '../model/words';
import { PackedSteps } from '../model/trace/packed-steps';
import type { StepSlice } from '../model/trace/step-slice';

/** A copy of the state is kept this often; in between, steps are replayed. The larger the state, the rarer the copies. */
const KEYFRAME_STEPS = 6_000;
const KEYFRAME_STEPS_PER_G = 4;
/** The steps of a recording are short, and may be many. */
const KEYFRAME_READ_STEPS = 20_000;
/** How long one slice of computing may take. */
const SLICE_MS = 8;
const SLICE_STEPS = 200;
/** The memory of a run that is read is looked at once in so many slices: it takes a tenth of a millisecond. */
const LOOKS = 8;
/** How long a request for causes may look for what the model had read, ms. */
const WHY_MS = 25;

/** How much of a run is kept; the rest is not computed. A scenario may ask for a thousand million steps. */
export interface Room {
  maxSteps: number;
  /** Whether this thread's memory is nearly full. */
  isFull: () => boolean;
}

/** A crowd's states take far more room than their steps: memory may be full before the steps are many. */
const FULL_SHARE = 0.7;

/** By V8's figures, and by our own limit: some versions of Node let a worker grow past the limit that it was given, and say so here. */
export function isFull(figures: Pick<HeapInfo, 'used_heap_size' | 'external_memory' | 'heap_size_limit'>): boolean {
  const { used_heap_size: used, external_memory: buffers, heap_size_limit: limit } = figures;
  return used + buffers > FULL_SHARE * Math.min(limit, PLAYER_HEAP_MB * 2 ** 20);
}

export const ROOM: Room = { maxSteps: 2_000_000, isFull: () => isFull(getHeapStatistics()) };
/**
 * A recording is kept in typed arrays, which are not part of V8's heap: some 100 bytes for a step, so that a trace file of 100 MB has
 * room. Of the machine's memory no more than a third is taken.
 */
const READ_BYTES = 3 * 2 ** 30;
export const READ_ROOM: Room = {
  maxSteps: 32_000_000,
  isFull: () => {
    const { used_heap_size: used, external_memory: buffers, heap_size_limit: limit } = getHeapStatistics();
    return used > FULL_SHARE * Math.min(limit, PLAYER_HEAP_MB * 2 ** 20) || used + buffers > Math.min(READ_BYTES, totalmem() / 3);
  },
};

export class Cancelled extends Error {}

/** Steps that come from elsewhere than the model. */
export interface StepSource {
  /** The next ones, at most so many; null: there are no more. */
  next: (most: number) => Promise<readonly Step[] | null>;
  /** How much of the work is done, 0 to 1. */
  readonly share: number;
  /** How much of all there is the steps so far tell, 0 to 1. */
  readonly told: number;
  /** After its end: what kept the rest from being read; null, or not there: it was read to its end. */
  readonly cut?: Text | null;
  /** The state as it is after step n, which is never before the last one of next(), to be copied at once; null: nobody keeps one. */
  readonly live?: { n: number; state: State } | null;
}

/** The state after step n. */
interface Keyframe {
  n: number;
  state: State;
}

export interface Progress {
  stepsDone: number;
  virtualNs: number;
  /** Of a run that is computed: it is cut after so many. */
  limitSteps: number;
  /** Of one that is read: how much of the work is done, 0 to 1. A reader may have to go through all of a file before its first step. */
  readShare: number | null;
}

export class KeptRun {
  private readonly inspector: Inspector;

  private constructor(
    readonly scenario: Scenario,
    private readonly steps: PackedSteps,
    private readonly keyframes: readonly Keyframe[],
    private readonly timeline: Timeline,
    readonly opened: Omit<OpenedRun, 'stops'>,
    /** Lesson step id to trace step. */
    readonly places: ReadonlyMap<string, number>,
    readonly missing: readonly string[],
    private readonly assets: ModelAssets,
  ) {
    this.inspector = new Inspector(steps, timeline);
  }

  /**
   * Keeps a run that is read and not computed; `source` says no more of its end than that it has come. Throws Cancelled when `isCancelled`
   * says so between two slices, and whatever `source` throws.
   */
  static async read(
    scenario: Scenario,
    assets: ModelAssets,
    first: State,
    source: StepSource,
    tell: (progress: Progress) => void,
    isCancelled: () => boolean,
    room: Room = READ_ROOM,
  ): Promise<KeptRun> {
    const steps = new PackedSteps();
    const timeline = new Timeline(first, steps);
    const holds = new HoldsFinder(first);
    const keyframes: Keyframe[] = [{ n: 0, state: first }];
    let nextKeyframe = KEYFRAME_READ_STEPS;
    let isOver = false;
    let isFull = false;
    let slices = 0;
    for (let sliceEnd = performance.now() + SLICE_MS; !isOver && !isFull;) {
      const some = await source.next(Math.min(SLICE_STEPS, room.maxSteps - steps.length));
      for (const step of some ?? []) {
        steps.push(step);
        timeline.add(step);
        holds.add(step);
      }
      isOver = some === null;
      if (!isOver && steps.length >= nextKeyframe) {
        const { n, state } = keyframes.at(-1) as Keyframe;
        const { live } = source;
        const now = live ? sharingCopy(state, live.state) : steps.replayed(state, n, steps.length);
        keyframes.push({ n: live?.n ?? steps.length, state: now });
        nextKeyframe = steps.length + Math.max(KEYFRAME_READ_STEPS, KEYFRAME_STEPS_PER_G * Object.keys(now.G).length);
      }
      isFull = steps.length >= room.maxSteps;
      if (performance.now() < sliceEnd) continue;
      isFull ||= slices++ % LOOKS === 0 && room.isFull();
      tell({ stepsDone: steps.length, virtualNs: steps.timeOf(steps.length), limitSteps: room.maxSteps, readShare: source.share });
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (isCancelled()) throw new Cancelled();
      sliceEnd = performance.now() + SLICE_MS;
    }
    const { told } = source;
    // The last step that there is room for may be the last one of all.
    isOver ||= (await source.next(1)) === null;
    const { counts } = timeline.line();
    const opened: Omit<OpenedRun, 'stops'> = {
      first,
      listings: listingView(assets.ofVersion(VERSIONS[scenario.runtime.go]), scenario.runtime.arch),
      stepCount: steps.length,
      endNs: steps.timeOf(steps.length),
      outcome: null,
      most: { goroutines: counts.G, threads: counts.M },
      holds: holds.found,
      shortened: isOver ? endsEarly(steps.length, source.cut ?? null) : cutOff(steps.length, told, steps.timeOf(steps.length)),
    };
    return new KeptRun(scenario, steps, keyframes, timeline, opened, new Map(), [], assets);
  }

  /** Throws Cancelled when `isCancelled` says so between two slices. */
  static async compute(
    scenario: Scenario,
    assets: ModelAssets,
    anchors: readonly { id: string; at: Anchor | null }[],
    tell: (progress: Progress) => void,
    isCancelled: () => boolean,
    room: Room = ROOM,
  ): Promise<KeptRun> {
    const simulation = new Simulation(scenario, assets);
    const finder = new AnchorFinder(simulation.first, anchors);
    const steps = new PackedSteps();
    const timeline = new Timeline(simulation.first, steps);
    const holds = new HoldsFinder(simulation.first);
    const keyframes: Keyframe[] = [{ n: 0, state: simulation.first }];
    let nextKeyframe = KEYFRAME_STEPS;
    let isFull = false;
    for (let sliceEnd = performance.now() + SLICE_MS; !simulation.outcome && !isFull;) {
      for (const step of simulation.run(Math.min(SLICE_STEPS, room.maxSteps - steps.length)).steps) {
        steps.push(step);
        finder.add(step);
        timeline.add(step);
        holds.add(step);
      }
      if (steps.length >= nextKeyframe) {
        keyframes.push({ n: steps.length, state: sharingCopy(keyframes.at(-1)?.state ?? simulation.first, simulation.state) });
        nextKeyframe = steps.length + Math.max(KEYFRAME_STEPS, KEYFRAME_STEPS_PER_G * simulation.goroutineCount);
      }
      isFull = steps.length >= room.maxSteps;
      if (performance.now() < sliceEnd) continue;
      isFull ||= room.isFull();
      tell({ stepsDone: steps.length, virtualNs: simulation.nowNs, limitSteps: scenario.limits.steps, readShare: null });
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (isCancelled()) throw new Cancelled();
      sliceEnd = performance.now() + SLICE_MS;
    }
    const opened: Omit<OpenedRun, 'stops'> = {
      first: simulation.first,
      listings: listingView(assets.ofVersion(VERSIONS[scenario.runtime.go]), scenario.runtime.arch),
      stepCount: steps.length,
      endNs: steps.timeOf(steps.length),
      outcome: simulation.outcome ?? { kind: 'limit', code: null, message: '' },
      most: { goroutines: simulation.goroutineCount, threads: Object.keys(simulation.state.M).length },
      holds: holds.found,
      shortened: simulation.outcome ? null : shortened(steps.length),
    };
    return new KeptRun(scenario, steps, keyframes, timeline, opened, finder.found, finder.missing, assets);
  }

  /** Steps from..to, both included, counted from 1; what lies outside is left out. */
  read(from: number, to: number): StepSlice {
    return this.steps.slice(from, to);
  }

  /** Makes ready what look() with the ask, or line() without one, needs: in slices, so that nothing else waits. */
  async prepare(ask: Pick<LaneAsk, 'axis' | 'ids'> | null): Promise<void> {
    let sliceEnd = performance.now() + SLICE_MS;
    const parts = this.timeline.prepare(ask);
    while (parts.next().done !== true) {
      if (performance.now() < sliceEnd) continue;
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      sliceEnd = performance.now() + SLICE_MS;
    }
  }

  /** What threads, Ps and goroutines did when, for a picture of the whole run or a part of it. */
  look(ask: LaneAsk): LaneView {
    return this.timeline.look(ask);
  }

  /** Which lanes there are, and on which of them something happens in a part of the run. */
  rows(ask: RowsAsk): LaneRows {
    return this.timeline.rows(ask);
  }

  /** Who made whom go on: at a step, and for whom is selected. */
  links(ask: LinksAsk): Link[] {
    return this.timeline.linksOf(ask, ask.n >= 1 && ask.n <= this.steps.length ? this.steps.step(ask.n) : null);
  }

  /** One thing of the run at one step: who set it, what it was before, its life. */
  inspect(ask: InspectAsk): Inspected {
    return this.inspector.look(ask);
  }

  private reasons: RunReasons | null = null;

  /** The causes of a state at a step. Each request looks for at most `ms` ms for what the model had read, and goes on where the last one stopped. */
  why(ask: WhyAsk, ms = WHY_MS): Why {
    this.reasons ??= new RunReasons({
      ...{ scenario: this.scenario, assets: this.assets, steps: this.steps },
      stateAt: (n) => this.stateAt(n),
    });
    return this.reasons.why({ ...ask, n: Math.min(ask.n, this.steps.length) }, ms);
  }

  private eventPages: EventPages | null = null;

  /** What happened, in events: a page of them. The list is made with the asks, a part with each. */
  events(ask: EventsAsk): EventsPage {
    this.eventPages ??= new EventPages({
      first: this.opened.first,
      stepCount: this.steps.length,
      step: (n) => this.steps.step(n),
    });
    return this.eventPages.look(ask);
  }

  /** Times, events and marks of the whole run. */
  line(): RunLine {
    return this.timeline.line();
  }

  /** Goes through all of its changes, as a jump from the beginning to the end does. */
  replay(): State {
    return this.steps.replayed(this.opened.first, 0, this.steps.length);
  }

  /** A search for what an expression says, before its first step. */
  search(expression: Expression): RunSearch {
    return new RunSearch(this.opened.first, this.steps, expression);
  }

  /** Rows, events, marks and names that the run comes to. */
  anchors(): RunAnchors {
    return anchorsOfRun(this.opened.first, this.steps);
  }

  /** Step n, from 1. */
  stepOf(n: number): Step {
    return this.steps.step(n);
  }

  /** Every step, one after the other. */
  *all(): Generator<Step> {
    for (let n = 1; n <= this.steps.length; n++) yield this.steps.step(n);
  }

  /** The steps with what of them says who does what: most of what they write does not, and is not unpacked. */
  *doings(): Generator<DoneStep> {
    const cursor = this.steps.cursor();
    const isTelling = new Map<object, boolean>();
    for (let n = 1; n <= this.steps.length; n++) {
      cursor.goTo(n);
      const set: Change[] = [];
      for (let i = 0; i < cursor.changeCount; i++) {
        const place = cursor.placeAt(i);
        let tells = isTelling.get(place);
        if (tells === undefined) isTelling.set(place, (tells = saysWho(place.path)));
        if (tells) set.push([place.path, null, cursor.nowAt(i)]);
      }
      const { t, m, g, fn, at } = cursor;
      yield { n, t, m, g, fn, at, set };
    }
  }

  /** The state after step n. It shares with others what they have in common: nobody may change it. */
  stateAt(n: number): State {
    const at = Math.min(Math.max(0, n), this.steps.length);
    const keyframe = this.keyframes.findLast((each) => each.n <= at);
    if (!keyframe) throw new Error(`no state is kept before step ${at}`);
    return this.steps.replayed(keyframe.state, keyframe.n, at);
  }
}

function endsEarly(steps: number, cut: Text | null): Text | null {
  return cut && inEveryLanguage((words, language) => fill(words.refusal.recordingCut, { why: cut[language], steps }));
}

/** `told`: how much of the file that is, 0 to 1; `ns`: and how long it lasted. */
function cutOff(steps: number, told: number, ns: number): Text {
  const percent = Math.min(99, Math.max(1, Math.floor(100 * told)));
  return inEveryLanguage(({ refusal }) => fill(refusal.recordingShortened, { steps, percent, seconds: (ns / 1e9).toPrecision(3) }));
}

function shortened(steps: number): Text {
  return inEveryLanguage(({ refusal }) => fill(refusal.shortened, { steps }));
}
