/** What lies over the lanes that are scrolled changes with each step: only its rows are drawn anew, as if everything were. */
import { render } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type LaneId, PackedSteps, Timeline as Followed } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { drawnOn, rememberCanvases } from '../testdata/canvas';
import LaneCanvas from './LaneCanvas.svelte';
import type { PlacedLane } from './lane-places';

rememberCanvases(readFileSync(join(import.meta.dirname, '../window/app.css'), 'utf8'));

const scenario = scenarioOf(golden('S2.scenario.yaml'));
const { first, steps } = play(scenario);
const packed = new PackedSteps();
const followed = new Followed(first, packed);
for (const step of steps) {
  packed.push(step);
  followed.add(step);
}
const [from, to] = [0, steps.length];
const known = (id: LaneId) => {
  const { lanes, who } = followed.look({ axis: 'step', from, to, columns: 800, ids: [id] });
  return lanes.map((lane) => ({ lane, who, from, to }));
};
const store = { version: 0, partsOf: known, laneOf: (id: LaneId) => known(id)[0] };
const names = { m: (m: string) => `thread ${m}`, p: (p: string) => `P ${p}`, g: (_: string, name: string) => name, doing: () => '' };

/** `M1@10`: scrolled, 10 px down; `^`: held, `_`: stuck. */
const lanesIn = (text: string): PlacedLane[] =>
  text.split(' ').map((each) => {
    const [, id = '', mark, y] = /^(\w+)([@^_])(\d+)$/.exec(each) ?? [];
    return { id: id as LaneId, y: Number(y), isHeld: mark === '^', isStuck: mark === '_' };
  });

test.each([
  ['at the lower edge', 'M0@0 M1@20 M2@40 G1_60', 'M0@0 M1@20 M2@40 P0_60'],
  ['at the upper edge, over one that is half below it', 'P0_0 M0@10 M1@30 M2@50', 'G1_0 M0@10 M1@30 M2@50'],
  ['where none lies any more', 'M0@0 M1@20 M2@40 G1_60', 'M0@0 M1@20 M2@40'],
  ['where none has lain before', 'M0@0 M1@20 M2@40 P0@60', 'M0@0 M1@20 M2@40 P0@60 G1_70'],
  ['at the other edge', 'P0_0 M0@20 M1@40 M2@60', 'M0@20 M1@40 M2@60 P0_80'],
  ['on top', 'P0^0 M0@20 M1@40 M2@60', 'G1^0 M0@20 M1@40 M2@60'],
])('what lies %s', async (_, before, now) => {
  for (const ratio of [1, 1.5]) {
    const props = {
      ...{ store, axis: 'step' as const, window: { from, to }, lanePx: 20, widthPx: 600, heightPx: 100, emPx: 13, ratio },
      ...{ placed: lanesIn(before), heldPx: before.includes('^') ? 20 : 0, scrollPx: before.includes('^') ? 80 : 100 },
      ...{ cast: scenario.cast, names, theme: 'light' },
    };
    const canvasOf = ({ container }: { container: HTMLElement }): HTMLCanvasElement =>
      container.querySelector('canvas') as HTMLCanvasElement;
    const shown = render(LaneCanvas, props);
    const puts = vi.spyOn(canvasOf(shown).getContext('2d') as CanvasRenderingContext2D, 'putImageData');
    await shown.rerender({ placed: lanesIn(now) });
    // Each with the part of the picture that is put.
    expect(new Set(puts.mock.calls.map((put) => put.length))).toEqual(new Set([7]));
    const [partly, anew] = [shown, render(LaneCanvas, { ...props, placed: lanesIn(now) })].map((each) => drawnOn(canvasOf(each)));
    expect(partly?.pixels).toEqual(anew?.pixels);
    const textsOf = (all: typeof anew): string[] => (all?.texts ?? []).map(({ text, y }) => `${text} ${y}`).sort();
    expect(textsOf(anew).length).toBeGreaterThan(1);
    expect(textsOf(partly)).toEqual(textsOf(anew));
  }
});
