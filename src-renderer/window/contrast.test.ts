/** What the window is written with can be read on what it is written on, in every theme: the style sheet's own colours, by WCAG 2.2. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { children } from '../scene/glossary';
import { colourOf, contrast, difference, EYES, type Rgb, seenBy, underLight, variablesOf } from '../testdata/colours';
import { color, deepened } from '../timeline/lane-paint';

const CSS = readFileSync(join(import.meta.dirname, 'app.css'), 'utf8');
const light = variablesOf(CSS, ':root');
const dark = new Map([...light, ...variablesOf(CSS, ":root[data-theme='dark']")]);

const BRIGHT_ROOM = readFileSync(join(import.meta.dirname, 'projector.css'), 'utf8');
const projector = new Map([...light, ...variablesOf(BRIGHT_ROOM, ":root[data-theme='projector']")]);

const GROUNDS = ['bg', 'panel', 'panel-2', 'code-bg'];

const WRITTEN = [
  ...['ink', 'ink-soft', 'accent', 'changed', 'kernel', 'user', 'focus'].flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)),
  ['ink', 'changed-bg'],
  ['changed', 'changed-bg'],
  ['accent', 'changed-bg'],
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
] as const;

describe.each([
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['projector', projector, 7],
] as const)('in the %s theme', (_, theme, least) => {
  const colour = (name: string): ReturnType<typeof colourOf> => colourOf(theme.get(name) ?? '');

  test.each(WRITTEN)('%s on %s can be read', (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(least);
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

describe('for a pale picture in a bright room', () => {
  const inTheme = (theme: ReadonlyMap<string, string>, name: string): Rgb => colourOf(theme.get(name) ?? '');
  const colour = (name: string): Rgb => inTheme(projector, name);

  test.each(['line', 'accent', 'changed', 'kernel', 'user', 'focus', 'ok', 'bad', 'ink-soft'])(
    'a line of %s is seen on every ground',
    (line) => {
      for (const ground of [...GROUNDS, 'changed-bg', 'kernel-bg', 'user-bg'])
        expect(contrast(colour(line), colour(ground)), ground).toBeGreaterThanOrEqual(3);
    },
  );

  test.each(['kernel', 'lane-desk', 'lane-many', 'changed', 'focus', 'bad', 'key', 'ink-soft', 'accent'])(
    'a bar of %s stands out',
    (bar) => {
      for (const ground of ['panel', 'panel-2']) expect(contrast(colour(bar), colour(ground)), ground).toBeGreaterThanOrEqual(3);
    },
  );

  test.each(children.names.map(({ name, robe }) => [name.en, robe] as const))(
    'the bar of %s stands out, and white writing on it',
    (_, robe) => {
      const bar = deepened(color(robe ?? ''));
      const rgb = [0, 8, 16].map((bit) => ((bar >>> bit) & 0xff) / 255) as unknown as Rgb;
      expect(contrast(rgb, colour('panel'))).toBeGreaterThanOrEqual(7);
      // Not black either: whose it is, is told by the hue.
      expect(contrast(rgb, [0, 0, 0])).toBeGreaterThanOrEqual(2.5);
    },
  );

  /** Of the light of white: a classroom by day, whose black is a middle grey. */
  const FLARE = 0.4;

  test('with the light of the room over it, text has more of its contrast left than the light theme has', () => {
    const left = (theme: ReadonlyMap<string, string>): number[] =>
      WRITTEN.map(([ink, ground]) => contrast(inTheme(theme, ink), inTheme(theme, ground), FLARE));
    // No more than 3.5 is to be had there at all.
    expect(Math.min(...left(projector))).toBeGreaterThanOrEqual(Math.min(...left(light)));
    expect(mean(left(projector))).toBeGreaterThanOrEqual(1.15 * mean(left(light)));
  });

  test('a tint that says something is still one, and told from the others by every kind of eye', () => {
    const seen = (name: string, eyes: (typeof EYES)[number]): Rgb => seenBy(eyes, underLight(colour(name), FLARE));
    for (const eyes of EYES) {
      for (const fill of ['changed-bg', 'kernel-bg', 'user-bg'])
        expect(difference(seen(fill, eyes), seen('panel', eyes)), `${fill} ${eyes}`).toBeGreaterThanOrEqual(6);
      expect(difference(seen('kernel-bg', eyes), seen('user-bg', eyes)), eyes).toBeGreaterThanOrEqual(6);
    }
  });
});

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
