/** The village as it is drawn at the most telling step of each lesson, by day and by night: a picture that says what the state says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Language } from '../../assets/words/index';
import { applied } from '../../src-main/contract/index';
import { play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { drawn, expectKept, type Look, styleOf, svgFile } from '../testdata/picture';
import { allLessons, openedLesson, toldAt } from '../testdata/told';
import { villageEvent } from './events';
import type { EventKind } from './glossary';
import Scene from './Scene.svelte';

const SIZE = { widthPx: 1024, heightPx: 318 };
const LOOKS = { zh: { theme: 'light', lang: 'zh-CN' }, en: { theme: 'dark', lang: 'en' } } as const satisfies Record<string, Look>;

const MODEL = join(import.meta.dirname, '../../src-main/model/testdata');
const STYLE = styleOf('scene');

/** The most telling step of each lesson. */
const TELLING = await Promise.all(
  (await allLessons()).map(async ({ id }) => [id, (await openedLesson(id)).opened.lesson.telling ?? ''] as const),
);

test('every lesson names its most telling step', () => {
  expect(TELLING.length).toBeGreaterThan(20);
  expect(TELLING.filter(([, step]) => step === '')).toEqual([]);
});

test.each(TELLING.flatMap(([lesson, step]) => (['zh', 'en'] as const).map((language) => [lesson, step, language] as const)))(
  'the village of %s at %s, %s',
  async (lesson, step, language) => {
    const at = await toldAt(lesson, step);
    const props = {
      before: at.before,
      after: at.after,
      step: at.step,
      fraction: 1,
      cast: at.scenario.cast,
      language,
      focus: at.told.focus,
      town: null,
    };
    const layers = [...drawn(Scene, props, SIZE).querySelectorAll('svg')];
    expectKept(`village-${lesson}-${step}-${language}.svg`, svgFile(layers, STYLE, SIZE, LOOKS[language]));
  },
);

/** What befalls the whole village: a run, and the first step at which it is told. */
const EVENTS = {
  stopping: ['golden/S5.scenario.yaml', 'zh'],
  stopped: ['golden/S5.scenario.yaml', 'en'],
  meters: ['branches/foreachp-syscall.scenario.yaml', 'en'],
  deadlock: ['branches/goexit-main.scenario.yaml', 'zh'],
  panic: ['branches/panic.scenario.yaml', 'zh'],
  osexit: ['branches/os-exit.scenario.yaml', 'en'],
} as const satisfies Partial<Record<EventKind, readonly [file: string, language: Language]>>;

test.each(Object.entries(EVENTS))('the village at the event %s', (kind, [file, language]) => {
  const scenario = scenarioOf(readFileSync(join(MODEL, file), 'utf8'));
  const { first, steps, facts } = play(scenario);
  let [before, after] = [first, first];
  const step = steps.find((each) => {
    [before, after] = [after, applied(after, each)];
    return villageEvent(after, each, each.n === steps.length ? facts.outcome : null)?.kind === kind;
  });
  const ended = step?.n === steps.length ? facts.outcome : null;
  const day = (step?.t ?? 0) / (steps.at(-1)?.t ?? 1);
  const props = { before, after, step: step ?? null, fraction: 1, cast: scenario.cast, language, focus: [], ended, day, town: null };
  const layers = [...drawn(Scene, props, SIZE).querySelectorAll('svg')];
  expectKept(`village-event-${kind}-${language}.svg`, svgFile(layers, STYLE, SIZE, LOOKS[language]));
});
