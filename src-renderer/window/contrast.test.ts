/** What the window is written with can be read on what it is written on, in both themes: the style sheet's own colours, by WCAG 2.2. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { colourOf, contrast, difference, EYES, seenBy, variablesOf } from '../testdata/colours';

const CSS = readFileSync(join(import.meta.dirname, 'app.css'), 'utf8');
const light = variablesOf(CSS, ':root');
const dark = new Map([...light, ...variablesOf(CSS, ":root[data-theme='dark']")]);

const GROUNDS = ['bg', 'panel', 'panel-2', 'code-bg'];

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s theme', (_, theme) => {
  const colour = (name: string): ReturnType<typeof colourOf> => colourOf(theme.get(name) ?? '');

  test.each([
    ...['ink', 'ink-soft', 'accent', 'changed', 'kernel', 'user', 'focus'].flatMap((ink) =>
      GROUNDS.map((ground) => [ink, ground] as const),
    ),
    ['ink', 'changed-bg'],
    ['changed', 'changed-bg'],
    ['kernel', 'kernel-bg'],
    ['ink', 'kernel-bg'],
    ['user', 'user-bg'],
    ['ink', 'user-bg'],
    ['accent-ink', 'accent'],
    ['ok', 'panel'],
    ['bad', 'panel'],
    ['ok', 'panel-2'],
    ['bad', 'panel-2'],
    ['ink', 'board'],
  ] as const)('%s on %s can be read', (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test('where the keyboard is, is seen on every ground, and on what was changed', () => {
    for (const ground of [...GROUNDS, 'changed-bg', 'kernel-bg', 'user-bg'])
      expect(contrast(colour('focus'), colour(ground)), ground).toBeGreaterThanOrEqual(3);
  });

  // Right and wrong also have ✓ and ✗; the kernel and user mode have their words.
  test.each(EYES)('what is picked and what was touched are told apart by %s', (eyes) => {
    expect(difference(seenBy(eyes, colour('focus')), seenBy(eyes, colour('changed')))).toBeGreaterThanOrEqual(20);
  });
});
