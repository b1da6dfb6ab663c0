/**
 * The picture of who holds, waits for and remembers whom: the touched rows, those around them, where each stands and what is written on the
 * lines between them. Made of the state alone, so the same state always gives the same picture. Pure.
 */
import type { State, Step } from '../../src-main/contract/index';
import { short, type TimeText } from './cell-text';
import { type Box, isClear, LayoutKeeper } from './relation-layout';
import { around, type Edge, KIND_OF, type More, type RelationKind } from './relations';
import { type RowRef, rowOf, valueAt } from './state-rows';
import { exists, inOrder, latelyTouched } from './what-matters';
import { focusedRows, type Marks, titleOf } from './technical-rows';

/** px; `emPx` is the size of the type. */
export interface Canvas {
  widthPx: number;
  heightPx: number;
  emPx: number;
}

export interface Node extends Box {
  path: string;
  kind: RowRef['kind'];
  title: string;
  /** Its state in a word; '' when there is none to tell. */
  sub: string;
  isTouched: boolean;
  isPinned: boolean;
}

export interface Line {
  /** Its ends' paths. */
  key: string;
  kind: RelationKind;
  isChanged: boolean;
  from: { x: number; y: number };
  to: { x: number; y: number };
  /** Both look at each other. */
  isMutual: boolean;
  label: { x: number; y: number; text: string; width: number } | null;
}

export interface Told {
  edge: Edge;
  from: string;
  to: string;
  isChanged: boolean;
}

export interface RelationPlan {
  nodes: Node[];
  lines: Line[];
  /** The same for whoever reads: every reference that is drawn. */
  told: Told[];
  more: (More & { title: string })[];
  /** Rows around that have no room in the picture. */
  hidden: number;
}

const MOST_NODES = 30;
const LEAST_NODES = 3;
/** Room that a box needs with the lines around it, in em. */
const ROOM_EM = { width: 7.8, height: 5 };
/** Of a queue the first ones are drawn, the rest counted. */
const PER_LIST = 3;

const HEIGHT_EM = { one: 1.7, two: 2.9 };
/** Mean width of a letter of the code's type. */
const LETTER_EM = 0.61;

const ORDER: readonly RelationKind[] = ['holds', 'waits', 'remembers'];

/** One word on how it is. */
function subOf(state: State, { kind, id, path }: RowRef, time: TimeText): string {
  switch (kind) {
    case 'P':
      return String(valueAt(state, `${path}.status`));
    case 'G': {
      const row = state.G[id as keyof State['G']];
      return row?.status === '_Gwaiting' && row.waitreason !== '' ? row.waitreason : (row?.status ?? '');
    }
    case 'M': {
      const row = state.M[id as keyof State['M']];
      if (!row) return '';
      return row.kernel ? row.kernel.name : row.parked ? 'parked' : row.spinning ? 'spinning' : '';
    }
    case 'chan': {
      const row = state.chan[id];
      return row ? `${row.count}/${row.cap}${row.closed ? ' closed' : ''}` : '';
    }
    case 'mutex':
      return state.mutex[id]?.locked === true ? 'locked' : 'unlocked';
    case 'waitgroup':
      return `counter ${short(state.waitgroup[id]?.counter, time)}`;
    case 'fd':
      return state.kernel.fds[id]?.path ?? '';
    default:
      return '';
  }
}

/** Lists of the state that say which field was written, by the relation's field. */
function wasChanged(edge: Edge, step: Step | null): boolean {
  const fields = edge.field.split(' ⇄ ');
  return (step?.set ?? []).some(([path]) => {
    const row = rowOf(path)?.path;
    return (row === edge.from || row === edge.to) && fields.some((field) => path.endsWith(`.${field.split(' ')[0] ?? field}`));
  });
}

/** What sysmon has noted of every P is told when sysmon is at it, and not whenever a P is. */
const isWorthIt = (edge: Edge, seeds: ReadonlySet<string>): boolean => edge.relation !== 'saw' || seeds.has('sysmon');

/** Seeds first, then whoever is nearest to them, then those whom the last steps were about, up to `most` of them. */
function chosen(state: State, seeds: readonly RowRef[], lately: readonly RowRef[], most: number): { paths: string[]; hidden: number } {
  const first = new Set(seeds.map(({ path }) => path));
  const paths = [...first].slice(0, most);
  for (const depth of [1, 2]) {
    const known = new Set(paths);
    const found = around(state, known, depth === 1 ? PER_LIST : 1).edges.filter((edge) => isWorthIt(edge, first));
    const next = found.flatMap(({ from, to }) => [from, to]).filter((path) => !known.has(path));
    const fresh = [...new Set([...next, ...(depth === 1 ? lately.map(({ path }) => path).filter((path) => !known.has(path)) : [])])];
    // Those around them are worth drawing only where all of them have room.
    if (depth === 2 && paths.length + fresh.length > most) break;
    paths.push(...fresh.slice(0, most - paths.length));
    if (paths.length === most) return { paths, hidden: fresh.length - (most - known.size) };
  }
  return { paths, hidden: 0 };
}

function seedsOf(step: Step | null, pinned: readonly string[], marks: Marks): RowRef[] {
  const own = step ? [`M.${step.m}`, step.p && `P.${step.p}`, step.g && `G.${step.g}`] : [];
  const refs = [...pinned, ...own].flatMap((path) => (path ? (rowOf(path) ?? []) : []));
  const seeds = [...refs, ...marks.touched.values(), ...focusedRows(marks.focus)];
  return [...new Map(seeds.map((ref) => [ref.path, ref])).values()];
}

export interface RelationAsk {
  step: Step | null;
  recent: readonly Step[];
  pinned: readonly string[];
  marks: Marks;
  canvas: Canvas;
  time: TimeText;
  keeper?: LayoutKeeper;
}

/** Where long names leave no room for as many boxes, fewer are drawn. */
export function relationPlan(state: State, ask: RelationAsk): RelationPlan {
  const { widthPx, heightPx, emPx } = ask.canvas;
  const room = Math.floor(widthPx / (ROOM_EM.width * emPx)) * Math.floor(heightPx / (ROOM_EM.height * emPx) + 0.4);
  for (let most = Math.max(LEAST_NODES, Math.min(MOST_NODES, room)); ; most--) {
    const plan = planOf(state, ask, most);
    if (most <= LEAST_NODES || isClear(plan.nodes)) return plan;
  }
}

function planOf(
  state: State,
  { step, recent, pinned, marks, canvas, time, keeper = new LayoutKeeper() }: RelationAsk,
  most: number,
): RelationPlan {
  const { widthPx, emPx } = canvas;
  const there = seedsOf(step, pinned, marks).filter((ref) => exists(state, ref));
  const { paths, hidden } = chosen(
    state,
    there,
    latelyTouched(recent, step).filter((ref) => exists(state, ref)),
    most,
  );
  const inPicture = new Set(paths);
  const first = new Set(there.map(({ path }) => path));
  const { edges, more } = around(state, inPicture, PER_LIST);
  const kept = edges.filter((edge) => inPicture.has(edge.from) && inPicture.has(edge.to) && isWorthIt(edge, first));
  const linked = new Set(kept.flatMap(({ from, to }) => [from, to]));
  const refs = paths
    .flatMap((path) => rowOf(path) ?? [])
    // What refers to nobody is in the tables.
    .filter(({ path, kind }) => linked.has(path) || ['P', 'M', 'G'].includes(kind) || pinned.includes(path))
    .sort(inOrder);
  const boxes = refs.map((ref) => {
    const title = titleOf(state, ref);
    const sub = subOf(state, ref, time);
    const letters = Math.max(title.length, sub.length);
    const width = Math.min((letters * LETTER_EM + 1.4) * emPx, widthPx / 2);
    return { ref, title, sub, width: Math.max(width, 4 * emPx), height: (sub === '' ? HEIGHT_EM.one : HEIGHT_EM.two) * emPx };
  });
  const grouped = groupsOf(kept, step);
  const { places, lines } = keeper.layOut(
    boxes.map(({ ref, width, height }) => ({ key: ref.path, kind: ref.kind, width, height })),
    grouped.map(({ from, to, text }) => ({ from, to, text, width: (text.length * LETTER_EM + 0.6) * emPx, height: 1.35 * emPx })),
    canvas,
  );
  const pins = new Set(pinned);
  const titles = new Map(boxes.map(({ ref, title }) => [ref.path, title]));
  return {
    nodes: boxes.map(({ ref, title, sub }, i) => ({
      ...(places[i] as Box),
      path: ref.path,
      kind: ref.kind,
      title,
      sub,
      isTouched: marks.touched.has(ref.path),
      isPinned: pins.has(ref.path),
    })),
    lines: grouped.map(({ from, to, kind, isChanged, isMutual }, i) => ({
      key: `${from} ${to}`,
      kind,
      isChanged,
      isMutual,
      ...(lines[i] as Pick<Line, 'from' | 'to' | 'label'>),
    })),
    told: kept.map((edge) => ({
      edge,
      from: titles.get(edge.from) ?? edge.from,
      to: titles.get(edge.to) ?? edge.to,
      isChanged: wasChanged(edge, step),
    })),
    more: more.flatMap((each) => {
      const title = titles.get(each.at);
      // The first ones of a list for which there was no room are in it, too.
      const left = edges.filter((edge) => edge.field === each.field && [edge.from, edge.to].includes(each.at) && !kept.includes(edge));
      return title === undefined ? [] : [{ ...each, title, count: each.count + left.length }];
    }),
    hidden,
  };
}

interface Group {
  from: string;
  to: string;
  kind: RelationKind;
  text: string;
  isChanged: boolean;
  isMutual: boolean;
}

/** One line between two rows, whatever they have to do with each other: the strongest tie says how it is drawn. */
function groupsOf(edges: readonly Edge[], step: Step | null): Group[] {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = [edge.from, edge.to].sort().join(' ');
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups.values()].map((between) => {
    const kind = ORDER.find((each) => between.some(({ relation }) => KIND_OF[relation] === each)) ?? 'holds';
    const [first] = between as [Edge, ...Edge[]];
    return {
      from: first.from,
      to: first.to,
      kind,
      text: [...new Set(between.map(({ field }) => field))].join(', '),
      isChanged: between.some((edge) => wasChanged(edge, step)),
      isMutual: between.some((edge) => edge.field.includes('⇄') || edge.from !== first.from),
    };
  });
}
