/** The numbers that a lesson's author holds out to a class: chosen by a press, run at once on a copy (Experiment), and back to the lesson. */
import { inEveryLanguage } from '../../assets/words/index';
import type { Kept, Knob, LessonVary } from '../../src-main/contract/index';
import type { Experiment } from './experiment.svelte';
import type { LessonStore } from './lesson.svelte';
import type { Notices } from './notices.svelte';
import { knobPath } from './vary-path';

type Value = LessonVary['values'][number];

export class Vary {
  /** What can be chosen in the experiment that is shown: it began with one of these. */
  private ofExperiment = $state.raw<readonly LessonVary[]>([]);

  constructor(
    private readonly lesson: LessonStore,
    private readonly experiment: Experiment,
    private readonly notices: Notices,
  ) {}

  get isTrying(): boolean {
    return this.experiment.isShown && this.ofExperiment.length > 0;
  }

  /** How much of the place could be kept. */
  get kept(): Kept {
    return this.experiment.kept;
  }

  /** At an open question there is nothing to be chosen: another run would answer it. */
  get all(): readonly LessonVary[] {
    if (this.experiment.isShown) return this.ofExperiment;
    return this.lesson.isAsking ? [] : this.ofRun;
  }

  private get ofRun(): readonly LessonVary[] {
    return this.lesson.opened?.lesson.runs[this.lesson.run]?.vary ?? [];
  }

  private knobOf({ path }: LessonVary): Knob | undefined {
    const wanted = knobPath(path, Object.keys(this.lesson.scenario?.goroutines ?? {}));
    return this.experiment.knobs.find((knob) => knob.path === wanted);
  }

  /** The first value is the file's own. */
  isOn(vary: LessonVary, value: Value): boolean {
    const knob = this.experiment.isShown ? this.knobOf(vary) : undefined;
    return knob ? this.experiment.valueOf(knob) === String(value) : value === vary.values[0];
  }

  async choose(vary: LessonVary, value: Value): Promise<void> {
    if (!this.experiment.isShown) {
      this.ofExperiment = this.ofRun;
      this.lesson.playback.pause();
      if (!(await this.experiment.begin())) return;
    }
    const knob = this.knobOf(vary);
    if (knob) this.experiment.set(knob, String(value));
    else this.notices.warn(inEveryLanguage(({ vary: words }) => words.cannot));
  }

  /** To the lesson as its author wrote it, where it was left. */
  async reset(): Promise<void> {
    await this.lesson.backToLesson();
  }
}
