/** Whoever waits for a lock is shown who has it, and whoever has it carries its key. */
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../assets/words/index';
import type { State, Step } from '../../src-main/contract/index';
import { HoldsFinder } from '../../src-main/ask/holds';
import { play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { applyStep, copyState } from '../../src-main/model/trace/replay';
import { type Held, heldAround } from './held';
import { LOCK_KEY } from './place-shapes';
import { overlap, boardParts, KEY_MARK } from './scene-labels';
import { frameFor } from './scene-layout';
import { scenePlan } from './scene-plan';
import { boxOfWriting } from './town/drawing';
import { townOf } from './town/town';
import { areasFor } from './town/town-layout';
import { yards } from './town/yards';

const scenario = (workers: number) =>
  scenarioOf(`schedville: 1
kind: scenario
id: lock
title: { zh: 锁, en: lock }
runtime: { gomaxprocs: 2 }
mutexes: [mu]
waitgroups: [wg]
goroutines:
  main:
    - add: { wg: wg, n: ${workers} }
    - go: { name: w, times: ${workers} }
    - wait: wg
  w:
    - lock: mu
    - compute: 20us
    - syscall: { name: read, takes: 300us, returns: 4 }
    - unlock: mu
    - done: wg
`);

function* moments(workers: number, count: number): Generator<{ state: State; step: Step; held: Held }> {
  const { first, steps } = play(scenario(workers));
  const finder = new HoldsFinder(first);
  for (const step of steps) finder.add(step);
  const state = copyState(first);
  const stride = Math.max(1, Math.floor(steps.length / count));
  for (const step of steps) {
    const before = step.n % stride === 0 ? copyState(state) : null;
    applyStep(state, step);
    if (before) yield { state, step, held: heldAround(finder.found, { seen: { beforeN: step.n - 1, before, after: state }, n: step.n }) };
  }
}

const { cast } = scenario(1);

test('on a stage the child with the lock carries a key, and the sleepers or their board name it', () => {
  let [told, carried] = [0, 0];
  for (const workers of [2, 3, 6])
    for (const { state, step, held } of moments(workers, 40))
      for (const language of LANGUAGES) {
        const plan = scenePlan({ state, step, cast, language, frame: frameFor(1_024, 318), held: held.after });
        const holder = held.after['mu'];
        expect(plan.children.filter(({ locks }) => locks !== '').map(({ id }) => id)).toEqual(
          plan.children.some(({ id }) => id === holder) ? [holder] : [],
        );
        if (holder === undefined) continue;
        carried++;
        const waits = plan.children.filter(({ reason }) => reason === 'lock mu');
        expect(waits.every(({ keeper }) => keeper?.id === holder)).toBe(true);
        if (waits.length === 0) continue;
        const board = plan.signs.find(({ id }) => id === 'creche')?.text ?? '';
        const labels = plan.labels.filter(({ of }) => waits.some(({ id }) => id === of)).map(({ id }) => id);
        expect(
          board.includes(`lock mu ${waits.length}${KEY_MARK}${holder}`) || labels.every((each) => each.includes(holder)),
          `step ${step.n}: ${board}, ${labels.join()}`,
        ).toBe(true);
        told++;
      }
  expect(Math.min(told, carried)).toBeGreaterThan(50);
});

test('in a town a key and whoever has the lock stand beside the crowd that waits for it, inside of the yard and on nothing else', () => {
  let told = 0;
  for (const [width, height] of [
    [1_024, 318],
    [1_366, 728],
  ] as const) {
    const { areas } = areasFor(width, height, 2);
    for (const { state, step, held } of moments(24, 30))
      for (const language of LANGUAGES) {
        const town = townOf({ state, step, cast, language, held: held.after });
        const group = town.waiting.groups.find(({ label }) => label === 'lock mu');
        expect(group?.holder?.id).toBe(group ? held.after['mu'] : undefined);
        const { pieces, writings } = yards(areas, town, language, () => false);
        const has = writings.filter(({ key }) => / has /.test(key));
        if (!group?.holder) continue;
        expect(has.map(({ text }) => text)).toEqual([group.holder.id]);
        expect(pieces.filter(({ paint }) => paint.stroke === LOCK_KEY.light).length).toBeGreaterThan(0);
        told++;
        const { x, w } = areas.creche;
        for (const each of has) {
          const box = boxOfWriting(each);
          expect(box.x).toBeGreaterThan(x);
          expect(box.x + box.w).toBeLessThanOrEqual(x + w);
          for (const other of writings)
            if (other !== each) expect(overlap(boxOfWriting(other), box), `${other.text}, step ${step.n}`).toBe(false);
        }
      }
  }
  expect(told).toBeGreaterThan(40);
});

test('before a step whoever had the lock then has it', () => {
  const changes = [...moments(3, 400)].filter(({ held }) => held.before['mu'] !== held.after['mu']);
  expect(changes.length).toBeGreaterThan(4);
  expect(changes.some(({ held }) => held.before['mu'] !== undefined && held.after['mu'] === undefined)).toBe(true);
});

test('a board’s parts lie one beside the other, in the middle of all', () => {
  const parts = boardParts(`mu 2${KEY_MARK}G4`);
  expect(parts.map(({ text }) => text)).toEqual(['mu 2', KEY_MARK, 'G4']);
  expect(parts.map(({ x }) => x)).toEqual([...parts.map(({ x }) => x)].sort((a, b) => a - b));
  expect(boardParts('G4')).toEqual([{ text: 'G4', x: 0 }]);
});
