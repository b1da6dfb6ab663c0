/** What the village's colours are worth to the eyes that see them: contrast (WCAG 2.2) and differences (CIEDE2000), from the style sheet itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { colourOf, contrast, difference, EYES, type Rgb, seenBy, underLight, variablesOf } from '../testdata/colours';
import { children } from './glossary';

const source = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
const CSS = source('../window/app.css');
const [day, night, dusk, nightDusk, lightless] = [
  ':root',
  ":root[data-theme='dark']",
  ':root .dusk',
  ":root[data-theme='dark'] .dusk",
  ':root .lightless',
].map((selector) => variablesOf(CSS, selector)) as [Light, Light, Light, Light, Light];
const BRIGHT_ROOM = source('../window/projector.css');
const [pale, paleDusk, paleLightless] = [
  ":root[data-theme='projector']",
  ":root[data-theme='projector'] .dusk",
  ":root[data-theme='projector'] .lightless",
].map((selector) => variablesOf(BRIGHT_ROOM, selector)) as [Light, Light, Light];
type Light = ReadonlyMap<string, string>;

/** As the cascade has them, the last first. */
const LIGHTS: Readonly<Record<string, readonly Light[]>> = {
  day: [day],
  night: [night, day],
  'dusk by day': [dusk, day],
  'dusk at night': [nightDusk, dusk, night, day],
  'without light by day': [lightless, day],
  'without light at night': [lightless, night, day],
  'day on a pale wall': [pale, day],
  'dusk on a pale wall': [paleDusk, dusk, pale, day],
  'without light on a pale wall': [paleLightless, lightless, pale, day],
};
/** The lights of a pale picture in a bright room, which are held to more. */
const PALE = Object.keys(LIGHTS).filter((each) => each.endsWith('pale wall'));

const WHITE: Rgb = [1, 1, 1];
function colour(light: string, name: string, ground?: string): Rgb {
  const value = LIGHTS[light]?.map((each) => each.get(name)).find((each) => each !== undefined) ?? '';
  return colourOf(value, ground === undefined ? WHITE : colour(light, ground));
}

test('the measures are the known ones', () => {
  expect(contrast([0, 0, 0], WHITE)).toBeCloseTo(21, 5);
  expect(contrast(colourOf('#777777'), WHITE)).toBeCloseTo(4.48, 2);
  // Sharma, Wu and Dalal 2005 have differences of Lab values; of these sRGB colours they are 52.88 and 0.
  expect(difference(colourOf('#ff0000'), colourOf('#0000ff'))).toBeCloseTo(52.88, 1);
  expect(difference(colourOf('#123456'), colourOf('#123456'))).toBe(0);
  expect(seenBy('deutan', WHITE).every((each) => each > 0.99)).toBe(true);
});

describe.each(Object.keys(LIGHTS))('in the light of %s', (light) => {
  test.each(['lane', 'ground', 'ground-low', 'yard-1', 'yard-2', 'yard-3', 'glade', 'sky-top', 'sky-low', 'roof', 'tree', 'wall'])(
    'a label over %s can be read',
    (ground) => {
      expect(contrast(colour(light, 'scene-ink'), colour(light, 'scene-label', ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('what is written straight on the lane, on plaques and on number plates can be read', () => {
    expect(contrast(colour(light, 'path-ink'), colour(light, 'lane'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(light, 'plate-ink'), colour(light, 'plate'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(light, 'accent'), colour(light, 'panel'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(light, 'ink-soft'), colour(light, 'panel'))).toBeGreaterThanOrEqual(4.5);
  });

  test('a roof stands out from the sky behind it, by its face or by its line', () => {
    const sky = colour(light, 'sky-low');
    const best = Math.max(contrast(colour(light, 'roof'), sky), contrast(colour(light, 'roof-line'), sky));
    expect(best).toBeGreaterThanOrEqual(3);
  });
});

const GROUNDS = [
  'ground',
  'ground-low',
  'lane',
  'yard-1',
  'yard-2',
  'yard-3',
  'glade',
  'mat',
  'wall',
  'sky-top',
  'sky-low',
  'hill-far',
  'hill-near',
];
const WRITTEN = [
  ['scene-ink', 'scene-label'],
  ['scene-ink', 'ground'],
  ['path-ink', 'lane'],
  ['path-ink', 'ground-low'],
  ['plate-ink', 'plate'],
  ['accent', 'panel'],
  ['ink-soft', 'panel'],
  ['changed', 'scene-label'],
  ['scene-ink', 'changed-bg'],
  ['focus', 'scene-label'],
  ['tab-ink', 'focus'],
  ['scene-ink', 'board'],
] as const;
/** What is drawn as a line, or as a thing without one, and what it stands on. */
const DRAWN = [
  ...['lane', 'ground', 'ground-low', 'yard-1', 'yard-2', 'yard-3', 'glade'].map((ground) => ['lane-edge', ground] as const),
  ...['yard-1', 'yard-2', 'yard-3', 'sky-low', 'hill-near', 'scene-label', 'wall'].map((ground) => ['wood-light', ground] as const),
  ...['wall', 'wall-shade', 'ground', 'lane'].map((ground) => ['wood', ground] as const),
  ...['sky-top', 'sky-low', 'hill-far', 'hill-near'].map((ground) => ['roof-line', ground] as const),
  ...['ground', 'ground-low', 'lane', 'sky-low', 'hill-near'].map((ground) => ['tree', ground] as const),
  ...GROUNDS.flatMap((ground) => [['changed', ground] as const, ['focus', ground] as const]),
  ['bench-bar', 'lane'],
  ['plate', 'wall'],
] as const;

describe.each(PALE)('in the light of %s', (light) => {
  test.each(WRITTEN)('%s on %s can be read from the last row', (ink, ground) => {
    expect(contrast(colour(light, ink), colour(light, ground))).toBeGreaterThanOrEqual(7);
  });

  test.each(DRAWN)('%s on %s is seen', (line, ground) => {
    expect(contrast(colour(light, line), colour(light, ground))).toBeGreaterThanOrEqual(3);
  });

  test('nothing lies in the dark: black stands out from every ground', () => {
    for (const ground of GROUNDS) expect(contrast(colour(light, ground), [0, 0, 0]), ground).toBeGreaterThanOrEqual(6);
  });
});

test('on a pale wall one light is told from another by every kind of eye', () => {
  const FLARE = 0.4;
  for (const eyes of EYES)
    for (const [a = '', b = ''] of [PALE.slice(0, 2), PALE.slice(1), [PALE[0], PALE[2]]])
      for (const part of ['sky-top', 'sky-low']) {
        const [one, other] = [a, b].map((light) => seenBy(eyes, underLight(colour(light, part), FLARE))) as [Rgb, Rgb];
        expect(difference(one, other), `${a}, ${b}: ${part}, ${eyes}`).toBeGreaterThanOrEqual(6);
      }
});

test('on a pale wall lines and writing have more of their contrast left than by day', () => {
  const FLARE = 0.4;
  const mean = (light: string, pairs: readonly (readonly [string, string])[]): number =>
    pairs.reduce((sum, [a, b]) => sum + contrast(colour(light, a), colour(light, b, 'ground'), FLARE), 0) / pairs.length;
  expect(mean('day on a pale wall', DRAWN)).toBeGreaterThanOrEqual(1.2 * mean('day', DRAWN));
  expect(mean('day on a pale wall', WRITTEN)).toBeGreaterThanOrEqual(1.1 * mean('day', WRITTEN));
});

test('each colour that is drawn by its own name, and that a pale wall needs another one for, is still drawn', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const drawings = files.filter((file) => /\.(svelte|ts)$/.test(file) && !file.endsWith('.test.ts')).map(source);
  const replaced = [...BRIGHT_ROOM.matchAll(/\[(?:stroke|fill)='([^']+)'\]/g)].map(([, each = '']) => each);
  expect(replaced.length).toBeGreaterThan(20);
  // Between quotes: #fff is also the beginning of #fff7dc.
  const isDrawn = (each: string): boolean =>
    drawings.some((text) => ['"', "'", '`'].some((quote) => text.includes(`${quote}${each}${quote}`)));
  expect(replaced.filter((each) => !isDrawn(each))).toEqual([]);
});

test('lit windows and dark ones are told apart while there is light, and none is lit where there is none', () => {
  for (const light of ['day', 'night', 'dusk by day', 'dusk at night', 'day on a pale wall', 'dusk on a pale wall'])
    expect(contrast(colour(light, 'window-lit'), colour(light, 'window-dark'))).toBeGreaterThanOrEqual(3);
  for (const light of ['without light by day', 'without light at night', 'without light on a pale wall'])
    expect(colour(light, 'window-lit')).toEqual(colour(light, 'window-dark'));
});

test('every banner and every slip can be read, and its edge is seen', () => {
  const style = source('Banner.svelte');
  const looks = [...style.matchAll(/--paper: (#\w+);\s+--edge: (#\w+);\s+--event-ink: (#\w+);/g)];
  expect(looks).toHaveLength(5);
  for (const [, paper = '', edge = '', ink = ''] of looks) {
    expect(contrast(colourOf(paper), colourOf(ink)), paper).toBeGreaterThanOrEqual(6);
    expect(
      Math.max(contrast(colourOf(paper), colourOf(edge)), contrast(colourOf(edge), colour('night', 'sky-top'))),
      paper,
    ).toBeGreaterThanOrEqual(3);
  }
});

/** From here on two robes are told apart at a glance. */
const APART = 12;

const pairs = children.names.flatMap((a, i) => children.names.slice(i + 1).map((b) => [a, b] as const));
const apart = (a: string | null, b: string | null): number =>
  Math.min(...EYES.map((eyes) => difference(seenBy(eyes, colourOf(a ?? '')), seenBy(eyes, colourOf(b ?? '')))));

test('robes alone do not tell children apart: that is what sashes are for', () => {
  expect(pairs.filter(([a, b]) => apart(a.robe, b.robe) < APART).length).toBeGreaterThan(10);
});

test.each(pairs.map(([a, b]) => [a.name.en, b.name.en, a, b] as const))(
  '%s and %s differ in robe or sash, for every kind of eye',
  (_, __, a, b) => {
    if (a.sash === b.sash) expect(apart(a.robe, b.robe)).toBeGreaterThanOrEqual(APART);
  },
);
