import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exerciseId } from '../exercises/mechanisms';
import { givenLink } from './given-file';
import { momentLink, readMomentLink } from './moment-link';

test.each([
  ['schedville://lesson/hunting', { lesson: 'hunting', step: null, run: null, n: null }],
  ['schedville://lesson/hunting/', { lesson: 'hunting', step: null, run: null, n: null }],
  ['SCHEDVILLE://lesson/hunting/asleep?run=taken&n=120', { lesson: 'hunting', step: 'asleep', run: 'taken', n: 120 }],
  ['schedville://lesson/hunting?run=%E7%AC%AC%E4%B8%80%E5%A4%A9', { lesson: 'hunting', step: null, run: '第一天', n: null }],
])('%s', (link, moment) => {
  expect(readMomentLink(link)).toEqual({ ok: true, value: moment });
});

test.each([
  'schedville://lesson/',
  'schedville://lesson/../settings',
  'schedville://lesson/%2e%2e/settings',
  'schedville://lesson/..%2fsettings',
  'schedville://lesson/a/b/c',
  'schedville://lesson//b',
  'schedville://file/etc/passwd',
  'schedville:lesson/hunting',
  'schedville://lesson/hunting?n=-1',
  'schedville://lesson/hunting?n=1e9',
  'schedville://lesson/hunting?n=9999999999',
  'schedville://lesson/hunting?n=1&n=2',
  'schedville://lesson/hunting?run=..%2F..%2Fa',
  'schedville://lesson/hunting?run=',
  'schedville://lesson/hunting?open=/etc/passwd',
  'schedville://lesson/hunting#n=3',
  'schedville://lesson/Hunting',
  'schedville://lesson/hunting step',
  'schedville://user@lesson/hunting',
  `schedville://lesson/${'a'.repeat(1_000)}`,
  'https://lesson/hunting',
])('%s is refused, with what it was', (link) => {
  const read = readMomentLink(link);
  expect(read).toMatchObject({ ok: false });
  expect(read.ok ? '' : read.message.en).toContain(link.slice(0, 100));
});

test('what is copied can be read again, and only that is copied', () => {
  const id = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
  const moment = fc.record({
    lesson: fc.oneof(id, fc.constant(exerciseId({ mechanism: null, level: 2, seed: 7 }))),
    step: fc.option(id),
    run: fc.option(fc.string({ unit: 'grapheme', maxLength: 30 })),
    n: fc.option(fc.nat({ max: 999_999_999 })),
  });
  fc.assert(
    fc.property(moment, (wanted) => {
      const link = momentLink(wanted);
      if (link !== null) expect(readMomentLink(link)).toEqual({ ok: true, value: wanted });
      else expect(wanted.run).toMatch(/^$|[\p{Cc}/\\]/u);
    }),
    { numRuns: 300 },
  );
});

test('a link is found among the arguments, whatever it is worth', () => {
  expect(givenLink(['/opt/schedville', '--disable-gpu', 'Schedville://x'])).toBe('Schedville://x');
  expect(givenLink(['a.yaml'])).toBeNull();
});
