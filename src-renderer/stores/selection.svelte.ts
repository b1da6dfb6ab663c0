/** What is pointed at in every view: what the lesson's step is about. */
import type { LessonStore } from './lesson.svelte';

const NOTHING: readonly string[] = [];

export class Selection {
  private readonly lesson: LessonStore;

  constructor(lesson: LessonStore) {
    this.lesson = lesson;
  }

  get focus(): readonly string[] {
    return this.lesson.current?.focus ?? NOTHING;
  }
}
