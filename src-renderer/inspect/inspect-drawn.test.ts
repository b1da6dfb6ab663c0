/** The card of a thing: what it says and where it leads; and when it comes, stays and goes. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import type { Inspected } from '../../src-main/contract/index';
import type { LessonStore } from '../stores/lesson.svelte';
import type { Selection } from '../stores/selection.svelte';
import { lessonStoreAt } from '../testdata/window-bridge';
import Card from './Card.svelte';
import type { Thing } from './thing';

const words = WORDS.en.inspect;
const CHANGE = { n: 4, t: 1_000, m: 'M0', g: null, fn: 'acquirep', at: 'a', set: [['M.M0.p', null, 'P0']], more: 0 };
const INSPECTED = {
  ...{ set: CHANGE, before: [], previous: 4, next: null, fields: [4, 0], life: { from: [], kind: [] } },
  ...{ since: { n: 4, t: 1_000 }, lane: null },
} as unknown as Inspected;
const CELL = { old: null, isFocused: false, chips: null, more: 0, tail: [], isDull: false, isAssumed: false };
const THING: Thing = {
  path: 'M.M0',
  row: null,
  id: 'M0',
  village: 'Ming',
  go: 'M0',
  says: { village: 'At home.', go: 'runs G1' },
  places: ['M.M0'],
  fields: [
    { ...CELL, field: 'p', path: 'M.M0.p', now: 'P0' },
    { ...CELL, field: 'spinning', path: 'M.M0.spinning', now: '' },
  ],
  isThere: true,
};
const text = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const inspector = (): HTMLElement => screen.getByTestId('inspector');

describe('a card', () => {
  const told = { onselect: vi.fn(), onfield: vi.fn(), onjump: vi.fn(), onleap: vi.fn(), onclose: vi.fn() };

  function card(changes: Record<string, unknown> = {}): void {
    for (const each of Object.values(told)) each.mockReset();
    document.body.replaceChildren();
    const where = {
      n: 6,
      isNow: true,
      stepCount: 10,
      horizon: 10,
      timeOf: (n: number) => n * 1_000,
      rect: { x: 0, y: 0, width: 1, height: 1 },
    };
    const props = { thing: THING, inspected: INSPECTED, ...where, about: '', isSelected: false, language: 'en' as const, onwhy: null };
    render(Card, { ...props, ...told, ...changes });
  }
  const isOff = (id: string): boolean => screen.getByTestId<HTMLButtonElement>(`inspector-${id}`).disabled;
  const since = (): string => text(screen.getByTestId('inspector-since'));

  test('has both names and both voices, and one name where the village has none', () => {
    card({ about: 'See here.' });
    expect(text(inspector().querySelector('header'))).toMatch(/^MingM0/);
    expect([...inspector().querySelectorAll('.told > p')].map(text).slice(0, 3)).toEqual(['See here.', 'At home.', 'runs G1']);
    card({ thing: { ...THING, village: '', isThere: false } });
    expect([inspector().querySelectorAll('header code').length, text(inspector()).includes(words.notThere)]).toEqual([0, true]);
  });

  test('says since when it does that, and for how long as far as the time is known', () => {
    card();
    expect(since()).toBe(fill(words.since, { n: 4, time: '5 µs' }));
    card({ timeOf: () => null });
    expect(since()).toBe(fill(words.sinceStep, { n: 4 }));
    card({ inspected: { ...INSPECTED, since: null, set: null } });
    expect(since()).toBe(fill(words.sinceStart, { time: '6 µs' }));
  });

  test('of another step says which, and offers to go there in the place of what counts now', async () => {
    card({ isNow: false });
    expect([text(inspector().querySelector('.then')), inspector().querySelector('dl')]).toEqual([fill(words.atStep, { n: 6 }), null]);
    expect(screen.queryByTestId('inspector-next')).toBeNull();
    await fireEvent.click(screen.getByText(words.goThere));
    expect(told.onjump).toHaveBeenCalledExactlyOnceWith(6);
  });

  test('leads to the changes that there are, and to where it was set unless that is here', async () => {
    card();
    expect(['previous', 'next', 'set'].map(isOff)).toEqual([false, true, false]);
    await fireEvent.click(screen.getByTestId('inspector-previous'));
    await fireEvent.click(screen.getByTestId('inspector-set'));
    expect([told.onleap.mock.calls, told.onjump.mock.calls]).toEqual([[['previous']], [[4]]]);
    card({ n: 4 });
    expect(isOff('set')).toBe(true);
  });

  test('tells the last three changes, each with its step and what of it changed; what was made as a whole appears', async () => {
    const set = [
      ['M.M0.p', 'P1', 'P0'],
      ['M.M0.id', 1, 2],
      ['M.M0.x', 3, 4],
    ];
    const before = [
      { ...CHANGE, n: 3, set, more: 2 },
      { ...CHANGE, n: 2, set: [['M.M0', null, {}]] },
      { ...CHANGE, n: 1 },
    ];
    card({ inspected: { ...INSPECTED, before } });
    const lines = [...inspector().querySelectorAll('li')];
    expect(lines.map((line) => text(line.querySelector('span')))).toEqual([
      'p – → P0',
      `p P1 → P0 · id 1 → 2 · ${fill(words.more, { n: 3 })}`,
      words.created,
    ]);
    // Two find room; of three one is counted.
    card({ inspected: { ...INSPECTED, set: { ...CHANGE, set, more: 0 }, before: [] } as never });
    expect(text(inspector().querySelector('li span'))).toBe(`p P1 → P0 · id 1 → 2 · ${fill(words.more, { n: 1 })}`);
    card({ inspected: { ...INSPECTED, set: { ...CHANGE, set: set.slice(0, 2), more: 0 }, before: [] } as never });
    expect(text(inspector().querySelector('li span'))).toBe('p P1 → P0 · id 1 → 2');
    await fireEvent.click(lines[1]!.querySelector('button')!);
    expect(told.onjump).toHaveBeenCalledExactlyOnceWith(3);
    card({ inspected: { ...INSPECTED, set: null } });
    expect(text(inspector())).toContain(words.noChange);
  });

  test('a field says when it was set, and leads to itself or to whom it names', async () => {
    card();
    const fields = within(screen.getByLabelText(words.fields));
    expect(['p', 'spinning'].map((name) => fields.getByText(name).title)).toEqual([fill(words.setAt, { n: 4 }), words.asAtStart]);
    await fireEvent.click(fields.getByText('spinning'));
    await fireEvent.click(fields.getByText('P0'));
    expect(told.onfield.mock.calls).toEqual([['M.M0.spinning'], ['P.P0']]);
  });

  test('says whether it is selected, and asks why only where somebody answers', () => {
    card({ isSelected: true, onwhy: vi.fn() });
    const select = screen.getByTestId('inspector-select');
    expect([text(select), select.getAttribute('aria-pressed'), screen.queryByText(words.why) !== null]).toEqual([
      words.letGo,
      'true',
      true,
    ]);
    card();
    expect([text(screen.getByTestId('inspector-select')), screen.queryByText(words.why)]).toEqual([words.select, null]);
  });
});

describe('the card of what is pointed at', () => {
  let lesson: LessonStore;
  let selection: Selection;
  let thing: HTMLElement;
  let page: {
    toggle: () => Promise<void>;
    escape: () => boolean;
    askedAbout: (canPoint: boolean) => { path: string; n: number | null } | null;
  };

  beforeEach(async () => {
    // jsdom has neither.
    document.elementsFromPoint = () => [];
    globalThis.CSS ??= { escape: (path: string) => path } as unknown as typeof CSS;
    lesson = await lessonStoreAt('hunting', 'village');
    lesson.inspected = { inspect: () => Promise.resolve(INSPECTED) };
    selection = new (await import('../stores/selection.svelte')).Selection(lesson);
    document.body.innerHTML = '<button data-path="M.M0">M0</button><p>ground</p><textarea data-path="M.M0"></textarea>';
    thing = document.body.querySelector('button')!;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    document.body.replaceChildren();
  });

  async function watching(isOff = false): Promise<void> {
    const props = { lesson, selection, notices: lesson['notices'], language: 'en' as const, isOff, onwhy: null };
    page = render((await import('./Inspector.svelte')).default, props).component as unknown as typeof page;
    await tick();
  }
  const ground = (): HTMLElement => document.body.querySelector('p')!;
  const point = (at: Element, x: number, more: object = {}): Promise<boolean> =>
    fireEvent.pointerMove(at, { clientX: x, clientY: 5, screenX: x, screenY: 5, ...more });
  const isThere = (): boolean => screen.queryByTestId('inspector') !== null;
  const comes = (): Promise<void> =>
    eventually(() => {
      expect(isThere()).toBe(true);
    });
  /** As long as it takes to come, and some more. */
  const rest = async (ms = 1_000): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
    await tick();
  };

  test('comes where the mouse rests, not where it passes, and goes when the mouse has left or turns its wheel', async () => {
    await watching();
    await point(thing, 5);
    await rest(300);
    await point(ground(), 6);
    await rest();
    expect(isThere()).toBe(false);
    await point(thing, 7);
    await comes();
    await fireEvent.wheel(ground());
    expect(isThere()).toBe(false);
    await point(thing, 8);
    await comes();
    await point(ground(), 500);
    expect(isThere()).toBe(false);
  });

  test('does not come under a mouse that lies still, that presses, or where nobody is to point at anything', async () => {
    await watching();
    await point(ground(), 5);
    await point(thing, 5);
    await rest();
    await point(thing, 6, { buttons: 1 });
    await rest();
    expect(isThere()).toBe(false);
    document.body.lastElementChild?.remove();
    await watching(true);
    await page.toggle();
    await fireEvent.contextMenu(thing, { button: 2 });
    expect(isThere()).toBe(false);
  });

  test('asked for by its key it stays and has the focus, which goes back when it is closed', async () => {
    await watching();
    thing.focus();
    await page.toggle();
    await comes();
    await fireEvent.wheel(ground());
    expect(document.activeElement === inspector()).toBe(true);
    expect([page.escape(), document.activeElement === thing]).toEqual([true, true]);
    await tick();
    expect([isThere(), page.escape()]).toEqual([false, false]);
  });

  test('comes at once by the other button, and goes with the next press elsewhere; a text has a menu of its own', async () => {
    await watching();
    expect(await fireEvent.contextMenu(document.querySelector('textarea')!, { button: 2 })).toBe(true);
    expect(await fireEvent.contextMenu(thing, { button: 2 })).toBe(false);
    await comes();
    await fireEvent.pointerDown(inspector());
    expect(isThere()).toBe(true);
    await fireEvent.pointerDown(ground());
    expect(isThere()).toBe(false);
  });

  test('comes under a finger that is held, which presses nothing then; a short touch presses', async () => {
    const pressed = vi.fn();
    thing.addEventListener('click', pressed);
    await watching();
    const touch = { pointerType: 'touch', clientX: 5, clientY: 5 };
    await fireEvent.pointerDown(thing, touch);
    await comes();
    await fireEvent.pointerUp(thing, touch);
    await fireEvent.click(thing);
    expect(pressed).not.toHaveBeenCalled();
    await fireEvent.pointerDown(thing, touch);
    await fireEvent.pointerUp(thing, touch);
    await fireEvent.click(thing);
    expect(pressed).toHaveBeenCalledOnce();
  });

  test('who asks “why?” asks about its thing, and it goes; then about what is pointed at, unless something is selected', async () => {
    await watching();
    thing.focus();
    await page.toggle();
    await comes();
    expect(page.askedAbout(false)).toEqual({ path: 'M.M0', n: null });
    await tick();
    expect([isThere(), page.askedAbout(true)]).toEqual([false, null]);
    await point(thing, 5);
    expect([page.askedAbout(true), page.askedAbout(false)]).toEqual([{ path: 'M.M0', n: null }, null]);
    selection.path = 'G.G1';
    expect(page.askedAbout(true)).toBeNull();
  });

  test('selecting from it pins it, and a field of it goes on to its own card', async () => {
    await watching();
    await point(thing, 5);
    await comes();
    await fireEvent.click(screen.getByTestId('inspector-select'));
    await fireEvent.wheel(ground());
    expect([selection.path, isThere()]).toEqual(['M.M0', true]);
    const [field] = screen.getByLabelText(words.fields).querySelectorAll<HTMLElement>('dt button');
    await fireEvent.click(field!);
    expect([selection.path?.startsWith('M.M0.'), inspector().dataset.pathOf]).toEqual([true, selection.path]);
  });
});
