/** The timeline asks for the lanes of the run that is open, and shows no other's. */
import { expect, test, vi } from 'vitest';
import type { LaneAsk, LaneView } from '../../src-main/contract/index';
import { type LaneSource, TimelineStore } from './timeline.svelte';

const ASK: LaneAsk = { axis: 'step', from: 0, to: 100, columns: 200, lanes: 4 };
const OTHER: LaneAsk = { ...ASK, columns: 300 };
const viewOf = (name: string): LaneView => ({ name }) as unknown as LaneView;

/** Answers when it is told to. */
function source(name: string): LaneSource & { asked: LaneAsk[]; answer: () => void } {
  const waiting: (() => void)[] = [];
  const asked: LaneAsk[] = [];
  return {
    asked,
    look: (ask) => {
      asked.push(ask);
      return new Promise((resolve) => {
        waiting.push(() => {
          resolve(viewOf(name));
        });
      });
    },
    times: () => Promise.resolve(Float64Array.of(0)),
    answer: () => {
      for (const each of waiting.splice(0)) each();
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('a run as long as the one before has lanes of its own', async () => {
  const store = new TimelineStore(vi.fn());
  const [first, second] = [source('first'), source('second')];
  store.open(first, 1_000);
  store.look(ASK);
  first.answer();
  await settled();
  expect(store.view).toEqual(viewOf('first'));
  store.open(second, 1_000);
  expect(store.view).toBeNull();
  expect(second.asked).toEqual([ASK]);
  second.answer();
  await settled();
  expect(store.view).toEqual(viewOf('second'));
});

test('an answer of the run before is not shown, even when one source answers for both', async () => {
  const store = new TimelineStore(vi.fn());
  const one = source('of the run before');
  store.open(one, 1_000);
  store.look(ASK);
  store.open({ ...one, look: () => new Promise(() => undefined) }, 2_000);
  one.answer();
  await settled();
  expect(store.view).toBeNull();
});

test('of two questions the later is answered, and the same question is asked once', async () => {
  const store = new TimelineStore(vi.fn());
  const one = source('one');
  store.open(one, 1_000);
  store.look(ASK);
  store.look({ ...ASK });
  store.look(OTHER);
  expect(one.asked).toEqual([ASK, OTHER]);
  one.answer();
  await settled();
  expect(store.view).toEqual(viewOf('one'));
});

test('what cannot be had is told', async () => {
  const onFailure = vi.fn();
  const store = new TimelineStore(onFailure);
  const refused = (): Promise<never> => Promise.reject(new Error('no run is open'));
  store.open({ look: refused, times: refused }, 1_000);
  store.look(ASK);
  await settled();
  expect(onFailure).toHaveBeenCalledTimes(2);
});
