import { expect, test } from 'vitest';
import { filesOf } from './paper';

test('a key is a file of its own in each form and language, and slides have one form', () => {
  const ask = { lesson: 'hunting', formats: ['pdf', 'html'] as const, languages: ['zh', 'en'] as const, seed: 1 };
  const count = (...papers: Parameters<typeof filesOf>[0]['papers']): number =>
    filesOf({ ...ask, formats: [...ask.formats], languages: [...ask.languages], papers });
  expect(count('sheet')).toBe(8);
  expect(count('storyboard')).toBe(4);
  expect(count('exercises', 'glossary')).toBe(12);
  expect(count('slides')).toBe(2);
});
