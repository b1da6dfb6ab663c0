/** The legend in the window: everybody and everything that can be drawn, and who of them is there. */
import { expect, test } from 'vitest';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { applied, LANGUAGES, type State, type Step } from '../../src-main/contract/index';
import { type CastEntry, castOf, robes, THINGS } from './cast';
import { villageEvent } from './events';
import { CHILD_POSES, children, DOINGS, DOORS, EVENTS, parents } from './glossary';
import { frameFor } from './scene-layout';
import { scenePlan } from './scene-plan';

const CAST = { M: [], P: [], G: {} };
const S5 = play(scenarioOf(golden('S5.scenario.yaml')));

function entriesAt(state: State, step: Step | null): CastEntry[] {
  const plan = scenePlan({ state, step, cast: CAST, language: 'en', frame: frameFor(1_024, 318) });
  return Object.values(castOf(plan, state, villageEvent(state, step, null))).flat();
}

test('it has every pose, door, thing and event once, each with its word and what it means in every language', () => {
  const entries = entriesAt(S5.first, null);
  const wanted = [
    ...DOINGS.map((id) => `parent.${id}`),
    ...CHILD_POSES.map((id) => `child.${id}`),
    ...DOORS.map((id) => `door.${id}`),
    ...THINGS,
    ...EVENTS.map((id) => `event.${id}`),
  ];
  expect(entries.map(({ id }) => id)).toEqual(wanted);
  for (const { id, word, means } of entries)
    for (const language of LANGUAGES) expect([id, word[language], means[language]], id).not.toContain('');
});

test('it marks what is there, and nothing else', () => {
  const seen = new Set<string>();
  let state = S5.first;
  for (const step of S5.steps) {
    state = applied(state, step);
    const here = entriesAt(state, step).flatMap(({ id, isHere }) => (isHere ? [id] : []));
    for (const id of here) seen.add(id);
    const doors = Object.values(state.P).map(({ status }) => status);
    expect(here.includes('door.sealed'), `step ${step.n}`).toBe(doors.includes('_Pgcstop'));
    expect(here.includes('padlock'), `step ${step.n}`).toBe(doors.includes('_Psyscall'));
    expect(here.includes('keys'), `step ${step.n}`).toBe(state.sched.pidle.length > 0);
  }
  expect([...seen]).toEqual(expect.arrayContaining(['parent.hunting', 'child.hunting', 'event.stopped', 'slip', 'alarm', 'sun']));
  expect(seen).not.toContain('parent.abroad');
  expect(seen).not.toContain('event.deadlock');
});

test.each(LANGUAGES)('everybody with a name is there in their own robe: %s', (language) => {
  expect(robes(language).map(({ name }) => name)).toEqual([...children.names, ...parents.names].map(({ name }) => name[language]));
});
