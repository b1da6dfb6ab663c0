/** Lanes come out of their way to the window as they have gone in, and not piece by piece. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Lane, LaneView, Who } from './lanes';
import { KIND_COUNT, MIXED } from './occupancy';
import { type PackedLanes, packedLanes, unpackedLanes } from './sent-lanes';

const piece = fc.record({
  from: fc.double({ noNaN: true, min: 0, max: 1e15 }),
  kind: fc.nat(KIND_COUNT - 1),
  isMixed: fc.boolean(),
  who: fc.nat(1),
});
const lane = fc.tuple(fc.nat(9_999), fc.array(piece), fc.boolean()).map(([n, pieces, isJoined]): Lane => {
  const from = Float64Array.from(pieces, (each) => each.from);
  const mixed = pieces.filter(({ isMixed }) => isMixed).length;
  return {
    id: `G${n}`,
    role: '',
    name: `小${n}`,
    from,
    to: from.map((each, i) => (isJoined ? (from[i + 1] ?? each) : each + 1 / 3)),
    kind: Uint8Array.from(pieces, (each) => (each.isMixed ? MIXED : each.kind)),
    who: Uint32Array.from(pieces, (each) => each.who),
    shares: Uint8Array.from({ length: mixed * KIND_COUNT }, (_, i) => (7 * i) % 256),
  };
});
const who: Who[] = [
  { g: null, name: '', m: null, role: '', p: null, why: '' },
  { g: 'G7', name: '阿狗 "a\\b"', m: 'M1', role: 'worker', p: 'P0', why: 'chan receive' },
];
const viewOf = (lanes: Lane[]): LaneView => ({
  ask: { axis: 'time', from: 0.1, to: 1e12, columns: 17, ids: lanes.map(({ id }) => id) },
  lanes,
  who,
});

test('whatever they hold, of however many', () => {
  fc.assert(
    fc.property(fc.array(lane, { maxLength: 5 }), (lanes) => {
      const view = viewOf(lanes);
      expect(unpackedLanes(packedLanes(view))).toEqual(view);
      expect(unpackedLanes(structuredClone(packedLanes(view)))).toEqual(view);
    }),
  );
});

test('of a crowd every one keeps the number', () => {
  const crowd = Array.from({ length: 300 }, (_, i): Who => ({ ...who[1]!, g: `G${i}` }));
  const numbers = Uint32Array.from(crowd, (_, i) => i);
  const of = { from: new Float64Array(300), to: new Float64Array(300), kind: new Uint8Array(300), who: numbers, shares: new Uint8Array() };
  const view = { ...viewOf([{ id: 'M0', role: 'worker', name: '', ...of }]), who: crowd };
  expect(unpackedLanes(packedLanes(view))).toEqual(view);
});

test('what has never been packed is what it is', () => {
  const view = viewOf([]);
  expect(unpackedLanes(view)).toBe(view);
});

test('there are two things to take over, however many lanes and names there are', () => {
  const some = { ...fc.sample(lane, 1)[0]!, id: 'P0' } as Lane;
  const packed: PackedLanes = packedLanes(viewOf(Array.from({ length: 40 }, () => some)));
  expect(Object.values(packed).map((each) => (typeof each === 'string' ? 'text' : each.constructor.name))).toEqual(['text', 'Uint8Array']);
  // Its memory is its own: it is handed over, not copied.
  expect(packed.columns.buffer.byteLength).toBe(packed.columns.byteLength);
});
