/** Scenarios as a person has written them, read for somebody who wants to open them: what keeps one from being opened is told with the file's name. */
import { basename } from 'node:path';
import { fill } from '../../assets/words/index';
import { type ParsedScenario, parseScenario } from '../formats/scenario';
import type { Scenario } from '../model/scenario';
import type { Json } from '../model/state';
import type { Fault, Result } from '../model/words';
import { readYamlFile } from './people-file';
import { refuse } from './refusal';

/** What a scenario file says, as data and as the text that it is. */
export interface ScenarioSource {
  /** Where a recorded run comes from, which has no scenario. */
  recorded?: Json;
  source: Json;
  text: string;
}

/** `hints`: what may be a mistake, though the scenario can be used. */
export interface ReadScenario extends ScenarioSource {
  scenario: Scenario;
  hints: readonly Fault[];
}

/** `file`: from the root. One that cannot be read, or has faults, is refused. */
export async function readScenario(file: string): Promise<Result<ReadScenario>> {
  const read = await readYamlFile(file);
  return read.ok
    ? scenarioOfText(read.text, file)
    : refuse((words) => fill(words.scenarioUnreadable, { file: basename(file) }), [read.fault]);
}

/** `file`: what faults name as their place; nothing is read from it. */
export const scenarioOfText = (text: string, file: string): Result<ReadScenario> => scenarioOfParsed(parseScenario(text, file), file, text);

/** The same for what has been parsed already. `text`: what it was parsed from. */
export function scenarioOfParsed(parsed: ParsedScenario, file: string, text: string): Result<ReadScenario> {
  return parsed.ok
    ? { ok: true, value: { scenario: parsed.scenario, source: parsed.source, text, hints: parsed.hints } }
    : refuse((words) => fill(words.scenarioFaults, { file: basename(file), n: parsed.faults.length }), parsed.faults);
}
