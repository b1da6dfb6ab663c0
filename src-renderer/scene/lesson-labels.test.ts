/**
 * Every step of every lesson that is a stage, and of a narrow one on which many stand: in both languages and at two sizes no text on another, on
 * a board, or on another figure.
 */
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src-main/contract/index';
import { play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { applyStep, copyState } from '../../src-main/model/trace/replay';
import { allLessons, openedLesson } from '../testdata/told';
import { boxOf, overlap } from './scene-labels';
import { frameFor } from './scene-layout';
import { isStage } from './stage';
import { scenePlan } from './scene-plan';
import { figureBoxes, obstacles } from './scene-wishes';
import type { Plan } from './scene-figures';

/** The village's pane at 1366 × 768, and where it is alone. */
const FRAMES = [frameFor(1_024, 318), frameFor(1_366, 690)];

function crowding(plan: Plan): string[] {
  const labels = plan.labels.flatMap((label) => {
    const at = [...plan.parents, ...plan.children].find(({ id }) => id === label.of);
    return at ? [{ of: label.of as string, text: `${label.text} ${label.id}`.trim(), box: boxOf(label, at) }] : [];
  });
  const boards = obstacles(plan);
  const on = figureBoxes(plan);
  return labels.flatMap(({ of, text, box }, i) => [
    ...labels.slice(i + 1).flatMap((other) => (overlap(box, other.box) ? [`${text} on ${other.text}`] : [])),
    ...boards.flatMap((board) => (overlap(box, board) ? [`${text} on a board`] : [])),
    ...on.flatMap((face) => (face.of !== of && overlap(box, face) ? [`${text} on ${face.of}`] : [])),
  ]);
}

test.each((await allLessons()).map(({ id }) => id))('%s', async (id) => {
  const lesson = await openedLesson(id);
  const found: string[] = [];
  for (const runId of new Set(lesson.opened.lesson.steps.map((step) => step.run))) {
    const played = await lesson.run(
      runId,
      () => {},
      () => false,
    );
    if (!played.ok) throw new Error(played.message.en);
    const { run } = played.value;
    const { stops, most } = lesson.openedRun(runId, played.value);
    for (const { id: step, n } of stops) {
      const state = run.stateAt(n);
      if (!isStage(state, most)) continue;
      for (const language of LANGUAGES)
        for (const frame of FRAMES)
          found.push(
            ...crowding(scenePlan({ state, step: n === 0 ? null : run.stepOf(n), cast: run.scenario.cast, language, frame })).map(
              (each) => `${step}, ${language}, ${frame.height.toFixed(0)}: ${each}`,
            ),
          );
    }
  }
  expect(found).toEqual([]);
});

/** Four houses in one row, and in two. */
test.each([
  ['close', FRAMES[1] ?? frameFor(900, 450)],
  ['in two rows', frameFor(1_024, 600)],
])('before four houses that stand %s whoever has no room for a name goes by the number', (_, frame) => {
  const scenario = scenarioOf(`schedville: 1
kind: scenario
id: narrow
title: { zh: 窄, en: narrow }
runtime: { gomaxprocs: 4 }
goroutines:
  main:
    - go: { name: w, times: 4 }
    - compute: 60us
    - gc: { stw: 1ms }
    - compute: 40us
  w:
    - compute: 400us
`);
  const { first, steps } = play(scenario);
  const state = copyState(first);
  const found: string[] = [];
  for (const step of steps) {
    applyStep(state, step);
    if (step.n % 6 !== 0) continue;
    for (const language of LANGUAGES)
      found.push(
        ...crowding(scenePlan({ state, step, cast: scenario.cast, language, frame })).map((each) => `step ${step.n}, ${language}: ${each}`),
      );
  }
  // A child that stands right behind a grown-up has no free place; without names that give way there are nineteen of them.
  expect(found.length, found.join('\n')).toBeLessThanOrEqual(4);
});
