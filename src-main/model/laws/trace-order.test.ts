import { expect, test } from 'vitest';
import { firstState } from '../run/first-state';
import type { GId, PId, Step } from '../state';
import { scenarioOf } from '../testdata/run-scenario';
import { EventOrder } from './trace-order';

const first = firstState(
  scenarioOf(
    '{schedville: 1, kind: scenario, id: two, title: {zh: 二, en: two}, runtime: {gomaxprocs: 2}, goroutines: {main: [{compute: 1us}]}}',
  ),
);

/** `G1 P0 GoSysCall; G1 P0 GoSched`: who on which P wrote what. The first thing that is wrong. */
function firstWrong(story: string): string | null {
  const order = new EventOrder(first);
  for (const line of story.split('; ')) {
    const [g, p, ...ev] = line.split(' ');
    const step: Step = {
      n: 1,
      t: 0,
      m: 'M0',
      p: p === '-' ? null : (p as PId),
      g: g === '-' ? null : (g as GId),
      fn: '',
      at: '',
      d: 0,
      set: [],
      ev: ev.join(' '),
    };
    const said = order.broken(step);
    if (said !== null) return said;
  }
  return null;
}

test.each([
  ['an undisturbed call writes no exit', 'G1 P0 GoSysCall; G1 P0 GoSysCall; G1 P0 GoSched'],
  [
    'a P that was taken: block, stop; start, exit, start',
    'G1 P0 GoSysCall; - P0 GoSysBlock; - P0 ProcStop; - P1 ProcStart; G1 P1 GoSysExit GoStart; G1 P1 GoBlockRecv',
  ],
  [
    'the reacquired P closes the other one’s stay',
    'G1 P0 GoSysCall; - P0 GoSysBlock; G2 P0 GoSysCall; G1 P0 GoSysBlock GoSysExit; G1 P0 GoStart; G2 P0 GoSysExit GoStart',
  ],
])('%s', (_, story) => {
  expect(firstWrong(story)).toBeNull();
});

test.each([
  ['exit without block', 'G1 P0 GoSysCall; G1 P0 GoSysExit', 'GoSysExit: G1 has not been blocked'],
  ['start before exit', 'G1 P0 GoSysCall; - P0 GoSysBlock; G1 P1 GoStart', 'GoStart: G1 has not left'],
  ['acts before exit', 'G1 P0 GoSysCall; - P0 GoSysBlock; G1 P1 GoSched', 'GoSched: G1 has not left'],
  ['block after the stay', 'G1 P0 GoSysCall; - P0 GoSysBlock; - P0 GoSysBlock', 'GoSysBlock: P0 is kept by no'],
  ['exit twice', 'G1 P0 GoSysCall; - P0 GoSysBlock; G1 P0 GoSysExit; G1 P0 GoSysExit', 'GoSysExit: G1 has left already'],
  ['a P started twice', '- P0 ProcStart', 'ProcStart: P0 is started already'],
  ['a P stopped twice', '- P1 ProcStop', 'ProcStop: P1 is stopped already'],
])('refused: %s', (_, story, said) => {
  expect(firstWrong(story)).toContain(said);
});
