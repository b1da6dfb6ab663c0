import { expect, test } from 'vitest';
import { placeText, valueText } from './shown';

test('a value is written as it is, and cut where nobody would read on', () => {
  expect([valueText('G1'), valueText(3), valueText({ a: [null] })]).toEqual(['G1', '3', '{"a":[null]}']);
  expect(valueText('x'.repeat(80))).toBe('x'.repeat(80));
  expect(valueText('x'.repeat(81))).toBe(`${'x'.repeat(80)}…`);
});

test('a place has its filters behind it, and says which occurrence only where it is not the first', () => {
  const at = { fn: 'retake', at: 'first', occurrence: 1 };
  expect(placeText(at as never)).toBe('retake / first');
  expect(placeText({ ...at, m: 'M1', after: 'asleep', occurrence: 2 } as never)).toBe(
    'retake / first, m: M1, after: asleep, occurrence: 2',
  );
});
