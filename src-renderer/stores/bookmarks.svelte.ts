/** Moments that a person has marked, each with a note: of the run that is open found again by what they are, whatever numbers have changed. */
import { untrack } from 'svelte';
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Bookmark, Bridge, KeptPlace } from '../../src-main/contract/index';
import { LIMITS } from '../../src-main/contract/index';
import type { LessonStore } from './lesson.svelte';
import type { Notices } from './notices.svelte';

/** A note is kept while it is being written, not with each letter. */
const KEEP_AFTER_MS = 300;

type OfBookmarks = Pick<Bridge, 'bookmarks' | 'keepBookmarks' | 'placeAt' | 'findPlaces'>;

/** `found`: where it is in the run that is open; null: not looked for yet. */
export interface MarkedHere {
  mark: Bookmark;
  found: KeptPlace | null;
}

export class Bookmarks {
  all = $state.raw<readonly Bookmark[]>([]);
  /** They have been read. */
  isKnown = $state(false);
  /** Those that were deleted, the last one last: each can be had back. */
  removed = $state.raw<readonly { mark: Bookmark; at: number }[]>([]);
  private found = $state.raw<ReadonlyMap<string, KeptPlace>>(new Map());
  private reading: Promise<void> | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly lesson: LessonStore,
    private readonly notices: Notices,
    private readonly bridge: OfBookmarks,
  ) {}

  /** Once, when there is time for it. */
  read(): Promise<void> {
    this.reading ??= this.bridge.bookmarks({}).then((told) => {
      if (told.ok) this.all = [...told.value, ...this.all];
      this.isKnown = true;
    });
    return this.reading;
  }

  /** Of the run that is open, in its order; what is gone comes last. */
  readonly here: readonly MarkedHere[] = $derived(
    this.all
      .filter((mark) => this.isHere(mark))
      .map((mark) => ({ mark, found: this.found.get(mark.id) ?? null }))
      .sort((a, b) => orderOf(a) - orderOf(b)),
  );
  readonly elsewhere: readonly Bookmark[] = $derived(this.all.filter((mark) => !this.isHere(mark)));
  /** Steps that have a mark, for the timeline; nothing of what is still to be guessed. */
  readonly marks: readonly { n: number; note: string; who: string }[] = $derived(
    this.here.flatMap(({ mark, found }) =>
      found && found.kept !== 'gone' && found.n <= (this.lesson.horizon ?? Infinity)
        ? [{ n: found.n, note: mark.note, who: mark.place.who }]
        : [],
    ),
  );

  private isHere({ lesson, run, scenario }: Bookmark): boolean {
    const { opened, scenario: shown } = this.lesson;
    if (!opened || shown?.id !== scenario) return false;
    // A copy with other numbers, and what it is a copy of, are one scenario.
    return lesson === '' || opened.lesson.id === '' || (opened.lesson.id === lesson && this.lesson.run === run);
  }

  /** Another run is open: its marks are looked for in it. Called whenever that, or what is marked, has changed. */
  async find(): Promise<void> {
    const of = this.lesson.openedRun;
    const marks = untrack(() => this.all).filter((mark) => this.isHere(mark));
    if (!of || marks.length === 0) return;
    const told = await this.bridge.findPlaces({ places: marks.map(({ place }) => ({ ...place })) });
    if (!told.ok || this.lesson.openedRun !== of) return;
    this.found = new Map(marks.flatMap(({ id }, i) => (told.value[i] ? [[id, told.value[i]]] : [])));
  }

  /** Marks the step that is shown; one that is marked already is given as it is. null: it cannot be. */
  async add(): Promise<Bookmark | null> {
    await this.read();
    const { playback, opened, run, scenario } = this.lesson;
    const n = playback.n;
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
    this.found = new Map([...this.found, [mark.id, { n, kept: 'row' }]]);
    this.all = [...this.all, mark];
    await this.keep();
    return mark;
  }

  write(id: string, note: string): void {
    const short = note.slice(0, LIMITS.fieldCharacters);
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

  /** Brings the last one back that was deleted, to its place. */
  async undo(): Promise<void> {
    const last = this.removed.at(-1);
    if (!last) return;
    this.removed = this.removed.slice(0, -1);
    this.all = [...this.all.slice(0, last.at), last.mark, ...this.all.slice(last.at)];
    await this.keep();
    await this.find();
  }

  /** At once: what is still waiting to be kept, too. */
  async keep(): Promise<void> {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    // What is there already is never written over before it has been read.
    await this.read();
    this.notices.told(await this.bridge.keepBookmarks({ all: this.all.map((mark) => ({ ...mark })) }));
  }

  /** A note that is still waiting is kept before whoever wrote it goes on. */
  async settle(): Promise<void> {
    if (this.waiting !== undefined) await this.keep();
  }
}

/** A step that is gone stands behind all others. */
const orderOf = ({ mark, found }: MarkedHere): number => (found?.kept === 'gone' ? 1e12 : 0) + (found?.n ?? mark.place.n);

function titleOf({ opened, scenario, isOwnScenario }: LessonStore): Bookmark['title'] {
  const title = isOwnScenario ? scenario?.title : opened?.lesson.title;
  return title ? { ...title } : { zh: '', en: '' };
}
