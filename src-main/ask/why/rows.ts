/** A chain of causes in the order in which a person would tell it. Pure. */
import type { WhyLink } from './chain';

export interface WhyRow {
  link: WhyLink;
  /** Its number in the chain. */
  index: number;
  /** How many causes lie between it and what was asked. */
  depth: number;
}

/** Each fact, then what has led to it; what has led to several stands where it is told first. */
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
