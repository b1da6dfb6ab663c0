/** The steps of a file that is asked about: a scenario, which is run, or a trace, which is read. */
import { parseScenario } from '../formats/scenario';
import { readTrace } from '../formats/trace-jsonl';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Json, State, Step } from '../model/state';
import { copyState } from '../model/trace/replay';
import type { Read } from '../model/words';

export interface RunOfFile {
  first: State;
  /** The scenario's own text, as data; null: it is a run without one. */
  source: Json;
  /** Where a run without a scenario comes from. */
  recorded: Json;
  /** To be gone through once. */
  steps: Iterable<Step>;
}

const TRACE_HEAD = /^\{"schedville":\d+,"kind":"trace"/;

/** Steps computed at a time. */
const SLICE = 5_000;

/** The run of a scenario file, or a trace's, or all faults of the file. A run is computed while its steps are taken. */
export function runOfFile(text: string, file: string, listings: () => ModelAssets): Read<RunOfFile> {
  if (TRACE_HEAD.test(text)) {
    const trace = readTrace(text, file);
    if (!trace.ok) return trace;
    const { state: first, scenario: source, recorded } = trace.header;
    return { ok: true, first, source, recorded, steps: trace.steps };
  }
  const parsed = parseScenario(text, file);
  if (!parsed.ok) return parsed;
  const simulation = new Simulation(parsed.scenario, listings());
  return { ok: true, first: copyState(simulation.first), source: parsed.source, recorded: null, steps: stepsOf(simulation) };
}

function* stepsOf(simulation: Simulation): Generator<Step, void> {
  for (let done = false; !done;) {
    const slice = simulation.run(SLICE);
    yield* slice.steps;
    done = slice.done;
  }
}
