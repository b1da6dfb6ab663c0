/** What is said of places on the timeline. */
import { expect, test } from 'vitest';
import { WORDS } from '../../assets/words/index';
import { type Lane, MIXED, SPAN_KINDS, type Who } from '../../src-main/contract/index';
import { NOBODY } from './lane-paint';
import type { Names } from './lane-words';
import { type KnownLane, lineWords, stateAt } from './pointed-words';

const names: Names = { m: (m) => `thread ${m}`, p: (p) => `P ${p}`, g: (_, name) => name, doing: () => '' };
const who: Who[] = [NOBODY, { ...NOBODY, g: 'G1', name: 'main', p: 'P0' }];
const running = SPAN_KINDS.indexOf('running');
/** G1 runs from 10 to 30, several things happen from 30 to 40, and it runs from 40 on to the end. */
const lane: Lane = {
  ...{ id: 'M0', role: '', name: '' },
  from: Float64Array.of(10, 30, 40),
  to: Float64Array.of(30, 40, 100),
  kind: Uint8Array.of(running, MIXED, running),
  who: Uint32Array.of(1, 0, 1),
  shares: new Uint8Array(SPAN_KINDS.length),
};
const known: KnownLane = { lane, who, from: 0, to: 100 };
/** 10 ns to a step. */
const axis = { placeOf: (n: number) => n, nsAt: (place: number) => place * 10 };
const words = WORDS.en.timeline;
const at = (place: number, of: KnownLane, lastStep = 100): string => stateAt('M0', of, place, { axis, lastStep, names, language: 'en' });

test.each([
  ['a span, with whose it is and how long it lasts', at(20, known), 'runs a G (in its colour) · main G1 · P0 · 200 ns'],
  ['one that is not over at the last step that may be seen', at(15, known, 20), 'runs a G (in its colour) · main G1 · P0'],
  ['one that is all that is known', at(60, { lane, who, from: 40, to: 100 }), 'runs a G (in its colour) · main G1 · P0'],
  ['several in one pixel', at(35, known), words.mixed],
  ['nothing', at(5, known), words.nothing],
  ['what has not been read', at(20, undefined), words.unread],
  ['what is still to be guessed', at(50, known, 40), words.unseen],
])('%s', (_, said, wanted) => {
  expect(said).toBe(wanted);
});

test.each([
  ['the lesson’s words', { m: 'M0', p: 'P0', g: 'G1' }, 'a stop', 'step 12, 120 ns, a stop'],
  ['whose step it is', { m: 'M0', p: null, g: 'G1' }, undefined, 'step 12, 120 ns, M0 · G1'],
  ['nothing more, before the first step', null, undefined, 'step 12, 120 ns'],
] as const)('a listener hears %s', (_, step, title, wanted) => {
  expect(lineWords({ n: 12, nowNs: 120, step, title }, 'en')).toBe(wanted);
});
