/**
 * The reference's golden scenarios with its numbers, and their facts as files that a person can read.
 * UPDATE_GOLDENS=1 writes the files anew; read the difference before you keep it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Step } from '../state';
import { golden, play, type Played, scenarioOf } from '../testdata/run-scenario';

const played = new Map<string, Played>();

function run(name: string): Played {
  const known = played.get(name);
  if (known) return known;
  const made = play(scenarioOf(golden(`${name}.scenario.yaml`), `${name}.scenario.yaml`));
  played.set(name, made);
  return made;
}

const at = (step: Step): string => `${step.fn}/${step.at}`;
const pathsOf = ({ facts }: Played, name: string): (string | undefined)[] =>
  facts.goroutines[name]?.syscalls.map((call) => call.path) ?? [];

describe('facts files', () => {
  test.each(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10', 'S11', 'S12', 'S13', 'S14'])('%s', (name) => {
    const file = new URL(`../testdata/golden/${name}.facts.json`, import.meta.url);
    const text = `${JSON.stringify(run(name).facts, null, 1)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, text);
    expect(existsSync(file), 'run once with UPDATE_GOLDENS=1').toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});

describe('S1, an undisturbed call', () => {
  test('goes through the rows of entry and exit in order', () => {
    const { steps } = run('S1');
    const path = steps.filter((step) => step.fn !== 'sysmon' && step.fn !== 'retake').map(at);
    const from = path.indexOf('reentersyscall/locks++');
    expect(path.slice(from, from + 14)).toEqual(
      [
        'locks++',
        'stackguard0',
        'throwsplit',
        'save',
        'syscallsp',
        'casgstatus',
        'm.syscalltick',
        'sysblocktraced',
        'mcache',
        'p.m=nil',
        'oldp',
        'm.p=nil',
        'psyscall',
        'locks--',
      ].map((row) => `reentersyscall/${row}`),
    );
    const back = path.indexOf('exitsyscall/locks++');
    expect(path.slice(back, back + 15)).toEqual([
      'exitsyscall/locks++',
      'exitsyscall/framecheck',
      'exitsyscall/waitsince',
      'exitsyscall/oldp',
      'exitsyscallfast/cas-oldp',
      'wirep/m.p',
      'wirep/p.m',
      'wirep/status',
      'exitsyscallfast_reacquired/same',
      'exitsyscall/p.syscalltick++',
      'exitsyscall/casgstatus',
      'exitsyscall/syscallsp=0',
      'exitsyscall/locks--',
      'exitsyscall/stackguard0',
      'exitsyscall/throwsplit',
    ]);
  });

  test('takes its own P back: one tick more, no new slice, one event', () => {
    const s1 = run('S1');
    expect(pathsOf(s1, 'main')).toEqual(['oldp']);
    expect(s1.last.P.P0?.syscalltick).toBe(4);
    expect(s1.last.P.P0?.schedtick).toBe(s1.first.P.P0?.schedtick);
    expect(s1.steps.flatMap((step) => step.ev ?? [])).toEqual(['GoSysCall']);
  });
});

test('S2: the P is retaken, and no other is idle', () => {
  const s2 = run('S2');
  const { facts } = s2;
  expect(pathsOf(s2, 'main')).toEqual(['slow-queued']);
  expect(facts.handoffs.map((handoff) => handoff.why)).toEqual(['runq']);
  expect(facts.threads).toEqual({ created: 3, peak: 3 });
  expect(facts.runOrder[0]).toBe('main');
  expect(facts.runOrder.at(-1)).toBe('main');
  expect(new Set(facts.runOrder.slice(1, -1))).toEqual(new Set(['worker']));
  expect(facts.retakes).toHaveLength(1);
  // First look notes 3, second takes and counts 4.
  const looks = s2.steps.filter((step) => step.fn === 'retake' && step.set.some(([path]) => path.endsWith('syscalltick')));
  expect(looks[0]?.set.find(([path]) => path === 'sysmon.ticks.P0.syscalltick')?.[2]).toBe(3);
  expect(looks[1]?.set.find(([path]) => path === 'P.P0.syscalltick')?.[2]).toBe(4);
  const checks = s2.steps.filter((step) => at(step) === 'checkdead/run');
  expect(checks.length).toBeGreaterThan(0);
});

test('S3: left in _Psyscall for ten milliseconds, then retaken; the old P comes back from pidle', () => {
  const s3 = run('S3');
  expect(s3.facts.retakes).toHaveLength(1);
  expect(s3.facts.retakes[0]?.waited).toBeGreaterThanOrEqual(10_000_000);
  expect(s3.facts.handoffs.map((handoff) => handoff.why)).toEqual(['lastp']);
  expect(pathsOf(s3, 'main')).toEqual(['idlep']);
  expect(s3.facts.goroutines.main?.runs.map((each) => each.p)).toEqual(['P0', 'P0']);
  expect(s3.steps.map(at)).toContain('sysmon/deepsleep');
  expect(s3.steps.map(at)).toContain('exitsyscallfast_pidle/wakesysmon');
});

test('S4: with one P nobody leaves it alone', () => {
  const s4 = run('S4');
  expect(s4.facts.handoffs.map((handoff) => handoff.why)).toEqual(['spinning']);
  expect(s4.facts.retakes[0]?.waited).toBeLessThan(100_000);
  expect(pathsOf(s4, 'main')).toEqual(['idlep']);
  expect(s4.steps.map(at)).not.toContain('retake/leave');
});

test('S5: a stop-the-world takes the P of a system call', () => {
  const s5 = run('S5');
  expect(pathsOf(s5, 'main')).toEqual(['slow-queued']);
  expect(s5.facts.stw).toHaveLength(1);
  expect(s5.facts.retakes).toEqual([]);
  expect(s5.steps.map(at)).toContain('stopTheWorldWithSema/syscalls');
});

test('S6: the worked example of 4.6, ticks 5, 6, 7, 8', () => {
  const s6 = run('S6');
  expect(pathsOf(s6, 'main')).toEqual(['oldp-reacquired']);
  const ticks = s6.steps.flatMap((step) => step.set.filter(([path]) => path === 'P.P0.syscalltick').map(([, , now]) => now));
  expect(ticks.slice(0, 3)).toEqual([6, 7, 8]);
});

test('S7: a wired goroutine waits for its own thread', () => {
  const s7 = run('S7');
  expect(pathsOf(s7, 'main')).toEqual(['slow-locked']);
  expect(s7.steps.map(at)).toContain('startlockedm/nextp');
  expect(Object.values(s7.last.M).map((m) => m.role)).toContain('template');
});

test('S8: RawSyscall keeps the P; the request to give way is heard afterwards', () => {
  const s8 = run('S8');
  expect(pathsOf(s8, 'main')).toEqual(['raw']);
  expect(s8.facts.runOrder.slice(0, 2)).toEqual(['main', 'worker']);
  expect(s8.facts.goroutines.worker?.started).toBeGreaterThanOrEqual(30_000_000);
  expect(s8.facts.retakes).toEqual([]);
});

test('S9: all asleep', () => {
  const { outcome } = run('S9').facts;
  expect(outcome.kind).toBe('deadlock');
  expect(outcome.code).toBe(2);
  expect(outcome.message).toContain('all goroutines are asleep - deadlock!');
  const check = run('S9').steps.filter((step) => step.fn === 'checkdead');
  expect(check.map((step) => step.at)).toEqual(['run', 'scan', 'timers', 'dead']);
});

test('S10: the seventh thread is one too many', () => {
  const { facts } = run('S10');
  expect(facts.outcome).toMatchObject({ kind: 'fatal', code: 2 });
  expect(facts.outcome.message).toContain('thread exhaustion');
  expect(facts.threads.created).toBe(7);
});

test('S11: the youngest first, then in order', () => {
  expect(run('S11').facts.marks.map((mark) => mark.g)).toEqual(['f#5', 'f#1', 'f#2', 'f#3', 'f#4']);
});

test('S12: the older half and the newcomer go to the global queue', () => {
  const overflow = run('S12').steps.filter((step) => at(step) === 'runqputslow/globrunqputbatch');
  expect(overflow).toHaveLength(1);
  expect(overflow[0]?.set.find(([path]) => path === 'sched.runq')?.[2]).toHaveLength(129);
});

test('S13: the thief takes the larger half, runs the last of it, and runnext only at the very end', () => {
  const { facts } = run('S13');
  const steals = facts.steals.filter((steal) => steal.t > 3_000_000);
  expect(steals[0]?.n).toBe(3);
  expect(facts.marks.map((mark) => mark.g)).toEqual(['W#3', 'W#1', 'W#2', 'W#4', 'W#5', 'W#6']);
});

test('S14: entersyscallblock hands the P over at once', () => {
  const s14 = run('S14');
  expect(pathsOf(s14, 'main')).toEqual(['idlep']);
  expect(s14.facts.handoffs).toHaveLength(1);
  expect(s14.steps.findIndex((step) => at(step) === 'entersyscallblock/p.syscalltick++')).toBeLessThan(
    s14.steps.findIndex((step) => at(step) === 'entersyscallblock/casgstatus'),
  );
});

test('S1 on arm64: the same rows, another listing', () => {
  const s1 = play(scenarioOf(golden('S1.scenario.yaml').replace('gomaxprocs: 1', 'gomaxprocs: 1\n  arch: arm64')));
  expect(pathsOf(s1, 'main')).toEqual(['oldp']);
  expect(s1.facts.goroutines.main?.syscalls[0]).toMatchObject({ nr: 63, result: 128 });
  expect(s1.steps.map((step) => step.asm?.text)).toContain('SVC');
});
