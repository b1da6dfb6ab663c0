/**
 * What lanes show on its way to the window. Electron's contextBridge copies an object into the page piece by piece, each name and each column by
 * itself, and while a hand zooms that is paid for in frames. One text and one array of bytes are copied at once, and the columns are read where
 * they lie. Pure.
 */
import type { Lane, LaneView } from './lanes';

export interface PackedLanes {
  /** What is no column, as JSON. */
  told: string;
  columns: Uint8Array;
}

/** Packed by packedLanes; or the view itself. */
export type SentLanes = PackedLanes | LaneView;

interface ToldLane extends Pick<Lane, 'id' | 'role' | 'name'> {
  pieces: number;
  shares: number;
  /** Each piece ends where the next one begins: one column holds both. */
  isJoined: boolean;
}

type Told = Pick<LaneView, 'ask' | 'who'> & { lanes: readonly ToldLane[] };

/** So many people have a number of one byte. */
const FEW = 256;

function isJoined({ from, to }: Lane): boolean {
  for (let i = 1; i < from.length; i++) if (from[i] !== to[i - 1]) return false;
  return from.length > 0;
}

/** First the places, lane by lane, then who, then what takes one byte: so each lies where its numbers can be read. */
export function packedLanes({ ask, lanes, who }: LaneView): PackedLanes {
  const told: Told = {
    ask,
    who,
    lanes: lanes.map((lane) => {
      const { id, role, name, from, shares } = lane;
      return { id, role, name, pieces: from.length, shares: shares.length, isJoined: isJoined(lane) };
    }),
  };
  const arrays = [
    ...lanes.flatMap(({ from, to }, i) => (told.lanes[i]?.isJoined ? [from, to.subarray(to.length - 1)] : [from, to])),
    ...lanes.map((lane) => (who.length <= FEW ? Uint8Array.from(lane.who) : lane.who)),
    ...lanes.flatMap(({ kind, shares }) => [kind, shares]),
  ];
  const columns = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    columns.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return { told: JSON.stringify(told), columns };
}

/** The view that was packed; most of its columns lie in what was sent. */
export function unpackedLanes(sent: SentLanes): LaneView {
  if (!('told' in sent)) return sent;
  const { ask, who, lanes } = JSON.parse(sent.told) as Told;
  const { buffer, byteOffset } = sent.columns;
  let at = byteOffset;
  const taken = <C>(Column: new (from: ArrayBufferLike, at: number, length: number) => C & ArrayBufferView, length: number): C => {
    const column = new Column(buffer, at, length);
    at += column.byteLength;
    return column;
  };
  const places = lanes.map(({ pieces, isJoined: joined }) => {
    if (!joined) return { from: taken(Float64Array, pieces), to: taken(Float64Array, pieces) };
    const all = taken(Float64Array, pieces + 1);
    return { from: all.subarray(0, pieces), to: all.subarray(1) };
  });
  const whom = lanes.map(({ pieces }) => (who.length <= FEW ? Uint32Array.from(taken(Uint8Array, pieces)) : taken(Uint32Array, pieces)));
  const kinds = lanes.map(({ pieces, shares }) => ({ kind: taken(Uint8Array, pieces), shares: taken(Uint8Array, shares) }));
  const all = lanes.map(({ id, role, name }, i) => ({ id, role, name, ...places[i], who: whom[i], ...kinds[i] }) as Lane);
  return { ask, lanes: all, who };
}
