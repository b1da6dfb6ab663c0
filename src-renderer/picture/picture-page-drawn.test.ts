/** The page that draws pictures for files: what is on the paper, what is kept off it, and what it answers whoever asks for pictures. */
import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import {
  type DrawnPicture,
  FIRST_PICTURE,
  type PictureJob,
  type PicturePlace,
  type PictureSettings,
  type Text,
} from '../../src-main/contract/index';
import { LEGEND } from '../scene/legend';
import { rememberCanvases } from '../testdata/canvas';
import { toldAt } from '../testdata/told';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';

const { default: PicturePage } = await import('./PicturePage.svelte');

const BARE = { ...FIRST_PICTURE, language: 'en', parts: ['runtime'], hasTitle: false, hasLegend: false, hasStory: false } as const;
let answers: { drawn: DrawnPicture | null; failure: Text | null }[];
let give: (job: PictureJob) => void;
let page: HTMLElement;

beforeEach(async () => {
  rememberCanvases('');
  // jsdom loads no fonts.
  Object.defineProperty(document, 'fonts', { value: { ready: Promise.resolve() }, configurable: true });
  await lessonStoreAt('hunting', 'village');
  const { kept } = await toldAt('hunting', 'village');
  bridge.lanes = (ask) => Promise.resolve({ ok: true, value: kept.look(ask) });
  bridge.laneRows = (ask) => Promise.resolve({ ok: true, value: kept.rows(ask) });
  bridge.links = (ask) => Promise.resolve({ ok: true, value: kept.links(ask) });
  answers = [];
  bridge.nextPicture = (last) => {
    answers.push(last);
    return new Promise((resolve) => {
      give = (job) => {
        resolve({ ok: true, value: job });
      };
    });
  };
  page = render(PicturePage).container;
  await eventually(() => {
    expect(answers).toHaveLength(1);
  });
});
afterEach(() => {
  // Others share this document, and do without.
  Reflect.deleteProperty(document, 'fonts');
  for (const name of ['theme', 'exporting', 'transparent']) Reflect.deleteProperty(document.documentElement.dataset, name);
});

/** Asks for a picture, and waits until it is on the paper. What is answered. */
async function picture(
  settings: Partial<PictureSettings> = {},
  place: Partial<PicturePlace> = {},
  also: Partial<PictureJob> = {},
): Promise<(typeof answers)[number]> {
  const before = answers.length;
  give({
    source: { lesson: 'hunting', opening: 1 },
    place: { run: 'home', stop: 'village', n: 0, isAsked: false, ...place },
    settings: { ...BARE, ...settings },
    paperPx: { width: 1_366, height: 768 },
    prefix: null,
    fraction: 1,
    isFrame: false,
    ...also,
  });
  await eventually(() => {
    expect(answers).toHaveLength(before + 1);
  });
  return answers.at(-1) as (typeof answers)[number];
}

const text = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const parts = (): string[] => [...page.querySelectorAll('.row > section')].map((each) => each.classList[0] ?? '');
/** How high each row of the paper is: in px, as high as it needs, or a share of what is left, which jsdom cannot read. */
const heights = (): string[] => [...page.querySelectorAll<HTMLElement>('.paper > .row')].map(({ style }) => style.flex);
const head = (): Element | null => page.querySelector('header');

describe('on the paper', () => {
  test('are the parts that were asked for, from top to bottom, whatever their order was; without a head where nothing stands in it', async () => {
    await picture({ parts: ['text', 'runtime', 'village'] });
    expect([parts(), head()]).toEqual([['village', 'runtime', 'text'], null]);
    await picture({ parts: ['timeline', 'machine'] });
    expect(parts()).toEqual(['machine', 'timeline']);
  });

  test('a machine that does nothing takes a line below the others; alone it is there nevertheless', async () => {
    await picture({ parts: ['runtime', 'machine'] });
    expect([parts(), page.querySelector('.machine .body')]).toEqual([['runtime', 'machine'], null]);
    expect(heights()).toEqual(['', '0 0 auto']);
    await picture({ parts: ['machine'] });
    expect(page.querySelector('.machine .body')).not.toBeNull();
  });

  test('on one as high as it needs each row has its height, shared out on one that has its own', async () => {
    await picture({ parts: ['village', 'timeline'] }, {}, { paperPx: { width: 1_000, height: null } });
    const paper = page.querySelector<HTMLElement>('.paper');
    expect([paper?.style.width, paper?.style.height]).toEqual(['1000px', '']);
    expect(heights()).toEqual(['0 0 420px', '0 0 170px']);
    await picture({ parts: ['village', 'timeline'] });
    expect(page.querySelector<HTMLElement>('.paper')?.style.height).toBe('768px');
    expect(heights()).toEqual(['', '']);
  });

  test('the step’s words stand in their part, or else in the head, and nowhere twice', async () => {
    const { lesson } = await toldAt('hunting', 'village');
    const step = lesson.lesson.steps.find(({ id }) => id === 'village');
    const plain = (said: string | undefined): string => (said ?? '').replaceAll('`', '').replace(/\s+/g, ' ').trim();
    await picture({ hasStory: true });
    expect([text(page.querySelector('.told')), page.querySelector('.text')]).toEqual([plain(step?.story.en), null]);
    await picture({ hasStory: true, parts: ['text'] });
    expect([page.querySelector('.told'), text(page.querySelector('.text h2'))]).toEqual([null, step?.title.en]);
    expect(text(page.querySelector('.narration.story'))).toBe(`${WORDS.en.lesson.story}${plain(step?.story.en)}`);
    // Its title stands above already.
    await picture({ hasTitle: true, parts: ['text'] });
    expect([page.querySelector('.text h2'), text(page.querySelector('.title span'))]).toEqual([null, step?.title.en]);
  });

  test('words of a lesson that is in the other language only are marked as such, the picture’s own are not', async () => {
    const open = bridge.openLesson;
    bridge.openLesson = async (ask) => {
      const opened = await open(ask);
      return opened.ok ? { ok: true, value: { ...opened.value, lesson: { ...opened.value.lesson, language: 'zh' } } } : opened;
    };
    await picture({ hasTitle: true, parts: ['text'] }, {}, { source: { lesson: 'hunting', opening: 2 } });
    const langs = ['.title strong', '.title span', '.where', '.narration b', '.narration > span'].map((each) => [
      each,
      page.querySelector(each)?.getAttribute('lang'),
    ]);
    const { tag } = WORDS.zh.language;
    expect(Object.fromEntries(langs)).toEqual({
      '.title strong': tag,
      '.title span': tag,
      '.where': null,
      '.narration b': null,
      '.narration > span': tag,
    });
  });

  test('the whole legend, in the language of the picture', async () => {
    await picture({ hasLegend: true, language: 'zh' });
    expect([...page.querySelectorAll('header dt')].map(text)).toEqual(LEGEND.map(({ zh }) => zh[0]));
    expect(document.documentElement.lang).toBe(WORDS.zh.language.tag);
  });
});

describe('what is still to be guessed', () => {
  const { status, statusHidden } = WORDS.en.window;
  const where = (): string => text(page.querySelector('.where'));
  /** How the place is told; `count`: of so many steps, null: it is not said how many there are. */
  const said = (n: number, count: number | null): RegExp => {
    const told = count === null ? fill(statusHidden, { n, time: 'TIME' }) : fill(status, { n, count, time: 'TIME' });
    return new RegExp(`^${told.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('TIME', '[^/]+')}( · \\S+ / .+)?$`);
  };

  test('is in no picture of a place before it: not even how many steps the run has', async () => {
    const { run } = await toldAt('hunting', 'village');
    const { drawn } = await picture({ hasTitle: true });
    expect([drawn?.n, where()]).toEqual([0, expect.stringMatching(said(0, null)) as string]);
    expect(where()).not.toContain(String(run.stepCount));
    const last = run.stops.at(-1);
    const { drawn: end } = await picture({ hasTitle: true }, { stop: last?.id ?? null });
    expect([end?.n, where()]).toEqual([last?.n, expect.stringMatching(said(last?.n ?? 0, run.stepCount)) as string]);
    // The same place while its question is open.
    await picture({ hasTitle: true }, { stop: last?.id ?? null, isAsked: true });
    expect(where()).toMatch(said(last?.n ?? 0, null));
  });
});

describe('a picture of a film', () => {
  test('has all titles of the run on one place, of which the step’s is seen, and the lesson’s alone beside where it is', async () => {
    const { lesson } = await toldAt('hunting', 'village');
    const ofRun = lesson.lesson.steps.filter(({ run }) => run === 'home');
    const shown = async (stop: string): Promise<[string[], number]> => {
      await picture({ hasTitle: true, hasStory: true }, { stop }, { isFrame: true });
      const [titles, stories] = [...page.querySelectorAll('.pile')];
      expect(stories?.querySelectorAll('p:not(.hidden)')).toHaveLength(1);
      return [[...(titles?.querySelectorAll('p[aria-hidden=false]') ?? [])].map(text), titles?.querySelectorAll('p').length ?? 0];
    };
    for (const each of [ofRun[0], ofRun[2]]) expect(await shown(each?.id ?? '')).toEqual([[each?.title.en], ofRun.length]);
    expect(page.querySelectorAll('.title > span')).toHaveLength(1);
  });
});

describe('whoever asks', () => {
  test('is answered with the step that is shown, of a place that is counted and of a step of the lesson', async () => {
    const { run } = await toldAt('hunting', 'village');
    expect(answers).toEqual([{ drawn: null, failure: null }]);
    expect((await picture({}, { stop: null, n: 7 })).drawn?.n).toBe(7);
    const stop = run.stops[3];
    expect((await picture({}, { stop: stop?.id ?? null })).drawn?.n).toBe(stop?.n);
  });

  test('hears why something cannot be drawn, once, and may ask for the next', async () => {
    const open = bridge.openLesson;
    bridge.openLesson = () => Promise.resolve({ ok: false, message: { zh: '没了', en: 'it is gone' } });
    expect(await picture({}, {}, { source: { lesson: 'other', opening: 2 } })).toEqual({
      drawn: null,
      failure: { zh: '没了', en: 'it is gone' },
    });
    bridge.openLesson = open;
    expect(await picture({}, { stop: null, n: 3 }, { source: { lesson: 'hunting', opening: 3 } })).toMatchObject({
      drawn: { n: 3, svg: null },
      failure: null,
    });
  });

  test('gets the look that was set, whatever the one before was', async () => {
    const { dataset } = document.documentElement;
    await picture({ theme: 'print', isTransparent: true });
    expect([dataset.theme, dataset.transparent, dataset.exporting]).toEqual(['print', 'true', 'true']);
    await picture({ theme: 'dark' });
    expect([dataset.theme, dataset.transparent]).toEqual(['dark', 'false']);
  });
});
