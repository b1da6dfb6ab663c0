/** Arrows and marks say what the trace's own events and facts say. */
import { describe, expect, test } from 'vitest';
import type { State, Step } from '../model/state';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { type Link, Links } from './links';
import { MARK_KINDS, MarkFollower } from './run-line';

const HANDOFFS = `schedville: 1
kind: scenario
id: handoffs
title: { zh: 交接, en: hand-offs }
runtime: { gomaxprocs: 4 }
goroutines:
  main: [ { go: { name: w, times: 24 } }, { sleep: 2ms }, { gc: { stw: 100us } } ]
  w: [ { compute: 60us }, gosched, { syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 90us, returns: 4 } }, { compute: 11ms } ]
`;

function linksOf(text: string): { steps: Step[]; links: Link[]; store: Links; first: State } {
  const { first, steps } = play(scenarioOf(text));
  const store = new Links(first);
  for (const step of steps) store.add(step);
  return { steps, store, first, links: Array.from({ length: store.length }, (_, i) => store.at(i)) };
}

const names = (step: Step | undefined): string[] => (step?.ev ?? '').split(' ');

describe.each([
  ['S5', golden('S5.scenario.yaml')],
  ['S7', golden('S7.scenario.yaml')],
  ['S12', golden('S12.scenario.yaml')],
  ['hand-offs', HANDOFFS],
])('%s', (_, text) => {
  const { steps, links, store, first } = linksOf(text);
  const at = (n: number): Step | undefined => steps[n - 1];

  test('whoever came to run was made runnable where the tracer says so, and starts where it says so', () => {
    const woken = links.filter(({ kind }) => kind !== 'given' && kind !== 'stolen');
    expect(woken.length).toBeGreaterThan(0);
    for (const { kind, from, to } of woken) {
      const began = names(at(from.n));
      // The tracer is told of a newcomer one step after it has become runnable.
      if (kind === 'created') expect(names(steps.slice(from.n).find(({ m }) => m === from.m)), `step ${from.n}`).toContain('GoCreate');
      if (kind === 'readied') expect(began, `step ${from.n}`).toContain('GoUnblock');
      // And of a start a few steps after the status has changed.
      expect(names(steps.slice(to.n - 1).find(({ m, ev }) => m === to.m && ev !== undefined)), `step ${to.n}`).toContain('GoStart');
      expect([to.m, at(to.n)?.set.some(([path, , now]) => path === `G.${to.g}.status` && now === '_Grunning')]).toEqual([
        at(to.n)?.m,
        true,
      ]);
    }
    // Each start has its one arrow.
    const starts = steps.filter(({ set }) =>
      set.some(([path, old, now]) => /^G\.G\d+\.status$/.test(path) && old === '_Grunnable' && now === '_Grunning'),
    );
    expect(woken.map(({ to }) => to.n)).toEqual(starts.map(({ n }) => n));
  });

  test('thefts are those of the facts', () => {
    const facts = steps.flatMap(({ n, fact }) => (fact?.kind === 'steal' ? [[n, fact.victim, fact.thief]] : []));
    expect(links.filter(({ kind }) => kind === 'stolen').map(({ from, to }) => [to.n, from.p, to.p])).toEqual(facts);
  });

  test('a P that was given to a thread arrives there', () => {
    for (const { from, to } of links.filter(({ kind }) => kind === 'given')) {
      expect(at(from.n)?.set).toContainEqual([`M.${to.m}.nextp`, null, from.p]);
      expect(at(to.n)?.set.some(([path, , now]) => path === `M.${to.m}.p` && now === from.p)).toBe(true);
      expect(from.m).not.toBe(to.m);
    }
  });

  test('marks are the facts’ preemptions and retakes', () => {
    const follower = new MarkFollower(first);
    for (const step of steps) follower.add(step);
    const { marks, kinds, about, events, stopFrom, stopTo } = follower.found;
    const told = Array.from(marks, (n, i) => [n, MARK_KINDS[kinds[i] ?? 0]]);
    expect(told.filter(([, kind]) => kind === 'retake')).toEqual(
      steps.flatMap(({ n, fact }) => (fact?.kind === 'retake' ? [[n, 'retake']] : [])),
    );
    for (const [i, n] of marks.entries()) {
      const id = `${kinds[i] === 0 ? 'P' : 'G'}${about[i] ?? -1}`;
      const step = at(n);
      expect(kinds[i] === 0 ? step?.set.some(([path]) => path === `P.${id}.status`) : step?.g === id).toBe(true);
    }
    // The fact is noted when it is decided, the event when the goroutine gives way.
    const preempted = told.filter(([, kind]) => kind === 'preemption').map(([n]) => n);
    expect(preempted).toEqual(steps.filter((step) => names(step).includes('GoPreempt')).map(({ n }) => n));
    expect(preempted.length).toBe(steps.filter(({ fact }) => fact?.kind === 'preemption').length);
    expect([...events]).toEqual(steps.filter(({ ev }) => ev !== undefined).map(({ n }) => n));
    expect(stopFrom.length).toBe(stopTo.length);
    for (const [i, from] of stopFrom.entries()) expect(from).toBeLessThan(stopTo[i] ?? 0);
  });

  test('a step has the links that begin or end in it, and how it came to run', () => {
    for (const link of links.slice(0, 40)) {
      const ask = { of: null, from: 0, to: steps.length };
      expect(store.look({ ...ask, n: link.to.n }, null)).not.toContainEqual({ ...link, kind: 'created', from: link.to });
      const here = store.look({ ...ask, n: link.to.n }, at(link.to.n) ?? null);
      if (link.kind !== 'stolen') expect(here).toContainEqual(link);
      expect(store.look({ ...ask, n: link.from.n }, at(link.from.n) ?? null).length).toBeGreaterThan(0);
    }
  });
});

test('of a goroutine that is selected the links near the step are given', () => {
  const { links, store, steps } = linksOf(HANDOFFS);
  const own = links.filter(({ from, to }) => from.g === 'G1' || to.g === 'G1');
  expect(own.length).toBeGreaterThan(2);
  expect(
    store.look({ n: 1, of: 'G1', from: 0, to: steps.length }, null).filter(({ from, to }) => from.g === 'G1' || to.g === 'G1'),
  ).toEqual(own.slice(0, 16));
  expect(store.look({ n: 1, of: null, from: 0, to: steps.length }, null)).toEqual([]);
});

test('hand-offs has all kinds of arrows', () => {
  expect(new Set(linksOf(HANDOFFS).links.map(({ kind }) => kind))).toEqual(
    new Set(['created', 'readied', 'yielded', 'returned', 'given', 'stolen']),
  );
});
