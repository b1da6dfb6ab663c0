/** What a lane shows, held against a naive scan of its spans. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KIND_COUNT, MIXED, NONE, Occupancy, type Pieces, type Spans, WHOLE } from './occupancy';

interface Span {
  length: number;
  kind: number;
  g: number;
}

function spansOf(list: readonly Span[]): Spans {
  const at = [0];
  for (const { length } of list) at.push((at.at(-1) ?? 0) + length);
  const g = list.map((each) => each.g);
  return { at: (i) => at[i] as number, kind: list.map((each) => each.kind), who: g, g: (i) => g[i] as number };
}

/** How much of each kind lies between two places, span by span. */
function naive(spans: Spans, from: number, to: number): number[] {
  const found = Array.from({ length: KIND_COUNT }, () => 0);
  for (let i = 0; i < spans.kind.length; i++) {
    const kind = spans.kind[i] as number;
    const length = Math.min(to, spans.at(i + 1)) - Math.max(from, spans.at(i));
    if (kind !== NONE && length > 0) found[kind] = (found[kind] ?? 0) + length;
  }
  return found;
}

/** The same as the pieces say it. */
function told(pieces: Pieces, from: number, to: number): number[] {
  const found = Array.from({ length: KIND_COUNT }, () => 0);
  let mixed = 0;
  for (let i = 0; i < pieces.from.length; i++) {
    const [begin, end, kind] = [pieces.from[i] as number, pieces.to[i] as number, pieces.kind[i] as number];
    const length = Math.max(0, Math.min(to, end) - Math.max(from, begin));
    if (kind === MIXED) {
      for (let k = 0; k < KIND_COUNT; k++)
        found[k] = (found[k] ?? 0) + (length * (pieces.shares[mixed * KIND_COUNT + k] as number)) / WHOLE;
      mixed++;
    } else found[kind] = (found[kind] ?? 0) + length;
  }
  return found;
}

const span = fc.record({
  length: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) }),
  kind: fc.integer({ min: 0, max: NONE }),
  g: fc.integer({ min: 1, max: 4 }),
});

test('in every column the shares are those of a naive scan, whatever is asked', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 300 }), fc.integer({ min: 1, max: 20 }), fc.nat(), fc.nat(), (list, columns, a, b) => {
      const spans = spansOf(list);
      const end = Math.max(1, spans.at(list.length));
      const from = a % end;
      const to = from + 1 + (b % (end - from));
      const pieces = new Occupancy(spans).pieces(from, to, columns);
      const wide = (to - from) / columns;
      for (let c = 0; c < columns; c++) {
        const [left, right] = [from + c * wide, from + (c + 1) * wide];
        const wanted = naive(spans, left, right);
        // A share is one of 255, and what is there at all has one of them.
        const off = told(pieces, left, right).map((length, kind) => Math.abs(length - (wanted[kind] ?? 0)));
        expect(Math.max(...off), `column ${c}`).toBeLessThanOrEqual((1.01 * wide) / WHOLE + 1e-6);
      }
      // And not more of them than columns can show.
      expect(pieces.from.length).toBeLessThanOrEqual(3 * columns + 3);
      expect(pieces.from.findIndex((begin, i) => i > 0 && begin < (pieces.to[i - 1] as number) - 1e-6)).toBe(-1);
    }),
    { numRuns: 60 },
  );
});

test('who runs in a piece is said when it is one', () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 9 }), (list, columns) => {
      const spans = spansOf(list);
      const pieces = new Occupancy(spans).pieces(0, Math.max(1, spans.at(list.length)), columns);
      for (let i = 0; i < pieces.from.length; i++) {
        if (pieces.kind[i] !== MIXED) continue;
        const runners = new Set<number>();
        for (let k = 0; k < list.length; k++)
          if (spans.kind[k] === 0 && spans.at(k) < (pieces.to[i] as number) && spans.at(k + 1) > (pieces.from[i] as number))
            runners.add(spans.g(k));
        if (runners.size > 1) expect(pieces.who[i]).toBe(0);
        if (pieces.who[i] !== 0 && runners.size > 0) expect([...runners]).toEqual([pieces.who[i]]);
      }
    }),
    { numRuns: 60 },
  );
});

describe('spans with room', () => {
  const list = [
    { length: 40, kind: 0, g: 1 },
    { length: 10, kind: 1, g: 1 },
    { length: 50, kind: 0, g: 2 },
  ];

  test('are given as they are', () => {
    const { from, to, kind, who } = new Occupancy(spansOf(list)).pieces(0, 100, 100);
    expect([[...from], [...to], [...kind], [...who]]).toEqual([
      [0, 40, 50],
      [40, 50, 100],
      [0, 1, 0],
      [1, 1, 2],
    ]);
  });

  test('are cut at the edges of what is asked for', () => {
    const { from, to } = new Occupancy(spansOf(list)).pieces(45, 60, 10);
    expect([[...from], [...to]]).toEqual([
      [45, 50],
      [50, 60],
    ]);
  });
});

test('a thread that is busy in spans of a hundredth of a column is busy in every column', () => {
  const list = Array.from({ length: 100_000 }, (_, i) => ({ length: 1, kind: i % 20 === 0 ? 2 : 0, g: i % 7 }));
  const { from, to, kind, who, shares } = new Occupancy(spansOf(list)).pieces(0, 100_000, 1_000);
  expect([from.length, new Set(kind), new Set(who)]).toEqual([1_000, new Set([MIXED]), new Set([0])]);
  expect([from[0], to.at(-1)]).toEqual([0, 100_000]);
  for (let i = 0; i < 1_000; i++) {
    expect(shares[i * KIND_COUNT]).toBe(Math.round(0.95 * WHOLE));
    expect(shares[i * KIND_COUNT + 2]).toBe(Math.round(0.05 * WHOLE));
  }
});

test('spans that are counted in parts are told as those that are counted at once', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 200 }), fc.integer({ min: 1, max: 70 }), (list, most) => {
      const spans = spansOf(list);
      const inParts = new Occupancy(spans);
      let parts = 1;
      while (inParts.prepare(most)) parts++;
      expect(parts).toBe(Math.max(1, Math.ceil(list.length / most)));
      const end = Math.max(1, spans.at(list.length));
      expect(inParts.pieces(0, end, 9)).toEqual(new Occupancy(spans).pieces(0, end, 9));
    }),
    { numRuns: 60 },
  );
});

test('a moment without any length is still there', () => {
  const list = [
    { length: 50, kind: NONE, g: 0 },
    { length: 0, kind: 4, g: 0 },
    { length: 50, kind: NONE, g: 0 },
  ];
  const { kind, shares } = new Occupancy(spansOf(list)).pieces(0, 100, 10);
  expect([[...kind], (shares[4] ?? 0) > 0]).toEqual([[MIXED], true]);
});
