/** The map of the course as it is drawn: what a card says and leaves out, which lines belong to the lesson that is pointed at, and the way over it by keys. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { type LessonCard, textOf } from '../../src-main/contract/index';
import type { SettingsStore } from '../stores/settings.svelte';
import '../testdata/window-bridge';
import CourseMap from './CourseMap.svelte';

const words = WORDS.en.course;

const card = (id: string, also: Partial<LessonCard> = {}): LessonCard => ({
  id,
  title: textOf(() => `Lesson ${id}`),
  sources: ['001', '004'],
  documents: {},
  goals: [textOf(() => `goal of ${id}`)],
  prerequisites: [],
  minutes: 30,
  terms: [],
  steps: 4,
  questions: 2,
  activities: 0,
  errata: [],
  misconceptions: [],
  refutes: [],
  ...also,
});

/** Two units, of one another: b1 builds on a2, which builds on a1; own is in none. */
const CARDS = [
  card('a1'),
  card('a2', { prerequisites: ['a1'], minutes: null, questions: 0 }),
  card('b1', { prerequisites: ['a1', 'a2', 'gone'], errata: ['E1', 'E2'] }),
  card('own'),
];
const UNITS = [
  { id: 'A', title: textOf(() => 'Begin'), lessons: ['a1', 'a2'] },
  { id: 'B', title: textOf(() => 'Go on'), lessons: ['b1'] },
];
const onopen = vi.fn<(id: string) => void>();
let page: HTMLElement;

beforeEach(() => {
  onopen.mockReset();
  const settings = { isCourseFirst: true, setCourseFirst: vi.fn() } as unknown as SettingsStore;
  const progress = { a1: { seen: ['1', '2', '3', '4', 'gone'] }, a2: { seen: ['1'] } };
  page = render(CourseMap, { cards: CARDS, units: UNITS, progress, opened: 'a2', language: 'en', settings, onopen }).container;
});

const cardOf = (id: string): HTMLElement => page.querySelector(`[data-lesson="${id}"]`) as HTMLElement;
const text = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const told = (): string => text(screen.getByTestId('course-aside').querySelector('h4'));
const reached = (): (string | undefined)[] =>
  [...page.querySelectorAll<HTMLElement>('[data-lesson][tabindex="0"]')].map(({ dataset }) => dataset.lesson);
const focused = (): string | undefined => (document.activeElement as HTMLElement).dataset.lesson;

describe('columns', () => {
  test('are headed by their units, what is in none by a name of its own, and each lesson bears its number of the course', () => {
    expect([...page.querySelectorAll('h3')].map(text)).toEqual([
      fill(words.unit, { id: 'A', title: 'Begin' }),
      fill(words.unit, { id: 'B', title: 'Go on' }),
      words.others,
    ]);
    const lists = [...page.querySelectorAll('ol')].map((list) => [...list.querySelectorAll('strong')].map(text));
    expect(lists).toEqual([['1 Lesson a1', '2 Lesson a2'], ['3 Lesson b1'], ['4 Lesson own']]);
  });
});

describe('a card', () => {
  const facts = (id: string): string[] => [...(cardOf(id).querySelector('.facts')?.children ?? [])].map(text);

  test('says what the lesson has, and nothing of what it has not', () => {
    expect(facts('a1')).toEqual([fill(words.minutes, { n: 30 }), fill(words.questions, { n: 2 })]);
    expect(facts('a2')).toEqual([]);
    expect(facts('b1')).toEqual([fill(words.minutes, { n: 30 }), fill(words.questions, { n: 2 }), fill(words.errata, { n: 2 })]);
  });

  test('says how much of it has been seen, in a bar, in numbers and in words; a tick only when that is all', () => {
    const seen = ['a1', 'a2', 'own'].map((id) => {
      const [shown, spoken] = ['[aria-hidden]:not(.bar):not(.docs)', '.seen > .hidden'].map((part) => text(cardOf(id).querySelector(part)));
      return [cardOf(id).querySelector('em') !== null, cardOf(id).querySelector<HTMLElement>('.bar i')?.style.width, shown, spoken];
    });
    const said = (n: number): string => fill(words.seen, { seen: n, steps: 4 });
    expect(seen).toEqual([
      // Steps that have gone from the lesson since are not counted.
      [true, '100%', '4/4', `${said(4)}, ${words.done}`],
      [false, '25%', '1/4', said(1)],
      [false, '0%', '0/4', said(0)],
    ]);
  });

  test('opens its lesson; the one that is open is marked, for whoever is read to as well', async () => {
    expect([...page.querySelectorAll('[aria-current]')].map((each) => (each as HTMLElement).dataset.lesson)).toEqual(['a2']);
    await fireEvent.click(cardOf('b1'));
    expect(onopen.mock.calls).toEqual([['b1']]);
  });
});

describe('the lesson that is told', () => {
  const lines = (kind: 'to' | 'from'): number => page.querySelectorAll(`path.${kind}`).length;
  const before = (): (string | undefined)[] => [...page.querySelectorAll<HTMLElement>('.before')].map(({ dataset }) => dataset.lesson);

  test('is at first the one that is open; what it builds on is marked, and so are the lines to it and from it', async () => {
    expect([told(), before(), lines('to'), lines('from')]).toEqual(['2 Lesson a2', ['a1'], 1, 1]);
    // a1 comes before b1, too, but by way of a2.
    await fireEvent.pointerEnter(cardOf('b1'));
    expect([told(), before(), lines('to'), lines('from')]).toEqual(['3 Lesson b1', ['a2'], 1, 0]);
    await fireEvent.pointerEnter(cardOf('own'));
    expect([told(), before(), lines('to'), lines('from')]).toEqual(['4 Lesson own', [], 0, 0]);
  });

  test('says what comes before it by number, and that one of those is not there', async () => {
    await fireEvent.focus(cardOf('b1'));
    expect(text(screen.getByTestId('course-aside'))).toContain(
      ['1 Lesson a1', '2 Lesson a2', fill(words.missing, { id: 'gone' })].join(WORDS.en.language.list),
    );
    await fireEvent.focus(cardOf('own'));
    expect(text(screen.getByTestId('course-aside'))).toContain(words.nothingBefore);
    expect(text(screen.getByTestId('course-aside'))).not.toContain('Lesson a1');
  });

  test('is described by what is told, and it alone', async () => {
    await fireEvent.pointerEnter(cardOf('own'));
    expect([...page.querySelectorAll<HTMLElement>('[aria-describedby=course-aside]')].map(({ dataset }) => dataset.lesson)).toEqual([
      'own',
    ]);
  });
});

describe('by keys', () => {
  const press = async (...keys: (string | KeyboardEventInit)[]): Promise<void> => {
    for (const key of keys) await fireEvent.keyDown(document.activeElement as Element, typeof key === 'string' ? { key } : key);
  };

  test('one card is reached by Tab, arrows lead from there to the others, and the one that has the focus is told', async () => {
    expect(reached()).toEqual(['a2']);
    cardOf('a2').focus();
    await press('ArrowRight');
    // There the column has one only.
    expect([focused(), told(), reached()]).toEqual(['b1', '3 Lesson b1', ['b1']]);
    await press('ArrowRight');
    expect(focused()).toBe('own');
    await press('ArrowLeft', 'ArrowLeft', 'ArrowDown');
    expect([focused(), reached()]).toEqual(['a2', ['a2']]);
    await press('Home');
    expect(focused()).toBe('a1');
    await press('End');
    expect(focused()).toBe('own');
  });

  test('at an edge, and with a key that belongs to somebody else, it stays where it is', async () => {
    cardOf('a1').focus();
    await press('ArrowUp', 'ArrowLeft', 'a', 'Enter');
    for (const held of ['altKey', 'ctrlKey', 'metaKey', 'shiftKey']) await press({ key: 'ArrowRight', [held]: true });
    expect([focused(), told()]).toEqual(['a1', '1 Lesson a1']);
    const kept = await fireEvent.keyDown(cardOf('a1'), { key: 'ArrowRight', altKey: true });
    const taken = await fireEvent.keyDown(cardOf('a1'), { key: 'ArrowRight' });
    // Alt ← and → are the window’s own; an arrow of the map must not scroll it as well.
    expect([kept, taken]).toEqual([true, false]);
  });
});
