/** A question at a class: it is asked on every way to its step, hides what follows while it is open, and counts hands. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { flushSync, tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import { WORDS } from '../../assets/words/index';
import { answeredBy, beliefsOf } from '../learners/beliefs';
import type { LessonStore } from '../stores/lesson.svelte';
import { lessonStoreAt } from '../testdata/window-bridge';
import LessonPane from './LessonPane.svelte';

/** Lesson hunting at the step before the question of `locked`. Its second run begins with `two`, and asks before `taken`. */
const before = (step = 'address'): Promise<LessonStore> => lessonStoreAt('hunting', step);
const indexOf = (app: LessonStore, id: string): number => app.steps.findIndex((step) => step.id === id);
const placeOf = (app: LessonStore, id: string): number => app.stops.find((stop) => stop.id === id)?.n ?? NaN;

/** The question is open, and nothing of its step has been seen. */
function expectAsked(app: LessonStore, id: string): void {
  expect([app.pending?.id, app.isAsking]).toEqual([id, true]);
  expect(app.playback.n).toBeLessThan(placeOf(app, id));
  expect(app.current?.id).not.toBe(id);
}

describe('a question is asked on the way', () => {
  test('to the next lesson step, by key and button', async () => {
    const app = await before();
    await app.lessonNext();
    expectAsked(app, 'locked');
  });

  test('step by step, and stays', async () => {
    const app = await before();
    for (let n = app.playback.n; n < placeOf(app, 'locked') - 1; n++) await app.one('forward');
    expect(app.pending).toBeNull();
    for (let i = 0; i < 3; i++) {
      await app.one('forward');
      expectAsked(app, 'locked');
      expect(app.playback.n).toBe(placeOf(app, 'locked') - 1);
    }
  });

  test('playing', async () => {
    const app = await before();
    await app.togglePlay();
    expectAsked(app, 'locked');
    await app.togglePlay();
    expectAsked(app, 'locked');
  });

  test('from the contents, from before and from behind', async () => {
    const app = await before('birth');
    await app.visit(indexOf(app, 'locked'));
    expectAsked(app, 'locked');
    expect(app.playback.n).toBe(placeOf(app, 'address'));
    await app.visit(indexOf(app, 'forest'));
    expect(app.current?.id).toBe('forest');
    await app.visit(indexOf(app, 'locked'));
    expectAsked(app, 'locked');
  });

  test('from another run: by its tab, the contents and the way back', async () => {
    const app = await before();
    await app.visit(indexOf(app, 'taken'));
    expect(app.run).toBe(app.steps[indexOf(app, 'taken')]?.run);
    expectAsked(app, 'taken');
    app.reveal();
    await app.goTo(indexOf(app, 'taken'));
    await app.visit(indexOf(app, 'village'));
    app.askAgain();
    await app.placeBack();
    expectAsked(app, 'taken');
  });

  test('by a press on the timeline or any other jump; while it is open nobody jumps past it', async () => {
    const app = await before('birth');
    await app.jump(placeOf(app, 'locked'));
    expectAsked(app, 'locked');
    await app.jump(app.playback.stepCount);
    expectAsked(app, 'locked');
    await app.jump(placeOf(app, 'locked') - 1);
    expect([app.pending, app.playback.n]).toEqual([null, placeOf(app, 'locked') - 1]);
  });

  test('back into its step', async () => {
    const app = await before('birth');
    const [next] = app.stops.filter((stop) => stop.n > placeOf(app, 'locked'));
    await app.jump(next?.n ?? 0);
    await app.one('back');
    expectAsked(app, 'locked');
  });

  test('once: revealed, it is passed, and can be asked again', async () => {
    const app = await before();
    await app.lessonNext();
    await app.lessonNext();
    expect([app.isAsking, app.pending?.id]).toEqual([false, 'locked']);
    await app.lessonNext();
    expect([app.pending, app.current?.id]).toEqual([null, 'locked']);
    await app.lessonPrev();
    await app.lessonNext();
    expect([app.pending, app.current?.id]).toEqual([null, 'locked']);
    const [done] = app.steps.filter(({ activity }) => activity !== null);
    if (done) app.activities.reveal(done);
    expect(app.activities.hasAny).toBe(done !== undefined);
    app.askAgain();
    expect([app.activities.hasAny, app.answers.hasAny]).toEqual([false, false]);
    await app.visit(indexOf(app, 'locked'));
    expectAsked(app, 'locked');
  });

  test('and its answer leads there, however soon it is wanted', async () => {
    const app = await before();
    const going = app.visit(indexOf(app, 'taken'));
    while (app.pending?.id !== 'taken') await Promise.resolve();
    // The run is not there yet.
    app.reveal();
    await Promise.all([app.lessonNext(), going]);
    expect([app.pending, app.current?.id]).toEqual([null, 'taken']);
    expect(app.playback.n).toBe(placeOf(app, 'taken'));
  });

  test('next, on the way to a step that was picked, leads there', async () => {
    const app = await before('birth');
    app.asksNothing = true;
    const goal = indexOf(app, 'home');
    expect(goal).toBeGreaterThan(indexOf(app, 'birth') + 2);
    // Somebody who wants motion.
    const still = Object.getOwnPropertyDescriptor(app.playback, 'setting')?.value as { isStill: () => boolean };
    const was = still.isStill;
    still.isStill = () => false;
    app.playback.speed = 8;
    const going = app.visit(goal);
    while (app.playback.n === placeOf(app, 'birth')) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(app.playback.n).toBeLessThan(placeOf(app, 'home'));
    await Promise.all([app.lessonNext(), going]);
    still.isStill = was;
    expect(app.current?.id).toBe('home');
  });

  test('not at an export, at which nobody guesses', async () => {
    const app = await before();
    app.asksNothing = true;
    expect(app.horizon).toBeNull();
    await app.goTo(indexOf(app, 'locked'), 'jump');
    expect([app.pending, app.current?.id]).toEqual([null, 'locked']);
  });
});

describe('what may be seen of the run', () => {
  test('ends where the next question will be asked, or where somebody walked on, at a question where we are, and nowhere after the last one', async () => {
    const app = await before('birth');
    const asked = placeOf(app, 'address');
    expect([asked < placeOf(app, 'locked') - 1, app.horizon]).toEqual([true, asked]);
    await app.jump(asked);
    await app.one('forward');
    expect([app.isAsking, app.horizon]).toEqual([false, asked + 1]);
    await app.one('back');
    expect(app.horizon).toBe(asked);
    await app.visit(indexOf(app, 'locked'));
    expect(app.horizon).toBe(app.playback.n);
    app.reveal();
    expect(app.horizon).toBeNull();
  });

  test('tells of no belief that a choice comes from that it is none', async () => {
    const app = await before();
    await app.visit(app.steps.findIndex(({ ask }) => ask?.choices.some(({ believes }) => believes)));
    const beliefs = app.pending?.ask?.choices.flatMap(({ believes }) => believes ?? []) ?? [];
    expect(beliefs.length).toBeGreaterThan(0);
    expect([...app.believed]).toEqual([...new Set(beliefs)]);
    app.reveal();
    expect([...app.believed]).toEqual([]);
  });

  test('is revealed by its button, on whatever page that stands', async () => {
    const app = await before();
    await app.lessonNext();
    render(LessonPane, { app, language: 'zh' });
    await tick();
    app.pages.measured(2);
    await fireEvent.click(screen.getByTestId('reveal'));
    expect(app.isAsking).toBe(false);
  });

  test('in the pane: no titles, no number of steps, no later runs', async () => {
    const app = await before();
    render(LessonPane, { app, language: 'en' });
    const words = WORDS.en.lesson;
    const contents = (): string => screen.getByTestId('contents').textContent;
    expect(contents()).toContain(String(app.steps.length));
    await app.lessonNext();
    await tick();
    expect(contents()).not.toContain(String(app.steps.length));
    expect(document.querySelector('.runs')?.textContent).not.toContain(app.opened?.runs[1]?.title.en);
    expect(document.querySelector('.runs')?.textContent).toContain(app.opened?.runs[0]?.title.en);
    expect(document.querySelector('[role=progressbar]')).toBeNull();
    await fireEvent.click(screen.getByTestId('contents'));
    const list = document.querySelector('.list')?.textContent ?? '';
    for (const [i, step] of app.steps.entries()) expect(list.includes(`${i + 1}. ${step.title.en}`)).toBe(i < indexOf(app, 'locked'));
    expect(list).toContain(words.unseen);
    app.reveal();
    await tick();
    expect(document.querySelector('.list')?.textContent).toContain(app.steps.at(-1)?.title.en);
    expect(contents()).toContain(String(app.steps.length));
    expect(document.querySelector('.runs')?.textContent).toContain(app.opened?.runs[1]?.title.en);
  });
});

describe('a show of hands', () => {
  async function asked(): Promise<LessonStore> {
    const app = await before();
    app.learners.create('Class 3', true);
    await app.lessonNext();
    render(LessonPane, { app, language: 'en' });
    return app;
  }
  const counts = (app: LessonStore): unknown => app.pending && app.answers.votes(app.pending).map((vote) => vote.counts);

  test('is counted by presses and in fields, voted on again, and kept beside the first', async () => {
    const app = await asked();
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('.choices button')];
    for (let i = 0; i < 3; i++) await fireEvent.click(buttons[1] as HTMLButtonElement);
    await fireEvent.click(buttons[1] as HTMLButtonElement, { shiftKey: true });
    await fireEvent.change(screen.getAllByTestId('hands')[0] as HTMLElement, { target: { value: '7' } });
    expect(counts(app)).toEqual([[7, 2, 0]]);
    expect(app.isAsking).toBe(true);
    await fireEvent.click(screen.getByTestId('vote-again'));
    await fireEvent.click(document.querySelectorAll('.choices button')[0] as HTMLElement);
    await tick();
    expect(counts(app)).toEqual([
      [7, 2, 0],
      [1, 0, 0],
    ]);
    expect(screen.queryByTestId('vote-again')).toBeNull();
  });

  test('can be left out: what is right, and why the others are wrong, is told all the same, and stays at the step', async () => {
    const app = await asked();
    await fireEvent.click(screen.getByTestId('reveal'));
    await tick();
    expect(counts(app)).toEqual([]);
    expect(document.querySelector('.choices .right')?.textContent).toContain(app.pending?.ask?.choices[0]?.en);
    const reasons = app.pending?.ask?.choices.flatMap(({ why }) => why?.en ?? []) ?? [];
    expect(reasons).toHaveLength(2);
    const told = (): boolean[] => reasons.map((why, i) => screen.getAllByTestId('why')[i]?.textContent.includes(why) ?? false);
    expect(told()).toEqual([true, true]);
    expect(screen.getByRole('status').textContent).toContain(WORDS.en.question.unguessed);
    await app.lessonNext();
    await tick();
    expect(app.current?.id).toBe('locked');
    expect(told()).toEqual([true, true]);
    expect(screen.getByTestId('asked').textContent).toContain(app.current?.ask?.choices[0]?.en);
  });

  test('after the answer nobody votes any more', async () => {
    const app = await asked();
    const { pending } = app;
    if (!pending) throw new Error('nothing is asked');
    app.answers.setHands(pending, 1, 5);
    app.reveal();
    app.answers.raise(pending, 1, 1);
    app.answers.choose(pending, 0);
    app.answers.voteAgain(pending);
    expect(counts(app)).toEqual([[0, 5, 0]]);
  });

  test('says how many held which belief, before and after', async () => {
    const app = await asked();
    const { pending } = app;
    if (!pending) throw new Error('nothing is asked');
    app.answers.setHands(pending, 1, 9);
    app.answers.setHands(pending, 2, 3);
    app.answers.voteAgain(pending);
    app.answers.setHands(pending, 0, 11);
    app.answers.setHands(pending, 1, 1);
    expect(answeredBy(app.learners.current)).toBe(0);
    app.reveal();
    expect(beliefsOf(app.learners.current).map(({ id, first, last }) => [id, first, last])).toEqual([
      ['entry-hands-off', 9, 1],
      [null, 3, 0],
    ]);
    expect(answeredBy(app.learners.current)).toBe(1);
  });
});

describe('classes and persons', () => {
  test('each has answers of its own; one that is deleted can be brought back', async () => {
    const app = await before();
    await app.lessonNext();
    if (app.pending) app.answers.choose(app.pending, 1);
    const me = app.learners.current.id;
    app.learners.create('Class 3', true);
    expect(app.answers.hasAny).toBe(false);
    const { id } = app.learners.current;
    app.learners.rename(id, 'Class 4');
    expect(app.learners.current.name).toBe('Class 4');
    app.learners.drop(id);
    flushSync();
    expect([app.learners.current.id, app.answers.hasAny]).toEqual([me, true]);
    app.learners.undo();
    expect(app.learners.all.map(({ name }) => name)).toEqual(['', 'Class 4']);
    app.learners.reset('other');
    expect(app.answers.hasAny).toBe(true);
    app.learners.reset('hunting');
    expect(app.answers.hasAny).toBe(false);
  });

  test('whoever comes back goes on where they stopped', async () => {
    const app = await before('birth');
    const step = app.current;
    if (!step) throw new Error('no step is shown');
    app.markSeen(step);
    app.learners.create('Class 3', true);
    await app.goToLearner();
    expect(app.playback.n).toBe(0);
    await app.switchTo('me');
    expect(app.current?.id).toBe('birth');
  });
});
