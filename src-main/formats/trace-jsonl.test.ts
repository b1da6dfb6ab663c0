import { describe, expect, test } from 'vitest';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import type { Json } from '../model/state';
import { applyStep } from '../model/trace/replay';
import { faultText } from './fault';
import { readTrace, traceHeader, traceLine } from './trace-jsonl';

const { first, last, steps } = play(scenarioOf(golden('S1.scenario.yaml')));
const source: Json = { id: 's1' };
const lines = [traceHeader(source, first), ...steps.map(traceLine)];

/** The trace with its line `n` (from 1) changed, and the faults as they are printed. */
function faultsAfter(n: number, change: (line: string) => string): string[] {
  const read = readTrace(lines.map((line, i) => (i === n - 1 ? change(line) : line)).join(''), 't');
  return read.ok ? [] : read.faults.map((fault) => faultText(fault, 'en'));
}

test('what was written is read again, and replays to the last state', () => {
  const read = readTrace(lines.join(''), 't');
  if (!read.ok) throw new Error(faultText(read.faults[0]!, 'en'));
  expect(read.header).toEqual({ scenario: source, recorded: null, state: first });
  expect([traceHeader(read.header.scenario, read.header.state), ...read.steps.map(traceLine)].join('')).toBe(lines.join(''));
  for (const step of read.steps) applyStep(read.header.state, step);
  expect(read.header.state).toEqual(last);
});

test.each(['"__proto__":1,"G":', String.raw`"\u005f_proto__":1,"G":`])('a field that a copy would lose is refused: %s', (field) => {
  expect(faultsAfter(1, (line) => line.replace('"G":', field))).toHaveLength(1);
});

test('facts that live in memory only are not written', () => {
  const withCall = steps.find((step) => step.call !== undefined);
  expect(withCall).toBeDefined();
  expect(Object.keys(JSON.parse(traceLine(withCall!)) as object)).not.toContain('call');
});

test('keys stand in the order of the format, optional ones last', () => {
  const withAsm = steps.find((step) => step.asm !== undefined);
  expect(Object.keys(JSON.parse(traceLine(withAsm!)) as object)).toEqual(['n', 't', 'm', 'p', 'g', 'fn', 'at', 'd', 'set', 'asm']);
});

describe('faults name the line', () => {
  test.each([
    ['half a line', 3, (line: string) => `${line.slice(0, 20)}\n`, ['t:3:1: expected a JSON object on this line']],
    ['no header', 1, () => '{"kind":"facts"}\n', ['t:1:1: the first line must start with "schedville":1,"kind":"trace"']],
    [
      'no state',
      1,
      () => '{"schedville":1,"kind":"trace","scenario":{}}\n',
      ['t:1:1: the first line must contain the scenario and the whole initial state (scenario, state)'],
    ],
    [
      'a key misspelt',
      2,
      (line: string) => line.replace('"fn":', '"fm":'),
      ['t:2:1: unknown key fm in a step (did you mean m?)', 't:2:1: a step is missing the key fn (the name of a function)'],
    ],
    ['a key of every object', 2, (line: string) => line.replace('{', '{"toString":1,'), ['t:2:1: unknown key toString in a step']],
    [
      'an M that is none',
      2,
      (line: string) => line.replace('"m":"M0"', '"m":"main"'),
      ['t:2:1: m must be the id of an M, such as M0, found "main"'],
    ],
    [
      'a change without its old value',
      2,
      (line: string) => line.replace(/"set":\[.*\]/, '"set":[["G.G1.status","_Gdead"]]'),
      ['t:2:1: set must be a list of [path, old, new], found [["G.G1.status","_Gdead"]]'],
    ],
    ['a number twice', 3, (line: string) => line.replace('"n":2,', '"n":1,'), ['t:3:1: expected step 2, found 1']],
    [
      'time that goes back',
      lines.length,
      (line: string) => line.replace(/"t":\d+/, '"t":1'),
      [`t:${lines.length}:1: time goes backwards: ${steps.at(-2)?.t ?? NaN} ns in the previous step, 1 ns here`],
    ],
  ])('%s', (_, n, change, faults) => {
    expect(faultsAfter(n, change)).toEqual(faults);
  });

  test('nothing at all', () => {
    expect(readTrace('', 't').ok).toBe(false);
    expect(readTrace('\n\n', 't').ok).toBe(false);
  });

  test('a file of something else is given up after a hundred', () => {
    const read = readTrace('nonsense\n'.repeat(5_000), 't');
    expect(read.ok ? 0 : read.faults.length).toBe(100);
  });
});
