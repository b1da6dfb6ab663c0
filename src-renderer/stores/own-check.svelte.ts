/** Whether a lesson of somebody's own is right about its runs: checked beside its being shown, whenever it is opened or has changed. */
import type { LessonFault, OpenedLesson } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { LessonStore } from './lesson.svelte';
import type { Notices } from './notices.svelte';

export class OwnCheck {
  /** What was found last, and in which opening of which lesson. */
  private found = $state.raw<{ of: OpenedLesson; faults: readonly LessonFault[] } | null>(null);
  private asked: OpenedLesson | null = null;

  constructor(
    private readonly lesson: LessonStore,
    private readonly notices: Notices,
  ) {}

  /** What does not hold in the lesson that is open. Null: it is not known (yet). */
  get faults(): readonly LessonFault[] | null {
    return this.found && this.found.of === this.lesson.opened ? this.found.faults : null;
  }

  /** Asked once for each opening. An export, which ends with the first thing that is wrong, is not checked. */
  async check(): Promise<void> {
    const { opened, asksNothing } = this.lesson;
    if (!opened?.isOwn || asksNothing || this.asked === opened) return;
    this.asked = opened;
    const faults = this.notices.told(await bridge.checkLesson({ lesson: opened.lesson.id }));
    if (faults) this.found = { of: opened, faults };
  }

  /**
   * What may be told of it now, step by step. What a step says from the next question on that has not been answered would answer it; `isAsking`: not
   * even a teacher who prepares the lesson is told while the class is being asked.
   */
  told(isPreparing: boolean): { told: readonly LessonFault[]; withheld: readonly LessonFault[] } {
    const { steps, firstOpen, isAsking } = this.lesson;
    const all = this.faults ?? [];
    if (firstOpen === null || (isPreparing && !isAsking)) return { told: all, withheld: [] };
    const isTold = ({ step }: LessonFault): boolean => step !== null && steps.findIndex(({ id }) => id === step) < firstOpen;
    return { told: all.filter(isTold), withheld: all.filter((fault) => !isTold(fault)) };
  }
}
