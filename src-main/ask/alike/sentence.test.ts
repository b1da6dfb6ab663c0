import { expect, test } from 'vitest';
import { LANGUAGES } from '../../model/words';
import type { Difference, DifferingStep } from './difference';
import { differenceSentence } from './sentence';

const step = (change: Partial<DifferingStep>): DifferingStep => ({
  who: 'main',
  fn: 'exitsyscall',
  at: 'oldp',
  n: 7,
  t: 1_500,
  m: 'M0',
  p: 'P0',
  g: 'G1',
  ...change,
});
const told = { one: 'A', other: 'B', time: (ns: number) => `${ns} ns` };
const of = (kind: Difference['kind'], one: DifferingStep | null, other: DifferingStep | null): Difference => ({
  kind,
  one,
  other,
  path: kind === 'value' ? 'P.P0.status' : '',
  values: kind === 'value' ? ['"_Pidle"', ''] : ['', ''],
});

const CASES: [Difference, string[]][] = [
  [of('end', step({}), null), ['B', '6', 'A', '1500 ns', 'main', 'exitsyscall / oldp', 'M0 · P0']],
  [of('end', null, step({})), ['A', '6', 'B', 'main']],
  [of('who', step({}), step({ who: 'sysmon', p: null, m: 'M1' })), ['7', 'main', 'sysmon', 'M1']],
  [of('row', step({}), step({ at: 'idlep' })), ['main', 'exitsyscall / oldp', 'exitsyscall / idlep']],
  [of('place', step({}), step({ m: 'M3', p: 'P2' })), ['main', 'M0 · P0', 'M3 · P2']],
  [of('time', step({}), step({ t: 9_000 })), ['main', '1500 ns', '9000 ns']],
  [of('value', step({}), step({})), ['P.P0.status', '"_Pidle"', '—']],
];

test.each(LANGUAGES)('every kind of difference has a sentence that names what differs: %s', (language) => {
  for (const [difference, parts] of CASES) {
    const sentence = differenceSentence(difference, told, language);
    for (const part of parts) expect(sentence, difference.kind).toContain(part);
    expect(sentence).not.toMatch(/[{}]|undefined|null/);
  }
  expect(differenceSentence(null, told, language).length).toBeGreaterThan(4);
});
