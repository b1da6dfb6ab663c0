/** When two sets of runs agree, and what is said where they do not. */
import { describe, expect, test } from 'vitest';
import { asFarAsFound, asFarAsTold, inOldWords } from './newer-words';
import { numbered, type Outcome, saidIn, verdictOf, withoutNumbers } from './outcome';

const run = (marks: string, code: number | null = 0, said: string[] = []): Outcome => ({
  code,
  said,
  marks: marks === '' ? [] : marks.split(' '),
});

describe('sets of runs', () => {
  test.each<[string, Outcome[], Outcome[], string]>([
    ['always the same', [run('a b'), run('a b')], [run('a b')], 'determined'],
    ['one in common', [run('a b'), run('b a')], [run('b a'), run('b a')], 'possible'],
    ['nothing in common, nothing turned around', [run('a b c'), run('a c b')], [run('b a c'), run('a'.concat(' b c d'))], 'unordered'],
  ])('%s agree', (_, real, own, how) => {
    expect(verdictOf(real, own)).toEqual({ isEqual: true, how });
  });

  test.each<[string, Outcome[], Outcome[], string]>([
    ['another order', [run('a b')], [run('b a')], 'order of marks'],
    ['an order that is turned around', [run('a b c'), run('a c b')], [run('b a c'), run('b c a')], 'order of marks'],
    ['a mark that is never reached', [run('a b c'), run('b a c')], [run('a b'), run('b a')], 'a mark that the model never reaches'],
    ['a mark too much', [run('a b'), run('b a')], [run('a b c'), run('b c a')], 'a mark that the model alone reaches'],
    ['another status', [run('a', 2)], [run('a', 0)], 'end: exit 2; the model: exit 0'],
    ['no end', [run('a', null)], [run('a', 2, ['fatal error: 7 asleep'])], 'end: goes on; the model: exit 2, fatal error: n asleep'],
    [
      'another state',
      [run('', 2, ['fatal error: x', 'goroutine 6 [select]:'])],
      [run('', 2, ['fatal error: x', 'goroutine 6 [sleep]:'])],
      'report: “goroutine n [select]:”; the model: “goroutine n [sleep]:”',
    ],
    [
      'a goroutine more',
      [run('', 2, ['panic: x'])],
      [run('', 2, ['panic: x', 'goroutine 6 [sleep]:'])],
      'report: nothing; the model: “goroutine n [sleep]:”',
    ],
  ])('%s is a difference', (_, real, own, why) => {
    expect(verdictOf(real, own)).toEqual({ isEqual: false, why });
  });
});

test('a report without its stacks', () => {
  const text =
    'say 1\npanic: a\n\tpanic: b\n\ngoroutine 1 [running]:\nmain.p0_g_main(0x1)\n\t/tmp/x.go:7 +0x1d\ncreated by main.f\nexit status 2\n';
  expect(saidIn(text)).toEqual(['say 1', 'panic: a', '\tpanic: b', 'goroutine 1 [running]:']);
  expect(withoutNumbers(saidIn(text)).at(-1)).toBe('goroutine ? [running]:');
});

test('a mark that comes again is another', () => {
  expect(numbered(['a', 'b', 'a'])).toEqual(['a/1', 'b/1', 'a/2']);
});

test('a fault of package sync is told alone by later versions', () => {
  const lines = ['say 1', 'panic: a', '\tfatal error: sync: unlock of unlocked mutex', 'goroutine 1 [running]:'];
  expect(inOldWords(lines, 26)).toEqual(['say 1', 'fatal error: sync: unlock of unlocked mutex', 'goroutine 1 [running]:']);
  const own = ['fatal error: sync: unlock of unlocked mutex', 'goroutine 1 [running]:', 'goroutine 6 [sleep]:'];
  expect(asFarAsTold(own, 26)).toEqual(own.slice(0, 2));
  expect(asFarAsTold(own, 19)).toEqual(own);
});

test('what later versions say in other words', () => {
  const lines = [
    'goroutine 1 gp=0xc000002380 m=0 mp=0x54e1c0 [running]:',
    'goroutine 9 [sync.Mutex.Lock]:',
    'goroutine 10 [sync.WaitGroup.Wait]:',
  ];
  expect(inOldWords(lines.slice(1), 19)).toEqual(lines.slice(1));
  // Each from the version on that says so.
  expect(inOldWords(lines.slice(1), 20)).toEqual(['goroutine 9 [semacquire]:', lines[2]]);
  expect([inOldWords(lines.slice(2), 24), inOldWords(lines.slice(2), 25)]).toEqual([[lines[2]], ['goroutine 10 [semacquire]:']]);
  expect([inOldWords(lines.slice(0, 1), 22), inOldWords(lines.slice(0, 1), 23)]).toEqual([[lines[0]], ['goroutine 1 [running]:']]);
  expect(inOldWords(lines, 26)).toEqual(['goroutine 1 [running]:', 'goroutine 9 [semacquire]:', 'goroutine 10 [semacquire]:']);
});

test('that all are asleep behind a network that was waited for is told by later versions only', () => {
  const asleep = { code: 2, said: ['fatal error: no goroutines (main called runtime.Goexit) - deadlock!'], marks: ['main#1:2/1'] };
  expect(asFarAsFound(asleep, 19)).toEqual(asleep);
  expect(asFarAsFound(asleep, 26)).toEqual({ code: null, said: [], marks: asleep.marks });
  const other = { code: 2, said: ['fatal error: sync: unlock of unlocked mutex'], marks: [] };
  expect(asFarAsFound(other, 26)).toEqual(other);
});
