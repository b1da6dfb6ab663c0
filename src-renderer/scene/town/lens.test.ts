/** Which house the lens shows: the picked one's, else the one that the story is about. */
import { expect, test } from 'vitest';
import type { GId, GRow, MId, MRow, PId, PRow, State, Step } from '../../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../../src-main/model/testdata/run-scenario';
import { applyStep, copyState } from '../../../src-main/model/trace/replay';
import { houseInLens, houseOfPicked, lensSays } from './lens';
import { houseLookedAt } from '../scene-parents';
import { townOf } from './town';

const scenario = scenarioOf(golden('S7.scenario.yaml'));
const { first, steps } = play(scenario);

/** A state for each step; the same object, changed. */
function* states(): Generator<{ state: State; n: number }> {
  const state = copyState(first);
  for (const step of steps) {
    applyStep(state, step);
    yield { state, n: step.n };
  }
}

test('whoever is picked is found where the state has it', () => {
  let seen = { homes: 0, benches: 0, nowhere: 0 };
  for (const { state, n } of states()) {
    for (const [id, row] of Object.entries(state.M as Record<string, MRow>)) {
      const found = houseOfPicked(state, id);
      expect(found, `${id}, step ${n}`).toBe(row.p ?? row.oldp ?? row.nextp);
      seen = { ...seen, ...(found === null ? { nowhere: seen.nowhere + 1 } : { homes: seen.homes + 1 }) };
    }
    for (const [p, { runq, runnext }] of Object.entries(state.P) as [PId, PRow][])
      for (const g of [...runq, ...(runnext === null ? [] : [runnext])]) {
        expect(houseOfPicked(state, g), `${g}, step ${n}`).toBe(p);
        seen = { ...seen, benches: seen.benches + 1 };
      }
    for (const [g, row] of Object.entries(state.G) as [GId, GRow][])
      if (row.status === '_Gwaiting') expect(houseOfPicked(state, g), `${g}, step ${n}`).toBeNull();
  }
  expect(Math.min(seen.homes, seen.benches, seen.nowhere)).toBeGreaterThan(0);
  expect(houseOfPicked(first, 'M99')).toBeNull();
});

test('the lens shows the house of the step, keeps it through steps of nobody’s house, and the picked one before all', () => {
  let last: PId | null = null;
  for (const { state, n } of states()) {
    const recent = steps.slice(Math.max(0, n - 40), n);
    const shown = houseInLens(state, recent, null);
    expect(shown, `step ${n}`).not.toBeNull();
    const step = recent.at(-1);
    if (step?.p && step.m !== state.sysmon.m) expect(shown, `step ${n}`).toBe(step.p);
    for (const id of Object.keys(state.P) as PId[]) expect(houseInLens(state, recent, id)).toBe(id);
    last = shown;
  }
  expect(last).not.toBeNull();
});

test('between the steps of others the lens stays at the house that the watchman looks at, and at the one that a thread has just lost', () => {
  let seen = 0;
  for (const { state, n } of states()) {
    const recent = steps.slice(Math.max(0, n - 12), n);
    const own = recent.filter(({ m }) => m === recent.at(-1)?.m);
    if (own[0]?.m === state.sysmon.m) {
      const looked = own.map((step) => houseLookedAt({ state, step })).findLast((each) => each !== null);
      if (looked === undefined) continue;
      expect(houseInLens(state, recent, null), `step ${n}`).toBe(looked);
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(0);
  // Home from the kernel without a house, beside somebody who is at home.
  const at = (m: MId, p: PId | null, set: Step['set'] = []): Step => ({ ...(steps[0] as Step), m, p, set });
  const state = copyState(first);
  const recent = [at('M9', null, [['M.M9.oldp', 'P0', null]]), at('M0', null, [['P.P1.runq', [], []]]), at('M9', null)];
  const both = { ...state, P: { ...state.P, P1: state.P.P0 } } as State;
  expect(houseInLens(both, recent, null)).toBe('P0');
});

test('it says of every house what its fields say, in both languages, with every place filled', () => {
  const said = new Set<string>();
  for (const { state } of states())
    for (const language of ['zh', 'en'] as const)
      for (const house of townOf({ state, step: null, cast: scenario.cast, language }).houses) {
        const [text = ''] = lensSays(house, language);
        expect(text).not.toMatch(/[{}]|undefined/);
        said.add(`${language} ${house.doing}`);
        // Nobody who runs a child is said to look for one.
        if (house.doing === 'desk' && house.child) {
          expect(text).toContain(house.child.id);
          said.add(`${language} serves`);
        }
        // Not the plate's number, but the one that was on it when they went.
        const kept = house.away && (state.M[house.away.id] as MRow);
        expect(house.awayStay, text).toBe(kept ? kept.syscalltick : null);
        if (kept) {
          const others = Object.values(state.M as Record<string, MRow>).filter(({ oldp }) => oldp === house.id);
          expect(kept.syscalltick).toBe(Math.max(...others.map(({ syscalltick }) => syscalltick)));
          if (kept.syscalltick !== house.stay) said.add(`${language} another number`);
        }
        // Whoever is not in the kernel has not gone hunting yet, or has been.
        const isInKernel = house.away !== null && state.M[house.away.id]?.kernel !== null;
        if (house.doing === 'locked' && house.away && house.chalk === null) expect(house.isOnWay, text).toBe(!isInKernel);
      }
  expect(said.size).toBeGreaterThanOrEqual(8);
  expect([...said]).toEqual(expect.arrayContaining(['zh serves', 'en serves', 'zh another number']));
});

test('it says how many others are out and keep the address, who is named not among them; where there is little room, nothing of it', () => {
  const out = { ...(first.M.M0 as MRow), p: null, oldp: 'P0', curg: 'G1', locks: 0, kernel: { name: 'read' } } as unknown as MRow;
  const G = { ...first.G, G1: { ...(first.G.G1 as GRow), status: '_Gsyscall' as const } };
  const said = (away: readonly MId[], status: PRow['status']): readonly string[] => {
    const P = { P0: { ...(first.P.P0 as PRow), status, m: null } };
    const M = { M1: first.M.M1, ...Object.fromEntries(away.map((id) => [id, out])) };
    const state = { ...first, G, M, P } as unknown as State;
    const [house] = townOf({ state, step: null, cast: scenario.cast, language: 'en' }).houses;
    return house ? lensSays(house, 'en') : [];
  };
  expect(said(['M0'], '_Psyscall').join()).not.toContain('more away');
  expect(said(['M0', 'M2'], '_Psyscall')[0]).toContain('1 more away keeps its address');
  expect(said(['M0', 'M2', 'M3'], '_Psyscall')[0]).toContain('2 more away keep its address');
  expect(said(['M0', 'M2', 'M3'], '_Psyscall').at(-1)).not.toContain('more away');
  expect(said(['M0', 'M2', 'M3'], '_Pidle')[0]).toContain('3 more away keep its address');
});
