/** The chain of causes as a list and as a small graph: what stands how deep, and where its box lies. Pure. */
import { linkHorizontal } from 'd3-shape';
import type { WhyLink } from '../../src-main/contract/index';

export interface WhyRow {
  link: WhyLink;
  /** Its number in the chain. */
  index: number;
  /** How many causes lie between it and what was asked. */
  depth: number;
}

/** In the order in which a person would tell it: each fact, then what has led to it. */
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

export interface WhyBox {
  index: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WhyGraph {
  width: number;
  height: number;
  boxes: WhyBox[];
  /** From a cause to what it led to. */
  arrows: { key: string; d: string }[];
}

const BOX = { width: 86, height: 34 };
const GAP = { x: 26, y: 10 };

/** Effects to the right, causes to the left: time goes as it is read. */
export function whyGraph(rows: readonly WhyRow[]): WhyGraph {
  const deepest = rows.reduce((most, { depth }) => Math.max(most, depth), 0);
  const used: number[] = [];
  const boxes = rows.map(({ index, depth }): WhyBox => {
    const line = (used[depth] = (used[depth] ?? -1) + 1);
    return { index, x: (deepest - depth) * (BOX.width + GAP.x), y: line * (BOX.height + GAP.y), ...BOX };
  });
  const place = new Map(boxes.map((box) => [box.index, box]));
  const line = linkHorizontal<unknown, [number, number]>();
  const arrows = rows.flatMap(({ link, index }) =>
    link.causes.flatMap((cause) => {
      const [from, to] = [place.get(cause), place.get(index)];
      if (!from || !to || from.x >= to.x) return [];
      const d = line({ source: [from.x + from.width, from.y + from.height / 2], target: [to.x - 3, to.y + to.height / 2] });
      return d === null ? [] : [{ key: `${cause}-${index}`, d }];
    }),
  );
  const lines = used.reduce((most, each) => Math.max(most, each + 1), 1);
  return {
    width: (deepest + 1) * (BOX.width + GAP.x) - GAP.x,
    height: lines * (BOX.height + GAP.y) - GAP.y,
    boxes,
    arrows,
  };
}
