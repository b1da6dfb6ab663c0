/** Texts of GODEBUG=schedtrace=3,scheddetail=1, recorded with Go 1.19 and 1.26, and our own export, read back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../exports/formats';
import { schedLines } from '../exports/sched-lines';
import { fuzz } from '../fuzz/testdata/fuzzed';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import type { State, Step } from '../model/state';
import { applyStep, copyState } from '../model/trace/replay';
import { plainStep } from '../model/trace/queue-versions';
import { BadTrace } from './bad-trace';
import { importTrace, isExecutionTrace, stepsOf } from './import-trace';

const NAMES = ['schedtrace.go119', 'schedtrace.go126', 'schedtrace-locked.go119', 'schedtrace-locked.go126'];
const textOf = (name: string): string => readFileSync(join(import.meta.dirname, 'testdata', `${name}.txt`), 'utf8');
const encoder = new TextEncoder();

function imported(text: string): ReturnType<typeof importTrace> {
  const pieces = [encoder.encode(text)];
  return importTrace(() => pieces.pop() ?? null);
}

function states(text: string): { t: number; state: State; step: Step | null }[] {
  const made = imported(text);
  const { first } = made;
  const state = copyState(first);
  const all: { t: number; state: State; step: Step | null }[] = [{ t: 0, state: copyState(state), step: null }];
  for (const each of stepsOf(made)) {
    const step = plainStep(each);
    applyStep(state, step);
    all.push({ t: step.t, state: copyState(state), step });
  }
  return all;
}

function refusal(text: string): { line: number; en: string } {
  try {
    imported(text);
  } catch (error) {
    if (error instanceof BadTrace) return { line: error.line, en: error.text.en };
    throw error;
  }
  throw new Error('it was taken');
}

/** What both the text and our own report of the state say, in the order and the words of the text. */
function told(report: string, isOurs: boolean): string[] {
  return report
    .split('\n')
    .filter((line) => /^ {2}[PMG]\d/.test(line))
    .map((line) =>
      line
        // The recorded text has more: what it says of memory and timers has no place in a state. A scan's bit is not kept either.
        .replace(/ gfreecnt=.*$/, '')
        .replace(/mallocing=\d+ throwing=\d+ /, '')
        .replace(/ dying=\d+/, '')
        .replaceAll('=nil', '=-1')
        .replace(/status=4(\d{3})\(/, (_, low: string) => `status=${Number(`4${low}`) - 4096}(`),
    )
    .filter((line) => !isOurs || !line.includes('mallocing'))
    .map((line) => line.replace('mallocing=0 throwing=0 ', ''))
    .sort();
}

describe.each(NAMES)('%s', (name) => {
  const text = textOf(name);
  const reports = text.split(/(?=^SCHED )/m);
  const all = states(text);

  test('each report is a moment, with everybody as it says', () => {
    expect(all).toHaveLength(reports.length);
    expect(all.length).toBeGreaterThan(3);
    for (const [i, { state }] of all.entries()) {
      const ours = schedLines(state, 0);
      const theirs = told(reports[i] ?? '', false);
      const named = new Set(theirs.map((line) => line.split(':')[0]));
      // The structure of a goroutine that is over may be another's by then: it stays as a dead one.
      const [known, others] = [true, false].map((is) => told(ours, true).filter((line) => named.has(line.split(':')[0]) === is));
      expect(known, `report ${i}`).toEqual(theirs);
      for (const line of others ?? []) expect(line).toMatch(/^ {2}G\d+: status=6\(.*\) m=-1 lockedm=-1$/);
      expect(String(state.sched.nmspinning)).toBe(/spinningthreads=(\d+)/.exec(reports[i] ?? '')?.[1]);
    }
  });

  test('moments are as far apart as the text says', () => {
    const ms = reports.map((report) => Number(/^SCHED (\d+)ms/.exec(report)?.[1]));
    expect(all.map(({ t }) => t / 1e6)).toEqual(ms.map((each) => each - (ms[0] ?? 0)));
  });

  test('who waits where is said to be worked out, and what is told is not', () => {
    const assumed = new Set(all.flatMap(({ step }) => step?.assumed ?? []).map((path) => path.replace(/\d+/, 'N')));
    const may = ['sched.runq', 'sched.midle', 'sched.pidle', 'P.PN.runq', 'P.PN.runnext', 'M.MN.parked', 'M.MN.ong0', 'M.MN.dead'];
    expect([...assumed].filter((path) => !may.includes(path))).toEqual([]);
    expect(assumed.size).toBeGreaterThan(2);
    for (const { step } of all) for (const path of step?.assumed ?? []) expect(step?.set.map(([each]) => each)).toContain(path);
  });
});

test('goroutines of the runtime are known by what they wait for', () => {
  const { first } = imported(textOf('schedtrace.go126'));
  expect([first.G.G1?.name, first.G.G2?.name, first.G.G4?.system, first.M.M1?.role]).toEqual([
    'main',
    'runtime.forcegchelper',
    true,
    'sysmon',
  ]);
});

test('an execution trace and a text of schedtrace are recordings; other text is none', () => {
  const head = (text: string): boolean => isExecutionTrace(encoder.encode(text.slice(0, 16)));
  expect([head(textOf('schedtrace.go119')), head('SCHED 123456ms: gomaxprocs=1'), head('SCHEDULE of the week')]).toEqual([
    true,
    true,
    false,
  ]);
});

test('what a program prints in between is no part of a report', () => {
  const text = textOf('schedtrace.go119');
  expect(states(text.replaceAll('\nSCHED', '\nhello\n  indented: world\nSCHED'))).toEqual(states(text));
});

describe('what is damaged', () => {
  const text = textOf('schedtrace.go126');
  const lines = text.split('\n');

  test.each([
    [
      'a status that does not exist',
      text.replace('G1: status=1(', 'G1: status=77('),
      lines.findIndex((line) => line.startsWith('  G1:')) + 1,
      'not have the form that schedtrace prints',
    ],
    [
      'a row by halves',
      text.replace(/^ {2}M2: .*$/m, '  M2: p=1 curg='),
      lines.findIndex((line) => line.startsWith('  M2:')) + 1,
      'not have the form that schedtrace prints',
    ],
    ['a report without its threads', text.replace(/^ {2}M\d+: .*\n/gm, ''), 1, 'is incomplete'],
    [
      'somebody without a row',
      text.replace('  P1: status=1 schedtick=0 syscalltick=0 m=2 ', '  P1: status=1 schedtick=0 syscalltick=0 m=99 '),
      1,
      'names M99',
    ],
    [
      'no details',
      'SCHED 0ms: gomaxprocs=2 idleprocs=0 threads=4 spinningthreads=1 needspinning=0 idlethreads=1 runqueue=0 [ 2 0 ] schedticks=[ 0 0 ]\n',
      1,
      'scheddetail=1',
    ],
    ['another program’s line', 'SCHED 0ms: nothing of the kind\n', 1, 'not have the form that schedtrace prints'],
  ])('%s is refused with its line', (_, damaged, line, why) => {
    const { line: found, en } = refusal(damaged);
    expect(en).toContain(why);
    expect(found).toBe(line);
  });

  test('a text that was cut off keeps its whole reports and says where it ends', () => {
    const made = imported(text.slice(0, -30));
    expect([...made.steps]).toHaveLength([...imported(text).steps].length - 1);
    expect(made.cut?.en).toContain('inside its last report');
    expect(imported(text).cut).toBeNull();
  });

  test('anything else is refused or read, and what is read can be replayed', async () => {
    const words = ['SCHED 1ms: ', '  P0: ', '  M1: ', '  G1: ', 'status=4(', 'm=nil', '-1', 'curg=', '4096', '\n'];
    await fuzz(
      'schedtrace.txt',
      60,
      (m) => m.text([text.slice(0, 4_000), textOf('schedtrace.go119').slice(0, 4_000)], words),
      (input) => {
        try {
          return states(input).length > 0;
        } catch (error) {
          if (error instanceof BadTrace && error.line >= 1) return false;
          throw error;
        }
      },
    );
  });
});

test('our own export is read back as the states that it was made of', () => {
  const played = play(scenarioOf(golden('S4.scenario.yaml')));
  const writer = FORMATS.schedtrace(played.first);
  const state = copyState(played.first);
  let text = writer.head();
  for (const each of played.steps) {
    const step = plainStep(each);
    applyStep(state, step);
    text += writer.step(step, state);
  }
  text += writer.end(played.steps.at(-1)?.t ?? 0);
  const reports = text.split(/(?=^SCHED )/m);
  const read = states(text);
  expect(read).toHaveLength(reports.length);
  expect(read.length).toBeGreaterThan(2);
  // Lengths of queues, too: only who waits in them is not told.
  for (const [i, moment] of read.entries()) expect(told(schedLines(moment.state, 0), true)).toEqual(told(reports[i] ?? '', true));
});
