/** A search in the open run: asked for piece by piece, so that hits come as they are found and it can be given up at any moment. */
import type { Bridge, OpenedRun, RunAnchors, Text } from '../../src-main/contract/index';
import type { LessonStore } from './lesson.svelte';

const NONE = new Uint32Array(0);

/** The index of the first hit behind step n. */
function firstBehind(hits: Uint32Array, n: number): number {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle] as number) > n) high = middle;
    else low = middle + 1;
  }
  return low;
}

export class Search {
  isOpen = $state(false);
  text = $state('');
  /** Step numbers in order, as far as the run has been looked at. */
  private found = $state.raw(NONE);
  lookedTo = $state(0);
  private goal = $state(0);
  isLooking = $state(false);
  hints = $state.raw<readonly Text[]>([]);
  /** Why it could not be asked. */
  refused = $state.raw<Text | null>(null);
  anchors = $state.raw<RunAnchors | null>(null);
  private run: OpenedRun | null = null;
  private asked = '';
  private attempt = 0;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly lesson: LessonStore,
    private readonly source: Pick<Bridge, 'find' | 'runAnchors'>,
  ) {}

  /** The last step that may be seen: nothing behind an open question is looked for, let alone found. */
  get last(): number {
    return Math.min(this.lesson.horizon ?? Infinity, this.lesson.playback.stepCount);
  }

  /** The hits that may be seen. */
  readonly hits = $derived.by(() => (this.isOpen ? this.found.subarray(0, firstBehind(this.found, this.last)) : NONE));

  /** What of the work is done, 0 to 1. */
  get share(): number {
    return this.goal === 0 ? 1 : Math.min(1, this.lookedTo / this.goal);
  }

  /** What is looked for in the run that is open: an expression without a fault; '' for nothing. Called whenever one of them may have changed. */
  want(text: string): void {
    const run = this.lesson.openedRun;
    if (run !== this.run || text !== this.asked) {
      this.attempt++;
      if (run !== this.run) this.anchors = null;
      this.run = run;
      this.asked = text;
      this.found = NONE;
      this.lookedTo = 0;
      this.hints = [];
      this.refused = null;
      this.isLooking = false;
    }
    this.goal = text === '' || run === null ? 0 : this.last;
    if (this.goal > this.lookedTo && !this.isLooking && this.refused === null) this.looking = this.look(this.attempt);
  }

  /** What there is to be looked for; asked once for each run. */
  async learn(): Promise<void> {
    const run = this.lesson.openedRun;
    if (run === null || (this.anchors !== null && run === this.run)) return;
    const told = await this.source.runAnchors({});
    if (told.ok && run === this.lesson.openedRun) this.anchors = told.value;
  }

  private async look(mine: number): Promise<void> {
    this.isLooking = true;
    while (this.lookedTo < this.goal) {
      const told = await this.source.find({ text: this.asked, from: this.lookedTo, to: this.goal });
      if (mine !== this.attempt) return;
      if (!told.ok) {
        this.refused = told.message;
        break;
      }
      const { from, to, hits, hints } = told.value;
      // Somebody else has searched meanwhile: it has begun anew.
      const before = from === this.lookedTo ? this.found : NONE;
      const all = new Uint32Array(before.length + hits.length);
      all.set(before);
      all.set(hits, before.length);
      this.found = all;
      this.hints = hints;
      if (to <= from) break;
      this.lookedTo = to;
    }
    this.isLooking = false;
  }

  /** What has been found stays. */
  cancel(): void {
    this.attempt++;
    this.isLooking = false;
    this.goal = this.lookedTo;
  }

  close(): void {
    this.cancel();
    this.isOpen = false;
  }

  /** To the next hit, or the one before; from the last one to the first. While there is none yet it waits for one. */
  async go(way: 'next' | 'previous'): Promise<void> {
    const { playback } = this.lesson;
    const found = (): number | undefined => {
      const { hits } = this;
      const from = playback.target;
      return way === 'next' ? hits[firstBehind(hits, from)] : hits[firstBehind(hits, from - 1) - 1];
    };
    if (found() === undefined) await this.looking;
    const { hits } = this;
    const n = found() ?? (way === 'next' ? hits[0] : hits.at(-1));
    if (n !== undefined) await this.lesson.jump(n);
  }

  /** Which of the hits is shown, from 1; 0: none of them. */
  get at(): number {
    const { hits } = this;
    const i = firstBehind(hits, this.lesson.playback.n) - 1;
    return hits[i] === this.lesson.playback.n ? i + 1 : 0;
  }
}
