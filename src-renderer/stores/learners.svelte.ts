/** Classes and persons on this machine, and whose answers and progress are shown. Whatever changes is written at once. */
import type { AskedQuestion, Learner, LessonMove, LessonProgress, Settings, Text } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { Notices } from './notices.svelte';

const ME: Learner = { id: 'me', name: '', isClass: false, place: null, lessons: {} };
const NOTHING: LessonProgress = { seen: [], asked: {} };

export class Learners {
  all = $state.raw<readonly Learner[]>([ME]);
  currentId = $state(ME.id);
  readonly current: Learner = $derived(this.all.find(({ id }) => id === this.currentId) ?? this.all[0] ?? ME);
  /** Who was deleted last, as long as that can be undone. */
  dropped = $state.raw<Learner | null>(null);

  /** `onChoose`: somebody else is shown, and that is to be kept. */
  constructor(
    private readonly notices: Notices,
    private readonly onChoose: () => void,
  ) {}

  /** What the start has brought along. */
  begin({ all, damaged }: { all: readonly Learner[]; damaged: readonly Text[] }, current: string): void {
    this.all = all.length > 0 ? all : [ME];
    this.currentId = current;
    for (const message of damaged) this.notices.mustRead(message);
  }

  /** False: it could not be written, which is told. */
  private put(learner: Learner): Promise<boolean> {
    const isNew = !this.all.some(({ id }) => id === learner.id);
    this.all = isNew ? [...this.all, learner] : this.all.map((each) => (each.id === learner.id ? learner : each));
    return bridge.keepLearner(learner).then((outcome) => {
      this.notices.told(outcome);
      return outcome.ok;
    });
  }

  choose(id: string): void {
    this.currentId = id;
    this.onChoose();
  }

  /** Somebody new, who is shown from now on. */
  create(name: string, isClass: boolean): void {
    const learner = { ...ME, id: crypto.randomUUID(), name: name.trim(), isClass };
    void this.put(learner);
    this.choose(learner.id);
  }

  rename(id: string, name: string): void {
    const learner = this.all.find((each) => each.id === id);
    if (learner && learner.name !== name.trim()) void this.put({ ...learner, name: name.trim() });
  }

  /** Raises hands, or answers alone. */
  setClass(isClass: boolean): void {
    void this.put({ ...this.current, isClass });
  }

  drop(id: string): void {
    this.dropped = this.all.find((each) => each.id === id) ?? null;
    this.all = this.all.filter((each) => each.id !== id);
    if (this.all.length === 0) this.all = [ME];
    void bridge.dropLearner({ id }).then((outcome) => this.notices.told(outcome));
    if (this.currentId === id) this.choose(this.current.id);
  }

  undo(): void {
    if (this.dropped) void this.put(this.dropped);
    this.dropped = null;
  }

  /** What has been brought in from a table. */
  take(learners: readonly Learner[]): void {
    const others = this.all.filter(({ id }) => !learners.some((each) => each.id === id));
    this.all = [...others, ...learners];
  }

  progressOf(lesson: string): LessonProgress {
    return this.current.lessons[lesson] ?? NOTHING;
  }

  setProgress(lesson: string, change: Partial<LessonProgress>, place: Settings['place'] = this.current.place): void {
    const { lessons } = this.current;
    void this.put({ ...this.current, place, lessons: { ...lessons, [lesson]: { ...this.progressOf(lesson), ...change } } });
  }

  setAsked(lesson: string, step: string, asked: AskedQuestion): void {
    this.setProgress(lesson, { asked: { ...this.progressOf(lesson).asked, [step]: asked } });
  }

  /** What everybody has seen and answered of lessons goes on under their new ids. False: not all of it could be written. */
  async follow(moved: readonly LessonMove[]): Promise<boolean> {
    const changed = this.all.flatMap((learner) => {
      const next = moved.reduce(movedBy, learner);
      return next === learner ? [] : [next];
    });
    if (this.dropped) this.dropped = moved.reduce(movedBy, this.dropped);
    const written = await Promise.all(changed.map((learner) => this.put(learner)));
    return !written.includes(false);
  }

  /** Forgets one lesson, or null: all of them. */
  reset(lesson: string | null): void {
    const others = Object.entries(this.current.lessons).filter(([id]) => lesson !== null && id !== lesson);
    void this.put({ ...this.current, place: lesson === null ? null : this.current.place, lessons: Object.fromEntries(others) });
  }
}

/** What has been done under the new id already stays, and counts where both have something. */
function movedBy(learner: Learner, { from, to }: LessonMove): Learner {
  const { [from]: before, ...lessons } = learner.lessons;
  const isHere = learner.place?.lesson === from;
  if (!before && !isHere) return learner;
  const place = isHere && learner.place ? { ...learner.place, lesson: to } : learner.place;
  if (!before) return { ...learner, place };
  const { seen, asked } = lessons[to] ?? NOTHING;
  return {
    ...learner,
    place,
    lessons: { ...lessons, [to]: { seen: [...new Set([...before.seen, ...seen])], asked: { ...before.asked, ...asked } } },
  };
}
