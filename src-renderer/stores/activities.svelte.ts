/** What is done at the steps of the open lesson: which activity lies over the views, what was given, and what is right. */
import type { LessonStep, OpenedLesson, Result, StepAnswers, Text } from '../../src-main/contract/index';
import { type CallResult, type Given, isExpected } from '../lesson/activities/marks';

/** What was done at one step. `given`: one place for each thing that is asked. */
export interface Attempt {
  given: readonly Given[];
  /** Places whose answers have been shown without being given. */
  shown: readonly number[];
  stage: 'trying' | 'checked' | 'revealed';
}

const UNTOUCHED: Attempt = { given: [], shown: [], stage: 'trying' };

/** What the answers are; a text: why they cannot be had. */
export type Answers = { kind: 'had'; answers: StepAnswers } | { kind: 'refused'; why: Text } | null;

export class Activities {
  /** The step whose activity lies over the views. */
  step = $state.raw<LessonStep | null>(null);
  /** Those of the step's that is open; null: they are being computed. */
  answers = $state.raw<Answers>(null);
  private attempts = $state.raw<Readonly<Record<string, Attempt>>>({});
  private known = new Map<string, StepAnswers>();

  /** `ask`: reads the answers of a step from the runs. */
  constructor(private readonly ask: (lesson: string, step: string) => Promise<Result<StepAnswers>>) {}

  /** For another lesson: nothing has been done yet. */
  clear(): void {
    this.step = null;
    this.answers = null;
    this.attempts = {};
    this.known = new Map();
  }

  async open({ lesson }: OpenedLesson, step: LessonStep): Promise<void> {
    const { activity } = step;
    if (!activity) return;
    const { known } = this;
    const had = known.get(step.id);
    this.answers = had ? { kind: 'had', answers: had } : null;
    this.step = step;
    if (had || (activity.kind !== 'table' && activity.kind !== 'order')) return;
    const told = await this.ask(lesson.id, step.id);
    if (told.ok) known.set(step.id, told.value);
    // Another one may have been opened meanwhile.
    if (this.step !== step) return;
    this.answers = told.ok ? { kind: 'had', answers: told.value } : { kind: 'refused', why: told.message };
  }

  close(): void {
    this.step = null;
  }

  /** Something has been done at a step. */
  get hasAny(): boolean {
    return Object.keys(this.attempts).length > 0;
  }

  of(step: LessonStep): Attempt {
    return this.attempts[step.id] ?? UNTOUCHED;
  }

  private set(step: LessonStep, change: Partial<Attempt>): void {
    this.attempts = { ...this.attempts, [step.id]: { ...this.of(step), ...change } };
  }

  /** Whatever is changed has not been checked. */
  give(step: LessonStep, given: readonly Given[]): void {
    this.set(step, { given, stage: 'trying' });
  }

  /** One of `count` places. */
  giveOne(step: LessonStep, place: number, value: Given, count: number): void {
    const { given } = this.of(step);
    this.give(
      step,
      Array.from({ length: count }, (_, i) => (i === place ? value : (given[i] ?? null))),
    );
  }

  show(step: LessonStep, place: number): void {
    this.set(step, { shown: [...this.of(step).shown, place] });
  }

  check(step: LessonStep): void {
    this.set(step, { stage: 'checked' });
  }

  reveal(step: LessonStep): void {
    this.set(step, { stage: 'revealed' });
  }

  again(step: LessonStep): void {
    this.set(step, UNTOUCHED);
  }

  /** The playground has run something: whether it is what the step that is open asks for. */
  ran(found: CallResult): boolean {
    const { step } = this;
    if (step?.activity?.kind !== 'playground' || !isExpected(step.activity, found)) return false;
    this.check(step);
    return true;
  }
}
