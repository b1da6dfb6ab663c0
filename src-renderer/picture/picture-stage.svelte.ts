/** The page that draws pictures: takes one job after the other, goes to its place, and says when everything of it is on the paper. */
import { tick } from 'svelte';
import type { DrawnPicture, LessonStep, PictureJob, Text } from '../../src-main/contract/index';
import { WORDS } from '../../assets/words/index';
import { bridge } from '../bridge';
import { painted } from '../stores/exporter.svelte';
import { LessonStore } from '../stores/lesson.svelte';
import { Notices } from '../stores/notices.svelte';
import { pictureHorizon, typeStepPx } from './picture-plan';
import { hideCutRows } from './whole-rows';

/** So often in a row there is nothing more to read and the paper has one size: then it stays so. */
const STILL_TIMES = 2;
/** Something that never comes to rest is a fault of ours. */
const MOST_ROUNDS = 400;

export class PictureStage {
  job = $state.raw<PictureJob | null>(null);
  readonly notices = new Notices();
  readonly lesson = new LessonStore(this.notices, () => undefined);
  /** The lesson step that is told. */
  readonly told: LessonStep | null = $derived.by(() => {
    const { lesson } = this;
    return lesson.steps.find(({ id }) => id === this.job?.place.stop) ?? lesson.current;
  });
  readonly horizon: number | null = $derived.by(() => {
    const { lesson, job } = this;
    return pictureHorizon(lesson.playback.n, job?.place.isAsked === true, lesson.stops, lesson.steps);
  });
  private opening = -1;

  constructor() {
    this.lesson.asksNothing = true;
  }

  /** Until there is nobody any more who asks for pictures. `paper`: where it is drawn. */
  async serve(paper: () => HTMLElement | null): Promise<void> {
    let last: { drawn: DrawnPicture | null; failure: Text | null } = { drawn: null, failure: null };
    for (;;) {
      const next = await bridge.nextPicture(last);
      if (!next.ok) return;
      const drawn = await this.draw(next.value, paper).catch((error: unknown) => {
        this.notices.tellOf(error);
        return null;
      });
      const [failure = null] = this.notices.failures.splice(0);
      last = { drawn: failure ? null : drawn, failure };
    }
  }

  private async draw(job: PictureJob, paper: () => HTMLElement | null): Promise<DrawnPicture | null> {
    const { settings, paperPx } = job;
    const root = document.documentElement;
    root.dataset.theme = settings.theme;
    root.dataset.exporting = 'true';
    root.dataset.transparent = String(settings.isTransparent);
    root.lang = WORDS[settings.language].language.tag;
    root.style.setProperty('--step', `${typeStepPx(paperPx.width, paperPx.height)}px`);
    await this.goTo(job);
    this.job = job;
    await this.atRest(paper);
    const drawn = paper();
    if (!drawn) return null;
    hideCutRows(drawn);
    await painted();
    const { width, height } = drawn.getBoundingClientRect();
    const svg = settings.format === 'svg' ? await this.svg(drawn, job) : null;
    return { widthPx: Math.round(width), heightPx: Math.ceil(height), n: this.lesson.playback.n, svg };
  }

  /** With its letters in it, unless it will stand in a page that has them. */
  private async svg(paper: HTMLElement, { prefix, settings }: PictureJob): Promise<string> {
    const [{ svgOf }, { fontRules }] = await Promise.all([import('./svg-of'), import('./svg-fonts')]);
    return svgOf(paper, { fonts: prefix === null ? await fontRules() : '', prefix: prefix ?? '', scale: settings.scale });
  }

  private async goTo({ source, place }: PictureJob): Promise<void> {
    const { lesson } = this;
    const entry = place.stop === null ? { n: place.n } : { stop: place.stop };
    const isOpen = this.opening === source.opening && lesson.opened?.lesson.id === source.lesson;
    if (!isOpen) {
      this.opening = source.opening;
      if (source.lesson === '') await lesson.openGiven();
      else await lesson.openLesson(source.lesson, { lesson: source.lesson, run: place.run, n: 0 });
    }
    if (lesson.run !== place.run) await lesson.openRun(place.run, entry);
    else await lesson.playback.jump(place.stop === null ? place.n : (lesson.stops.find(({ id }) => id === place.stop)?.n ?? 0));
  }

  private async atRest(paper: () => HTMLElement | null): Promise<void> {
    const { timeline, playback } = this.lesson;
    let still = 0;
    let size = '';
    for (let round = 0; still < STILL_TIMES; round++) {
      if (round > MOST_ROUNDS) throw new Error('the picture does not come to rest');
      await tick();
      await painted();
      const box = paper()?.getBoundingClientRect();
      const now = box ? `${box.width} ${box.height}` : '';
      still =
        now !== '' && now === size && playback.isAtRest && (!this.job?.settings.parts.includes('timeline') || timeline.isRead)
          ? still + 1
          : 0;
      size = now;
    }
  }
}
