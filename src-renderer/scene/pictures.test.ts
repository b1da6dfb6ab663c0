/** The village as it is drawn at the most telling step of each lesson, by day and by night: a picture that says what the state says. */
import { expect, test } from 'vitest';
import { drawn, expectKept, type Look, styleOf, svgFile } from '../testdata/picture';
import { allLessons, toldAt } from '../testdata/told';
import Scene from './Scene.svelte';

/** One for each lesson: where its idea can be seen at a glance. */
const TELLING: Readonly<Record<string, string>> = { hunting: 'asleep', telling: 'bell' };
const SIZE = { widthPx: 1024, heightPx: 318 };
const LOOKS = { zh: { theme: 'light', lang: 'zh-CN' }, en: { theme: 'dark', lang: 'en' } } as const satisfies Record<string, Look>;

const STYLE = styleOf('scene');

test('every lesson has its most telling step', async () => {
  expect(Object.keys(TELLING)).toEqual((await allLessons()).map(({ id }) => id));
});

test.each(
  Object.entries(TELLING).flatMap(([lesson, step]) => (['zh', 'en'] as const).map((language) => [lesson, step, language] as const)),
)('the village of %s at %s, %s', async (lesson, step, language) => {
  const at = await toldAt(lesson, step);
  const props = { before: at.before, after: at.after, step: at.step, fraction: 1, cast: at.scenario.cast, language, focus: at.told.focus };
  const layers = [...drawn(Scene, props, SIZE).querySelectorAll('svg')];
  expectKept(`village-${lesson}-${step}-${language}.svg`, svgFile(layers, STYLE, SIZE, LOOKS[language]));
});
