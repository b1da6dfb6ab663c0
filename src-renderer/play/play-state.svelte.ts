/** What a page that plays shows and how: its lesson, its views, language, light and size. */
import { fill, inEveryLanguage, nextLanguage } from '../../assets/words/index';
import type { Language, LessonProgress, PlayFile, PlayView, Text } from '../../src-main/contract/index';
import { LessonStore } from '../stores/lesson.svelte';
import { Notices } from '../stores/notices.svelte';
import { page } from './offline-bridge';
import { type Score, scoreOf } from './score';
import { Visit } from './scorm-report';
import type { Platform } from './scorm-api';
import { zoomed } from './zoom';

export class PlayState {
  readonly notices = new Notices();
  readonly lesson: LessonStore;
  language = $state<Language>('zh');
  isDark = $state(false);
  zoom = $state(1);
  /** The views and the text stand below each other, and of the views one is seen. */
  isNarrow = $state(false);
  private chosen = $state.raw<readonly PlayView[]>([]);
  private wantsTimeline = $state(true);
  /** Below the views: who did what when. A narrow window has no room for it. */
  readonly hasTimeline: boolean = $derived(this.wantsTimeline && !this.isNarrow);
  /** In a narrow window: the one that is seen. */
  private front = $state<PlayView>('village');
  readonly views: readonly PlayView[] = $derived(this.isNarrow ? [this.front] : this.chosen);
  readonly score: Score;
  /** What became of telling the platform; null: nobody is told. */
  told = $state.raw<Text | null>(null);
  private readonly visit: Visit | null;

  /** `platform`: that which is told how the lesson is learned; null: there is none. */
  constructor(
    readonly file: PlayFile,
    platform: Platform | null = null,
  ) {
    const lesson = new LessonStore(this.notices, () => undefined);
    const { id, steps } = file.opened.lesson;
    this.visit =
      platform &&
      new Visit(
        platform,
        id,
        steps,
        () => performance.now(),
        () => `${new Date().toISOString().slice(0, 22)}Z`,
      );
    this.lesson = lesson;
    this.language = file.language;
    this.isDark = file.theme === 'dark';
    this.chosen = file.views;
    this.front = file.views[0] ?? 'village';
    this.score = $derived(scoreOf(lesson.steps, lesson.learners.progressOf(id)));
  }

  /** Where somebody was who has been here before. */
  async begin(): Promise<void> {
    const { lesson, visit, file } = this;
    const { id } = file.opened.lesson;
    const before = visit?.before ?? null;
    if (before && visit) {
      visit.know(before);
      const learner = { ...lesson.learners.current, place: before.place, lessons: { [id]: before.progress } };
      lesson.learners.begin({ all: [learner], damaged: [] }, learner.id);
    }
    page.onLearner = ({ lessons }) => {
      this.report(lessons[id]);
    };
    await lesson.openLesson(id, before?.place ?? null);
    if (file.platform === null || visit) return;
    this.told = inEveryLanguage((words) => words.play.page.noPlatform);
    // After the opening, which takes older notices away; what it has to say itself is more urgent.
    if (this.notices.shown === null) this.notices.warn(this.told);
  }

  private report(progress: LessonProgress | undefined): void {
    const { visit, lesson } = this;
    if (!visit || !progress) return;
    const why = visit.report({ progress, place: lesson.place });
    this.told = inEveryLanguage(({ play }) => (why === null ? play.page.told : fill(play.page.notTold, { why })));
  }

  /** The page goes. */
  end(): void {
    this.report(this.lesson.learners.progressOf(this.file.opened.lesson.id));
    this.visit?.end();
  }

  get title(): string {
    const { lesson } = this.file.opened;
    return (lesson.id === '' ? (this.lesson.scenario?.title ?? lesson.title) : lesson.title)[this.language];
  }

  /** Where in the whole run the piece begins that is played. */
  get base(): number {
    return this.file.runs[this.lesson.run]?.base ?? 0;
  }

  /** By so many notches; 0: as it was. */
  enlarge(notches: number): void {
    this.zoom = notches === 0 ? 1 : zoomed(this.zoom, notches);
  }

  /** At least one view is shown. */
  toggleView(view: PlayView): void {
    const { file, chosen } = this;
    if (!file.views.includes(view)) return;
    this.front = view;
    if (this.isNarrow) return;
    const wanted = file.views.filter((each) => (each === view ? !chosen.includes(each) : chosen.includes(each)));
    if (wanted.length > 0) this.chosen = wanted;
  }

  toggleTimeline(): void {
    this.wantsTimeline = !this.wantsTimeline;
  }

  allViews(): void {
    this.chosen = this.file.views;
    this.zoom = 1;
  }

  toggleLanguage(): void {
    this.language = nextLanguage(this.language);
  }

  toggleTheme(): void {
    this.isDark = !this.isDark;
  }

  /** Every question is asked once more, from the beginning. */
  async again(): Promise<void> {
    this.lesson.askAgain();
    await this.lesson.restart();
  }
}
