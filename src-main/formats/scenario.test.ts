import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultText } from './fault';
import { parseLesson } from './lesson';
import { parseScenario } from './scenario';

const HEAD = 'schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 甲, en: a }\n';

/** Faults of a scenario as `line:column: message (suggestion)`. */
function faultsOf(text: string): string[] {
  const parsed = parseScenario(text, 'f');
  return parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en').slice(2));
}

test('whoever is started by the name that the cast gives is told the goroutine’s', () => {
  const text = (started: string): string =>
    `${HEAD}cast: { G: { worker: 小红 } }\ngoroutines: { main: [{ go: ${started} }], worker: [] }\n`;
  expect(faultsOf(text('小红'))).toEqual([expect.stringMatching(/小红.*did you mean worker\?/)]);
  expect(faultsOf(text('小明'))).toEqual([expect.not.stringContaining('did you mean')]);
});

describe('a title', () => {
  const read = (title: string): unknown => {
    const parsed = parseScenario(`schedville: 1\nkind: scenario\nid: x\ntitle: ${title}\ngoroutines: { main: [] }\n`, 'f');
    if (!parsed.ok) return parsed.faults.map((fault) => faultText(fault, 'en').slice(2));
    const { title: said, language = null } = parsed.scenario;
    return [said.zh, said.en, language];
  };

  test.each([
    ['{ zh: 打猎, en: The hunt }', ['打猎', 'The hunt', null]],
    ['打猎', ['打猎', '打猎', 'zh']],
    ['GOMAXPROCS 改成 2', ['GOMAXPROCS 改成 2', 'GOMAXPROCS 改成 2', 'zh']],
    ['The hunt', ['The hunt', 'The hunt', 'en']],
    ['{ zh: 打猎 }', ['打猎', '打猎', 'zh']],
    ['{ en: The hunt }', ['The hunt', 'The hunt', 'en']],
  ])('%s: one language is enough, and is told', (title, said) => {
    expect(read(title)).toEqual(said);
  });

  test.each([
    ['""', ['4:8: title is empty']],
    ['{ zh: "" }', ['4:14: title.zh is empty']],
    ['{ zh: 打猎,张三 }', ['4:17: the comma ends the text here']],
    ['{ zh: 打猎, eng: The hunt }', ['4:18: unknown key eng in title; expected one of: zh, en (did you mean en?)']],
    ['{}', ['4:8: title is missing the key zh', '4:8: title is missing the key en']],
    ['[打猎]', ['4:8: expected a map for title']],
  ])('%s: is a fault', (title, faults) => {
    expect(read(title)).toEqual(faults.map((each) => expect.stringContaining(each) as string));
  });
});

test('every operation of the format', () => {
  const parsed = parseScenario(
    `${HEAD}channels: { c: { cap: 2 }, d: }
mutexes: [mu]
waitgroups: [wg]
runtime: { gomaxprocs: 4, start: { schedtick: 61, sysmondelay: 10ms, idlems: 2 }, costs: { clone: 5us } }
limits: { time: 1s, steps: 10 }
kernel: { files: { /a: "x" }, fds: { 3: /a } }
goroutines:
  main:
    - compute: 5us
    - spin: 1ms
    - go: w
    - go: { name: w, times: 3 }
    - gosched
    - gosched: {}
    - gosched: null
    - syscall: { name: read, args: [3, "s", { buf: 8 }], via: Syscall6, takes: 30ms, returns: 128 }
    - syscall: { name: read, errno: EBADF }
    - blockingsyscall: { takes: 1ms }
    - cgo: { takes: 1ms }
    - sleep: 1ms
    - netread: { takes: 1ms }
    - send: c
    - recv: c
    - close: d
    - lock: mu
    - unlock: mu
    - add: { wg: wg, n: 2 }
    - done: wg
    - wait: wg
    - lockosthread
    - unlockosthread
    - gc: { stw: 5ms }
    - mark: here
    - repeat: { times: 2, do: [gosched, { compute: 1us }] }
    - panic: oops
    - exit: 3
  w: []
`,
    'f',
  );
  expect(parsed.ok ? [] : parsed.faults).toEqual([]);
  if (!parsed.ok) return;
  expect(parsed.scenario.goroutines.main).toHaveLength(28);
  expect(parsed.scenario.runtime.costs).toEqual({ clone: 5_000 });
  expect(parsed.scenario.runtime.start).toEqual({ schedtick: 61, syscalltick: null, sysmonDelayNs: 10_000_000, idleMs: 2 });
  expect(parsed.scenario.goroutines.main?.[7]).toEqual({
    kind: 'syscall',
    name: 'read',
    args: [3, 's', { buf: 8 }],
    via: 'Syscall6',
    takesNs: 30_000_000,
    returns: 128,
    errno: null,
  });
});

describe('faults', () => {
  test.each([
    [
      'goroutines: { main: [ { compyte: 5us } ] }',
      [
        '5:25: unknown operation compyte; expected one of: compute, spin, go, gosched, syscall, blockingsyscall, cgo, cgothread, sleep, netread, send, recv, close, select, lock, unlock, rlock, runlock, condwait, signal, broadcast, once, atomic, after, ticker, add, done, wait, lockosthread, unlockosthread, gc, foreachp, gomaxprocs, defer, recover, goexit, exit, panic, print, mark, repeat (did you mean compute?)',
      ],
    ],
    ['goroutines: { main: [ { compute: 5 } ] }', ['5:34: expected a duration such as 200ns, 5us, 30ms or 1s for compute, found 5']],
    [
      'goroutines: { main: [ { go: wroker } ], worker: [] }',
      ['5:29: no goroutine named wroker (declare it under goroutines) (did you mean worker?)'],
    ],
    ['goroutines: { main: [ { go: main } ] }', ['5:29: main is already running and cannot be started again']],
    ['goroutines: { mein: [] }', ['5:15: there is no goroutine main, where the program starts (did you mean main?)']],
    ['goroutines: { main: [ { send: c } ] }', ['5:31: no channel named c (declare it under channels)']],
    [
      'runtime: { gomaxprocs: 0 }\ngoroutines: { main: [] }',
      ['5:24: expected a whole number from 1 to 256 for runtime.gomaxprocs, found 0'],
    ],
    [
      'runtime: { go: "1.26" }\ngoroutines: { main: [] }',
      ['5:16: unknown value 1.26 for runtime.go; expected one of: 1.14 (did you mean 1.14?)'],
    ],
    ['goroutines: { main: [ { syscall: { name: raed } } ] }', ['5:42: unknown system call raed (did you mean read?)']],
    ['goroutines: { main: [ { syscall: { name: read, returns: 1, errno: EBADF } } ] }', ['5:60: returns and errno cannot be combined']],
    ['goroutines: { main: [], main: [] }', ['5:25: duplicate key main']],
    [
      'rutime: {}\ngoroutines: { main: [] }',
      [
        '5:1: unknown key rutime in scenario; expected one of: schedville, kind, id, title, runtime, limits, kernel, channels, mutexes, rwmutexes, conds, waitgroups, cast, goroutines (did you mean runtime?)',
      ],
    ],
  ])('%s', (text, faults) => {
    expect(faultsOf(`${HEAD}${text}\n`)).toEqual(faults);
  });

  test('all at once, in the order of the file', () => {
    expect(
      faultsOf(`${HEAD}goroutines:\n  main:\n    - sleep: long\n    - lock: m\n    - exit: 300\n`).map((fault) => fault.split(':')[0]),
    ).toEqual(['7', '8', '9']);
  });

  test('repeat nests sixteen deep', () => {
    const nested = (depth: number): string => (depth === 0 ? 'gosched' : `{ repeat: { times: 1, do: [ ${nested(depth - 1)} ] } }`);
    expect(faultsOf(`${HEAD}goroutines: { main: [ ${nested(16)} ] }`)).toEqual([]);
    expect(faultsOf(`${HEAD}goroutines: { main: [ ${nested(17)} ] }`)[0]).toContain('16 levels deep');
  });

  test('aliases that explode', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`);
    expect(faultsOf(`${HEAD}a0: &a0 [x]\n${levels.join('\n')}\ngoroutines: { main: [] }\n`)[0]).toContain('aliases');
  });

  test('more than a mebibyte', () => {
    expect(faultsOf(`${HEAD}# ${'x'.repeat(1_100_000)}`)).toEqual(['1:1: the file is larger than 1 MiB']);
  });
});

test('no text makes the readers throw', () => {
  const word = fc.constantFrom(
    'schedville: 1\n',
    'kind: scenario\n',
    'goroutines:',
    ' main:',
    '\n',
    '  - ',
    'compute: 5us',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '"',
    ': ',
    'go: main',
    'null',
    '!!binary',
    '? ',
    '|',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 300 }),
        fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
      ),
      (text) => {
        const scenario = parseScenario(text, 'f');
        const lesson = parseLesson(text, 'f', { errata: new Map(), misconceptions: new Map() });
        expect(scenario.ok || scenario.faults.every((fault) => fault.line >= 1 && fault.column >= 1)).toBe(true);
        expect(lesson.ok || lesson.faults.length > 0).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('thousands of misspelt names get hints only as long as that costs little', () => {
  const names = Array.from({ length: 4_000 }, (_, i) => `worker-${i}`);
  const text = `schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 甲, en: a }\nmutexes: [${names.join(', ')}]\ngoroutines:\n  main:\n${names.map((name) => `    - lock: x${name}\n`).join('')}`;
  const parsed = parseScenario(text, 'x');
  if (parsed.ok) throw new Error('accepted');
  const hinted = parsed.faults.filter(({ suggestion }) => suggestion !== null).length;
  expect(parsed.faults).toHaveLength(4_000);
  expect(parsed.faults[0]?.suggestion).toBe('worker-0');
  expect(hinted).toBeLessThan(200);
});
