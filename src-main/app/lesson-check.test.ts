/** What only its runs can show of a lesson: what holds is accepted, and whatever does not is told at its place. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultText } from '../formats/fault';
import { parseLesson } from '../formats/lesson';
import { tables } from '../formats/testdata/lesson-tables';
import { pointless } from '../lessons/proofs';
import type { Scenario } from '../model/scenario';
import type { State } from '../model/state';
import { findAssets, loadListings } from './asset-folder';
import { checkLesson } from './lesson-check';
import { LessonLibrary } from './lesson-library';

const assets = findAssets(import.meta.dirname);
const listings = loadListings(assets);
const GOOD = readFileSync(join(import.meta.dirname, 'testdata', 'checked.yaml'), 'utf8');
let folder = '';

beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'schedville-check-')), '01-checked');
  mkdirSync(folder);
  for (const name of ['two-houses.scenario.yaml']) copyFileSync(join(assets, 'examples', name), join(folder, name));
  copyFileSync(join(assets, 'lessons', '01-hunting', 'home.scenario.yaml'), join(folder, 'home.scenario.yaml'));
});
afterAll(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

async function faultsOf(text: string): Promise<{ faults: string[]; hints: string[] }> {
  const file = join(folder, 'lesson.yaml');
  const parsed = parseLesson(text, file, tables);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  const { faults, hints } = await checkLesson(parsed, file, listings, join(assets, 'lessons'));
  const told = (all: typeof hints): string[] => all.map((fault) => faultText(fault, 'en').replace(`${folder}/`, ''));
  return { faults: told(faults), hints: told(hints) };
}

test('a lesson of which everything holds', async () => {
  expect(await faultsOf(GOOD)).toEqual({ faults: [], hints: [] });
});

describe('what does not hold', () => {
  test.each<[what: string, by: string, ...faults: string[]]>([
    ['is: _Psyscall', 'is: _Pidle', 'expected P.P0.status to be _Pidle, found _Psyscall in the run read'],
    [
      'state: P.P0.status, is: _Psyscall',
      'state: P.P0.staus, is: 1',
      'the state at reentersyscall / psyscall, g: main has no P.P0.staus (did you mean status?)',
    ],
    [
      'state: P.P0.status, is: _Psyscall',
      'state: G.main.status, is: 1',
      'the state at reentersyscall / psyscall, g: main has no G.main.status (did you mean G.G1.status?)',
    ],
    [
      'state: P.P0.status, is: _Psyscall',
      'state: P0.status, is: 1',
      'the state at reentersyscall / psyscall, g: main has no P0.status (did you mean P.P0.status?)',
    ],
    ['id: first\n', 'id: first\n    focus: [小红]\n', '“小红” in focus points at nothing (did you mean G2?)'],
    ['id: first\n', 'id: first\n    focus: [main]\n', '“main” in focus points at nothing (did you mean G1?)'],
    ['id: first\n', 'id: first\n    focus: [P0, 隔壁]\n', '“隔壁” in focus points at nothing'],
    ['state: M.M0.oldp', 'state: M.M7.oldp', 'the state at reentersyscall / psyscall has no M.M7.oldp'],
    [
      'fn: reentersyscall, at: psyscall }, state: M.M0.oldp',
      'fn: reentersyscal, at: psyscall }, state: M.M0.oldp',
      'the run home never comes to reentersyscal / psyscall (did you mean reentersyscall?)',
    ],
    [
      'fn: reentersyscall, at: psyscall }, state: M.M0.oldp',
      'fn: reentersyscall, at: psyscal }, state: M.M0.oldp',
      'the run home never comes to reentersyscall / psyscal (did you mean psyscall?)',
    ],
    [
      'fn: reentersyscall, at: psyscall }, state: M.M0.oldp',
      'fn: reentersyscall, at: psyscall, occurrence: 9 }, state: M.M0.oldp',
      'the run home comes to reentersyscall / psyscall fewer than 9 times',
    ],
    [
      'syscalls[0].name", is: read',
      'syscalls[0].name", is: write',
      'expected goroutines.main.syscalls[0].name to be write, found read in the run read',
    ],
    [
      'syscalls[0].name", is: read',
      'syscalls[0].nmae", is: read',
      'the facts of the run read have no goroutines.main.syscalls[0].nmae (did you mean name?)',
    ],
    ['after: first }, is: 1', 'after: first }, is: 2', 'expected the run read to come to retake / retake, after: first 2 times, found 1'],
    ['after: first }, is: 1', 'after: first, m: M9 }, is: 1', 'the run read never comes to retake / retake, m: M9, after: first'],
    [
      'first: { fn: reentersyscall, at: psyscall }, then: { fn: retake, at: retake }',
      'first: { fn: retake, at: retake }, then: { fn: reentersyscall, at: psyscall }',
      /expected retake \/ retake before reentersyscall \/ psyscall in the run read, found them at the steps \d+ and \d+/.source,
    ],
    ['from: 20us, to: 10ms', 'from: 20us, to: 21us', /expected retake \/ retake between 20us and 21us in the run read, found \d+ns/.source],
    ['from: 20us, to: 10ms', 'from: 9ms', /expected retake \/ retake at 9ms or later in the run read, found \d+ns/.source],
    ['count: { fn: retake, at: first }', 'count: { fn: retake, at: frist }', 'no run of the table has what this row shows: retake / frist'],
    ['facts: threads.peak }', 'facts: threads.paek }', 'no run of the table has what this row shows: threads.paek'],
    [
      'title: { zh: 家, en: Home }, at: ~ }',
      'title: { zh: 家, en: Home }, at: { fn: retake, at: retake } }',
      'the run home never comes to retake / retake',
    ],
    [
      'order: { fn: reentersyscall, g: main }',
      'order: { fn: reentersyscal, g: main }',
      'the run read never comes to reentersyscal / … (did you mean reentersyscall?)',
    ],
    ['order: { fn: reentersyscall, g: main }', 'order: { fn: main.main, g: main }', 'OK'],
    [
      '- { fn: exitsyscall, at: locks++ }',
      '- { fn: reentersyscall, at: locks++ }',
      'two of these are the same step of the run home: reentersyscall / locks++',
    ],
    [
      'right: { zh: 乙, en: b }, proof: [{ facts: threads.peak, is: 2 }]',
      'right: { zh: 乙, en: b }, proof: [{ facts: threads.peak, is: 7 }]',
      'expected threads.peak to be 7, found 2 in the run home',
    ],
    [
      'proof: [{ facts: retakes.length, is: 0 }]',
      'proof: [{ facts: retakes.length, is: 1 }]',
      'expected retakes.length to be 1, found 0 in the run home',
    ],
    ['values: [2, 1]', 'values: [1, 2]', 'the first value has to be the scenario’s own; 1 makes it another scenario'],
    [
      'values: [2, 1]',
      'values: [2, 0]',
      'with 0 for gomaxprocs the scenario cannot be used: expected a whole number from 1 to 256 for runtime.gomaxprocs, found 0',
    ],
    ['path: "main[2].syscall.takes"', 'path: "main[9].syscall.takes"', 'the scenario has no main[9].syscall.takes that could be varied'],
    ['code: 0 }', 'code: 1 }', 'expected outcome.code to be 1 in the facts, found 0'],
    [
      'at: { fn: retake, at: retake, after: first }',
      'at: { fn: main.main, at: go }',
      'step second stands before step first in the run read; within a run steps only go on',
    ],
    [
      'at: { fn: retake, at: retake, after: first }',
      'at: { fn: retake, at: retak, after: first }',
      'step second matches nothing in the trace of read: there is no retake / retak, after: first (did you mean retake?)',
    ],
    [
      'at: { fn: retake, at: retake, after: first }',
      'at: { fn: retake, at: zzz, after: first }',
      'step second matches nothing in the trace of read: there is no retake / zzz, after: first; retake has the rows ',
    ],
    ['scenario: home.scenario.yaml, title', 'scenario: hom.scenario.yaml, title', 'there is no file '],
  ])('%s → %s', async (what, by, message) => {
    expect(GOOD).toContain(what);
    const text = GOOD.replace(what, by);
    const { faults } = await faultsOf(text);
    if (message === 'OK') {
      expect(faults).toEqual([]);
      return;
    }
    expect(faults, faults.join('\n')).toHaveLength(1);
    const [, line = '', column = '', said = ''] = /^lesson\.yaml:(\d+):(\d+): (.*)$/.exec(faults[0] ?? '') ?? [];
    expect(said.startsWith(message) || new RegExp(`^${message}$`).test(said), said).toBe(true);
    // At the beginning of what was changed, or of what it is in.
    const changed = text.slice(0, text.indexOf(by)).split('\n').length;
    expect(Math.abs(Number(line) - changed), faults[0]).toBeLessThan(3);
    expect(Number(column)).toBeGreaterThan(1);
  });
});

test('a solution that is another file is what has to meet the facts', async () => {
  const with_ = (solution: string): string =>
    GOOD.replace('  expect: {', `  solution: ${solution}\n  expect: {`).replace('kind: exit, code: 0', 'kind: exit, code: 3');
  writeFileSync(
    join(folder, 'done.yaml'),
    'schedville: 1\nkind: scenario\nid: d\ntitle: { zh: 甲, en: a }\ngoroutines: { main: [ { exit: 3 } ] }\n',
  );
  expect((await faultsOf(with_('done.yaml'))).faults).toEqual([]);
  expect((await faultsOf(with_('home.scenario.yaml'))).faults).toHaveLength(1);
});

test('a lesson before it that is not there is a hint', async () => {
  const { faults, hints } = await faultsOf(GOOD.replace('prerequisites: [hunting]', 'prerequisites: [hunting, flying]'));
  expect(faults).toEqual([]);
  expect(hints).toHaveLength(1);
  expect(hints[0]).toMatch(/^lesson\.yaml:\d+:26: no lesson has the id flying$/);
});

test('the window gets the answers of a step when it asks for them', async () => {
  const file = join(folder, 'lesson.yaml');
  writeFileSync(file, GOOD);
  const opened = await new LessonLibrary(assets, listings, tables).openFile(file);
  if (!opened.ok) throw new Error(opened.message.en);
  const answers = (step: string): ReturnType<typeof opened.value.answers> => opened.value.answers(step, () => false);
  expect(await answers('first')).toEqual({
    ok: true,
    value: {
      cells: [
        [
          { value: '_Psyscall', unit: null },
          { value: '_Prunning', unit: null },
        ],
        [{ value: expect.any(Number) as number, unit: 'ns' }, null],
        [
          { value: expect.any(Number) as number, unit: null },
          { value: 0, unit: null },
        ],
        [
          { value: expect.any(Number) as number, unit: null },
          { value: 2, unit: null },
        ],
        [{ value: expect.any(Number) as number, unit: 'ns' }, null],
      ],
      order: [],
      faults: [],
    },
  });
  const second = await answers('second');
  expect(second.ok && second.value.order.slice(0, 2)).toMatchObject([{ at: 'locks++' }, { at: 'stackguard0' }]);
  const third = await answers('third');
  // As the run has it, not as the file.
  expect(third.ok && third.value.order.map(({ fn, label }) => [fn, label?.en])).toEqual([
    ['reentersyscall', 'away'],
    ['exitsyscall', undefined],
  ]);
  expect(await answers('none')).toMatchObject({ ok: false, message: { en: 'there is no step none' } });
});

test('a goroutine that is called as places are does not make the place one of the village’s names', () => {
  const scenario = { cast: { M: [], P: [], G: { worker: '小红' } }, goroutines: { main: [], P0: [], worker: [] } } as unknown as Scenario;
  const state = { G: {} } as State;
  expect(pointless('P0', scenario, state)).toBeNull();
  expect(pointless('小红', scenario, state)).not.toBeNull();
});
