/** `sim check`: a scenario or lesson file and all of its faults. A lesson is wrong, too, where its scenario cannot be used or a step has no place in the trace. */
import { fill } from '../../assets/words/index';
import { type PeopleFileRead, readPeopleFile } from '../app/people-file';
import { checkLesson } from '../app/lesson-check';
import { factsOf } from '../app/lesson-witness';
import { type LessonTables, parseEither } from '../formats/lesson';
import { placesBelow } from '../formats/yaml-places';
import { MAX_BYTES } from '../formats/most-bytes';
import { YamlSource } from '../formats/yaml-source';
import { unmet } from '../lessons/homework';
import type { ModelAssets } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Fault, Read, Text } from '../model/words';
import { textOf } from './terminal';

export type Checked = Read<{ what: Text; hints: readonly Fault[] }>;

/** The text of a file, or the fault that it cannot be read. */
export const readText = (file: string): Promise<PeopleFileRead> => readPeopleFile(file, { mostBytes: MAX_BYTES, mayBePipe: true });

/** What a lesson is checked against. `lessons`: the folder of the product's own lessons. */
export interface Surroundings {
  assets: () => ModelAssets;
  tables: () => LessonTables;
  lessons: () => string;
}

/** `expect`: a file with facts that the run of a scenario must contain. */
export async function check(file: string, { assets, tables, lessons }: Surroundings, expect?: string): Promise<Checked> {
  const read = await readText(file);
  if (!read.ok) return { ok: false, faults: [read.fault] };
  const { kind, parsed } = parseEither(read.text, file, tables);
  if (!parsed.ok) return parsed;
  if (kind === 'scenario') {
    const faults = expect === undefined ? [] : await unexpected(parsed.scenario, assets(), expect);
    return faults.length > 0 ? { ok: false, faults } : { ok: true, what: textOf((words) => words.scenario), hints: parsed.hints };
  }
  if (expect !== undefined)
    return { ok: false, faults: [{ file, line: 1, column: 1, message: textOf((words) => words.expectsScenario), suggestion: null }] };
  const { faults, hints } = await checkLesson(parsed, file, assets(), lessons());
  const { length } = parsed.lesson.steps;
  return faults.length > 0 ? { ok: false, faults } : { ok: true, what: textOf((words) => fill(words.lesson, { n: length })), hints };
}

/** What the facts of the scenario's run lack of the file's, each at its place in that file. */
async function unexpected(scenario: Scenario, assets: ModelAssets, file: string): Promise<Fault[]> {
  const read = await readText(file);
  if (!read.ok) return [read.fault];
  // JSON is YAML, and of this we know the places.
  const source = new YamlSource(read.text, file);
  if (source.root !== null) source.entries(source.root, 'facts');
  if (source.faults.length > 0) return source.sorted;
  const places = placesBelow(source, source.root);
  return unmet(await factsOf(scenario, assets), source.json).map(({ path, message, suggestion }) => ({
    file,
    ...source.placeOf(places.get(path.replace(/\.length$/, '')) ?? source.root),
    message,
    suggestion,
  }));
}
