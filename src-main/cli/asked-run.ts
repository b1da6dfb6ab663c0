/** For sim events, why and compare: the run, who and which step of it is meant, and in whose words it is told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import { findAssets, loadListings } from '../app/asset-folder';
import { unusable } from '../app/find-assets';
import { KeptRun, READ_ROOM, ROOM, type Room } from '../app/kept-run';
import { isTraceFile, scenarioOfTrace, TraceFile, TraceRefused } from '../app/trace-file';
import type { Naming } from '../ask/events/told';
import type { LaneId } from '../ask/followed-state';
import { childName, houseName, parentName } from '../formats/cast-names';
import { durationNs } from '../formats/durations';
import { parseGlossary } from '../formats/glossary';
import { readSentences, type Sentences, type Voice } from '../formats/sentences';
import { nearest } from '../model/nearest-word';
import type { Scenario } from '../model/scenario';
import type { GId, Json, State } from '../model/state';
import type { Language, Read, Text } from '../model/words';
import { scenarioOf } from './scenario-text';
import { humanNs } from './human-time';
import { readText } from './sim-check';

/** A well-formed question that the run has no answer to: exit status 3. */
export class NoAnswer extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

type Said = (words: Words['asking'], all: Words) => string;
export const askingText = (said: Said): Text => inEveryLanguage((words) => said(words.asking, words));
export const noAnswer = (said: Said): NoAnswer => new NoAnswer(askingText(said));

export interface AskedRun {
  run: KeptRun;
  /** The scenario as it was written; null: a trace. */
  text: string | null;
}

const quiet = (): void => undefined;
const never = (): boolean => false;

/** The run of a scenario file, or of a trace; or all faults of the file. `room`: how much of it is kept, as in the window unless told otherwise. */
export async function askedRun(file: string, room?: Room): Promise<Read<AskedRun>> {
  if (await isTraceFile(file)) return traceRun(file, room ?? READ_ROOM);
  const read = await readText(file);
  return read.ok ? runOfText(read.text, file, room) : { ok: false, faults: [read.fault] };
}

export async function runOfText(text: string, file: string, room = ROOM): Promise<Read<AskedRun>> {
  const parsed = scenarioOf(text, file);
  if (!parsed.ok) return parsed;
  const assets = loadListings(findAssets(import.meta.dirname));
  return { ok: true, run: await KeptRun.compute(parsed.scenario, assets, [], quiet, never, room), text };
}

async function traceRun(file: string, room: Room): Promise<Read<AskedRun>> {
  try {
    const { trace, header } = await TraceFile.open(file);
    try {
      const assets = loadListings(findAssets(import.meta.dirname));
      return {
        ok: true,
        run: await KeptRun.read(scenarioOfTrace(header, file), assets, header.state, trace, quiet, never, room),
        text: null,
      };
    } finally {
      await trace.close();
    }
  } catch (error) {
    if (error instanceof TraceRefused) return { ok: false, faults: [...(error.refused.faults ?? [])] };
    throw error;
  }
}

export const endOf = (run: KeptRun): State => run.stateAt(run.opened.stepCount);

/** G7, g7, or the name of a goroutine. Throws NoAnswer when the run has nobody like that. */
export function whoIs(run: KeptRun, word: string): LaneId {
  const end = endOf(run);
  const id = /^[gmp]\d+$/i.test(word) ? word.toUpperCase() : null;
  if (id !== null && [end.G, end.M, end.P].some((table) => Object.hasOwn(table, id))) return id as LaneId;
  const goroutines = Object.entries(end.G) as [GId, { name: string }][];
  const found = goroutines.find(([, { name }]) => name === word);
  if (found) return found[0];
  const near = nearest(word, [...new Set(goroutines.map(([, { name }]) => name)), ...Object.keys(end.M), ...Object.keys(end.P)]);
  throw noAnswer((words, all) => fill(words.nobody, { found: word, guess: guess(near, all) }));
}

export const guess = (near: string | null, words: Words): string => (near === null ? '' : fill(words.window.didYouMean, { word: near }));

/** An id of the run, or a path of its state for what `sim find` would write: P0.status, main.preempt, sched.nmspinning. Throws NoAnswer. */
export function whatIs(run: KeptRun, word: string): string {
  const [owner = '', ...rest] = word.split('.');
  if (rest.length === 0) return whoIs(run, word);
  // The first key of a path, as in sched.nmspinning.
  if (Object.hasOwn(endOf(run), owner)) return word;
  const id = whoIs(run, owner);
  return [id.charAt(0), id, ...rest].join('.');
}

/** A step by its number, by a time (the last one up to it) or by a row (its nth). null: `place` is none of these. Throws NoAnswer when the run never gets there. */
export function stepAt(run: KeptRun, place: string): number | null {
  const { stepCount } = run.opened;
  if (/^\d{1,15}$/.test(place)) {
    if (Number(place) <= stepCount) return Number(place);
    throw new NoAnswer(inEveryLanguage(({ sim }) => fill(sim.onlySteps, { n: stepCount })));
  }
  const ns = durationNs(place);
  if (ns !== null) {
    let n = 0;
    for (const step of run.all()) {
      if (step.t > ns) break;
      ({ n } = step);
    }
    return n;
  }
  const [, fn = '', at = '', nth = '1'] = /^([^/]+)\/(.+?)(?:#(\d{1,9}))?$/.exec(place) ?? [];
  if (fn === '' || Number(nth) < 1) return null;
  let times = 0;
  const rows = new Set<string>();
  for (const step of run.all()) {
    rows.add(`${step.fn}/${step.at}`);
    if (step.fn === fn && step.at === at && ++times === Number(nth)) return step.n;
  }
  const found = `${fn}/${at}`;
  if (times > 0) throw noAnswer((words) => fill(words.fewerTimes, { found, n: times }));
  const near = nearest(found, [...rows]);
  throw noAnswer((words, all) => fill(words.neverThere, { found, guess: guess(near, all) }));
}

/** assets/sentences/NAME.txt. */
export function sentencesIn(name: 'events' | 'why'): Sentences {
  return asset(join('sentences', `${name}.txt`), readSentences);
}

function asset<T>(name: string, read: (text: string, file: string) => T): T {
  const file = join(findAssets(import.meta.dirname), name);
  try {
    return read(readFileSync(file, 'utf8'), file);
  } catch (error) {
    throw unusable(file, error);
  }
}

/** How sentences about a run name things. `state`: where the names are looked up. */
export function namingOf(scenario: Scenario, state: State, language: Language, voice: Voice): Naming {
  const glossary = asset('glossary.yaml', (text, file) => {
    const read = parseGlossary(text, file);
    if (read.ok) return read.glossary;
    throw new Error(read.faults[0]?.message.en ?? file);
  });
  const { cast } = scenario;
  const nameOf = (id: LaneId): string => {
    const name = state.G[id as GId]?.name ?? '';
    if (voice === 'go') return name === '' ? id : `${name} ${id}`;
    if (id.startsWith('P')) return `${houseName(glossary, id, cast, language)} ${id}`;
    if (id.startsWith('M')) return `${parentName(glossary, id, state.M[id as 'M0']?.role ?? 'worker', cast, language)} ${id}`;
    return `${childName(glossary, id, name, cast, language)} ${id}`;
  };
  return { sentences: sentencesIn('events'), language, voice, nameOf, timeText: humanNs };
}

/** JSON as the other commands print it. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value as Json, null, 1)}\n`;
