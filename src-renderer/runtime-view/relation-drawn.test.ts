/** The picture of relations as it is drawn: which ties are lit, what a box says and does, and what is told in words of what has no room. */
import { fireEvent, render } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { applied, type State, type Step } from '../../src-main/contract/index';
import { crowdedRun, goldenRun, type Played } from '../testdata/runs';
import '../testdata/window-bridge';
import RelationView from './RelationView.svelte';
import { Marks } from './technical-rows';

const words = WORDS.en.runtime;
const onpin = vi.fn<(path: string) => void>();

beforeEach(() => {
  onpin.mockReset();
});

/** After the first step that is at this row. */
function at({ first, steps }: Played, fn: string, row: string): { after: State; step: Step; recent: Step[] } {
  const n = steps.findIndex((step) => step.fn === fn && step.at === row);
  const recent = steps.slice(0, n + 1);
  return { after: recent.reduce((state, step) => applied(state, step), first), step: recent[n] as Step, recent };
}

interface Shown {
  after: State;
  step: Step | null;
  recent?: Step[];
  pinned?: readonly string[];
}

function drawn({ after, step, recent = [], pinned = [] }: Shown, language: 'zh' | 'en' = 'en'): HTMLElement {
  const marks = new Marks(step?.set ?? [], new Set());
  return render(RelationView, { after, step, recent, marks, pinned, language, time: (ns: number) => `${ns} ns`, onpin }).container;
}

const text = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const box = (picture: HTMLElement, path: string): Element => {
  const found = picture.querySelector(`.node[data-path="${path}"]`);
  if (!found) throw new Error(`no box of ${path}`);
  return found;
};
const told = (picture: HTMLElement, which = ''): string[] => [...picture.querySelectorAll(`.told li${which}`)].map(text);
const boxesOf = (picture: HTMLElement): Element[] => [...picture.querySelectorAll('.node')];

/** M0 is in a system call and remembers its P, which no M has. */
const left = at(goldenRun('S2'), 'reentersyscall', 'psyscall');

describe('ties', () => {
  test('what the step wrote is lit in the picture and in words, all else is not', () => {
    const away = at(goldenRun('S2'), 'reentersyscall', 'oldp');
    const picture = drawn(away);
    expect(told(picture, '.changed')).toEqual(['M0 remembers P0 oldp']);
    const lit = [...picture.querySelectorAll('.tie.changed:not(svg)')];
    expect(lit.map((each) => each.getAttribute('class')?.includes('holds') || each.getAttribute('class')?.includes('remembers'))).toEqual([
      true,
    ]);
    expect(picture.querySelectorAll('.tie:not(svg)').length).toBeGreaterThan(1);
  });

  test('what looks at each other has an arrow at both ends, what is only remembered at one', () => {
    const heads = (fn: string, row: string): number[] =>
      [...drawn(at(goldenRun('S2'), fn, row)).querySelectorAll('.tie:not(svg)')].map((tie) => tie.querySelectorAll('path').length);
    expect(heads('reentersyscall', 'locks++')).toContain(2);
    expect(new Set(heads('reentersyscall', 'psyscall'))).toEqual(new Set([1, 2]));
  });

  test('a head ends where its line does', () => {
    for (const tie of drawn(left).querySelectorAll('.tie:not(svg)')) {
      const line = tie.querySelector('line');
      const [x, y] = ['x2', 'y2'].map((name) => line?.getAttribute(name) ?? '');
      expect(tie.querySelector('path')?.getAttribute('d')).toMatch(new RegExp(`^M${x} ${y}L`));
      expect(tie.querySelector('path')?.getAttribute('d')).not.toContain('NaN');
    }
  });
});

describe('a box', () => {
  test('is a button that says its name, how it is, and all that it has to do with others', () => {
    const picture = drawn(left);
    const said = box(picture, 'M.M0').getAttribute('aria-label') ?? '';
    const about = picture.querySelectorAll('.told li');
    const others = [...about].map((each) => text(each).replace(/ \S+( ⇄ \S+)?$/, '')).filter((each) => /\bM0\b/.test(each));
    expect(others.length).toBeGreaterThan(1);
    for (const sentence of others) expect(said).toContain(sentence);
    expect(said.startsWith('M0')).toBe(true);
    expect(box(picture, 'P.P0').getAttribute('aria-label')).toContain('_Psyscall');
    for (const each of boxesOf(picture)) expect([each.getAttribute('role'), each.getAttribute('tabindex')]).toEqual(['button', '0']);
  });

  test('by its shape is an M, a P or a G', () => {
    const picture = drawn(left);
    const shapeOf = (path: string): string => box(picture, path).querySelector('path')?.getAttribute('d') ?? '';
    // A P has a ridge and no rounded corner; an M is rounder than a G.
    expect(shapeOf('P.P0')).not.toContain('A');
    const radius = (path: string): number => Number(/A([\d.]+) /.exec(shapeOf(path))?.[1]);
    expect([radius('G.G1'), radius('M.M0') > 6]).toEqual([6, true]);
  });

  test('pins its row at a click and at Enter, which does nothing else then; other keys are somebody else’s', async () => {
    const picture = drawn({ ...left, pinned: ['P.P0'] });
    const [pinned, free] = [box(picture, 'P.P0'), box(picture, 'M.M0')];
    expect([pinned, free].map((each) => [each.getAttribute('aria-pressed'), text(each.querySelector('title'))])).toEqual([
      ['true', fill(words.unpin, { row: 'P0' })],
      ['false', fill(words.pin, { row: 'M0' })],
    ]);
    await fireEvent.click(free);
    const isFree = { enter: await fireEvent.keyDown(pinned, { key: 'Enter' }), space: await fireEvent.keyDown(free, { key: ' ' }) };
    expect([onpin.mock.calls.flat(), isFree]).toEqual([['M.M0', 'P.P0'], { enter: false, space: true }]);
  });

  test('is marked where the step wrote into its row', () => {
    const touched = boxesOf(drawn(left)).filter((each) => each.classList.contains('touched'));
    const wrote = new Set(left.step.set.map(([path]) => path.split('.').slice(0, 2).join('.')));
    expect(touched.map((each) => each.getAttribute('data-path'))).toEqual([...wrote].filter((path) => /^[GMP]\./.test(path)));
  });
});

describe('what is not in the picture', () => {
  test('is counted, and so is the rest of a queue of which the first are drawn', () => {
    const crowd = crowdedRun(2, 40);
    const recent = crowd.steps.slice(0, 402);
    const after = recent.reduce((state, step) => applied(state, step), crowd.first);
    const path = Object.keys(after.P).find((id) => after.P[id as 'P0']!.runq.length > 5);
    const picture = drawn({ after, step: recent.at(-1) ?? null, recent, pinned: [`P.${path}`] });
    const legend = [...picture.querySelectorAll('.legend > span')].map(text).join('\n');
    expect(legend).toMatch(new RegExp(`${path}\\.runq \\+\\d+`));
    const [, more] = new RegExp(`${path}\\.runq \\+(\\d+)`).exec(legend) ?? [];
    const drawnOfIt = told(picture).filter((each) => each.includes(`in the local queue of ${path}`)).length;
    expect(Number(more) + drawnOfIt).toBe(after.P[path as 'P0']!.runq.length);
    expect(boxesOf(picture).length).toBeLessThanOrEqual(30);
  });

  test('where nobody is asked about, it is said that there is nothing; the three kinds of lines are explained all the same', () => {
    const picture = drawn({ after: { ...left.after, M: {}, P: {}, G: {} } as State, step: null });
    expect([boxesOf(picture), told(picture), text(picture.querySelector('.none'))]).toEqual([[], [], words.noRelations]);
    expect([...picture.querySelectorAll('.legend > span')].map(text)).toEqual(Object.values(words.kinds));
  });

  test('is told in the language of the window', () => {
    const zh = WORDS.zh.runtime;
    expect(told(drawn(left, 'zh'))).toContainEqual(expect.stringContaining(fill(zh.relation.remembers, { from: 'M0', to: 'P0' })));
  });
});
