import { describe, expect, test } from 'vitest';
import { formatNs } from '../timeline/format-ns';
import { LANGUAGES } from '../../assets/words/index';
import { applied, Inspector, PackedSteps, type State, Timeline } from '../../src-main/contract/index';
import { crowdedRun, goldenRun, type Played } from '../testdata/runs';
import { rowsOfKind, ROW_KINDS } from '../runtime-view/state-rows';
import { lifePieces } from './life';
import { lineOf, thingOf } from './thing';

const cast = { M: [], P: [], G: {} };
const setting = (state: State, language: (typeof LANGUAGES)[number]): Parameters<typeof thingOf>[1] => ({
  state,
  cast,
  language,
  time: formatNs,
});

function stateAt({ first, steps }: Played, n: number): State {
  return applied(first, ...steps.slice(0, n));
}

describe.each(LANGUAGES)('a thing, in %s,', (language) => {
  const { first } = goldenRun('S2');

  test('has its names in the village and in Go', () => {
    const said = (path: string): string[] => {
      const { village, go } = thingOf(path, setting(first, language));
      return [village, go];
    };
    expect(said('M.M0')[1]).toBe('M0');
    expect(said('M.M0')[0]).not.toBe('');
    expect(said('P.P0.runq')[1]).toBe('P0.runq');
    expect(said('P.P0.runq')[0]).toContain({ zh: '门口长凳', en: 'bench' }[language]);
    expect(said('sched.runq')[0]).toBe({ zh: '孤儿院', en: 'orphanage' }[language]);
    expect(said('M.M0.regs.AX')[1]).toBe('M0 AX');
    expect(said('kernel.fds.0')[1]).toBe('fd 0');
  });

  test('that is not there yet has its name all the same, and its lane is asked for', () => {
    const known = { id: 'G9', role: '', name: 'worker' } as const;
    const { village, id, isThere } = thingOf('G.G9', { ...setting(first, language), cast: { ...cast, G: { worker: '小红' } }, known });
    expect([village, id, isThere]).toEqual([{ zh: '小红', en: 'Hong' }[language], 'G9', false]);
    expect(thingOf('G.G9', setting(first, language))).toMatchObject({ village: { zh: '孩子', en: 'child' }[language] });
  });

  test('that is a row says what it does in both voices, at every step of a crowd', () => {
    const run = crowdedRun(3, 6);
    const silent = new Set<string>();
    for (let n = 0; n <= run.steps.length; n += 41) {
      const state = stateAt(run, n);
      for (const kind of ['M', 'P', 'G'] as const)
        for (const { path } of rowsOfKind(state, kind)) {
          const { says, isThere, id } = thingOf(path, setting(state, language));
          const isOver =
            state.G[id as 'G1']?.status === '_Gdead' || state.G[id as 'G1']?.status === '_Gidle' || state.M[id as 'M1']?.dead === true;
          if (!isThere || says.go === '' || (says.village === '' && !isOver)) silent.add(`${n} ${path}`);
        }
    }
    expect([...silent]).toEqual([]);
  });

  test('of any kind has a line for the list behind the picture', () => {
    for (const kind of ROW_KINDS)
      for (const { path } of rowsOfKind(first, kind)) expect(lineOf(path, setting(first, language)).length, path).toBeGreaterThan(1);
  });
});

describe('a life', () => {
  const run = goldenRun('S2');
  const packed = new PackedSteps();
  const timeline = new Timeline(run.first, packed);
  for (const step of run.steps) {
    packed.push(step);
    timeline.add(step);
  }
  const inspector = new Inspector(packed, timeline);
  const last = run.steps.length;

  test.each(['M.M0', 'G.G1', 'P.P0.runq', 'sched.runq'])('of %s ends at the horizon, and lies within the bar', (path) => {
    const of = /^[MG]\.[MG]\d+$/.test(path) ? (path.slice(2) as 'M0') : null;
    const horizon = Math.floor(last / 2);
    const seen = inspector.look({ places: [path], n: 1, horizon, fields: [], columns: 200, of });
    const pieces = lifePieces(seen, last, horizon);
    expect(pieces.length).toBeGreaterThan(0);
    for (const { x, width, y, height } of pieces) {
      expect(x + width).toBeLessThanOrEqual(horizon / last + 1e-9);
      expect(Math.min(x, width, y + 1e-9, height)).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(1 + 1e-9);
    }
    expect(seen.next === null || seen.next <= horizon).toBe(true);
  });
});
