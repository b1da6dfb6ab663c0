/** The parts of the playground by themselves: how a run has ended, its tables, the fields of a call, and what is said of simplifications beside it. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tick } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { AREAS, SIMPLIFIED } from '../../assets/words/simplified';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import { applied, type PlaygroundRun, type PlaygroundRoutine } from '../../src-main/contract/index';
import { playListing, readRoutines } from '../../src-main/model/run/playground';
import { playgroundView } from '../testdata/window-bridge';
import Simplified from '../experiments/Simplified.svelte';
import Ending from './Ending.svelte';
import Faults from './Faults.svelte';
import Intro from './Intro.svelte';
import MachineTables from './MachineTables.svelte';

const words = WORDS.en.playground;
const text = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('how a run has ended', () => {
  type End = PlaygroundRun['end'];
  const ongo = vi.fn<(line: number, column: number) => void>();
  const shown = (end: Partial<End>): HTMLElement => {
    const whole: End = { kind: 'return', code: null, printed: '', reason: null, line: null, ...end };
    return render(Ending, { end: whole, language: 'en', ongo }).container;
  };

  test.each<[Partial<End>, head: string, hasButton: boolean]>([
    [{ kind: 'return', code: 0, line: 4 }, WORDS.en.ended.return, false],
    [{ kind: 'exit', code: 3, line: null }, `${WORDS.en.ended.exit} · ${fill(words.exitCode, { code: 3 })}`, false],
    [{ kind: 'exit', code: 0, line: 7 }, `${WORDS.en.ended.exit} · ${fill(words.exitCode, { code: 0 })}`, true],
    [{ kind: 'panic', code: 2, line: 7 }, `${WORDS.en.ended.panic} · ${fill(words.exitCode, { code: 2 })}`, true],
    [{ kind: 'limit', line: 1 }, WORDS.en.ended.limit, true],
  ])('%j: %s', (end, head, hasButton) => {
    const part = shown(end);
    expect([text(part.querySelector('strong')), part.querySelector('button') !== null, part.querySelector('pre')]).toEqual([
      head,
      hasButton,
      null,
    ]);
  });

  test('leads to the line at which it was, says why, and shows what was printed as it was', async () => {
    const part = shown({ kind: 'panic', line: 12, printed: 'panic: oops\n\n  goroutine 1', reason: { zh: '错', en: 'nil was read' } });
    await fireEvent.click(within(part).getByText(fill(words.toLine, { line: 12 })));
    expect(ongo.mock.calls).toEqual([[12, 1]]);
    expect([part.querySelector('p')?.textContent, part.querySelector('pre')?.textContent]).toEqual([
      'nil was read',
      'panic: oops\n\n  goroutine 1',
    ]);
  });
});

test('without faults nothing is said; each of several leads to its place, and says what was likely meant', async () => {
  const ongo = vi.fn<(line: number, column: number) => void>();
  const none = render(Faults, { faults: [], language: 'en', ongo }).container;
  expect(text(none)).toBe('');
  const fault = { file: 'x', line: 3, column: 2, message: { zh: '不识', en: 'no such' }, suggestion: 'MOVQ' };
  const { container } = render(Faults, { faults: [fault, { ...fault, line: 9, suggestion: null }], language: 'en', ongo });
  const [first, second] = [...container.querySelectorAll('button')];
  expect([text(container.querySelector('p')), text(first ?? null), text(second ?? null)]).toEqual([
    fill(words.faults, { n: 2 }),
    `3:2 no such ${fill(words.maybe, { word: 'MOVQ' })}`,
    '9:2 no such',
  ]);
  await fireEvent.click(second as Element);
  expect(ongo.mock.calls).toEqual([[9, 2]]);
});

test('each way to write an argument is explained', () => {
  const { container } = render(Intro, { language: 'zh' });
  expect([...container.querySelectorAll('dd')].map(text)).toEqual(
    (['number', 'constant', 'text', 'buffer', 'words'] as const).map((what) => WORDS.zh.argument[what]),
  );
  expect([...container.querySelectorAll('li')].map(text)).toEqual(Object.values(WORDS.zh.intro));
});

describe('the tables', () => {
  const source = readFileSync(join(import.meta.dirname, '../../assets/listings/1.14/amd64/syscall.s'), 'utf8');

  /** A call by number, at its very end or before its first step. */
  function tables(nr: string, isAtEnd: boolean, language: 'zh' | 'en' = 'en'): HTMLElement {
    const args = [nr, '1', '0', '0'].map((value) => ({ kind: 'number' as const, value }));
    const played = playListing({ arch: 'amd64', source, entry: 'syscall.Syscall', args, returns: null });
    const routines = readRoutines('amd64', source);
    if (!played.ok || !routines.ok) throw new Error('the listing has faults');
    const run = played.value as unknown as PlaygroundRun;
    const states = run.steps.reduce((all, step) => [...all, applied(all.at(-1) ?? run.first, step)], [run.first]);
    const [before, now] = isAtEnd ? [states.at(-2), states.at(-1)] : [run.first, run.first];
    const props = { run, routines: routines.value as PlaygroundRoutine[], arch: 'amd64' as const, activation: 0, language };
    return render(MachineTables, { ...props, before: before ?? run.first, now: now ?? run.first }).container;
  }

  test('before the first step mark nothing, and say that there has been no call', () => {
    const part = tables('39', false);
    expect([part.querySelectorAll('.changed, del').length, text(screen.getByTestId('strace'))]).toEqual([0, words.noCalls]);
    expect(part.querySelectorAll('.registers dt').length).toBeGreaterThan(10);
    expect(text(part)).toContain(words.noMemory);
  });

  test('can be reached by the keyboard, as they scroll, and say which they are', () => {
    const columns = [...tables('39', false).querySelectorAll('.column')];
    expect(columns.map((each) => [each.getAttribute('role'), each.getAttribute('tabindex'), each.getAttribute('aria-label')])).toEqual([
      ['region', '0', words.registers],
      ['region', '0', words.strace],
    ]);
  });

  test('show the calls that were made; of one that is not modelled it is said, in the language of the window', () => {
    tables('39', true);
    expect(text(screen.getByTestId('strace'))).toMatch(/^getpid\(\)\s+= \d+$/);
    document.body.replaceChildren();
    // clone is not modelled.
    tables('56', true, 'zh');
    expect(text(screen.getByTestId('strace'))).toContain(WORDS.zh.playground.unmodelled);
  });

  test('name each register’s part, and each cell of the frame', () => {
    const part = tables('39', true);
    const named = [...part.querySelectorAll<HTMLElement>('.registers > div')].map(({ title }) => title);
    expect(named.every((title) => Object.values<string>(WORDS.en.registers).includes(title))).toBe(true);
    const cells = [...part.querySelectorAll('tr th[scope=row]')].map(text);
    expect(cells).toEqual(expect.arrayContaining(['trap+0(FP)', 'a1+8(FP)', 'r1+32(FP)', 'err+48(FP)']));
    expect(cells).not.toContain('');
  });
});

describe('a call', () => {
  const Playground = playgroundView();

  async function opened(): Promise<void> {
    const { component } = render(await Playground, { language: 'en' });
    component.toggle();
    await screen.findByTestId('argument-0');
  }
  const choose = async (id: string, value: string): Promise<void> => {
    await fireEvent.change(screen.getByTestId(id), { target: { value } });
    await tick();
  };
  const labels = (): string[] => [...document.querySelectorAll('.argument')].map(text);
  const symbolEnding = (end: string): string =>
    [...screen.getByTestId<HTMLSelectElement>('entry').options].map(({ value }) => value).find((value) => value.endsWith(end)) ?? '';

  test('has a field for each of its parameters, by name and type', async () => {
    await opened();
    await choose('call', 'openat');
    expect(labels()).toEqual(['dfd', 'filename', 'flags', 'mode']);
    expect(document.querySelectorAll<HTMLElement>('.argument')[1]?.title).toMatch(/^\S.* · /);
    await choose('call', 'close');
    expect(labels()).toEqual(['fd']);
  });

  test('that a routine cannot pass along whole is warned of, with the number that it passes', async () => {
    await opened();
    await choose('call', 'openat');
    await choose('entry', symbolEnding('.Syscall'));
    expect(text(document.querySelector('.warn'))).toBe(fill(words.cutShort, { n: 3 }));
    await choose('entry', symbolEnding('.Syscall6'));
    expect(document.querySelector('.warn')).toBeNull();
  });

  test('is offered by what the kernel models and what it only decodes; a listing without one asks for no call', async () => {
    await opened();
    const groups = [...screen.getByTestId('call').querySelectorAll('optgroup')].map(({ label }) => label);
    expect(groups).toEqual([words.modelled, words.others]);
    const editor = screen.getAllByTestId<HTMLTextAreaElement>('listing-text')[0] as HTMLTextAreaElement;
    await fireEvent.input(editor, { target: { value: 'TEXT ·f(SB),NOSPLIT,$0-16\n\tMOVQ\ta+0(FP), AX\n\tMOVQ\tAX, r+8(FP)\n\tRET\n' } });
    await eventually(() => {
      expect(screen.queryByTestId('call')).toBeNull();
    });
    expect(screen.queryByTestId('half')).toBeNull();
  });
});

test('what is simplified stands below its area, each once, and the sheet closes as it was opened', () => {
  const { component, container } = render(Simplified, { language: 'zh' });
  const page = component as unknown as { toggle: () => void; isOpen: () => boolean };
  const seen: boolean[] = [];
  for (let i = 0; i < 2; i++) {
    page.toggle();
    seen.push(page.isOpen());
  }
  expect(seen).toEqual([true, false]);
  const areas = [...container.querySelectorAll('section')].map((each) => [
    text(each.querySelector('h3')),
    [...each.querySelectorAll('li')].map(text),
  ]);
  expect(areas).toEqual(
    AREAS.map((area) => [WORDS.zh.simplified.areas[area], SIMPLIFIED.filter((each) => each.area === area).map(({ zh }) => zh)]),
  );
  expect(areas.flatMap(([, all]) => all)).toHaveLength(SIMPLIFIED.length);
});
