import { describe, expect, test } from 'vitest';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import type { Json } from '../model/state';
import { plainStep } from '../model/trace/queue-versions';
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

/** The state before the last step. */
function before(): unknown {
  const state = structuredClone(first);
  for (const step of steps.slice(0, -1)) applyStep(state, plainStep(step));
  return state;
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

  // Each of these is what another place of the state may well be.
  test.each([
    ['M.M1.p', 0.5, 'M.M1.p must be the id of a P, such as P0 or null, found 0.5'],
    ['M.M1.p', {}, 'M.M1.p must be the id of a P, such as P0 or null, found {}'],
    ['M.M1.p', 'M1', 'M.M1.p must be the id of a P, such as P0 or null, found "M1"'],
    ['P.P0.runq', ['G1', 7], 'P.P0.runq.1 must be the id of a G, such as G1, found 7'],
    ['P.P0.runq', 'G1', 'P.P0.runq must be a list, found "G1"'],
    ['P.P0.status', '_Pasleep', 'P.P0.status must be one of "_Pidle", "_Prunning", "_Psyscall", "_Pgcstop", "_Pdead", found "_Pasleep"'],
    ['P.P0.schedtick', '1', 'P.P0.schedtick must be a whole number, found "1"'],
    ['sysmon.asleep', 1, 'sysmon.asleep must be true or false, found 1'],
    ['G.G1.name', null, 'G.G1.name must be text, found null'],
    ['G.G1.stack', { '0xc000': 1 }, 'G.G1.stack.0xc000 must be text, found 1'],
    ['M.M1.kernel', { nr: 0, name: 'read', since: 1 }, 'M.M1.kernel.until is missing, which must be a whole number or null'],
    ['M.X', null, 'M.X must be absent, as no row can have that name, found null'],
    ['kernel.fds.0', {}, 'kernel.fds.0.kind is missing, which must be one of "file", "dir"'],
    ['P.P0.timers', [{ when: 1 }], 'P.P0.timers.0 must be an object, found {"when":1}'],
  ] as const)('a value that the field cannot have: %s = %j', (path, now, said) => {
    const at = path.split('.').reduce<unknown>((inside, key) => (inside as Record<string, unknown> | undefined)?.[key], before());
    const set = JSON.stringify([[path, at ?? null, now]]);
    const faults = faultsAfter(lines.length, (line) => line.replace(/"set":\[.*\]/, `"set":${set}`));
    expect(faults).toEqual([expect.stringContaining(`t:${lines.length}:1: ${said}`)]);
  });

  test.each([
    ['a field', '"ncgo":0', '"ncgo":"0"', 'state.M.M0.ncgo must be a whole number, found "0"'],
    ['a row', '"sysmon":{', '"sysmon":null,"was":{', 'state.sysmon must be an object, found null'],
    ['nothing', '"ncgo":0,', '', 'state.M.M0.ncgo is missing, which must be a whole number'],
  ])('in the initial state: %s', (_, from, to, said) => {
    expect(faultsAfter(1, (line) => line.replace(from, to))).toEqual([expect.stringContaining(`t:1:1: ${said}`)]);
  });

  test('a field that only a newer version knows is left alone', () => {
    expect(faultsAfter(1, (line) => line.replace('"ncgo":0', '"ncgo":0,"mood":"good"'))).toEqual([]);
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
