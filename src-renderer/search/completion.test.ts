import { describe, expect, test } from 'vitest';
import { WORDS } from '../../assets/words/index';
import { PackedSteps, readExpression } from '../../src-main/contract/index';
import { anchorsOfRun } from '../../src-main/ask/find/anchors';
import { RunSearch } from '../../src-main/ask/find/run-search';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { completed, completionsAt, type Known } from './completion';
import { examplesFor } from './examples';

const run = (text: string) => {
  const { first, last, steps } = play(scenarioOf(text));
  const packed = new PackedSteps();
  for (const step of steps) packed.push(step);
  return { first, last, steps, packed, anchors: anchorsOfRun(first, packed) };
};
const { last, steps, anchors } = run(golden('S3.scenario.yaml'));
const known: Known = { state: last, anchors, last: steps.length };

/** `|` is the caret. */
function offered(marked: string, of = known): string[] {
  return completionsAt(marked.replace('|', ''), marked.indexOf('|'), of).items.map(({ text }) => text);
}

describe('what may stand at the caret', () => {
  test.each([
    ['|', ['P0', 'main', 'sched', 'M0', 'G1', 'fn', 'changed(']],
    ['P0.st|', ['P0.status']],
    ['main.sta|', ['main.status', 'main.stackguard0']],
    ['P.P1.|', ['P.P1.status', 'P.P1.runq']],
    ['changed(sched.mi|', ['sched.midle']],
    ['P0.status == |', ['_Pidle', '_Prunning', '_Psyscall']],
    ['G1.status == _Gw|', ['_Gwaiting']],
    ['main.status != |', ['_Gidle']],
    ['fn == ret|', ['retake']],
    ['fn == retake && at == |', ['retake', 'first']],
    ['M0.curg == |', ['null', 'main', 'G1']],
    ['M0.spinning == |', ['true', 'false']],
    ['sched.runq has |', ['main', 'G1']],
    ['ev has |', ['GoSysCall']],
    ['P0.status |', ['==', '!=', '<', '>', 'has', '&&', '||']],
    ['P0.m == null |', ['&&', '||']],
    ['t > |', []],
    ['n == |', []],
  ])('%s', (text, expected) => {
    const found = offered(text);
    if (expected.length === 0) expect(found).toEqual([]);
    else expect(found).toEqual(expect.arrayContaining(expected));
  });

  test('what begins so stands before what only has it inside', () => {
    const found = offered('m|');
    expect(found.indexOf('main')).toBeLessThan(found.indexOf('sysmon'));
  });

  test('a row’s function is looked for in the whole expression', () => {
    const rows = anchors.rows.filter(({ fn }) => fn === 'retake').map(({ at }) => at);
    expect(offered('fn == retake && at == |').sort()).toEqual([...new Set(rows)].sort());
  });

  test('what only comes after the last step that may be seen is not told', () => {
    const retake = anchors.rows.find(({ fn }) => fn === 'retake')?.n ?? 0;
    expect(retake).toBeGreaterThan(1);
    expect(offered('fn == ret|', { ...known, last: retake - 1 })).toEqual([]);
    expect(offered('fn == ret|', { ...known, last: retake })).toContain('retake');
  });

  test.each([
    ['ev has |', { events: [{ name: 'GoLate', n: 40 }] }, 'GoLate'],
    ['note == |', { marks: [{ name: 'late', n: 40 }] }, '"late"'],
    ['lat|', { goroutines: [{ name: 'late', n: 40, id: 'G9' as const }] }, 'late'],
  ])('nor what is written, or who comes, only then: %s', (typed, more, text) => {
    const of = (n: number): Known => ({ state: null, anchors: { ...anchors, ...more }, last: n });
    expect(offered(typed, of(39))).not.toContain(text);
    expect(offered(typed, of(40))).toContain(text);
  });

  test('what is put in takes the place of the word at the caret', () => {
    const at = completionsAt('P0.stXX == _Pidle', 5, known);
    expect(completed('P0.stXX == _Pidle', at, { text: 'P0.status', kind: 'place' })).toEqual({ text: 'P0.status == _Pidle', caret: 9 });
    const marked = 'note == "ha';
    expect(completed(marked, completionsAt(marked, marked.length, known), { text: '"half"', kind: 'mark' }).text).toBe('note == "half"');
  });
});

test('every ready question can be asked, and has an answer in some run', () => {
  const runs = [
    golden('S3.scenario.yaml'),
    golden('S12.scenario.yaml'),
    `schedville: 1
kind: scenario
id: asked
title: { zh: 问, en: asked }
runtime: { gomaxprocs: 1 }
channels: { c: { cap: 0 } }
goroutines:
  main: [{ go: w }, { mark: here }, { spin: 25ms }, { gc: { stw: 1us } }, { recv: c }]
  w: [{ go: x }, { spin: 15ms }, { send: c }]
  x: [{ compute: 1us }]
`,
  ].map(run);
  for (const { question, expression } of examplesFor('main', WORDS.en.search)) {
    const read = readExpression(expression);
    if (!read.ok) throw new Error(expression);
    const hits = runs.map(({ first, packed }) => new RunSearch(first, packed, read.expression).goOn(Infinity).length);
    expect(Math.max(...hits), `${question} ${expression}`).toBeGreaterThan(0);
  }
});
