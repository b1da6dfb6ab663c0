import { expect, test } from 'vitest';
import { crowdedRun } from '../../testdata/runs';
import { applied } from '../../../src-main/contract/index';
import { spotAt } from '../spots';
import { boxOfWriting } from './drawing';
import { townOf } from './town';
import { areasFor } from './town-layout';
import { TownKeeper } from './town-plan';
import { spotsOfDrawings } from './town-spots';

test('whoever is named on a board of the village is found by the name', () => {
  const run = crowdedRun(6, 20);
  const cast = { M: [], P: [], G: {} };
  const { areas } = areasFor(1_024, 596, 6);
  const found = new Set<string>();
  for (let n = 60; n < run.steps.length; n += 97) {
    const state = applied(run.first, ...run.steps.slice(0, n));
    const step = run.steps[n - 1] ?? null;
    const town = townOf({ state, step, cast, language: 'en' });
    const drawings = new TownKeeper().boards(areas, town, 'en', () => false, false);
    const spots = spotsOfDrawings(drawings);
    for (const writing of drawings.flatMap(({ writings }) => writings)) {
      const [id] = /^[GM]\d+(?= (who|orphan|bed|waits|lane)$)/.exec(writing.key) ?? [];
      if (id === undefined) continue;
      const { x, y, w, h } = boxOfWriting(writing);
      expect(spotAt(spots, x + w / 2, y + h / 2, 24)?.path).toBe(`${id.charAt(0)}.${id}`);
      found.add(id.charAt(0));
    }
    for (const { path } of spots.filter((each) => /^(chan|mutex|waitgroup)\./.test(each.path))) expect(state).toHaveProperty(path);
  }
  expect([...found].sort()).toEqual(['G', 'M']);
});
