import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../assets/words/index';
import type { State, Step } from '../../src-main/contract/index';
import { goldenRun, placesOf } from '../testdata/runs';
import { formatNs } from '../timeline/format-ns';
import { changesSaid, elsewhereSaid, housesSaid, machineSaid, MOST_LINES, type Said, type Setting } from './in-words';

const cast = { M: [], P: [], G: {} };
const setting = (state: State, step: Step | null, language: (typeof LANGUAGES)[number] = 'en'): Setting => ({
  state,
  step,
  cast,
  language,
  time: formatNs,
});

function linesOf(of: Setting): Said[] {
  return [...housesSaid(of).houses.flatMap((house) => house.lines), ...elsewhereSaid(of).flatMap((each) => each.lines)];
}

describe.each(['S2', 'S3', 'S5'])('in %s, at every step,', (name) => {
  test('every thread that lives is told once, and every goroutine that lives by its number', () => {
    for (const { after: state, step } of placesOf(goldenRun(name), 5)) {
      const lines = linesOf(setting(state, step));
      const paths = lines.flatMap(({ path }) => path ?? []);
      const living = Object.entries(state.M).flatMap(([id, row]) => (row.dead ? [] : [`M.${id}`]));
      expect(paths.filter((path) => /^M\.M\d+$/.test(path)).sort(), `step ${step?.n ?? 0}`).toEqual(living.sort());
      const said = lines.map(({ text }) => text).join('\n');
      for (const [id, row] of Object.entries(state.G))
        if (row.status !== '_Gdead' && row.status !== '_Gidle') expect(said, `step ${step?.n ?? 0}`).toMatch(new RegExp(`\\b${id}\\b`));
    }
  });

  test('every write of the step is said with what was there before', () => {
    for (const { after: state, step } of placesOf(goldenRun(name), 7)) {
      const said = changesSaid(setting(state, step));
      expect(said.length).toBe(Math.min(step?.set.length ?? 0, MOST_LINES + 1));
      for (const { text } of said) expect(text).not.toMatch(/\{\w+\}|undefined|\[object/);
    }
  });
});

test('a thread in the kernel is in the forest with its call, and its goroutine with it', () => {
  const found = [...placesOf(goldenRun('S2'))].find(({ after: state }) =>
    Object.values(state.M).some((row) => row.kernel !== null && row.p === null),
  );
  if (!found) throw new Error('nobody hunts in S2');
  const forest = elsewhereSaid(setting(found.after, found.step)).find(({ lines }) =>
    lines.some(({ text }) => text.includes('system call')),
  );
  expect(forest?.title).toMatch(/forest/i);
  expect(forest?.lines.map(({ path }) => path?.[0])).toEqual(['M', 'G']);
});

describe.each(LANGUAGES)('in %s', (language) => {
  test('registers are told with what they are for and what they were', () => {
    const at = [...placesOf(goldenRun('S2'))].find(({ step }) => step?.asm?.text.startsWith('SYSCALL'));
    if (!at) throw new Error('S2 enters no kernel');
    const said = machineSaid(setting(at.after, at.step, language), 'amd64');
    expect(said?.title).toContain('M');
    const texts = (said?.lines ?? []).map(({ text }) => text);
    expect(texts.some((text) => text.startsWith('AX'))).toBe(true);
    expect(texts.join('\n')).not.toMatch(/\{\w+\}/);
    expect(texts.join('\n')).toContain('SYSCALL');
  });

  test('a crowd is told by its first, and counted', () => {
    const { first } = goldenRun('S2');
    const [row] = Object.values(first.G);
    const ids = Array.from({ length: 100 }, (_, i) => `G${1_000 + i}` as const);
    const state = { ...first, G: { ...first.G, ...Object.fromEntries(ids.map((id) => [id, row])) }, sched: { ...first.sched, runq: ids } };
    const orphanage = elsewhereSaid(setting(state as State, null, language)).find(({ lines }) => lines[0]?.path === 'G.G1000');
    expect([orphanage?.lines.length, orphanage?.more]).toEqual([MOST_LINES, 100 - MOST_LINES]);
  });
});

test('before the first thread has run assembly there is no machine to tell of', () => {
  expect(machineSaid(setting(goldenRun('S5').first, null), 'amd64')).toBeNull();
});
