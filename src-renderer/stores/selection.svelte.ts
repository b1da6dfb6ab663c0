/** What is pointed at in every view: what the lesson's step is about, and the one thread, P or goroutine that the person has picked. */
import type { LessonStore } from './lesson.svelte';

const NOTHING: readonly string[] = [];

export type PickedKind = 'M' | 'P' | 'G';

export interface Picked {
  kind: PickedKind;
  /** With its letter: M3. */
  id: `${PickedKind}${number}`;
}

export class Selection {
  private readonly lesson: LessonStore;
  picked = $state.raw<Picked | null>(null);

  constructor(lesson: LessonStore) {
    this.lesson = lesson;
  }

  get focus(): readonly string[] {
    return this.lesson.current?.focus ?? NOTHING;
  }

  /** Picks it; what is picked already is let go. */
  pick(id: Picked['id']): void {
    this.picked = this.picked?.id === id ? null : { kind: id[0] as PickedKind, id };
  }

  /** Whether there was something to let go of. */
  clear(): boolean {
    const had = this.picked !== null;
    this.picked = null;
    return had;
  }
}
