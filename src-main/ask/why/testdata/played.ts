/** For tests: a run that can be asked why, and what must hold of whatever it answers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainText, readSentences, VOICES } from '../../../formats/sentences';
import { Simulation } from '../../../model/run/simulate';
import { WatchedRun } from '../../../model/run/watched-run';
import type { Scenario } from '../../../model/scenario';
import type { Json, State, Step } from '../../../model/state';
import { keysOf, liesIn } from '../../../model/state-path';
import { assets, scenarioOf } from '../../../model/testdata/run-scenario';
import { PackedSteps } from '../../../model/trace/packed-steps';
import { plainJson } from '../../../model/trace/queue-versions';
import { applied } from '../../../model/trace/replay';
import { WRITTEN } from '../../../model/words';
import { History } from '../../history';
import { shortened } from '../../value';
import { mayEnd } from '../may-end';
import { whyRows } from '../rows';
import { readText, whySentence, type WhyNaming } from '../told';
import { type Why, type WhyEnd, WhyFinder, type WhyLink } from '../why';

const ROOT = join(import.meta.dirname, '../../../..');
const sentencesIn = (name: string): ReturnType<typeof readSentences> =>
  readSentences(readFileSync(join(ROOT, `assets/sentences/${name}.txt`), 'utf8'), `${name}.txt`);
const [sentences, reasons] = [sentencesIn('events'), sentencesIn('why')];
export const TELLERS: readonly WhyNaming[] = WRITTEN.flatMap((language) =>
  VOICES.map((voice) => ({ sentences, reasons, language, voice, nameOf: (id: string) => id, timeText: (ns: number) => `${ns / 1000} µs` })),
);
const ENGLISH = TELLERS.find(({ language, voice }) => language === 'en' && voice === 'go') as WhyNaming;

export interface Played {
  steps: Step[];
  states: State[];
  finder: WhyFinder;
}

/** With what the model has read at each of its steps. */
export function play(scenario: Scenario, most = 1_500): Played {
  const simulation = new Simulation(scenario, assets);
  const { steps } = simulation.run(most);
  const watched = WatchedRun.of(scenario, assets, new Set(steps.map(({ n }) => n)));
  watched.run(most);
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
    lastWrite: (path, n) => history.lastWrite(path, n),
    nextWrite: (path, n) => history.nextWrite(path, n),
    mayEnd: (state, reason, object) => mayEnd(scenario.goroutines, state, reason, object),
    reads: (n) => watched.found.get(n) ?? null,
  });
  return { steps, states, finder };
}

export const golden = (name: string): Played =>
  play(scenarioOf(readFileSync(join(ROOT, `src-main/model/testdata/golden/${name}.scenario.yaml`), 'utf8'), name));

export const told = ({ links }: Why, teller = ENGLISH): string[] =>
  whyRows(links).map(
    ({ link, depth }) =>
      `${'  '.repeat(depth)}${link.n} ${plainText(whySentence(link, teller))}${link.end === null ? '' : ` · ${link.end}`}${
        link.reads.length === 0 ? '' : ` · read ${link.reads.map((read) => `${readText(read)} (${read.n})`).join(', ')}`
      }`,
  );

/** Everything is said in every language and voice. */
export const toldByAll = (why: Why): string[] => TELLERS.flatMap((teller) => told(why, teller));

function valueIn(state: State, path: string): Json {
  const value = keysOf(path).reduce((node: unknown, key) => (node as Record<string, unknown> | null | undefined)?.[key], state);
  return plainJson((value ?? null) as Json);
}

const text = (value: Json): string => JSON.stringify(value);

/** Throws unless step n writes the place and no step after it, up to `end`, gives it another value. */
function needTrue({ steps, states }: Played, path: string, n: number, end: number): void {
  const writes = (at: number): boolean => (steps[at - 1] as Step).set.some(([each]) => liesIn(each, path) || liesIn(path, each));
  if (n > 0 && !writes(n)) throw new Error(`step ${n} does not write ${path}`);
  const value = text(valueIn(states[n] as State, path));
  for (let at = n + 1; at <= end; at++)
    if (writes(at) && text(valueIn(states[at] as State, path)) !== value)
      throw new Error(`${path}, found so at ${end}, is another at ${at} than at ${n}`);
}

/** Throws unless every fact was written at its step and still held when it was found; causes come before their effects; and the values read were there. */
export function needTrueLinks(played: Played, { links }: Why): void {
  for (const link of links) {
    const { n, path, foundAt, causes, end, reads } = link;
    if (foundAt < n) throw new Error(`${link.type} ${path} was found at ${foundAt}, before ${n}`);
    needTrue(played, path, n, foundAt - 1);
    for (const cause of causes)
      if ((links[cause] as WhyLink).n > Math.max(foundAt, n)) throw new Error(`${link.type} of step ${n} has a cause after it`);
    if (causes.length === 0 && end === null) throw new Error(`${link.type} of step ${n} has neither a cause nor an end`);
    for (const read of reads) {
      if (read.foundAt > n) throw new Error(`${read.path} is read at ${read.foundAt} for step ${n}`);
      needTrue(played, read.path, read.n, read.foundAt);
      const there = text(shortened(valueIn(played.states[read.foundAt] as State, read.path)));
      if (there !== text(read.value)) throw new Error(`${read.path} was read as ${text(read.value)} at ${read.foundAt}, and is ${there}`);
    }
  }
}

/** The ends of all chains from the first fact. */
export function endsOf({ links }: Why): Set<WhyEnd> {
  return new Set(whyRows(links).flatMap(({ link }) => link.end ?? []));
}
