import { expect, test } from 'vitest';
import type { Json, Step } from '../model/state';
import { VersionedQueue } from '../model/trace/queue-versions';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { TraceBytes } from './trace-bytes';
import { traceLine } from './trace-jsonl';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const step = (of: Partial<Step>): Step => ({ n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 0, set: [], ...of });

function written(steps: readonly Step[], piece = 1 << 10): string {
  const lines = new TraceBytes(piece);
  return `${steps
    .map((each) => {
      lines.add(each);
      return lines.isFull ? text(lines.take()) : '';
    })
    .join('')}${text(lines.take())}`;
}

test('a run is written as its lines say', () => {
  const { steps } = play(scenarioOf(golden('S1.scenario.yaml')));
  expect(written(steps)).toBe(steps.map(traceLine).join(''));
});

const NUMBERS = [0, -0, 7, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 999_999_999, 1e9, 1_000_000_001, 4_294_967_296_123, 2 ** 53 - 1];
const ODD_NUMBERS = [-1, 2 ** 53, 1e21, 0.5, 1e-7, NaN, Infinity];
const TEXTS = [
  '',
  'G1',
  '"',
  '\\',
  'a\nb',
  '\u0000\u001f\u007f',
  'é',
  '调度村',
  '😀',
  '\udc80 alone',
  '\ud800',
  'x'.repeat(65),
  '村'.repeat(90),
];
const VALUES: Json[] = [
  ...NUMBERS,
  ...ODD_NUMBERS,
  ...TEXTS,
  ...[null, true, false, [], ['G1', '"'], [{ when: 1, g: 'G1' }], {}, { a: null, 'b"': { c: ['村'] } }],
  { kept: 1, none: undefined } as unknown as Json,
];

test.each(VALUES)('JSON’s own bytes for %j', (value) => {
  expect(written([step({ set: [['G.G1.x', value, value]] })])).toBe(traceLine(step({ set: [['G.G1.x', value, value]] })));
});

test('every field, whatever stands in it', () => {
  const steps = [...NUMBERS, ...ODD_NUMBERS].map((n) => step({ n, t: n, d: n }));
  for (const odd of TEXTS) {
    steps.push(step({ fn: odd, at: odd, note: odd, ev: odd, asm: { pc: odd, text: odd }, set: [[odd, odd, odd]] }));
    steps.push(step({ m: 'M12', p: 'P3', g: 'G4', ev: odd }), step({ note: odd }), step({ asm: { pc: 'a+1', text: odd }, ev: 'E' }));
  }
  expect(written(steps)).toBe(steps.map(traceLine).join(''));
});

test('what lives in memory only is not written', () => {
  const fact = step({ fact: { kind: 'steal', thief: 'P0', victim: 'P1', n: 1 } });
  expect(written([fact])).toBe(traceLine(step({})));
});

test('versions of run queues, old ones after new ones', () => {
  const queue = new VersionedQueue<string>([]);
  const versions = [queue.version];
  for (let i = 0; i < 400; i++) {
    if (i % 3 === 2) queue.take(2);
    else queue.append([`G${i}`, i % 7 === 0 ? '"村"' : `G${i}`]);
    versions.push(queue.version);
  }
  const steps = [...versions, ...versions.toReversed()].map((version, i) =>
    step({ n: i, set: [['sched.runq', version, [version] as Json]] }),
  );
  expect(written(steps)).toBe(steps.map(traceLine).join(''));
});

test('more places than are kept', () => {
  const steps = Array.from({ length: 20_000 }, (_, i) => step({ n: i, g: `G${i}`, set: [[`G.G${i}.m`, null, 'M0']] }));
  expect(written(steps)).toBe(steps.map(traceLine).join(''));
});

test('a large line takes room once only', () => {
  const lines = new TraceBytes(1 << 10);
  const large = step({ set: [['kernel.mem.0x0', null, 'ab'.repeat(1 << 20)]] });
  lines.add(large);
  expect(text(lines.take())).toBe(traceLine(large));
  lines.add(step({}));
  const small = lines.take();
  expect(small.buffer.byteLength).toBe(2 << 10);
  expect(text(small)).toBe(traceLine(step({})));
});

test('texts that stand between steps keep their place', () => {
  const lines = new TraceBytes(1 << 10);
  lines.addText('{"title":"村"}\n');
  lines.add(step({}));
  expect(text(lines.take())).toBe(`{"title":"村"}\n${traceLine(step({}))}`);
});
