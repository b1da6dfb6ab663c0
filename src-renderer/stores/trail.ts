/** Where one has been: every jump leaves the place it came from, as a browser's pages do. */

export interface Place {
  run: string;
  n: number;
}

/** Nobody goes back further. */
const MOST = 100;

export class Trail {
  private behind: Place[] = [];
  private ahead: Place[] = [];

  /** A jump from here: what lay ahead is forgotten. */
  leave(place: Place): void {
    const last = this.behind.at(-1);
    if (last?.run === place.run && last.n === place.n) return;
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

  clear(): void {
    this.behind = [];
    this.ahead = [];
  }
}
