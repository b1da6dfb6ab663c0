import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSentences, plainText, VOICES } from '../../formats/sentences';
import { Simulation } from '../../model/run/simulate';
import type { Scenario } from '../../model/scenario';
import type { GId, State, Step } from '../../model/state';
import { liesIn } from '../../model/state-path';
import { randomScenario } from '../../model/testdata/random-scenario';
import { assets, scenarioOf } from '../../model/testdata/run-scenario';
import { PackedSteps } from '../../model/trace/packed-steps';
import { applied } from '../../model/trace/replay';
import { WRITTEN } from '../../model/words';
import { History } from '../history';
import { mayEnd } from './may-end';
import { whySentence, type WhyNaming } from './told';
import { type Why, type WhyEnd, WhyFinder, type WhyLink } from './why';

const ROOT = join(import.meta.dirname, '../../..');
const sentencesIn = (name: string): ReturnType<typeof readSentences> =>
  readSentences(readFileSync(join(ROOT, `assets/sentences/${name}.txt`), 'utf8'), `${name}.txt`);
const [sentences, reasons] = [sentencesIn('events'), sentencesIn('why')];
const TELLERS: readonly WhyNaming[] = WRITTEN.flatMap((language) =>
  VOICES.map((voice) => ({ sentences, reasons, language, voice, nameOf: (id: string) => id, timeText: (ns: number) => `${ns / 1000} µs` })),
);
const ENGLISH = TELLERS.find(({ language, voice }) => language === 'en' && voice === 'go') as WhyNaming;

interface Played {
  steps: Step[];
  states: State[];
  finder: WhyFinder;
}

function play(scenario: Scenario, most = 1_500): Played {
  const simulation = new Simulation(scenario, assets);
  const { steps } = simulation.run(most);
  const packed = new PackedSteps();
  const states = [simulation.first];
  for (const step of steps) {
    packed.push(step);
    states.push(applied(states.at(-1) as State, step));
  }
  const history = new History(packed);
  const finder = new WhyFinder({
    step: (n) => steps[n - 1] as Step,
    stateAt: (n) => states[n] as State,
    lastWrite: (path, n) => history.look({ places: [path], n, horizon: n, fields: [path], columns: 1 }).fields[0] ?? 0,
    mayEnd: (state, reason, object) => mayEnd(scenario.goroutines, state, reason, object),
  });
  return { steps, states, finder };
}

const golden = (name: string): Played =>
  play(scenarioOf(readFileSync(join(ROOT, `src-main/model/testdata/golden/${name}.scenario.yaml`), 'utf8'), name));

const told = ({ links }: Why, teller = ENGLISH): string[] =>
  links.map((link) => `${link.n} ${plainText(whySentence(link, teller))}${link.end === null ? '' : ` · ${link.end}`}`);

/** Every fact was written where it says, is what it says, and nothing wrote it anew before it was found so; causes lie before what they lead to. */
function check({ steps, states }: Played, { links }: Why): void {
  for (const link of links) {
    const { n, path, foundAt } = link;
    expect(foundAt, `${link.type} ${path}`).toBeGreaterThanOrEqual(n);
    const writes = (at: number): boolean => (steps[at - 1] as Step).set.some(([each]) => liesIn(each, path) || liesIn(path, each));
    if (n > 0) expect(writes(n), `step ${n} writes ${path}`).toBe(true);
    for (let at = n + 1; at < foundAt; at++) {
      if (!writes(at)) continue;
      const keys = path.split('.');
      const value = (state: State): unknown => keys.reduce((node: unknown, key) => (node as Record<string, unknown> | null)?.[key], state);
      expect(value(states[at] as State), `${path} from step ${n} to ${foundAt}`).toEqual(value(states[n] as State));
    }
    for (const cause of link.causes) expect((links[cause] as WhyLink).n).toBeLessThanOrEqual(Math.max(foundAt, link.n));
    if (link.causes.length === 0) expect(link.end).not.toBeNull();
  }
}

/** Where the ways from the first fact lead. */
function endsOf({ links }: Why): Set<WhyEnd> {
  const ends = new Set<WhyEnd>();
  const seen = new Set<number>();
  const walk = (at: number): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const link = links[at] as WhyLink;
    if (link.end !== null) ends.add(link.end);
    link.causes.forEach(walk);
  };
  walk(0);
  return ends;
}

describe('chains of random runs', () => {
  const RUNS = Math.min(400, Math.ceil(Number(process.env.SOAK_RUNS ?? 2_000) / 150));

  test('every wait has one that ends at the start, in the kernel or with the clock; every link is a true write before it is found so', () => {
    let waits = 0;
    fc.assert(
      fc.property(
        randomScenario,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (scenario, shares) => {
          const played = play(scenario, 800);
          for (const share of shares) {
            const n = Math.floor(share * played.steps.length);
            const state = played.states[n] as State;
            for (const id of [...Object.keys(state.G), ...Object.keys(state.P), ...Object.keys(state.M)].slice(0, 40)) {
              const why = played.finder.find({ of: id as GId, n });
              if (why.links.length === 0) throw new Error(`nothing is told of ${id} at step ${n}`);
              check(played, why);
              for (const teller of TELLERS) told(why, teller);
              const status = state.G[id as GId]?.status;
              if (status === '_Gwaiting' || status === '_Grunnable') {
                waits++;
                const ends = endsOf(why);
                expect(ends.has('start') || ends.has('kernel') || ends.has('clock'), `${id} at ${n}: ${told(why).join('\n')}`).toBe(true);
              }
            }
          }
        },
      ),
      { numRuns: RUNS, seed: 11 },
    );
    expect(waits).toBeGreaterThan(RUNS);
  });
});

test('who took P0, and why', () => {
  const played = golden('S2');
  const at = played.steps.find(({ fn, at: row }) => fn === 'execute' && row === 'casgstatus')?.n ?? 0;
  expect(told(played.finder.find({ of: 'P0', n: at }))).toMatchInlineSnapshot(`
    [
      "60 P0 belongs to M2, which runs G2",
      "65 M2 runs G2, for 0.001 µs · clock",
      "51 M1 put P0 into the nextp of M2",
      "44 sysmon (M1) took P0: M0 had been in a system call of G1 for 40.127 µs, its syscalltick had not moved",
      "39 sysmon (M1) had noted the syscalltick of P0 20.213 µs before: 3 · clock",
      "30 P0 is _Psyscall, for 40.127 µs: M0 is in a system call of G1",
      "23 G1 is in a system call, read, for 40.137 µs",
      "37 M0 is still in the kernel: read · kernel",
    ]
  `);
});
