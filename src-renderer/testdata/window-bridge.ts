/**
 * For tests: the window's stores over the product's own lessons and playground, without Electron. The bridge must stand before a module
 * that needs it is loaded, so stores and the components that bring their own are imported here, when they are asked for.
 */
import type { Component } from 'svelte';
import { PlaygroundService, playgroundTable } from '../../src-main/app/playground-table';
import type { Bridge, ExposedBridge, PlaygroundActivity, PlaygroundDraft, Result } from '../../src-main/contract/index';
import type { CallResult } from '../lesson/activities/marks';
import type { LessonStore } from '../stores/lesson.svelte';
import { allLessons, openedLesson, toldAt } from './told';

export interface PlaygroundView {
  toggle: () => void;
  openTask: (task: PlaygroundActivity) => Promise<void>;
  isOpen: () => boolean;
}

// jsdom does no media queries, opens no dialogs, scrolls nothing and lays nothing out.
const unheard = { addEventListener: () => undefined, removeEventListener: () => undefined };
globalThis.matchMedia = ((query: string) => ({ matches: query.includes('reduced-motion'), ...unheard })) as unknown as typeof matchMedia;
HTMLDialogElement.prototype.showModal = function showModal(): void {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close(): void {
  this.open = false;
};
// Whatever edits a text must do it by itself.
document.execCommand = (): boolean => false;
Element.prototype.scrollTo = (): void => undefined;
Element.prototype.scrollIntoView = (): void => undefined;
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

const done = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });
const service = new PlaygroundService();

/** What the playground kept, the latest last. */
export const drafts: PlaygroundDraft[] = [];

function tableWithoutDraft(): ReturnType<Bridge['openPlayground']> {
  const table = playgroundTable();
  return Promise.resolve(table.ok ? { ok: true, value: { ...table.value, draft: null, damaged: null } } : table);
}

const own: Partial<Bridge> = {
  openPlayground: tableWithoutDraft,
  checkListing: (ask) => Promise.resolve(service.checkListing(ask)),
  playListing: (ask) => Promise.resolve(service.playListing(ask)),
  keepDraft: (draft) => {
    drafts.push(draft);
    return done(null);
  },
  saveListing: ({ suggestedName }) => done(suggestedName),
  keepLearner: () => done(null),
  dropLearner: () => done(null),
};

/** Requests are answered by whatever stands here: a test may put in another answer. */
export const bridge = own as Bridge;
window.schedville = Object.create(bridge, {
  startUp: { value: async () => JSON.stringify(await bridge.startUp({})) },
}) as ExposedBridge;

/** The store of an opened lesson that has come to one of its steps. */
export async function lessonStoreAt(lessonId: string, stepId: string): Promise<LessonStore> {
  const at = await toldAt(lessonId, stepId);
  bridge.openLesson = ({ id }) => openedLesson(id).then(({ opened }) => ({ ok: true, value: opened }));
  bridge.stepAnswers = ({ step }) => openedLesson(lessonId).then((lesson) => lesson.answers(step, () => false));
  bridge.openRun = ({ run }) => {
    const [first] = at.lesson.lesson.steps.filter((step) => step.run === run);
    return toldAt(lessonId, first?.id ?? stepId).then((told) => {
      bridge.readSteps = ({ from, to }) => done(told.kept.read(from, to));
      bridge.stateAt = ({ n }) => done(told.kept.stateAt(n));
      bridge.runLine = () => done(told.kept.line());
      return { ok: true, value: told.run };
    });
  };
  const { LessonStore } = await import('../stores/lesson.svelte');
  const { Notices } = await import('../stores/notices.svelte');
  const store = new LessonStore(new Notices(), () => undefined);
  store.cards = await allLessons();
  // Motions take no time.
  store.playback.speed = 1_000;
  store.opened = at.lesson;
  // At the step itself, whatever is asked before it.
  store.asksNothing = true;
  await store.goTo(
    at.lesson.lesson.steps.findIndex(({ id }) => id === stepId),
    'jump',
  );
  store.asksNothing = false;
  return store;
}

export async function playgroundView(): Promise<
  Component<{ language: 'zh' | 'en'; onran?: (found: CallResult) => boolean }, PlaygroundView>
> {
  return (await import('../playground/Playground.svelte')).default;
}
