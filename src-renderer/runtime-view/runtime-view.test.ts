/** What the runtime view decides: the current line, what a cell says of its change, and what is left out. */
import { render, screen } from '@testing-library/svelte';
import { beforeAll, describe, expect, test } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import type { State, Step } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import Field from './Field.svelte';
import RuntimeView from './RuntimeView.svelte';
import type { Cell } from './technical-rows';

beforeAll(() => {
  // jsdom scrolls nothing.
  Element.prototype.scrollIntoView = (): void => undefined;
});

const CELL: Cell = { field: 'status', path: 'P.P0.status', now: '_Pidle', old: null, isFocused: false, chips: null, isDull: false };
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

  test('that is a list has a chip for each in order, twelve of them, and counts the rest', () => {
    const chips = Array.from({ length: 15 }, (_, i) => `G${i}`);
    const cell = field({ chips });
    expect([...cell.querySelectorAll('i')].map(text)).toEqual(chips.slice(0, 12));
    expect(text(cell)).toMatch(/\+3$/);
    expect(text(field({ chips: chips.slice(0, 12) }))).not.toContain('+');
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
    expect(view.querySelector('.code .quiet')).not.toBeNull();
  });

  test('lights the rows and the cells that the step changed', () => {
    const step: Step = { ...inCode, set: [['P.P0.status', '_Prunning', '_Psyscall']] };
    const view = shown({ step });
    const touched = [...view.querySelectorAll('.row.touched')];
    expect(touched.map((row) => text(row.querySelector('strong')))).toEqual(['P0']);
    expect([...view.querySelectorAll('.cell.changed del')].map(text)).toEqual(['_Prunning']);
  });

  test('leaves empty fields out while it is small, and says so; large, it has them all', () => {
    const fields = (view: HTMLElement): number => view.querySelectorAll('.field').length;
    const small = shown({ after: last });
    const hint = small.querySelector('.hint');
    const count = fields(small);
    const large = shown({ after: last, isLarge: true });
    expect(hint).not.toBeNull();
    expect(large.querySelector('.hint')).toBeNull();
    expect(fields(large)).toBeGreaterThan(count);
  });

  test('counts the dead, whose rows are not listed', () => {
    const g1 = Object.values(first.G)[0] as State['G']['G1'];
    const after = { ...first, G: { ...first.G, G8: { ...g1, status: '_Gdead' }, G9: { ...g1, status: '_Gdead' } } } as State;
    const dead = Object.values(after.G).filter(({ status }) => status === '_Gdead').length;
    shown({ after });
    expect(screen.queryByText(/^G8/)).toBeNull();
    expect(screen.getByText(fill(WORDS.en.runtime.hidden, { g: dead, m: 0 }))).toBeDefined();
    shown({ after: { ...first, G: { G1: g1 } } as State });
    expect(screen.getAllByText(/not listed/)).toHaveLength(1);
  });
});
