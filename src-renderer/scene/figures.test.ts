/** What a house, a parent, a child and the whole village look like: every decision that their drawings take. */
import { render } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { drawn } from '../testdata/picture';
import { castOf } from './cast';
import CastPicture from './CastPicture.svelte';
import Child from './Child.svelte';
import type { Ended } from './events';
import House from './House.svelte';
import Parent from './Parent.svelte';
import Scene from './Scene.svelte';
import type { ParentPose } from './glossary';
import type { ChildFigure, HouseFigure, ParentFigure } from './scene-figures';
import { frameFor, zoneOf } from './scene-layout';
import { scenePlan } from './scene-plan';

const HOUSE: HouseFigure = {
  id: 'P0',
  x: 200,
  y: 150,
  scale: 1,
  plaque: 'House 1',
  name: 'House 1',
  light: 'dark',
  door: 'closed',
  stay: 3,
  chalk: null,
  hidden: 0,
  bench: 0,
  timers: 0,
  plate: { x: 296, y: 98, scale: 1 },
};
const PARENT: ParentFigure = {
  id: 'M0',
  x: 100,
  y: 150,
  scale: 1,
  name: 'Zhang San',
  pose: 'home',
  robe: '#123456',
  address: null,
  key: null,
  doing: 'home',
  isBound: false,
  isRung: false,
};
const CHILD: ChildFigure = {
  id: 'G1',
  x: 130,
  y: 150,
  scale: 1,
  name: 'Ming',
  robe: '#654321',
  sash: 'band',
  pose: 'raised',
  strip: null,
  reason: '',
  keeper: null,
  locks: '',
};

test.each(LANGUAGES)('no house bears its name without its number, for House 1 is P0; and none bears the number twice (%s)', (language) => {
  const { first } = play(scenarioOf(golden('S7.scenario.yaml')));
  const cast = { M: [], P: [], G: {} };
  let named = 0;
  for (const [widthPx, heightPx] of [
    [1_024, 318],
    [1_024, 600],
    [600, 400],
  ] as const)
    for (const house of scenePlan({ state: first, step: null, cast, language, frame: frameFor(widthPx, heightPx) }).houses) {
      const { container, unmount } = render(House, { house, bench: house.y + 50, isTouched: false, isFocused: false });
      const texts = [...container.querySelectorAll('text')].map((each) => each.textContent);
      expect(texts.filter((each) => each === house.id)).toHaveLength(1);
      if (texts.includes(house.name)) named++;
      unmount();
    }
  expect(named).toBeGreaterThan(0);
});
const QUIET = { isTouched: false, isFocused: false };

const house = (changes: Partial<HouseFigure>, marks = QUIET): Element =>
  render(House, { house: { ...HOUSE, ...changes }, bench: 190, ...marks }).container;
const parent = (changes: Partial<ParentFigure>, marks = QUIET): Element =>
  render(Parent, { parent: { ...PARENT, ...changes }, ...marks }).container;
const child = (changes: Partial<ChildFigure>, marks = QUIET): Element =>
  render(Child, { child: { ...CHILD, ...changes }, ...marks }).container;

/** All texts of a drawing, in order. */
const texts = (drawing: Element): (string | undefined)[] => [...drawing.querySelectorAll('text')].map((each) => each.textContent.trim());
const fills = (drawing: Element, fill: string): number => drawing.querySelectorAll(`[fill="${fill}"]`).length;
/** How often a colour that belongs to one thing only is found: the lock's brass plate, the bolt's iron, the seal's red. */
const DOOR_MARKS = { lock: '[fill="#d8a93a"]', bolt: '[fill="#5a6068"]', seal: '[stroke="#b5442e"]' };

describe('a house', () => {
  test.each([
    ['open', []],
    ['closed', []],
    ['locked', ['lock']],
    ['bolted', ['bolt']],
    ['sealed', ['seal']],
    ['ruin', []],
  ] as const)('whose door is %s bears %j', (door, marks) => {
    const drawing = house({ door });
    const found = Object.entries(DOOR_MARKS).flatMap(([mark, selector]) => (drawing.querySelector(selector) ? [mark] : []));
    expect(found).toEqual(marks);
  });

  test('every door is drawn otherwise', () => {
    const doors = (['open', 'closed', 'locked', 'bolted', 'sealed', 'ruin'] as const).map((door) => house({ door }).innerHTML);
    expect(new Set(doors).size).toBe(doors.length);
  });

  test('has 封 on its seal, and only there', () => {
    expect(texts(house({ door: 'sealed' }))).toContain('封');
    expect(texts(house({ door: 'locked' }))).not.toContain('封');
  });

  test('has light behind its windows and in its open door, or none', () => {
    // Both windows are one path.
    expect(fills(house({ light: 'lit', door: 'open' }), 'var(--window-lit)')).toBe(1);
    expect(fills(house({ light: 'lit', door: 'open' }), 'var(--glow)')).toBe(1);
    expect(fills(house({ light: 'lit', door: 'open' }), '#ffdf8f')).toBe(1);
    expect(fills(house({ light: 'dark' }), 'var(--window-dark)')).toBe(1);
    expect(fills(house({ light: 'dark' }), 'var(--glow)')).toBe(0);
  });

  test('has its number, its stay and its name written on it', () => {
    expect(texts(house({}))).toEqual(['House 1', 'P0', '№3']);
  });

  test('bears the slate with the number seen, also when that is 0', () => {
    expect(texts(house({ door: 'locked', chalk: 3 }))).toEqual(['House 1', 'P0', '№3', '3']);
    expect(house({ door: 'locked', chalk: 0 }).querySelector('.chalk')?.textContent).toBe('0');
    expect(house({ door: 'locked' }).querySelector('.chalk')).toBeNull();
  });

  test('has a bench only for those who sit on it, and says how many are not drawn', () => {
    const benches = (drawing: Element): number => drawing.querySelectorAll('.bench').length;
    expect(benches(house({ bench: 0 }))).toBe(0);
    expect(benches(house({ bench: 1 }))).toBe(1);
    expect(texts(house({ bench: 8 }))).not.toContain('+0');
    expect(texts(house({ bench: 30, hidden: 22 }))).toContain('+22');
  });

  test('keeps an hourglass while it has timers', () => {
    expect(texts(house({ timers: 2 }))).toContain('×2');
    expect(house({ timers: 0 }).textContent).not.toContain('×');
  });

  test('that was torn down has no plate, no slate and no halo', () => {
    const ruin = house({ door: 'ruin', chalk: 3, hidden: 2, timers: 1 }, { isTouched: true, isFocused: true });
    expect(texts(ruin)).toEqual([]);
    expect(ruin.querySelector('.halo')).toBeNull();
  });
});

describe('a parent', () => {
  test.each([
    ['asleep', ['z', 'z']],
    ['doze', ['z z']],
    ['outside', ['z z']],
    ['roaming', ['?']],
    ['home', []],
    ['desk', []],
    ['hunting', []],
    ['walking', []],
    ['watch', []],
    ['abroad', ['C']],
  ] as const)('%s says %j', (pose, said) => {
    expect(texts(parent({ pose }))).toEqual(said);
  });

  test('hunts with a bow, here and abroad; the watchman has a lantern, dim while he dozes; the desk is where one schedules', () => {
    const has = (selector: string): ParentPose[] =>
      (['home', 'desk', 'roaming', 'hunting', 'asleep', 'outside', 'polling', 'walking', 'watch', 'doze', 'abroad'] as const).filter(
        (pose) => parent({ pose }).querySelector(selector) !== null,
      );
    expect(has('[stroke="#d9d2c0"]')).toEqual(['hunting', 'abroad']);
    expect(has('[stroke="#8d2d1c"]')).toEqual(['watch', 'doze']);
    expect(has('[fill="#ffb84a"]')).toEqual(['watch']);
    expect(has('[fill="#fff8e4"]')).toEqual(['desk']);
  });

  test('hears the bell while SIGURG is on its way to it, in whatever pose', () => {
    expect(parent({}).querySelector('.sound')).toBeNull();
    for (const pose of ['home', 'desk', 'hunting', 'watch', 'asleep'] as const)
      expect(parent({ pose, isRung: true }).querySelectorAll('.sound')).toHaveLength(1);
  });

  test('wears its own robe, standing or lying', () => {
    expect(fills(parent({}), '#123456')).toBe(1);
    expect(fills(parent({ pose: 'asleep' }), '#123456')).toBe(1);
  });

  test('holds the address slip, the key and the tie to a child when it has them', () => {
    const has = (changes: Partial<ParentFigure>): boolean[] =>
      ['[fill="#fff7dc"]', '[stroke="#d8a93a"]', '[stroke="#c0392b"]'].map((selector) => parent(changes).querySelector(selector) !== null);
    expect(has({})).toEqual([false, false, false]);
    expect(has({ address: 'House 1 · 3' })).toEqual([true, false, false]);
    expect(has({ key: 'P0' })).toEqual([false, true, false]);
    expect(has({ isBound: true })).toEqual([false, false, true]);
  });

  test('has the key by the pillow when it lies, else in the hand', () => {
    /** Where the key's ring begins, from the feet. */
    const at = (pose: ParentPose): number[] => {
      const d = parent({ pose, key: 'P0' }).querySelector('path[stroke="#d8a93a"]')?.getAttribute('d') ?? '';
      const [x = NaN, y = NaN] = (/^M(\S+) (\S+)A/.exec(d) ?? []).slice(1).map(Number);
      return [Math.round(x - PARENT.x), Math.round(y - PARENT.y)];
    };
    expect(at('asleep')).toEqual([-34, -4]);
    expect(at('walking')).toEqual([-19, -24]);
  });

  test('too small to be seen it is not', () => {
    for (const draw of [parent, child])
      expect([0, 0.1, 1].map((scale) => draw({ scale }).querySelector('path') !== null)).toEqual([false, false, true]);
  });
});

describe('a child', () => {
  test('has no strip, an arrow to make way, or the alarm', () => {
    const strips = ([null, 'yield', 'alarm'] as const).map((strip) => {
      const drawing = child({ strip });
      // The strip itself, the arrow's line, the exclamation marks.
      return [fills(drawing, '#e0261b'), drawing.querySelectorAll('[stroke="#fff"]').length, fills(drawing, '#fff')];
    });
    expect(strips).toEqual([
      [0, 0, 0],
      [1, 1, 0],
      [1, 0, 1],
    ]);
  });

  test('sleeps with its eyes closed, and only then', () => {
    expect(texts(child({ pose: 'asleep' }))).toEqual(['z']);
    for (const pose of ['raised', 'waiting', 'hunting'] as const) expect(texts(child({ pose }))).toEqual([]);
  });

  test('wears its own robe', () => {
    expect(fills(child({}), '#654321')).toBe(1);
  });

  test('carries a key while it has a lock', () => {
    const drawn = (locks: string): number => child({ locks }).querySelectorAll('[data-locks]').length;
    expect([drawn(''), drawn('mu'), drawn('mu other')]).toEqual([0, 1, 1]);
  });

  test('wears one band, two, a seam down the front or three dots: every sash is drawn otherwise', () => {
    const drawnAs = (sash: ChildFigure['sash']): string => child({ sash }).querySelector(`[data-sash="${sash}"]`)?.getAttribute('d') ?? '';
    const strokes = (['band', 'bands', 'seam', 'dots'] as const).map((sash) => drawnAs(sash).match(/M/g)?.length);
    expect(strokes).toEqual([1, 2, 1, 3]);
    expect(drawnAs('band')).toContain('Q');
    expect(drawnAs('seam')).toMatch(/^M130 \S+L130 \S+$/);
  });
});

test.each([
  ['house', house],
  ['parent', parent],
  ['child', child],
] as const)('a %s has a halo when the step touched it or the lesson points at it; touched counts more', (_, draw) => {
  const halo = (isTouched: boolean, isFocused: boolean): string | null => {
    const found = draw({}, { isTouched, isFocused }).querySelector('.halo');
    return found ? (found.classList.contains('focus') ? 'focus' : 'touched') : null;
  };
  expect([halo(false, false), halo(true, false), halo(false, true), halo(true, true)]).toEqual([null, 'touched', 'focus', 'touched']);
});

describe('the village', () => {
  const scenario = scenarioOf(golden('S1.scenario.yaml'));
  const { last } = play(scenario);
  const step = {
    n: 1,
    t: 0,
    m: 'M0',
    p: null,
    g: null,
    fn: 'f',
    at: 'a',
    d: 0,
    set: [['M.M0.parked', false, true]] as [string, boolean, boolean][],
  };
  const scene = (changes: { focus?: readonly string[]; isTouching?: boolean; ended?: Ended }): HTMLElement =>
    drawn(
      Scene as never,
      {
        before: last,
        after: last,
        step: changes.isTouching ? step : null,
        fraction: 1,
        cast: scenario.cast,
        language: 'en',
        focus: changes.focus ?? [],
        ended: changes.ended ?? null,
      },
      { widthPx: 1_024, heightPx: 318 },
    );
  const halos = (drawing: HTMLElement): string[] => [...drawing.querySelectorAll('.halo')].map((each) => [...each.classList].join(' '));

  test('has a halo round the one that the step touched, and round nobody without a step', () => {
    expect(scene({}).querySelector('ellipse.halo')).toBeNull();
    expect(halos(scene({ isTouching: true })).filter((each) => !each.includes('focus'))).toHaveLength(1);
  });

  test('has halos round those that the lesson points at, and the watchman answers to his office', () => {
    expect(halos(scene({ focus: ['M0'] })).filter((each) => each.includes('focus'))).toHaveLength(1);
    expect(halos(scene({ focus: ['watchman'] })).filter((each) => each.includes('focus'))).toHaveLength(1);
    expect(halos(scene({ focus: ['M99'] }))).toEqual([]);
  });

  test('is told in words to those who do not see it', () => {
    expect(scene({}).querySelector('[role="img"]')?.getAttribute('aria-label')).toContain('(P0): ');
  });

  test('has a banner for what befalls all of it, which is told first', () => {
    expect(scene({}).querySelector('[data-layer="event"]')).toBeNull();
    const ended = scene({ ended: { kind: 'exit', code: 3, message: '' } });
    expect(ended.querySelector('[data-event="end"] .headline')?.textContent).toBe('Exit at once');
    expect(ended.querySelector('[role="img"]')?.getAttribute('aria-label')).toMatch(/^Exit at once\. /);
  });

  test('is drawn in layers, and whoever stands on the ground of one is drawn there', () => {
    const layers = [...scene({}).querySelectorAll('svg')].map((each) => each.getAttribute('data-layer'));
    expect(layers.slice(0, 3)).toEqual(['sky', 'landscape', 'scenery']);
    expect(new Set(layers).size).toBe(layers.length);
    const { places } = scenePlan({ state: last, step: null, cast: scenario.cast, language: 'en', frame: frameFor(1_024, 318) });
    const zones = [
      { x: places.forest + 40, y: places.walk },
      { x: places.forest - 40, y: places.walk },
      { x: 40, y: places.yard },
    ].map((spot) => zoneOf(spot, places));
    expect(zones).toEqual(['forest', 'houses', 'yards']);
  });

  test('has no group with a transform: Chromium paints each for itself', () => {
    expect(scene({ focus: ['M0', 'G1', 'P0'], isTouching: true }).querySelectorAll('g[transform]')).toHaveLength(0);
  });

  test('names everybody above the drawings: labels come after all figures', () => {
    const all = [...scene({}).querySelectorAll('svg > g')];
    const firstLabel = all.findIndex((each) => each.hasAttribute('data-label'));
    expect(firstLabel).toBeGreaterThan(0);
    expect(all.slice(firstLabel).every((each) => each.hasAttribute('data-label'))).toBe(true);
    const of = all.slice(firstLabel).map((each) => each.getAttribute('data-label'));
    expect(of).toContain('M0');
  });
});

test('the legend draws everything, and nothing like something else', () => {
  const { first } = play(scenarioOf(golden('S1.scenario.yaml')));
  const plan = scenePlan({ state: first, step: null, cast: { M: [], P: [], G: {} }, language: 'en', frame: frameFor(1_024, 318) });
  const entries = Object.values(castOf(plan, first, null)).flat();
  const pictures = entries.map(({ drawing }) => {
    const { container } = render(CastPicture, { drawing });
    expect(container.querySelectorAll('path, rect').length).toBeGreaterThan(0);
    return container.innerHTML;
  });
  // Events have the banner of their look.
  const looks = new Set(entries.map(({ drawing }, i) => (drawing.kind === 'event' ? drawing.look : i)));
  expect(new Set(pictures).size).toBe(looks.size);
});
