/** assets/misconceptions.yaml, and how its faults are told. */
import { expect, test } from 'vitest';
import { faultText } from './fault';
import { parseMisconceptions } from './misconceptions';
import { tables } from './testdata/lesson-tables';

const COURSE =
  'threads-per-call gomaxprocs-threads file-epoll p-is-cpu back-on-its-thread entry-hands-off retake-at-20us goroutine-is-thread own-queue raw-is-faster loop-hangs main-waits fifo minus-one gc-waits exhaustion-panics clock-call';

test('the seventeen of the course are there, in both languages', () => {
  expect([...tables.misconceptions.keys()]).toEqual(expect.arrayContaining(COURSE.split(' ')));
  for (const { id, belief, truth } of tables.misconceptions.values()) {
    for (const text of [belief, truth]) expect(text.zh, id).toMatch(/[\u4e00-\u9fff]/);
    expect(belief.en, id).not.toBe(truth.en);
  }
});

const GOOD = '{ id: loop-hangs, belief: { zh: 甲, en: a }, truth: { zh: 乙, en: b } }';
const around = (entry: string): string => `schedville: 2\nkind: misconceptions\nmisconceptions:\n  - ${entry}\n`;

test.each([
  [`${GOOD}\n  - ${GOOD}`, 'm:5:11: duplicate name loop-hangs in misconceptions'],
  [GOOD.replace('loop-hangs', 'LoopHangs'), 'm:4:11: expected an id in kebab-case, such as hunting-house-taken, found LoopHangs'],
  [GOOD.replace(', truth: { zh: 乙, en: b }', ''), 'm:4:5: misconceptions is missing the key truth'],
  [GOOD.replace('en: b', 'en: "`b"'), 'm:4:69: unclosed or empty code marks (`) in truth: each must be closed on the same line'],
])('a fault is reported: %s', (entry, message) => {
  const parsed = parseMisconceptions(around(entry), 'm');
  expect(parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'))).toEqual([message]);
});

test('version 1 had none', () => {
  const parsed = parseMisconceptions(around(GOOD).replace('schedville: 2', 'schedville: 1'), 'm');
  expect(parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'))).toEqual([
    'm:1:13: expected format version 2 for schedville, found 1',
  ]);
});
