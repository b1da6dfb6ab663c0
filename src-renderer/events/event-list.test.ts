/** The run in words as a person uses it: the list of events, and the causes of one thing. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { WORDS } from '../../assets/words/index';
import type { LaneId } from '../../src-main/contract/index';
import type { LessonStore } from '../stores/lesson.svelte';
import { toldAt } from '../testdata/told';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';
import { idsNamed } from './naming.svelte';
import { eventually } from '../../src-main/app/testdata/eventually';

async function opened(step: string): Promise<LessonStore> {
  const lesson = await lessonStoreAt('hunting', step);
  const { kept } = await toldAt('hunting', step);
  bridge.events = (ask) => Promise.resolve({ ok: true, value: kept.events(ask) });
  bridge.why = (ask) => Promise.resolve({ ok: true, value: kept.why(ask) });
  bridge.readSteps = ({ from, to }) => Promise.resolve({ ok: true, value: kept.read(from, to) });
  bridge.stateAt = ({ n }) => Promise.resolve({ ok: true, value: kept.stateAt(n) });
  return lesson;
}

const lines = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=option]')];
const texts = (): string[] => lines().map((each) => each.querySelector('.sentence')?.textContent ?? '');
const nobody = { language: 'en', picked: null, onpick: () => undefined } as const;

test('a line for each event in the village’s words, or in Go’s; the current one is marked', async () => {
  const lesson = await opened('asleep');
  lesson.asksNothing = true;
  const { default: EventList } = await import('./EventList.svelte');
  render(EventList, { lesson, ...nobody });
  await eventually(() => expect(lines().length).toBeGreaterThan(10));
  const [now] = lines().filter((each) => each.getAttribute('aria-selected') === 'true');
  expect(now?.getAttribute('aria-posinset')).not.toBeNull();
  expect(texts().some((each) => each.includes('forest'))).toBe(true);
  await fireEvent.click(screen.getByTestId('voice-go'));
  expect(texts().some((each) => /enters the kernel: read/.test(each))).toBe(true);
  expect(texts().some((each) => each.includes('forest'))).toBe(false);
  await fireEvent.click(screen.getByTestId('voice-village'));
});

test('it is narrowed down by kind and by what is typed; keys move in it, and Enter goes there', async () => {
  const lesson = await opened('asleep');
  lesson.asksNothing = true;
  const { default: EventList } = await import('./EventList.svelte');
  render(EventList, { lesson, ...nobody });
  await eventually(() => expect(lines().length).toBeGreaterThan(10));
  const all = lines().length;
  await fireEvent.change(screen.getByTestId('event-kind'), { target: { value: 'sysmon' } });
  await eventually(() => expect(lines().length).toBeLessThan(all / 2));
  await fireEvent.change(screen.getByTestId('event-kind'), { target: { value: 'all' } });
  await fireEvent.input(screen.getByTestId('event-find'), { target: { value: 'forest' } });
  await eventually(() => expect(texts().every((each) => each.includes('forest'))).toBe(true));
  const list = screen.getByRole('listbox');
  await fireEvent.keyDown(list, { key: 'Home' });
  await fireEvent.keyDown(list, { key: 'Enter' });
  await eventually(() => expect(lines()[0]?.getAttribute('aria-selected')).toBe('true'));
});

test('as long as it is empty it is no list of options, of which there are none', async () => {
  const lesson = await opened('asleep');
  lesson.asksNothing = true;
  const { default: EventList } = await import('./EventList.svelte');
  render(EventList, { lesson, ...nobody });
  const list = screen.getByLabelText(WORDS.en.events.title);
  expect([list.getAttribute('role'), list.getAttribute('aria-busy')]).toEqual(['group', 'true']);
  await eventually(() => expect(list.getAttribute('role')).toBe('listbox'));
  await fireEvent.input(screen.getByTestId('event-find'), { target: { value: 'nobody is called so' } });
  await eventually(() => expect([list.getAttribute('role'), list.getAttribute('aria-busy')]).toEqual(['group', 'false']));
});

test('who is typed by number is found before being there', () => {
  const naming = { nameOf: (id: string) => `child ${id}` } as Parameters<typeof idsNamed>[1];
  expect(idsNamed('g7', naming, null, 10)).toEqual(['G7']);
  expect(idsNamed('child', naming, null, 10)).toEqual([]);
});

test('while a question is open nothing that follows is listed', async () => {
  const lesson = await opened('address');
  const { horizon } = lesson;
  expect(horizon).not.toBeNull();
  const { default: EventList } = await import('./EventList.svelte');
  render(EventList, { lesson, ...nobody });
  await eventually(() => expect(lines().length).toBeGreaterThan(2));
  const steps = lines().map((each) => Number(/\d+/.exec(each.title)?.[0]));
  expect(Math.max(...steps)).toBeLessThanOrEqual(horizon ?? 0);
});

test('why: the causes of whoever is picked, each a step to go to; a name asks on', async () => {
  const lesson = await opened('asleep');
  lesson.asksNothing = true;
  const asked: LaneId[] = [];
  const { default: WhyPanel } = await import('../why/WhyPanel.svelte');
  render(WhyPanel, { lesson, language: 'en', picked: 'G1', onpick: (id: LaneId) => asked.push(id) });
  await eventually(() => expect(lines().length).toBeGreaterThan(0));
  // The graph shows the fact that is looked at: its right edge, where there is no room for all of it.
  const box = document.querySelector('.graph g.active');
  const x = Number(/translate\((\d+)/.exec(box?.getAttribute('transform') ?? '')?.[1]);
  const width = Number(box?.querySelector('rect')?.getAttribute('width'));
  expect(x + width).toBeGreaterThan(0);
  expect(document.querySelector('.graph')?.scrollLeft).toBe(x + width + 12);
  expect(screen.getByTestId('why').textContent).toMatch(/Why is .* G1 the way it is at step \d+\?/);
  const before = lesson.playback.n;
  const told = texts();
  const far = lines().at(-1) as HTMLElement;
  await fireEvent.click(far);
  await eventually(() => expect(lesson.playback.n).not.toBe(before));
  // The chain stays, and leads back to where it was asked.
  expect(texts()).toEqual(told);
  await fireEvent.click(screen.getByTestId('why-back'));
  await eventually(() => expect(lesson.playback.n).toBe(before));
  const name = document.querySelector<HTMLElement>('.why .who');
  await fireEvent.click(name as HTMLElement);
  expect(asked).toHaveLength(1);
});

test('why: a field that is selected, with what the model had read, each a step to go to', async () => {
  const lesson = await opened('asleep');
  lesson.asksNothing = true;
  const { default: WhyPanel } = await import('../why/WhyPanel.svelte');
  render(WhyPanel, { lesson, language: 'en', picked: 'P0', place: 'P.P0.syscalltick', onpick: () => undefined });
  await eventually(() => expect(screen.getAllByTestId('why-reads').length).toBeGreaterThan(0));
  expect(screen.getByTestId('why').textContent).toMatch(/Why is P0\.syscalltick the way it is at step \d+\?/);
  expect(texts()[0]).toMatch(/set P0\.syscalltick to \d+/);
  const read = document.querySelector<HTMLElement>('.read[title^="go to"]');
  const n = Number(/\d+/.exec(read?.title ?? '')?.[0]);
  await fireEvent.click(read as HTMLElement);
  await eventually(() => expect(lesson.playback.n).toBe(n));
});

test('what happens is told to those who do not see it, an event and not each of its steps', async () => {
  const lesson = await opened('asleep');
  lesson.asksNothing = true;
  const { default: Spoken } = await import('./Spoken.svelte');
  render(Spoken, { lesson, language: 'en' });
  const said = new Set<string>();
  const from = lesson.playback.n;
  for (let n = from + 1; n <= from + 6; n++) {
    await lesson.jump(n);
    await eventually(() => expect(screen.getByTestId('spoken').dataset.toldAt).toBe(String(n)));
    said.add(screen.getByTestId('spoken').textContent ?? '');
  }
  expect(said.has('')).toBe(false);
  // Some of these steps are of one event.
  expect(said.size).toBeLessThan(6);
});
