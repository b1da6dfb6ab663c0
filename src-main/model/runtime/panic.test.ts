/** How programs die: Go's words on descriptor 2, call by call, and what each report tells of the others. Judged by real Go (strace of Go 1.19.8). */
import { describe, expect, test } from 'vitest';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';
import { applyStep, copyState } from '../trace/replay';

function run(goroutines: Record<string, unknown[]>, more: Record<string, unknown> = {}): Played {
  const given = { schedville: 1, kind: 'scenario', id: 'end', title: { zh: '结束', en: 'the end' }, goroutines, ...more };
  return play(scenarioOf(JSON.stringify(given)));
}

/** Every line that the system call log ever had, as strace(1) would have printed them. */
function log({ first, steps }: Played): string[] {
  const lines: string[] = [];
  const state = copyState(first);
  for (const step of steps) {
    const { strace: before } = state.kernel;
    applyStep(state, step);
    const { strace: now } = state.kernel;
    if (now === before) continue;
    let kept = Math.min(before.length, now.length);
    while (kept > 0 && before.slice(-kept).some((line, i) => line.text !== now[i]?.text)) kept--;
    lines.push(...now.slice(kept).map(({ text }) => text));
  }
  return lines;
}

const channel = { channels: { c: { cap: 0 } } };

describe('a deadlock', () => {
  const played = run({ main: [{ go: 'a' }, { recv: 'c' }], a: [{ recv: 'c' }] }, channel);

  test('is written to descriptor 2, one call for each value that print is given, and ends in exit_group', () => {
    expect(log(played)).toEqual([
      'write(2, "fatal error: ", 13) = 13',
      'write(2, "all goroutines are asleep - dead"..., 37) = 37',
      'write(2, "\\n", 1) = 1',
      ...['1', '6'].flatMap((goid) => [
        'write(2, "\\n", 1) = 1',
        'write(2, "goroutine ", 10) = 10',
        `write(2, "${goid}", 1) = 1`,
        'write(2, " [", 2) = 2',
        'write(2, "chan receive", 12) = 12',
        'write(2, "]:\\n", 3) = 3',
      ]),
      'exit_group(2) = ?',
    ]);
  });

  test('says on standard error what the outcome says', () => {
    expect(played.last.kernel.stderr).toBe(`${played.facts.outcome.message}\n`);
  });

  test('goes where descriptor 2 leads', () => {
    const { last } = run(
      { main: [{ syscall: { name: 'dup3', args: [3, 2, 0] } }, { recv: 'c' }] },
      { ...channel, kernel: { files: { '/log': '' }, fds: { 3: '/log' } } },
    );
    expect([last.kernel.stderr, last.kernel.files['/log']?.data]).toEqual([
      '',
      'fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n',
    ]);
  });
});

describe('who is told of', () => {
  test('a panic tells of its goroutine only', () => {
    const { message } = run({ main: [{ go: 'a' }, 'gosched', { panic: 'oops' }], a: [{ recv: 'c' }] }, channel).facts.outcome;
    expect(message).toBe('panic: oops\n\ngoroutine 1 [running]:');
  });

  test('a throw tells of every goroutine', () => {
    const { message } = run(
      { main: [{ go: 'a' }, 'gosched', { go: 'b' }, { unlock: 'u' }], a: [{ recv: 'c' }], b: [{ mark: 'b' }] },
      { ...channel, mutexes: ['u'] },
    ).facts.outcome;
    expect(message).toBe(
      'fatal error: sync: unlock of unlocked mutex\n\ngoroutine 1 [running]:\n\ngoroutine 6 [chan receive]:\n\ngoroutine 7 [runnable]:',
    );
  });

  test('in the order of their G structures: who has a dead one’s stands in its place', () => {
    const { message } = run(
      {
        main: [{ go: 'short' }, { go: 'a' }, 'gosched', { go: 'late' }, { recv: 'c' }],
        short: [{ mark: 'gone' }],
        a: [{ recv: 'c' }],
        late: [{ recv: 'c' }],
      },
      channel,
    ).facts.outcome;
    expect([...message.matchAll(/goroutine (\d+)/g)].map(([, goid]) => goid)).toEqual(['1', '8', '7']);
  });

  test('a newcomer gets the structure of whoever has died last', () => {
    const { message } = run(
      {
        main: [{ go: 'first' }, { go: 'a' }, { go: 'second' }, 'gosched', { go: 'late' }, { recv: 'c' }],
        first: [{ mark: 'gone' }],
        a: [{ recv: 'c' }],
        second: [{ mark: 'gone' }],
        late: [{ recv: 'c' }],
      },
      channel,
    ).facts.outcome;
    // `second` has run before `first`, from runnext: `late` (9) has the place of `first`, before `a` (7).
    expect([...message.matchAll(/goroutine (\d+)/g)].map(([, goid]) => goid)).toEqual(['1', '9', '7']);
  });

  test('whoever still runs elsewhere has no stack to show', () => {
    const { message } = run(
      { main: [{ go: 'a' }, { spin: '100us' }, { unlock: 'u' }], a: [{ spin: '50ms' }] },
      { mutexes: ['u'], runtime: { gomaxprocs: 2, asyncpreempt: false } },
    ).facts.outcome;
    expect(message).toContain('\n\ngoroutine 6 [running]:\n\tgoroutine running on other thread; stack unavailable');
  });
});

test('the end of main and os.Exit are in the log', () => {
  expect(log(run({ main: [{ compute: '1us' }] }))).toEqual(['exit_group(0) = ?']);
  expect(log(run({ main: [{ exit: 3 }] }))).toEqual(['exit_group(3) = ?']);
});

test('a run that is stopped says who waits for what', () => {
  const { outcome } = run(
    {
      main: [{ go: 'a' }, { go: 'b' }, { go: 'd' }, { cgo: { takes: '1us' } }, { recv: 'c' }],
      a: [{ lock: 'mu' }, { sleep: '20s' }],
      b: [{ sleep: '1us' }, { lock: 'mu' }],
      d: [{ syscall: { name: 'read', takes: '20s' } }],
    },
    { ...channel, mutexes: ['mu'], runtime: { gomaxprocs: 2 }, limits: { time: '100ms', steps: 100_000 } },
  ).facts;
  expect(outcome.kind).toBe('limit');
  expect(outcome.message.split('\n')).toEqual([
    'the run was stopped after 100ms of virtual time',
    '',
    'main [chan receive] c',
    expect.stringMatching(/^a \[sleep\] … 20s$/),
    'b [semacquire] mu',
    expect.stringMatching(/^d \[syscall\] read, M\d$/),
  ]);
});
