/**
 * What the model reads where it decides. Ordinary runs have no code for this and pay nothing for it: to find out, the run is played once more
 * with a state that reports every read. The same scenario and seed take the same steps.
 */
import type { ModelAssets } from '../asm/assemble';
import type { Scenario } from '../scenario';
import type { Json, MId, Step } from '../state';
import { liesIn } from '../state-path';
import type { PlaceRead, StepReads } from '../trace/reads';
import { type PathNode, Recorder } from './recorder';
import { type Running, Simulation } from './simulate';

type Tree = Readonly<Record<string, unknown>>;

/** Objects whose read counts as a read of the whole, not as a way to a place inside. */
const WHOLE = /^M\.M\d+\.kernel$/;

/** A view of the state that reports each place that is read through it. */
class WatchedState {
  onRead: ((path: string, value: Json) => void) | null = null;
  private readonly views = new WeakMap<object, object>();

  view<T extends object>(own: T, path: string): T {
    let view = this.views.get(own);
    if (!view) this.views.set(own, (view = new Proxy(own, { get: (target, key) => this.get(target as Tree, path, key) })));
    return view as T;
  }

  private get(target: Tree, path: string, key: string | symbol): unknown {
    const value = target[key as string];
    if (typeof key === 'symbol' || typeof value === 'function' || value === undefined) return value;
    const place = path === '' ? key : `${path}.${key}`;
    if (typeof value !== 'object' || value === null) {
      this.onRead?.(place, value as Json);
      return value;
    }
    // Only the recorder changes lists: they need no view.
    if (Array.isArray(value)) {
      this.onRead?.(place, [...(value as Json[])]);
      return value;
    }
    if (WHOLE.test(place)) this.onRead?.(place, { ...value });
    return this.view(value, place);
  }
}

class WatchedRecorder extends Recorder {
  onBegin: ((m: MId) => void) | null = null;
  onWrite: ((path: string) => void) | null = null;

  override begin(t: number, m: MId, fn: string, at: string, d: number): Step {
    this.onBegin?.(m);
    return super.begin(t, m, fn, at, d);
  }

  protected override list(place: PathNode, old: Json, now: Json): void {
    super.list(place, old, now);
    this.onWrite?.(place.path);
  }
}

export class WatchedRun extends Simulation {
  /** Reads of the wanted steps, by number. */
  readonly found = new Map<number, StepReads>();
  private readonly watched: WatchedState;
  /** Reads of the running thread's code since its last write. */
  private current: PlaceRead[] = [];
  /** What each thread has read since its last write: that leads to its next step. */
  private readonly pending = new Map<MId, PlaceRead[]>();
  /** Paths that the current step has written. */
  private readonly written = new Set<string>();
  private step: StepReads | null = null;

  private constructor(
    scenario: Scenario,
    assets: ModelAssets,
    private readonly wanted: ReadonlySet<number>,
    watched: WatchedState,
  ) {
    super(scenario, assets, undefined, undefined, (state, events) => new WatchedRecorder(watched.view(state, ''), events, state));
    this.watched = watched;
    const recorder = this.recorder as WatchedRecorder;
    recorder.onBegin = (m) => {
      this.begin(m);
    };
    recorder.onWrite = (path) => {
      this.written.add(path);
      // A value that this step wrote and overwrites was there after no step: nobody could go to a step and see it.
      const stays = (read: PlaceRead): boolean => read.isBefore || !(liesIn(read.path, path) || liesIn(path, read.path));
      if (this.step) this.step.wrote = [...this.step.wrote, ...this.current].filter(stays);
      this.current = [];
    };
  }

  /** `wanted`: the steps whose reads are kept; more may be added before the run comes to them. */
  static of(scenario: Scenario, assets: ModelAssets, wanted: ReadonlySet<number>): WatchedRun {
    return new WatchedRun(scenario, assets, wanted, new WatchedState());
  }

  private begin(m: MId): void {
    this.written.clear();
    const n = this.stepCount + 1;
    this.step = { led: this.pending.get(m) ?? [], wrote: [] };
    this.pending.delete(m);
    if (this.wanted.has(n)) this.found.set(n, this.step);
  }

  private hasWritten(path: string): boolean {
    if (this.written.has(path)) return true;
    for (const each of this.written) if (liesIn(path, each) || liesIn(each, path)) return true;
    return false;
  }

  protected override resume(thread: Running): void {
    this.current = [];
    this.watched.onRead = (path, value) => {
      this.current.push({ path, value, at: this.stepCount, isBefore: this.step !== null && !this.hasWritten(path) });
    };
    super.resume(thread);
    this.watched.onRead = null;
    const before = this.pending.get(thread.m);
    if (before) before.push(...this.current);
    else this.pending.set(thread.m, this.current);
    this.current = [];
    this.step = null;
  }
}
