/** Who set a place of the state, out of what it was made, and who had set that: backwards, the nearest first. Pure. */
import type { Chain, WhyLink } from './chain';
import { isOwnRow, shortPath } from './reads';

/** How many places a value is said to be made of. */
const MOST_SOURCES = 4;

export class PlaceReasons {
  constructor(private readonly chain: Chain) {}

  /** The place `path` as it stands after step `until`. */
  of(path: string, until: number): void {
    const first = this.addPlace(path, until, until);
    const open = first === null ? [] : [first];
    for (let at = open.shift(); at !== undefined; at = open.shift()) {
      const link = this.chain.links[at] as WhyLink;
      if (link.n === 0) continue;
      for (const { path: from, until: to } of this.sources(link)) {
        const known = this.chain.links.length;
        const cause = this.addPlace(from, to, link.n);
        if (cause === null) break;
        this.chain.because(link, cause);
        if (cause === known) open.push(cause);
      }
    }
  }

  private addPlace(path: string, until: number, foundAt: number): number | null {
    const n = this.chain.run.lastWrite(path, until);
    const value = this.chain.valueAt(path, n);
    if (n === 0 && value === null) return null;
    return this.chain.add(n === 0 ? 'place.start' : 'place.set', path, until, foundAt, { object: shortPath(path) })?.at ?? null;
  }

  /** What the step that wrote a place had read before it wrote; where that is not known, what the place had been before. */
  private sources({ path, n }: WhyLink): { path: string; until: number }[] {
    const step = this.chain.run.step(n);
    const read = (this.chain.run.reads(n)?.wrote ?? []).filter((each) => !isOwnRow(each.path, step));
    const found = new Map(read.map((each) => [each.path, { path: each.path, until: each.isBefore ? n - 1 : n }]));
    if (found.size === 0) return [{ path, until: n - 1 }];
    return [...found.values()].slice(0, MOST_SOURCES);
  }
}
