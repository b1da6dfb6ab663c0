/** A scenario that the command line is to run. */
import { isLessonText } from '../formats/lesson';
import { type ParsedScenario, parseScenario } from '../formats/scenario';
import { textOf } from './terminal';

/** As parseScenario; a lesson is called one: that it lacks all that a scenario has would be pages of faults, and none of them the mistake. */
export function scenarioOf(text: string, file: string): ParsedScenario {
  const parsed = parseScenario(text, file);
  if (parsed.ok || !isLessonText(text, file)) return parsed;
  return { ok: false, faults: [{ file, line: 1, column: 1, message: textOf((words) => words.runsScenarios), suggestion: null }] };
}
