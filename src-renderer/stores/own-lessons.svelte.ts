/** The teacher's own lessons: the list of them, and the one that is open followed while its files are being edited. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { LessonMove, OpenedLesson, OwnLesson, OwnList, OwnOpened } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { Bookmarks } from './bookmarks.svelte';
import type { LessonStore } from './lesson.svelte';
import type { Notices } from './notices.svelte';
import { OwnCheck } from './own-check.svelte';

/** Otherwise there is no file that somebody could save again: its folder is gone. */
const isFaulty = ({ faults }: NonNullable<OwnLesson['refused']>): boolean => faults !== undefined && faults.length > 0;

const nameOf = ({ from, to }: LessonMove): string => `${from} ${to}`;

export class OwnLessons {
  all = $state.raw<readonly OwnLesson[]>([]);
  /** Of the one that is open. */
  readonly check: OwnCheck;
  /** The one that was asked for last and could not be opened, and what was shown then: as soon as it can be opened, it is. */
  private awaited: { key: string; shown: OpenedLesson | null } | null = null;
  /** The lesson as it was opened, whose file has been saved since with faults: what is told of it is of the version before. */
  private outdated = $state.raw<OpenedLesson | null>(null);
  /** Moves that what was done of the lessons is following, or has followed without having been written: it is not to follow again. */
  private readonly followed = new Set<string>();
  /** Something could not be written, and is found under the old ids at the next start: it follows then, one move after the other. */
  private isUnwritten = false;
  /** One change after the other. */
  private following: Promise<void> = Promise.resolve();

  constructor(
    private readonly lesson: LessonStore,
    private readonly notices: Notices,
    private readonly bookmarks: Pick<Bookmarks, 'follow'>,
  ) {
    this.check = new OwnCheck(lesson, notices);
  }

  /** Which have moved that had not yet: they are told with every list, until it has been said that all has followed. */
  private async set({ lessons, moved }: OwnList): Promise<readonly LessonMove[]> {
    this.all = lessons;
    this.lesson.ownCards = lessons.flatMap(({ card }) => card ?? []);
    const fresh = moved.filter((move) => !this.followed.has(nameOf(move)));
    if (fresh.length === 0) return fresh;
    for (const move of fresh) this.followed.add(nameOf(move));
    const written = await Promise.all([this.bookmarks.follow(fresh), this.lesson.follow(fresh)]);
    // Bad news is not to be hidden by good.
    if (this.notices.shown?.kind !== 'bad') this.tellOf(fresh);
    if (written.includes(false)) this.isUnwritten = true;
    if (!this.isUnwritten) await this.confirm(fresh);
    return fresh;
  }

  private async confirm(moved: readonly LessonMove[]): Promise<void> {
    const confirmed = await bridge.ownFollowed({ moved: [...moved] });
    // A folder may come back, and go again.
    if (confirmed.ok) for (const move of moved) this.followed.delete(nameOf(move));
  }

  private tellOf(moved: readonly LessonMove[]): void {
    const cards = moved.flatMap(({ to }) => this.lesson.ownCards.find(({ id }) => id === to) ?? []);
    this.notices.good(
      inEveryLanguage((words, language) =>
        fill(words.ownLessons.followed, { lessons: cards.map(({ title }) => title[language]).join(words.language.comma) }),
      ),
    );
  }

  /** Which have moved that had not yet. */
  async refresh(): Promise<readonly LessonMove[]> {
    const list = this.notices.told(await bridge.ownLessons({}));
    return list ? this.set(list) : [];
  }

  /** A folder of the list has changed, has gone or is back. */
  changed(key: string): Promise<void> {
    this.following = this.following
      .then(() => this.follow(key))
      .catch((error: unknown) => {
        this.notices.tellOf(error);
      });
    return this.following;
  }

  private async follow(key: string): Promise<void> {
    const moved = await this.refresh();
    // Whoever has just chosen another lesson is to get that one.
    await this.lesson.settled();
    const changed = this.all.find((each) => each.key === key);
    if (!changed) return;
    if (this.awaited?.key === key && this.awaited.shown === this.lesson.opened) await this.show(changed);
    // The open one that has just moved is shown as it is now, and what is told of that stays.
    else if (!this.isOpen(key) || moved.some(({ to }) => to === changed.card?.id)) return;
    else if (changed.refused) this.keep(changed.refused, isFaulty(changed.refused) ? 'kept' : 'held');
    else await this.reload();
  }

  /** What was saved last cannot be shown, and what is shown is the version before. */
  get isOutdated(): boolean {
    return this.outdated !== null && this.outdated === this.lesson.opened;
  }

  private keep(told: NonNullable<OwnLesson['refused']>, then: 'kept' | 'held'): void {
    if (isFaulty(told)) this.outdated = this.lesson.opened;
    this.warn(told, then);
  }

  private async show({ key, card, refused }: OwnLesson): Promise<void> {
    const { opened } = this.lesson;
    this.awaited = { key, shown: opened };
    const before = this.notices.failures.length;
    if (card) await this.lesson.openLesson(card.id);
    const { shown, failures } = this.notices;
    const told = refused ?? (failures.length > before ? shown : null);
    if (refused && !isFaulty(refused)) this.notices.warn(refused.message);
    else if (told) this.warn(told, 'awaited');
    else this.awaited = null;
  }

  /** What can be read may still have a run that cannot be shown. */
  private async reload(): Promise<void> {
    const before = this.notices.failures.length;
    await this.lesson.reload();
    const { shown, failures } = this.notices;
    if (failures.length > before && shown) this.keep({ message: shown.message, faults: shown.faults }, 'kept');
  }

  private isOpen(key: string): boolean {
    return this.lesson.opened?.lesson.id.endsWith(`@${key}`) ?? false;
  }

  private warn({ message, faults }: NonNullable<OwnLesson['refused']>, then: 'kept' | 'awaited' | 'held'): void {
    this.notices.warn(
      inEveryLanguage(({ ownLessons, language: marks }, language) => `${message[language]}${marks.end}${ownLessons[then]}`),
      faults,
    );
  }

  /** Asks for a lesson's folder. */
  async open(): Promise<void> {
    await this.added(this.notices.told(await bridge.chooseLessonFolder({})));
  }

  /** Asks where, and writes a lesson to begin with there. */
  async create(): Promise<void> {
    await this.added(this.notices.told(await bridge.makeLesson({})));
  }

  /** What was dropped on the window. False: it is neither a lesson's folder nor its file. */
  async drop(file: File): Promise<boolean> {
    const outcome = await bridge.dropLesson(file);
    const dropped = this.notices.told(outcome);
    await this.added(dropped);
    return !outcome.ok || dropped !== null;
  }

  /** What the program was started with, or a second start handed over, when that is a lesson: from now on it is followed. */
  async openGiven(): Promise<void> {
    await this.added(this.notices.told(await bridge.openGivenLesson({})));
  }

  private async added(opened: OwnOpened | null): Promise<void> {
    if (!opened) return;
    const moved = await this.set(opened);
    const added = this.all.find(({ key }) => key === opened.key);
    // The open one, whose folder has moved, is shown already.
    if (added && !opened.moved.some(({ to }) => to === added.card?.id && this.isOpen(opened.key))) await this.show(added);
    if (moved.length > 0 && this.notices.shown === null) this.tellOf(moved);
  }

  /** Off the list. One that is open stays open. */
  async remove(key: string): Promise<void> {
    const list = this.notices.told(await bridge.forgetLesson({ key }));
    if (list) await this.set(list);
  }
}
