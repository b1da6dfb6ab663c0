/** A village of many houses as it is drawn at every level, by day and by night, and what befalls all of it. */
import { test } from 'vitest';
import type { State, Step } from '../../../src-main/contract/index';
import { Simulation } from '../../../src-main/model/run/simulate';
import { assets, scenarioOf } from '../../../src-main/model/testdata/run-scenario';
import { applyStep, copyState } from '../../../src-main/model/trace/replay';
import { drawn, expectKept, type Look, styleOf, svgFile } from '../../testdata/picture';
import Scene from '../Scene.svelte';
import TownScene from './TownScene.svelte';

const LOOKS = { zh: { theme: 'light', lang: 'zh-CN' }, en: { theme: 'dark', lang: 'en' } } as const satisfies Record<string, Look>;
const STYLE = styleOf('scene');

/** A level of the picture for each: houses before which people stand, cards, small cards, the map; and what befalls all of them. */
const CROWDS = [
  { name: 'street', houses: 3, children: 20, part: 0.5, size: { widthPx: 1_024, heightPx: 596 } },
  { name: 'cards', houses: 16, children: 48, part: 0.3, size: { widthPx: 1_024, heightPx: 318 } },
  { name: 'small', houses: 32, children: 80, part: 0.35, size: { widthPx: 1_366, heightPx: 728 } },
  { name: 'map', houses: 128, children: 200, part: 0.5, size: { widthPx: 1_366, heightPx: 728 } },
  { name: 'stopped', houses: 12, children: 20, part: 'stop', size: { widthPx: 1_024, heightPx: 596 } },
] as const;

function stepsOf(houses: number, children: number) {
  const scenario = scenarioOf(`schedville: 1
kind: scenario
id: crowd
title: { zh: 人多, en: crowd }
runtime: { gomaxprocs: ${houses} }
goroutines:
  main:
    - go: { name: w, times: ${children} }
    - sleep: 900us
    - gc: { stw: 100us }
  w:
    - compute: 200us
    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 60us, returns: 4 }
    - compute: 900us
`);
  const simulation = new Simulation(scenario, assets);
  const steps: Step[] = [];
  while (!simulation.outcome) steps.push(...simulation.run(1_000).steps);
  return { scenario, first: simulation.first, steps };
}

test.each(CROWDS.map((each, i) => ({ ...each, language: i % 2 === 0 ? ('zh' as const) : ('en' as const) })))(
  'a village of $houses houses as $name',
  ({ name, houses, children, part, size, language }) => {
    const { scenario, first, steps } = stepsOf(houses, children);
    const state: State = copyState(first);
    const isThere = (step: Step): boolean =>
      part === 'stop' ? state.sched.gcwaiting && state.sched.stopwait === 0 : step.n >= part * steps.length;
    const step = steps.find((each) => {
      applyStep(state, each);
      return isThere(each);
    });
    const props = {
      ...{
        before: state,
        after: state,
        step: step ?? null,
        recent: step ? [step] : [],
        fraction: 1,
        cast: scenario.cast,
        language,
        focus: [],
      },
      textPx: 13.33,
      town: TownScene,
      most: { goroutines: children, threads: houses },
    };
    const scene = drawn(Scene, props, size);
    const view = scene.querySelector<HTMLElement>('.houses');
    const placeOf = (name: 'left' | 'top', whole: number): number => (Number.parseFloat(view?.style[name] ?? '0') / 100) * whole;
    // The houses' window lies inside of the picture: in a file it is a group that stands there.
    const houseLayer = scene.querySelector('[data-layer="houses"]');
    if (houseLayer) {
      const moved = document.createElementNS('http://www.w3.org/2000/svg', 'g');
      moved.setAttribute('transform', `translate(${placeOf('left', size.widthPx)} ${placeOf('top', size.heightPx)})`);
      moved.append(...houseLayer.childNodes);
      houseLayer.append(moved);
    }
    expectKept(
      `town-${name}-${language}.svg`,
      svgFile([...scene.querySelectorAll('.scene > svg, .houses svg')], STYLE, size, LOOKS[language]),
    );
  },
);
