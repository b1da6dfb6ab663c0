/** What is opened by itself, a scenario or a recorded run: a lesson of one run, without steps. */
import { basename } from 'node:path';
import type { Lesson } from '../formats/lesson';
import type { ModelAssets } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Json } from '../model/state';
import { type Result, textOf } from '../model/words';
import { type OpenedTrace, PlayableLesson, playableOf } from './playable-lesson';
import type { ReadScenario } from './read-scenario';
import { scenarioOfTrace, TraceFile, TraceRefused } from './trace-file';

const lessonAround = (file: string, { title, language }: Scenario): Lesson => ({
  version: 2,
  id: '',
  language: language ?? null,
  title,
  sources: [],
  documents: {},
  prerequisites: [],
  minutes: null,
  terms: [],
  goals: [],
  telling: null,
  runs: { run: { kind: 'scenario', scenario: file, title: textOf(() => basename(file)), vary: [] } },
  steps: [],
  exercise: null,
  homework: null,
});

/** `file`: what it is called. */
export function loneLesson(scenario: Result<ReadScenario>, file: string, listings: ModelAssets): Result<PlayableLesson> {
  if (!scenario.ok) return scenario;
  return {
    ok: true,
    value: playableOf(lessonAround(file, scenario.value.scenario), new Map([['run', scenario.value]]), listings),
  };
}

/** Of a trace its header now, its steps when the run is asked for. Until then the file stays open. */
export async function recordedLesson(file: string, listings: ModelAssets): Promise<Result<PlayableLesson>> {
  try {
    const opened = await TraceFile.open(file);
    const { header } = opened;
    const scenario = await closedIfFails(opened, () => scenarioOfTrace(header, file));
    const lesson = lessonAround(file, scenario);
    const runs = [{ name: 'run', title: lesson.runs.run?.title ?? scenario.title, scenario }];
    const recorded = formatOf(header.recorded);
    const source = new Map([['run', { source: header.scenario, recorded: header.recorded, text: '' }]]);
    return {
      ok: true,
      value: new PlayableLesson({ lesson, trace: { recorded }, runs, hints: [] }, source, listings, { file, opened }),
    };
  } catch (error) {
    if (error instanceof TraceRefused) return error.refused;
    throw error;
  }
}

/** The name of the format that a recorded run comes from. */
function formatOf(recorded: Json): string {
  if (recorded === null) return '';
  const { format } = recorded as { format?: unknown };
  return typeof format === 'string' ? format.slice(0, 100) : '?';
}

async function closedIfFails<T>({ trace }: OpenedTrace, make: () => T): Promise<T> {
  try {
    return make();
  } catch (error) {
    await trace.close();
    throw error;
  }
}
