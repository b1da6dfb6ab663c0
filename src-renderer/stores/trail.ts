/** Where one has been: every jump leaves the place it came from, as a browser's pages do. */

import type { LessonMove } from '../../src-main/contract/index';

export interface Place {
  /** '': the scenario of one's own that is open, or that was open last. */
  lesson: string;
  run: string;
  n: number;
}

/** Nobody goes back further. */
const MOST = 100;

/** What a lesson is called after these moves, of which one may follow another. */
export const movedId = (lesson: string, moved: readonly LessonMove[]): string =>
  moved.reduce((id, { from, to }) => (id === from ? to : id), lesson);

export class Trail {
  private behind: Place[] = [];
  private ahead: Place[] = [];

  /** A jump from here: what lay ahead is forgotten. */
  leave(place: Place): void {
    const last = this.behind.at(-1);
    if (last?.lesson === place.lesson && last.run === place.run && last.n === place.n) return;
    this.behind = [...this.behind, place].slice(-MOST);
    this.ahead = [];
  }

  /** The place before, seen from `here`; null: there is none. */
  back(here: Place): Place | null {
    const place = this.behind.pop();
    if (!place) return null;
    this.ahead.push(here);
    return place;
  }

  /** The place that `back` came from; null: there is none. */
  on(here: Place): Place | null {
    const place = this.ahead.pop();
    if (!place) return null;
    this.behind.push(here);
    return place;
  }

  /** The place that the last `back` or `on` led to was not come to: it can be gone to again. */
  stay(way: 'back' | 'on', place: Place): void {
    if (way === 'back') {
      this.ahead.pop();
      this.behind.push(place);
    } else {
      this.behind.pop();
      this.ahead.push(place);
    }
  }

  /** What lies behind, and ahead. */
  get ways(): { back: boolean; on: boolean } {
    return { back: this.behind.length > 0, on: this.ahead.length > 0 };
  }

  /** A lesson is known by another id from now on. */
  follow({ from, to }: LessonMove): void {
    const followed = (place: Place): Place => (place.lesson === from ? { ...place, lesson: to } : place);
    this.behind = this.behind.map(followed);
    this.ahead = this.ahead.map(followed);
  }

  /** Forgets the places of a scenario of one's own into which there is no way back. */
  forgetOwn(): void {
    this.behind = this.behind.filter(({ lesson }) => lesson !== '');
    this.ahead = this.ahead.filter(({ lesson }) => lesson !== '');
  }
}
