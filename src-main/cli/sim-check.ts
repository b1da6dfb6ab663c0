/** `sim check`: a scenario or lesson file and all of its faults. A lesson is wrong, too, where its scenario cannot be used or a step has no place in the trace. */
import { dirname, join } from 'node:path';
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import { type PeopleFileRead, readPeopleFile } from '../app/people-file';
import { scenarioOf } from '../app/lesson-runs';
import { type Lesson, type LessonTables, parseEither, type Place } from '../formats/lesson';
import { parseScenario } from '../formats/scenario';
import { MAX_BYTES } from '../formats/yaml-source';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import { AnchorFinder } from '../model/trace/anchors';
import type { Fault, Read, Text } from '../model/words';

export type Checked = Read<{ what: Text; hints: readonly Fault[] }>;

const SLICE = 20_000;

const textOf = (said: (words: Words['sim']) => string): Text => inEveryLanguage(({ sim }) => said(sim));

/** The text of a file, or the fault that it cannot be read. */
export const readText = (file: string): Promise<PeopleFileRead> => readPeopleFile(file, { mostBytes: MAX_BYTES, mayBePipe: true });

/** What a lesson is checked against. `lessons`: the folder of the product's own lessons. */
export interface Surroundings {
  assets: () => ModelAssets;
  tables: () => LessonTables;
  lessons: () => string;
}

export async function check(file: string, { assets, tables, lessons }: Surroundings): Promise<Checked> {
  const read = await readText(file);
  if (!read.ok) return { ok: false, faults: [read.fault] };
  const { kind, parsed } = parseEither(read.text, file, tables);
  if (!parsed.ok) return parsed;
  if (kind === 'scenario') return { ok: true, what: textOf((words) => words.scenario), hints: parsed.hints };
  const { faults, hints } = await lookAtRuns(parsed.lesson, file, parsed.placeOf, assets(), lessons());
  const { length } = parsed.lesson.steps;
  return faults.length > 0 ? { ok: false, faults } : { ok: true, what: textOf((words) => fill(words.lesson, { n: length })), hints };
}

async function lookAtRuns(
  lesson: Lesson,
  file: string,
  placeOf: (what: string) => Place,
  assets: ModelAssets,
  lessons: string,
): Promise<{ faults: Fault[]; hints: Fault[] }> {
  const faults: Fault[] = [];
  const hints: Fault[] = [];
  for (const [name, run] of Object.entries(lesson.runs)) {
    const found = await scenarioOf(run, dirname(file), lessons);
    if (!found.ok) {
      faults.push({ file, ...placeOf(`runs.${name}`), message: found.why, suggestion: found.suggestion });
      continue;
    }
    // As it was typed: an absolute path says nothing more.
    const path = run.kind === 'scenario' ? join(dirname(file), run.scenario) : found.file;
    const read = await readText(path);
    if (!read.ok) {
      faults.push({ ...read.fault, file, ...placeOf(`runs.${name}`) });
      continue;
    }
    const parsed = parseScenario(read.text, path);
    if (!parsed.ok) {
      faults.push(...parsed.faults);
      continue;
    }
    hints.push(...parsed.hints);
    const steps = lesson.steps.filter((step) => step.run === name);
    const simulation = new Simulation(parsed.scenario, assets);
    const finder = new AnchorFinder(simulation.first, steps);
    for (let done = false; !done;) {
      const slice = simulation.run(SLICE);
      for (const step of slice.steps) finder.add(step);
      done = slice.done;
    }
    for (const { id, at } of steps) {
      if (finder.missing.includes(id)) faults.push({ file, ...placeOf(`steps.${id}`), message: noPlace(id, name, at), suggestion: null });
    }
  }
  return { faults, hints };
}

function noPlace(id: string, run: string, at: Lesson['steps'][number]['at']): Fault['message'] {
  const where = [
    `${at?.fn ?? ''} / ${at?.at ?? ''}`,
    ...(at?.g === undefined ? [] : [`g: ${at.g}`]),
    ...(at?.m === undefined ? [] : [`m: ${at.m}`]),
    ...(at?.after === undefined ? [] : [`after: ${at.after}`]),
  ].join(', ');
  const n = at?.occurrence ?? 1;
  return textOf((words) => (n > 1 ? fill(words.noNthPlace, { id, run, n, where }) : fill(words.noPlace, { id, run, where })));
}
