import { expect, test } from 'vitest';
import { crowdedRun } from '../../testdata/runs';
import { applied } from '../../../src-main/contract/index';
import { spotAt } from '../spots';
import { overlap } from '../scene-labels';
import { AT_REST, seenBy } from './camera';
import { atWindows } from './card';
import { closeUp } from './close-up';
import { boxOfWriting } from './drawing';
import { townOf } from './town';
import { areasFor } from './town-layout';
import { TownKeeper } from './town-plan';
import { spotsOfDrawings, spotsOfNear, spotsOfTiles } from './town-spots';

test('whoever is named on a board of the village is found by the name', () => {
  const run = crowdedRun(6, 20);
  const cast = { M: [], P: [], G: {} };
  const { areas } = areasFor(1_024, 596, 6);
  const found = new Set<string>();
  for (let n = 60; n < run.steps.length; n += 97) {
    const state = applied(run.first, ...run.steps.slice(0, n));
    const step = run.steps[n - 1] ?? null;
    const town = townOf({ state, step, cast, language: 'en' });
    const drawings = new TownKeeper().boards(areas, town, 'en', () => false, new Set());
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

test('whoever is named below a house, looks out of its window or stands before it is found there', () => {
  const run = crowdedRun(6, 20);
  const cast = { M: [], P: [], G: {} };
  let [named, faces, stands] = [0, 0, 0];
  for (let n = 60; n < run.steps.length; n += 97) {
    const state = applied(run.first, ...run.steps.slice(0, n));
    const town = townOf({ state, step: run.steps[n - 1] ?? null, cast, language: 'zh' });
    const { areas, grid } = areasFor(1_024, 318, 6);
    const seen = seenBy(AT_REST, grid, 6, areas.houses);
    expect(seen.level).toBe('card');
    const drawings = new TownKeeper().tiles(town, seen, 'zh');
    const spots = spotsOfTiles(drawings);
    for (const { key, text } of drawings.flatMap(({ writings }) => writings).filter(({ key }) => key.endsWith(' who')))
      for (const [id] of text.matchAll(/[GM]\d+/g)) {
        const found = spots.find(({ path }) => path === `${id.charAt(0)}.${id}`);
        const { x = 0, y = 0, w = 0, h = 0 } = found?.box ?? {};
        expect(spotAt(spots, x + w / 2, y + h / 2, 24)?.path, `${key}: ${text}`).toBe(`${id.charAt(0)}.${id}`);
        named++;
      }
    for (const { index, box } of seen.tiles) {
      const house = town.houses[index];
      if (!house) throw new Error(`there is no house ${index}`);
      for (const { id, box: window } of atWindows(house, box, false)) {
        expect([house.parent?.id, house.child?.id]).toContain(id);
        expect(overlap(window, box)).toBe(true);
        faces++;
      }
      const near = closeUp(house, { x: 0, y: 0, w: 200, h: 190 }, town.watch, true);
      const paths = spotsOfNear(near, null).map(({ path }) => path);
      expect(paths).toEqual([
        `P.${house.id}.syscalltick`,
        ...near.parents.map(({ id }) => `M.${id}`),
        ...near.children.map(({ id }) => `G.${id}`),
        ...near.names.flatMap(({ text }) => (text.match(/G\d+/g) ?? []).map((id) => `G.${id}`)),
      ]);
      stands += near.children.length;
    }
  }
  expect(Math.min(named, faces, stands)).toBeGreaterThan(20);
});
