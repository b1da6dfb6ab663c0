/** The chain of causes as a small graph: where the box of each lies. Pure. */
import { linkHorizontal } from 'd3-shape';
import type { WhyLink, WhyRow } from '../../src-main/contract/index';

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

/** Who takes part in a fact, each once: the village shows them while it is looked at. */
export function peopleIn({ path, g, m, p, other, m2 }: Pick<WhyLink, 'path' | 'g' | 'm' | 'p' | 'other' | 'm2'>): string[] {
  const [, owner = null] = /^[GMP]\.([GMP]\d+)/.exec(path) ?? [];
  return [...new Set([owner, g, m, p, other, m2].filter((id) => id !== null))];
}
