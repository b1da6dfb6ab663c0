/** Bookmarks with notes. Those of the open run are found by the meaning of their steps, so that they survive other numbers. */
import { untrack } from 'svelte';
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Bookmark, Bridge, FoundPlace, LessonMove } from '../../src-main/contract/index';
import { LIMITS } from '../../src-main/contract/index';
import type { LessonStore } from './lesson.svelte';
import { movedId } from './trail';
import type { Notices } from './notices.svelte';

/** A note is saved this long after the last keystroke. */
const KEEP_AFTER_MS = 300;

type OfBookmarks = Pick<Bridge, 'bookmarks' | 'keepBookmarks' | 'placeAt' | 'findPlaces'>;

/** `found`: the step in the open run; null: not looked for yet. */
export interface MarkedHere {
  mark: Bookmark;
  found: FoundPlace | null;
}

export class Bookmarks {
  all = $state.raw<readonly Bookmark[]>([]);
  /** The kept ones have been read. */
  isKnown = $state(false);
  /** Deleted ones, the last one last, for undo. */
  removed = $state.raw<readonly { mark: Bookmark; at: number }[]>([]);
  private found = $state.raw<ReadonlyMap<string, FoundPlace>>(new Map());
  private reading: Promise<void> | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly lesson: LessonStore,
    private readonly notices: Notices,
    private readonly bridge: OfBookmarks,
  ) {}

  /** Reads the kept ones, once. */
  read(): Promise<void> {
    this.reading ??= this.readKept();
    return this.reading;
  }

  private async readKept(): Promise<void> {
    const told = await this.notices.kept(() => this.bridge.bookmarks({}));
    if (told.ok) this.all = [...told.value, ...this.all];
    this.isKnown = true;
  }

  /** Those of the open run, in its order; those whose step is gone come last. */
  readonly here: readonly MarkedHere[] = $derived(
    this.all
      .filter((mark) => this.isHere(mark))
      .map((mark) => ({ mark, found: this.found.get(mark.id) ?? null }))
      .sort((a, b) => orderOf(a) - orderOf(b)),
  );
  readonly elsewhere: readonly Bookmark[] = $derived(this.all.filter((mark) => !this.isHere(mark)));
  /** For the timeline: the steps with bookmarks, up to the horizon. */
  readonly marks: readonly { n: number; note: string; path: string | undefined }[] = $derived(
    this.here.flatMap(({ mark, found }) =>
      found && found.kept !== 'gone' && found.n <= (this.lesson.horizon ?? Infinity)
        ? [{ n: found.n, note: mark.note, path: found.path ?? undefined }]
        : [],
    ),
  );

  private isHere({ lesson, run, scenario }: Bookmark): boolean {
    const { opened, scenario: shown } = this.lesson;
    if (!opened || shown?.id !== scenario) return false;
    // A copy with other numbers, and what it is a copy of, are one scenario.
    return lesson === '' || opened.lesson.id === '' || (opened.lesson.id === lesson && this.lesson.run === run);
  }

  /** Looks for the bookmarks of the open run in it. To be called when the run or the bookmarks have changed. */
  async find(): Promise<void> {
    const of = this.lesson.openedRun;
    const marks = untrack(() => this.all).filter((mark) => this.isHere(mark));
    if (!of || marks.length === 0) return;
    const told = await this.bridge.findPlaces({ places: marks.map(({ place }) => ({ ...place })) });
    if (!told.ok || this.lesson.openedRun !== of) return;
    this.found = new Map(marks.flatMap(({ id }, i) => (told.value[i] ? [[id, told.value[i]]] : [])));
  }

  /** Bookmarks the step that is shown, unless it is already. null: it cannot be bookmarked. */
  async add(): Promise<Bookmark | null> {
    await this.read();
    const { playback, opened, run, scenario } = this.lesson;
    const { n, step } = playback;
    const known = this.here.find(({ found }) => found?.n === n && found.kept !== 'gone');
    if (known) return known.mark;
    if (!opened || !scenario) return null;
    if (this.all.length >= LIMITS.bookmarks) {
      this.notices.warn(inEveryLanguage(({ bookmarks }) => fill(bookmarks.full, { n: this.all.length })));
      return null;
    }
    const place = this.notices.told(await this.bridge.placeAt({ n }));
    if (!place) {
      if (n === 0) this.notices.warn(inEveryLanguage(({ bookmarks }) => bookmarks.firstState));
      return null;
    }
    const mark: Bookmark = {
      id: crypto.randomUUID(),
      lesson: opened.lesson.id,
      run,
      scenario: scenario.id,
      title: titleOf(this.lesson),
      place,
      note: '',
    };
    this.found = new Map([...this.found, [mark.id, { n, kept: 'row', path: step && (step.g === null ? `M.${step.m}` : `G.${step.g}`) }]]);
    this.all = [...this.all, mark];
    await this.keep();
    return mark;
  }

  write(id: string, note: string): void {
    const most = LIMITS.fieldCharacters;
    const short = note.slice(0, most);
    if (short !== note) this.notices.warn(inEveryLanguage((words) => fill(words.bookmarks.noteTooLong, { n: note.length, most })));
    this.all = this.all.map((mark) => (mark.id === id ? { ...mark, note: short } : mark));
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.keep(), KEEP_AFTER_MS);
  }

  async remove(id: string): Promise<void> {
    const at = this.all.findIndex((mark) => mark.id === id);
    const mark = this.all[at];
    if (!mark) return;
    this.removed = [...this.removed, { mark, at }];
    this.all = this.all.filter((each) => each !== mark);
    await this.keep();
  }

  /** Restores the last deleted one to its place. */
  async undo(): Promise<void> {
    const last = this.removed.at(-1);
    if (!last) return;
    this.removed = this.removed.slice(0, -1);
    this.all = [...this.all.slice(0, last.at), last.mark, ...this.all.slice(last.at)];
    await this.keep();
    await this.find();
  }

  /** Those of lessons whose folders have moved are there under their new ids. False: they could not be written. */
  async follow(moved: readonly LessonMove[]): Promise<boolean> {
    await this.read();
    const followed = (mark: Bookmark): Bookmark => ({ ...mark, lesson: movedId(mark.lesson, moved) });
    this.removed = this.removed.map(({ mark, at }) => ({ mark: followed(mark), at }));
    if (!this.all.some(({ lesson }) => movedId(lesson, moved) !== lesson)) return true;
    this.all = this.all.map(followed);
    return this.keep();
  }

  /** Saves at once, including a note that is still waiting. False: it could not be written, which is told. */
  async keep(): Promise<boolean> {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    // Kept bookmarks must be read before they are overwritten; where they have been, a page that closes must not wait.
    if (!this.isKnown) await this.read();
    const kept = await this.bridge.keepBookmarks({ all: this.all.map((mark) => ({ ...mark })) });
    this.notices.told(kept);
    return kept.ok;
  }

  /** Saves a note that is still waiting. */
  async settle(): Promise<void> {
    if (this.waiting !== undefined) await this.keep();
  }
}

/** Sort key: gone steps come after all others. */
const orderOf = ({ mark, found }: MarkedHere): number => (found?.kept === 'gone' ? 1e12 : 0) + (found?.n ?? mark.place.n);

function titleOf({ opened, scenario, isOwnScenario }: LessonStore): Bookmark['title'] {
  const title = isOwnScenario ? scenario?.title : opened?.lesson.title;
  return title ? { ...title } : inEveryLanguage(() => '');
}
