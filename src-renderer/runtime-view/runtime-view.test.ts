/** What the runtime view decides: the current line, what a cell says of its change, and what is left out. */
import { fireEvent, render } from '@testing-library/svelte';
import { beforeAll, describe, expect, test } from 'vitest';
import { WORDS } from '../../assets/words/index';
import type { State, Step } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import Field from './Field.svelte';
import RuntimeView from './RuntimeView.svelte';
import type { Cell } from './technical-rows';

beforeAll(() => {
  // jsdom scrolls nothing.
  Element.prototype.scrollIntoView = (): void => undefined;
  // … and measures nothing.
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
});

const CELL: Cell = {
  field: 'status',
  path: 'P.P0.status',
  now: '_Pidle',
  old: null,
  isFocused: false,
  chips: null,
  more: 0,
  tail: [],
  isDull: false,
  isAssumed: false,
};
const field = (changes: Partial<Cell>): HTMLElement => render(Field, { cell: { ...CELL, ...changes } }).container;
const text = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('a field', () => {
  test('that changed has its old value struck through before the new one', () => {
    const cell = field({ old: '_Psyscall' });
    expect(cell.querySelector('del')?.textContent).toBe('_Psyscall');
    expect(text(cell)).toMatch(/^status _Psyscall ?→ ?_Pidle$/);
    expect(cell.querySelector('.cell')?.classList).toContain('changed');
  });

  test('that did not has one value and no mark', () => {
    const cell = field({});
    expect(cell.querySelector('del')).toBeNull();
    expect(text(cell)).toBe('status _Pidle');
    expect([...(cell.querySelector('.cell')?.classList ?? [])]).not.toContain('changed');
  });

  test('is marked when it is pointed at, and pale when it is dull', () => {
    expect(field({ isFocused: true }).querySelector('.focused')).not.toBeNull();
    expect(field({ isDull: true }).querySelector('.dull')).not.toBeNull();
    expect(field({}).querySelector('.focused, .dull')).toBeNull();
  });

  test('with nothing in it says so', () => {
    expect(text(field({ now: '' }))).toBe('status –');
    expect(text(field({ chips: [] }))).toBe('status ∅');
  });

  test('that is a list has a chip for each in order, and counts the rest, before its end or behind it', () => {
    const chips = Array.from({ length: 12 }, (_, i) => `G${i}`);
    const cell = field({ chips, more: 3 });
    expect([...cell.querySelectorAll('i')].map(text)).toEqual(chips);
    expect(text(cell)).toMatch(/\+3$/);
    expect(text(field({ chips }))).not.toContain('+');
    expect(text(field({ chips: ['G1'], more: 7, tail: ['G9'] }))).toMatch(/G1 ?… 7 … ?G9$/);
  });
});

describe('the view', () => {
  const { first, last, steps } = play(scenarioOf(golden('S2.scenario.yaml')));
  const inCode = steps.find(({ fn }) => fn === 'reentersyscall') as Step;
  const shown = (changes: { step?: Step | null; after?: State; focus?: readonly string[]; isLarge?: boolean }): HTMLElement =>
    render(RuntimeView, { after: first, step: null, recent: [], language: 'en', focus: [], isLarge: false, go: '1.14', ...changes })
      .container;
  const lines = (view: HTMLElement): string[] => [...view.querySelectorAll('.line.now code')].map(text);

  test('marks the line that the step stands for, and no other, at every step of the function', () => {
    const own = steps.filter(({ fn }) => fn === 'reentersyscall');
    const marked = own.map((step) => {
      const view = shown({ step });
      const found = lines(view);
      view.remove();
      return found;
    });
    expect(marked.every((found) => found.length === 1)).toBe(true);
    expect(new Set(marked.flat()).size).toBe(new Set(own.map(({ at }) => at)).size);
    expect(marked.flat().at(own.findIndex(({ at }) => at === 'psyscall'))).toContain('_Psyscall');
  });

  test('says which thread and which goroutine are at it', () => {
    expect(text(shown({ step: { ...inCode, m: 'M7', p: 'P3', g: 'G5' } }).querySelector('.who'))).toMatch(/^M7 · P3 · G5 · /);
    expect(text(shown({ step: { ...inCode, m: 'M7', p: null, g: null } }).querySelector('.who'))).toMatch(/^M7 · \d/);
  });

  test('has no code before the first step', () => {
    const view = shown({});
    expect(view.querySelector('.line')).toBeNull();
    expect(text(view)).toContain(WORDS.en.runtime.none);
  });

  test('lights the rows and the cells that the step changed', () => {
    const step: Step = { ...inCode, set: [['P.P0.status', '_Prunning', '_Psyscall']] };
    const view = shown({ step });
    const touched = [...view.querySelectorAll('.row.touched')];
    expect(touched.map((row) => text(row.querySelector('button')))).toEqual(['P0']);
    expect([...view.querySelectorAll('.cell.changed del')].map(text)).toEqual(['_Prunning']);
  });

  test('leaves empty fields out while it is small; large, it has them all', () => {
    const fields = (view: HTMLElement): string[] => [...view.querySelectorAll('.row.M .field')].map(text);
    expect(fields(shown({ after: last }))).not.toContain('lockedExt');
    expect(fields(shown({ after: last, isLarge: true }))).toContain('lockedExt');
  });

  test('says in a line that the step touches nothing, and why', () => {
    const step: Step = { ...inCode, set: [] };
    expect(text(shown({ step }).querySelector('.tables'))).toContain(WORDS.en.runtime.untouched);
    const asm = { pc: 'syscall.Syscall+0', text: 'NOP' };
    expect(text(shown({ step: { ...step, asm } }).querySelector('.tables'))).toContain(WORDS.en.runtime.untouchedByAssembly);
    expect(text(shown({ step: inCode }))).not.toContain(WORDS.en.runtime.untouched);
  });

  test('where there is no pseudo-code, its column gives way to a line', () => {
    const step: Step = { ...inCode, fn: 'main.main', at: 'compute' };
    const view = shown({ step });
    expect(view.querySelector('.runtime')?.classList).toContain('brief');
    expect(view.querySelector('.code')).toBeNull();
    expect(text(view)).toContain('main.main');
    expect(shown({ step: inCode }).querySelector('.code')).not.toBeNull();
  });

  test('names the documents that print the line, small and large', () => {
    const psyscall = steps.find(({ at }) => at === 'psyscall') as Step;
    const small = shown({ step: psyscall });
    expect(text(small.querySelector('.why'))).toContain('003:162');
    expect(small.querySelector('.line.now small')?.getAttribute('title')).toContain('proc.go:2965');
    expect(small.querySelector('.line.now small')?.getAttribute('title')).toContain('line 162');
    expect(text(shown({ step: psyscall, isLarge: true }).querySelector('.line.now'))).toContain('003:162');
  });
});

describe('what is asked for', () => {
  const { last } = play(scenarioOf(golden('S2.scenario.yaml')));
  const many = {
    ...last,
    G: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`G${i + 1}`, { ...last.G.G1, name: `w${i}`, status: '_Gwaiting' }])),
  } as unknown as State;
  const view = (): HTMLElement =>
    render(RuntimeView, { after: many, step: null, recent: [], language: 'en', focus: [], isLarge: false, go: '1.14' }).container;
  const titles = (shown: HTMLElement): string[] => [...shown.querySelectorAll('[role=option] strong')].map(text);

  test('the rest is counted, and opens as a list of which only a window is made', async () => {
    const shown = view();
    const more = shown.querySelector('[data-testid=runtime-more]') as HTMLElement;
    expect(Number(/\d+/.exec(text(more))?.[0])).toBeGreaterThan(9_990);
    await fireEvent.click(more);
    expect(titles(shown)[0]).toBe('P0');
    expect(titles(shown).length).toBeLessThan(60);
    await fireEvent.click(shown.querySelector('[data-testid=runtime-more]') as HTMLElement);
    expect(shown.querySelector('[role=listbox]')).toBeNull();
  });

  test('a filter finds an id among ten thousand; Escape lets it go', async () => {
    const shown = view();
    const input = shown.querySelector('[data-testid=runtime-filter]') as HTMLInputElement;
    await fireEvent.input(input, { target: { value: 'G7777' } });
    expect(titles(shown)).toEqual(['G7777 w7776']);
    expect(text(shown)).toContain('1 row');
    const isTaken = !(await fireEvent.keyDown(input, { key: 'Escape' }));
    expect(isTaken).toBe(false);
    expect(shown.querySelector('[role=listbox]')).toBeNull();
    expect(input.value).toBe('');
  });

  test('by the keys alone: from the filter into the list, down, and Enter pins the row', async () => {
    const shown = view();
    const input = shown.querySelector('[data-testid=runtime-filter]') as HTMLInputElement;
    await fireEvent.input(input, { target: { value: 'w777' } });
    await fireEvent.keyDown(input, { key: 'ArrowDown' });
    const list = shown.querySelector('[role=listbox]') as HTMLElement;
    expect(document.activeElement).toBe(list);
    await fireEvent.keyDown(list, { key: 'ArrowDown' });
    expect(shown.querySelector(`#${list.getAttribute('aria-activedescendant') ?? ''} strong`)?.textContent).toBe('G7771 w7770');
    await fireEvent.keyDown(list, { key: 'Enter' });
    expect(shown.querySelector('[role=option][aria-selected=true] strong')?.textContent).toContain('G7771');
    await fireEvent.keyDown(input, { key: 'Escape' });
    const pinned = shown.querySelector('.row.pinned button') as HTMLElement;
    expect(text(pinned)).toBe('G7771 w7770');
    expect(pinned.getAttribute('aria-pressed')).toBe('true');
    await fireEvent.click(pinned);
    expect(shown.querySelector('.row.pinned')).toBeNull();
  });

  test('who is picked in another view is pinned here; pinning picks, and letting go lets go', async () => {
    const asked: string[] = [];
    const props = { after: many, step: null, recent: [], language: 'en' as const, focus: [], isLarge: false, go: '1.14' as const };
    const { container: shown, rerender } = render(RuntimeView, {
      ...props,
      picked: 'G4321',
      onpick: (id: string) => asked.push(id),
    } as never);
    const pinnedTitles = (): string[] => [...shown.querySelectorAll('.row.pinned button')].map(text);
    expect(pinnedTitles()).toEqual(['G4321 w4320']);
    await fireEvent.click(shown.querySelector('.row.P button') as Element);
    expect(asked).toEqual(['P0']);
    await rerender({ picked: 'P0' } as never);
    expect(pinnedTitles()).toEqual(['P0']);
    await fireEvent.click(shown.querySelector('.row.pinned button') as Element);
    await rerender({ picked: null } as never);
    expect(asked).toEqual(['P0', 'P0']);
    expect(pinnedTitles()).toEqual([]);
  });

  test('the relations are a picture and, for whoever cannot see it, sentences; a box pins its row', async () => {
    const shown = render(RuntimeView, {
      after: { ...last, M: { ...last.M, M0: { ...last.M.M0, p: null, oldp: 'P0' } } } as State,
      step: { n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set: [['M.M0.oldp', null, 'P0']] } as Step,
      recent: [],
      language: 'en',
      focus: [],
      isLarge: false,
      go: '1.14',
    }).container;
    await fireEvent.click(shown.querySelector('[data-testid=runtime-relations]') as HTMLElement);
    const boxes = [...shown.querySelectorAll('.node')];
    expect(boxes.map((box) => text(box.querySelector('.title')))).toEqual(expect.arrayContaining(['P0', 'M0']));
    expect([...shown.querySelectorAll('.told .changed')].map(text)).toEqual(['M0 remembers P0 oldp']);
    expect(boxes.every((box) => box.getAttribute('tabindex') === '0')).toBe(true);
    expect(boxes.find((box) => text(box.querySelector('.title')) === 'M0')?.getAttribute('aria-label')).toContain('M0 remembers P0');
    await fireEvent.keyDown(boxes[0] as Element, { key: 'Enter' });
    expect(shown.querySelectorAll('.node[aria-pressed=true]')).toHaveLength(1);
  });
});
