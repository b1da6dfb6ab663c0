/**
 * What is pointed at in every view: what the lesson's step is about, and the one thing that the person has selected: a row of the state, a
 * field, a register, a queue. It stays while the run goes on.
 */
import { untrack } from 'svelte';
import { parsePath } from '../../src-main/contract/index';
import type { LessonStore } from './lesson.svelte';

const NOTHING: readonly string[] = [];

export type PickedKind = 'M' | 'P' | 'G';

export interface Picked {
  kind: PickedKind;
  /** With its letter: M3. */
  id: `${PickedKind}${number}`;
}

/** The thread, P or goroutine that a place is, or lies in; null: it is of none. */
export function pickedOf(path: string | null): Picked | null {
  if (path === null) return null;
  const { table, id } = parsePath(path);
  return (table === 'M' || table === 'P' || table === 'G') && id !== null ? { kind: table, id } : null;
}

export class Selection {
  private readonly lesson: LessonStore;
  /** The place in the state that is selected: `G.G7`, `P.P0.runq`, `M.M1.regs.AX`, `chan.c`. */
  path = $state.raw<string | null>(null);
  /** The thread, P or goroutine that it is, or that it is of. */
  readonly picked: Picked | null = $derived(pickedOf(this.path));

  constructor(lesson: LessonStore) {
    this.lesson = lesson;
  }

  get focus(): readonly string[] {
    return this.lesson.current?.focus ?? NOTHING;
  }

  /** Selects a place; one that is selected already is let go. */
  select(path: string): void {
    this.path = this.path === path ? null : path;
  }

  /** Picks a thread, P or goroutine; one that is picked already, or has something selected in it, is let go. */
  pick(id: Picked['id']): void {
    this.path = this.picked?.id === id ? null : `${id.charAt(0)}.${id}`;
  }

  /** Picks a thread, P or goroutine; one that is picked already stays, with whatever is selected in it. */
  keep(id: Picked['id']): void {
    if (this.picked?.id !== id) this.pick(id);
  }

  /** Another run is open, with so many of each: whoever it never has is let go of, with whatever was selected in them. */
  keepIn(counts: Readonly<Record<PickedKind, number>>): void {
    const picked = untrack(() => this.picked);
    if (!picked) return;
    const number = Number(picked.id.slice(1));
    // Goroutines are counted from 1.
    if (number >= counts[picked.kind] + (picked.kind === 'G' ? 1 : 0)) this.path = null;
  }

  /** Whether there was something to let go of. */
  clear(): boolean {
    const had = this.path !== null;
    this.path = null;
    return had;
  }
}
