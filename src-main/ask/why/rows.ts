/** A chain of causes in reading order. Pure. */
import type { WhyLink } from './chain';

export interface WhyRow {
  link: WhyLink;
  /** Its index in the chain. */
  index: number;
  /** How many causes away from what was asked; 0: that itself. */
  depth: number;
}

/** Each fact, followed by its causes; a cause of several facts appears once, below the first. */
export function whyRows(links: readonly WhyLink[]): WhyRow[] {
  const rows: WhyRow[] = [];
  const seen = new Set<number>();
  const walk = (index: number, depth: number): void => {
    const link = links[index];
    if (!link || seen.has(index)) return;
    seen.add(index);
    rows.push({ link, index, depth });
    for (const cause of link.causes) walk(cause, depth + 1);
  };
  walk(0, 0);
  return rows;
}
