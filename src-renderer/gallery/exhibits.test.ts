/** Everything that the gallery names is there, runs, and shows what it says. */
import { describe, expect, test } from 'vitest';
import { readExpression } from '../../src-main/ask/find/expression';
import { Matcher } from '../../src-main/ask/find/matcher';
import { Simulation } from '../../src-main/model/run/simulate';
import { assets, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { plainStep } from '../../src-main/model/trace/queue-versions';
import { EXHIBITS, found, moved, PHENOMENA, type Shown } from './exhibits';

/** No picture of the gallery is waited for longer than such a run takes. */
const LONGEST_STEPS = 10_000;

function matcher(simulation: Simulation, text: string): Matcher {
  const read = readExpression(text);
  if (!read.ok) throw new Error(`${text}: ${read.fault.message.en}`);
  return new Matcher(simulation.first, read.expression);
}

/** The first step of which each is true; 0: of none. And how the run ends. */
function shownIn({ name, text }: Shown, ...expressions: readonly string[]): { at: number[]; end: string; steps: number } {
  const simulation = new Simulation(scenarioOf(text, name), assets);
  const matchers = expressions.map((each) => matcher(simulation, each));
  const at = expressions.map(() => 0);
  let steps = 0;
  while (!simulation.outcome && steps < LONGEST_STEPS)
    for (const step of simulation.run(500).steps.map(plainStep)) {
      steps = step.n;
      for (const [i, each] of matchers.entries()) if (each.add(step) && at[i] === 0) at[i] = step.n;
    }
  return { at, end: simulation.outcome?.kind ?? 'none', steps };
}

describe('each of them shows its phenomenon, and ends as it is said', () => {
  test.each(EXHIBITS.map((each) => [each.exhibit.id, each] as const))('%s', (_, shown) => {
    const { phenomenon, exhibit, title } = shown;
    const { at, end, steps } = shownIn(shown, phenomenon.is, ...exhibit.proof);
    expect(at[0], `no step is as “${phenomenon.title.en}” says: ${phenomenon.is}`).toBeGreaterThan(0);
    for (const [i, proof] of exhibit.proof.entries()) expect(at[i + 1], `the ending is not so: ${proof}`).toBeGreaterThan(0);
    if (phenomenon.outcome) expect(end).toBe(phenomenon.outcome);
    expect(steps).toBeLessThan(LONGEST_STEPS);
    expect(title).toEqual(scenarioOf(shown.text).title);
  });
});

test('an expression that is not true of a run is found out', () => {
  const [first] = EXHIBITS as [Shown];
  expect(shownIn(first, 'fn == retake && at == retake').at).toEqual([0]);
});

test('ids are unique, and every scenario stands there once for each phenomenon', () => {
  const ids = EXHIBITS.map(({ exhibit }) => exhibit.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(PHENOMENA.map(({ id }) => id)).size).toBe(PHENOMENA.length);
  const files = EXHIBITS.map(({ phenomenon, exhibit }) => `${phenomenon.id} ${exhibit.file}`);
  expect(new Set(files).size).toBe(files.length);
});

test('all golden scenarios and every example stand there', () => {
  const files = new Set(EXHIBITS.map(({ exhibit }) => exhibit.file));
  const golden = Array.from({ length: 14 }, (_, i) => `golden/S${i + 1}`);
  expect(golden.filter((each) => !files.has(each))).toEqual([]);
  expect(files.has('examples/two-houses')).toBe(true);
});

test('what is typed is looked for in both languages, in questions, rows and the scenario’s text, and not in the ending', () => {
  const ids = (typed: string, phenomenon: string | null = null): string[] => found(typed, phenomenon).map(({ exhibit }) => exhibit.id);
  expect(ids('')).toHaveLength(EXHIBITS.length);
  expect(ids('更夫', 'retake').length).toBeGreaterThan(1);
  expect(ids('RETAKE two houses')).toContain('example-two-houses');
  expect(ids('ＬＯＣＫＯＳＴＨＲＥＡＤ')).toContain('bound-for-life');
  expect(ids('no such thing at all')).toEqual([]);
  // Endings alone say it.
  expect(ids('snatch')).toEqual([]);
});

test('arrows go through rows of groups', () => {
  // 0 1 2 / 3 4 | 5 6 | 7 8 9
  const go = (at: number, key: string): number => moved(at, key, [5, 2, 3], 3);
  expect([go(0, 'ArrowRight'), go(9, 'ArrowRight'), go(0, 'ArrowLeft'), go(5, 'ArrowLeft')]).toEqual([1, 9, 0, 4]);
  expect([go(1, 'ArrowDown'), go(2, 'ArrowDown'), go(4, 'ArrowDown'), go(6, 'ArrowDown'), go(8, 'ArrowDown')]).toEqual([4, 4, 6, 8, 8]);
  expect([go(9, 'ArrowUp'), go(6, 'ArrowUp'), go(1, 'ArrowUp')]).toEqual([6, 4, 1]);
  expect([go(4, 'Home'), go(4, 'End'), go(0, 'PageDown'), go(4, 'a'), moved(3, 'ArrowDown', [], 3)]).toEqual([0, 9, 7, 4, 0]);
});
