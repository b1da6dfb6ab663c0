/** A kept page of each view where each lesson is most telling, and of each state that a pane can be brought into. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Component, flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { listingView } from '../src-main/app/listing-view';
import { applied, type Arch, type LaneAsk, type LinksAsk, type RowsAsk, type State, type Step } from '../src-main/contract/index';
import { assets, golden, play, scenarioOf } from '../src-main/model/testdata/run-scenario';
import LessonPane from './lesson/LessonPane.svelte';
import MachineView from './machine/MachineView.svelte';
import NumberLine from './playground/NumberLine.svelte';
import RuntimeView from './runtime-view/RuntimeView.svelte';
import { rememberCanvases, withDrawings } from './testdata/canvas';
import { drawn, expectKept, pageFile, type Look, type Size, styleOfPages } from './testdata/picture';
import { toldAt } from './testdata/told';
import { lessonStoreAt, playgroundView } from './testdata/window-bridge';
import { TimelineStore } from './stores/timeline.svelte';
import Timeline from './timeline/Timeline.svelte';

const LOOKS = { zh: { theme: 'light', lang: 'zh-CN' }, en: { theme: 'dark', lang: 'en' } } as const satisfies Record<string, Look>;
type Language = keyof typeof LOOKS;

/** Where each lesson's idea can be seen at a glance, and the looks in which its views are kept. */
const TELLING = [
  ['hunting', 'asleep', 'zh'],
  ['without-notice', 'bell', 'en'],
] as const;

rememberCanvases(readFileSync(join(import.meta.dirname, 'window/app.css'), 'utf8'));

/** What has been asked for has come, and is drawn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
  flushSync();
}

const kept = (name: string, part: Element, size: Size, language: Language): void => {
  expectKept(`${name}-${language}.html`, pageFile(part, size, LOOKS[language]));
};
const page = <Props extends Record<string, unknown>>(component: Component<Props>, props: Props, size: Size): HTMLElement =>
  drawn(component, props, size);

test('the pages’ style is that of the components', () => {
  expectKept('schedville.css', `${styleOfPages('runtime-view', 'machine', 'timeline', 'lesson', 'playground')}\n`);
});

describe.each(TELLING)('%s at %s, %s', (lesson, step, language) => {
  test('in the runtime’s tables', async () => {
    const at = await toldAt(lesson, step);
    const props = {
      after: at.after,
      step: at.step,
      recent: at.recent,
      language,
      focus: at.told.focus,
      isLarge: false,
      go: at.scenario.runtime.go,
    };
    const size = { widthPx: 760, heightPx: 420 };
    kept(`runtime-${lesson}-${step}`, page(RuntimeView as never, props, size), size, language);
  });

  test('in the machine', async () => {
    const at = await toldAt(lesson, step);
    const size = { widthPx: 760, heightPx: 420 };
    const { arch, go } = at.scenario.runtime;
    const lastRoutine = (m: string): string | null =>
      [...at.kept.all()]
        .slice(0, at.step?.n ?? 0)
        .findLast((each) => each.m === m && each.asm)
        ?.asm?.pc.replace(/\+\d+$/, '') ?? null;
    const { listings } = at.run;
    const props = { after: at.after, step: at.step, language, arch, go, listings, focus: at.told.focus, isLarge: false, lastRoutine };
    kept(`machine-${lesson}-${step}`, page(MachineView as never, props, size), size, language);
  });

  test('on the timeline', async () => {
    const { scenario, step: now, run, kept: whole, lesson: opened } = await toldAt(lesson, step);
    const size = { widthPx: 1_100, heightPx: 140 };
    const source = {
      look: (ask: LaneAsk) => Promise.resolve(whole.look(ask)),
      rows: (ask: RowsAsk) => Promise.resolve(whole.rows(ask)),
      links: (ask: LinksAsk) => Promise.resolve(whole.links(ask)),
      line: () => Promise.resolve(whole.line()),
    };
    const store = new TimelineStore((error) => {
      throw error;
    });
    store.open(source, run.endNs);
    const titles = new Map(opened.lesson.steps.map(({ id, title }) => [id, title[language]]));
    const props = {
      store,
      n: now?.n ?? 0,
      nowNs: now?.t ?? 0,
      stepCount: run.stepCount,
      step: now,
      stops: run.stops.map((stop) => ({ ...stop, title: titles.get(stop.id) ?? '' })),
      cast: scenario.cast,
      language,
      isPicture: false,
      theme: LOOKS[language].theme,
      picked: null,
      onpick: () => undefined,
      onjump: () => undefined,
    };
    document.documentElement.dataset.theme = LOOKS[language].theme;
    const part = page(Timeline as never, props, size);
    await settled();
    kept(`timeline-${lesson}-${step}`, withDrawings(part), { ...size, heightPx: 190 }, language);
  });

  test('in the lesson’s own words', async () => {
    const size = { widthPx: 420, heightPx: 760 };
    const app = await lessonStoreAt(lesson, step);
    kept(`lesson-${lesson}-${step}`, page(LessonPane as never, { app, language }, size), size, language);
  });
});

describe('a question', () => {
  const size = { widthPx: 420, heightPx: 560 };

  async function asked(language: Language): Promise<{ pane: HTMLElement; right: number }> {
    const app = await lessonStoreAt('hunting', 'locked');
    await app.lessonPrev();
    await app.lessonNext();
    if (!app.pending?.ask) throw new Error('no question stands before the locked door');
    return { pane: page(LessonPane as never, { app, language }, size), right: app.pending.ask.answer };
  }

  test('open', async () => {
    const { pane } = await asked('zh');
    kept('lesson-question-open', pane, size, 'zh');
  });

  test.each([
    ['right', 'zh', 0],
    ['wrong', 'en', 1],
  ] as const)('answered %s', async (verdict, language, off) => {
    const { pane, right } = await asked(language);
    const choices = [...pane.querySelectorAll('.choices button')];
    await fireEvent.click(choices[(right + off) % choices.length] as Element);
    kept(`lesson-question-${verdict}`, pane, size, language);
  });
});

describe('the error test', () => {
  const size = { widthPx: 760, heightPx: 760 };

  /** The first step of a run whose instruction begins so, with the state after it. */
  function found(arch: Arch, text: string): { step: Step; after: State } {
    const base = scenarioOf(golden('S1.scenario.yaml'));
    const { first, steps } = play({ ...base, runtime: { ...base.runtime, arch } });
    const n = steps.findIndex((step) => step.asm?.text.startsWith(text)) + 1;
    const step = steps[n - 1];
    if (!step) throw new Error(`${arch} never comes to ${text}`);
    return { step, after: applied(first, ...steps.slice(0, n)) };
  }

  test.each([
    ['amd64', 'JLS', 'zh'],
    ['arm64', 'BCC', 'en'],
  ] as const)('of %s in the machine', (arch, text, language) => {
    const { step, after } = found(arch, text);
    const props = {
      after,
      step,
      language,
      arch,
      go: '1.14',
      listings: listingView(assets, arch),
      focus: [],
      isLarge: false,
      lastRoutine: () => null,
    };
    kept(`machine-error-test-${arch}`, page(MachineView as never, props, size), size, language);
  });

  test.each([
    ['amd64', 'zh'],
    ['arm64', 'en'],
  ] as const)('of %s on the number line, at −4095', (arch, language) => {
    const line = { widthPx: 1_100, heightPx: 150 };
    const props = { bits: BigInt.asUintN(64, -4095n), arch, language, errnos: [] };
    kept(`number-line-${arch}`, page(NumberLine as never, props, line), line, language);
  });
});

test('the playground after its SYSCALL', async () => {
  const Playground = await playgroundView();
  const { component, container } = render(Playground, { language: 'zh' });
  component.toggle();
  await screen.findByTestId('argument-0');
  await fireEvent.click(screen.getByTestId('run'));
  await expect.poll(() => screen.getByTestId('pg-status').dataset.step).not.toBe('');
  const said = (): string => screen.getByTestId('pg-status').textContent;
  for (let presses = 0; !said().includes('SYSRET'); presses++) {
    if (presses > 40) throw new Error(`no way out of the kernel: ${said()}`);
    await fireEvent.click(screen.getByTestId('pg-forward'));
  }
  // What is typed is no part of the markup.
  for (const area of container.querySelectorAll('textarea')) area.textContent = area.value;
  for (const field of container.querySelectorAll('input')) field.setAttribute('value', field.value);
  kept('playground-syscall', container, { widthPx: 1_280, heightPx: 900 }, 'zh');
});
