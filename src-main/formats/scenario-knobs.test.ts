/** Another value changes the characters of the value and nothing else of the file. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseScenario } from './scenario';
import { type Knob, knobsOf, turned } from './scenario-knobs';

const HEAD = 'schedville: 1\nkind: scenario\nid: a\ntitle: { zh: 甲, en: a }\n';
const BODY =
  'goroutines:\n  main:\n    - go: worker # who hunts\n    - syscall: { name: read,  takes: 5us }\n  worker:\n    - compute: "1us"\n';
const file = (runtime: string, body = BODY): string => `${HEAD}${runtime}${body}`;
const set = (text: string, path: string, value: string): string => turned(text, [{ path, value }]);
const brief = (text: string): string[] => knobsOf(text).map(({ path, value }) => `${path}=${value}`);

test('the knobs of a file are the runtime’s and those of its operations', () => {
  expect(brief(file('runtime: { gomaxprocs: 2 }\n'))).toEqual([
    'runtime.gomaxprocs=2',
    'runtime.sysmon=true',
    'runtime.asyncpreempt=true',
    'runtime.seed=1',
    'runtime.arch=amd64',
    'goroutines.main.0.go.times=1',
    'goroutines.main.1.syscall.takes=5us',
    'goroutines.main.1.syscall.via=',
    'goroutines.worker.0.compute=1us',
  ]);
});

test('operations inside of others have knobs; texts that look like times have none', () => {
  const body =
    'goroutines:\n  main:\n    - repeat: { times: 3, do: [ { sleep: 1ms } ] }\n    - mark: 5ms\n    - print: 5ms\n    - panic: 5ms\n' +
    '    - select: [ { recv: c, do: [ { spin: 2us } ] }, { default: true, do: [ gosched ] } ]\n    - syscall: { name: open, args: ["5ms"] }\n';
  expect(brief(file('', body)).filter((each) => each.startsWith('goroutines'))).toEqual([
    'goroutines.main.0.repeat.times=3',
    'goroutines.main.0.repeat.do.0.sleep=1ms',
    'goroutines.main.4.select.0.do.0.spin=2us',
    'goroutines.main.5.syscall.via=',
  ]);
});

describe('another value', () => {
  test.each([
    ['in a flow map', 'runtime: { gomaxprocs: 2 }  # two\n', 'runtime: { gomaxprocs: 8 }  # two\n'],
    ['in a block map', 'runtime:\n  # how many\n  gomaxprocs: 2 # two\n', 'runtime:\n  # how many\n  gomaxprocs: 8 # two\n'],
    ['that the flow map lacks', 'runtime: { seed: 4 }\n', 'runtime: { seed: 4, gomaxprocs: 8 }\n'],
    ['that the block map lacks', 'runtime:\n  # one\n  seed: 4\n', 'runtime:\n  # one\n  gomaxprocs: 8\n  seed: 4\n'],
    ['of an empty map', 'runtime: {}\n', 'runtime: { gomaxprocs: 8 }\n'],
    ['of nothing', 'runtime: # later\n', 'runtime: { gomaxprocs: 8 } # later\n'],
    ['of null', 'runtime: null\n', 'runtime: { gomaxprocs: 8 }\n'],
    ['of a file without runtime', '', 'runtime: { gomaxprocs: 8 }\n'],
  ])('%s', (_, before, after) => {
    expect(set(file(before), 'runtime.gomaxprocs', '8')).toBe(file(after));
  });

  test('keeps quotes, blanks and comments', () => {
    const text = file('');
    expect(set(text, 'goroutines.worker.0.compute', '2ms')).toBe(text.replace('"1us"', '"2ms"'));
    expect(set(text, 'goroutines.main.1.syscall.takes', '30ms')).toBe(text.replace('takes: 5us', 'takes: 30ms'));
    expect(set(text, 'goroutines.main.0.go.times', '8')).toBe(text.replace('go: worker #', 'go: { name: worker, times: 8 } #'));
    expect(set(text, 'goroutines.main.1.syscall.via', 'RawSyscall')).toBe(text.replace('read,', 'read, via: RawSyscall,'));
  });

  test('several at once, some of which the file lacks', () => {
    const changes = Object.entries({ 'runtime.seed': '3', 'runtime.gomaxprocs': '4', 'runtime.sysmon': 'false' });
    const all = changes.map(([path, value]) => ({ path, value }));
    expect(turned(file(''), all)).toBe(file('runtime: { gomaxprocs: 4, sysmon: false, seed: 3 }\n'));
    expect(turned(file('runtime: { gomaxprocs: 1 }\n'), all)).toBe(file('runtime: { gomaxprocs: 4, sysmon: false, seed: 3 }\n'));
    expect(turned(file('runtime:\n  arch: arm64\n'), all)).toBe(
      file('runtime:\n  gomaxprocs: 4\n  sysmon: false\n  seed: 3\n  arch: arm64\n'),
    );
  });

  test('of JSON stays JSON', () => {
    const json = JSON.stringify({
      schedville: 1,
      id: 'a',
      goroutines: { main: [{ go: 'w' }, { syscall: { name: 'read' } }], w: [{ spin: '1us' }] },
    });
    const changes = [
      ['runtime.gomaxprocs', '3'],
      ['runtime.arch', 'arm64'],
      ['goroutines.main.0.go.times', '4'],
      ['goroutines.main.1.syscall.via', 'RawSyscall'],
      ['goroutines.w.0.spin', '9us'],
    ].map(([path = '', value = '']) => ({ path, value }));
    expect(JSON.parse(turned(json, changes))).toEqual({
      schedville: 1,
      id: 'a',
      runtime: { gomaxprocs: 3, arch: 'arm64' },
      goroutines: { main: [{ go: { name: 'w', times: 4 } }, { syscall: { name: 'read', via: 'RawSyscall' } }], w: [{ spin: '9us' }] },
    });
  });

  test('that may not stand there, or of what is not there, changes nothing', () => {
    const text = file('');
    for (const [path, value] of [
      ['runtime.gomaxprocs', '0'],
      ['runtime.gomaxprocs', '257'],
      ['runtime.gomaxprocs', '1e2'],
      ['runtime.arch', 'mips'],
      ['runtime.sysmon', 'no'],
      ['goroutines.main.1.syscall.takes', '5 us # x'],
      ['goroutines.main.9.syscall.takes', '5us'],
      ['runtime.gomaxprocs', '2\nlimits: {}'],
    ])
      expect(set(text, path ?? '', value ?? ''), value).toBe(text);
  });
});

test.each(['', '- a\n', 'a: [', 'runtime: 3\n', '{', 'x: &a [*a]\n'])('a text that is no scenario is left alone: %j', (text) => {
  expect(turned(text, [{ path: 'runtime.gomaxprocs', value: '2' }])).toBe(text);
});

const ROOT = join(import.meta.dirname, '..', '..');
const lessons = join(ROOT, 'assets', 'lessons');
const files = readdirSync(lessons, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.scenario.yaml'));

function another(knob: Knob, pick: number): string {
  if (knob.kind === 'count') return String(knob.from + (pick % 7));
  if (knob.kind === 'time') return `${(pick % 90) + 1}us`;
  return knob.choices[pick % knob.choices.length] ?? '';
}

test('in the course’s scenarios every knob takes any value: only it is another then, and back again the text is what it was', () => {
  const texts = files.map((each) => readFileSync(join(lessons, each), 'utf8'));
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (text, picks) => {
      const before = knobsOf(text);
      const changes = before.flatMap((knob, i) => {
        const pick = picks[i % picks.length] ?? 0;
        return pick % 2 === 0 ? [{ path: knob.path, value: another(knob, pick >> 1) }] : [];
      });
      const text2 = turned(text, changes);
      const after = new Map(knobsOf(text2).map((knob) => [knob.path, knob.value]));
      const wanted = new Map(changes.map(({ path, value }) => [path, value]));
      for (const { path, value } of before) expect(after.get(path), path).toBe(wanted.get(path) ?? value);
      const comments = (each: string): string[] => each.match(/#.*$/gm) ?? [];
      expect(comments(text2)).toEqual(comments(text));
      const back = turned(
        text2,
        before.filter(({ value }) => value !== '').map(({ path, value }) => ({ path, value })),
      );
      const parsed = parseScenario(back, 'a');
      const original = parseScenario(text, 'a');
      if (!original.ok) throw new Error('the course has a faulty scenario');
      if (before.every(({ value, path }) => value !== '' || !wanted.has(path)))
        expect(parsed.ok && parsed.scenario).toEqual(original.scenario);
    }),
    { numRuns: 40 },
  );
});
