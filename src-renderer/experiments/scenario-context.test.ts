import { describe, expect, test } from 'vitest';
import { scenarioKeys } from '../../src-main/formats/scenario-keys';
import { contextAt, namesIn, offersAt } from './scenario-context';

const keys = scenarioKeys();
const FILE = `schedville: 1
runtime:
  gomaxprocs: 2 # two
  start: { schedtick: 3 }
channels: { c: { cap: 0 }, done: {} }
mutexes: [mu, other]
goroutines:
  main:
    - go: worker
    - syscall: { name: read, takes: 5us }
    - repeat:
        times: 3
        do:
          - lock: mu
  worker:
    - compute: 1us
`;

/** What is offered where the bar stands, put into the file instead of a line of it. */
function offered(line: string, instead: string): string[] {
  const whole = FILE.replace(line, instead);
  const at = whole.indexOf('|');
  const text = whole.replace('|', '');
  const context = contextAt(text, at);
  return context ? offersAt(context, keys, text).map(({ label }) => label) : [];
}

describe('what is offered', () => {
  test.each([
    ['at the top', 'runtime:\n', '|\nruntime:\n', ['schedville', 'kind', 'goroutines']],
    ['half written', 'runtime:\n', 'ru|\nruntime:\n', ['runtime']],
    ['below runtime', '  start:', '  s|\n  start:', ['seed', 'gomaxprocs', 'sysmon']],
    ['in braces', '{ schedtick: 3 }', '{ schedtick: 3, s|}', ['schedtick', 'syscalltick']],
    ['an operation', '    - go: worker', '    - s|', ['syscall', 'spin', 'gosched']],
    ['an operation inside of another', '          - lock: mu', '          - |', ['lock', 'syscall']],
    ['the fields of an operation', 'takes: 5us }', '| }', ['via', 'takes', 'errno']],
    ['the fields of one in lines', '        times: 3', '        t|', ['times', 'do']],
    ['a goroutine', 'go: worker', 'go: w|', ['worker']],
    ['a goroutine in braces', 'go: worker', 'go: { name: |', ['worker']],
    ['a way', 'takes: 5us', 'via: R|', ['RawSyscall', 'Syscall']],
    ['a call', 'name: read', 'name: op|', ['openat']],
    ['a mutex', 'lock: mu', 'lock: |', ['mu', 'other']],
    ['a channel', 'compute: 1us', 'send: |', ['c', 'done']],
    ['a switch', 'gomaxprocs: 2 # two', 'sysmon: |', ['true', 'false']],
  ])('%s', (_, line, instead, wanted) => {
    expect(offered(line, instead)).toEqual(expect.arrayContaining(wanted));
  });

  test.each([
    ['in a comment', '# two', '# t|'],
    ['in a quoted text', 'go: worker', 'mark: "s|'],
    ['as a time', '1us', '1|'],
  ])('nothing %s', (_, line, instead) => {
    expect(offered(line, instead)).toEqual([]);
  });

  test('main is started by nobody, and fields of one operation are not another’s', () => {
    expect(offered('go: worker', 'go: |')).toEqual(['worker']);
    expect(offered('        times: 3', '        |')).not.toContain('via');
  });
});

test('names are found however they are written', () => {
  expect(namesIn(FILE, 'goroutines')).toEqual(['main', 'worker']);
  expect(namesIn('mutexes:\n  - a\n  - b # x\nwaitgroups: [w]\n', 'mutexes')).toEqual(['a', 'b']);
  expect(namesIn('mutexes:\n- a\n- b\n', 'mutexes')).toEqual(['a', 'b']);
  expect([namesIn('', 'mutexes'), namesIn('mutexes: []\n', 'mutexes')]).toEqual([[], []]);
});
