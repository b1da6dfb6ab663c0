/** The card of one thing: which thing, where it is, and what the run has to tell of it. */
import type { InspectAsk, Inspected } from '../../src-main/contract/index';
import type { Pointed, Rect } from '../inspect/pointing';
import type { LessonStore } from './lesson.svelte';

export interface Shown {
  path: string;
  /** Where the thing was when it was pointed at, px of the window. */
  rect: Rect;
  /** The step that it is told of; null: the one that is shown. */
  n: number | null;
  /** What is written where it was pointed at; '' : nothing. */
  about: string;
  /** It stays until it is closed, wherever the pointer goes. */
  isPinned: boolean;
}

/** The life is told in so many pieces. */
const COLUMNS = 300;
/** Steps that follow each other faster are not asked about one by one. */
const ASK_APART_MS = 80;

export class InspectorStore {
  shown = $state.raw<Shown | null>(null);
  /** Of the thing and step that were asked about last; null: nothing has been told yet. */
  told = $state.raw<{ path: string; n: number; inspected: Inspected } | null>(null);
  private asked = '';
  private askedMs = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly lesson: LessonStore,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  show({ path, rect, n, about = '' }: Pointed, isPinned = false): void {
    if (this.told?.path !== path) this.told = null;
    this.shown = { path, rect, n: n ?? null, about, isPinned };
  }

  pin(): void {
    if (this.shown) this.shown = { ...this.shown, isPinned: true };
  }

  /** Whether there was one. */
  close(): boolean {
    const had = this.shown !== null;
    this.shown = null;
    this.told = null;
    this.asked = '';
    clearTimeout(this.timer);
    return had;
  }

  /** The last step that may be told of. */
  get horizon(): number {
    return this.lesson.horizon ?? this.lesson.playback.stepCount;
  }

  private askOf(ask: Pick<InspectAsk, 'places' | 'fields' | 'of' | 'n'>): InspectAsk {
    return { ...ask, places: ask.places.slice(0, 64), horizon: this.horizon, columns: COLUMNS };
  }

  /** What is told of the thing that is shown; the answer to an older question is not. */
  want(path: string, ask: Pick<InspectAsk, 'places' | 'fields' | 'of' | 'n'>): void {
    const whole = this.askOf(ask);
    const key = JSON.stringify([this.lesson.run, path, whole]);
    if (key === this.asked) return;
    this.asked = key;
    clearTimeout(this.timer);
    const wait = Math.max(0, this.askedMs + ASK_APART_MS - performance.now());
    this.timer = setTimeout(() => {
      this.askedMs = performance.now();
      this.lesson.inspected.inspect(whole).then((inspected) => {
        if (key === this.asked) this.told = { path, n: ask.n, inspected };
      }, this.onFailure);
    }, wait);
  }

  /** To the change of a thing that comes before the step that is shown, or after it; nowhere when there is none that may be seen. */
  async leap(places: readonly string[], way: 'previous' | 'next'): Promise<void> {
    const { playback } = this.lesson;
    const found = await this.lesson.inspected
      .inspect({ ...this.askOf({ places, fields: [], of: null, n: playback.target }), columns: 1 })
      .catch((error: unknown) => {
        this.onFailure(error);
        return null;
      });
    const to = found?.[way] ?? null;
    if (to !== null) await this.lesson.jump(to);
  }
}
