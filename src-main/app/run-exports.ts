/** What makes an export, for the window and `sim` alike: the type check wants a form in exports/formats.ts, or a maker here, for every row of contract/exports.ts. */
import type { ExportId } from '../contract/exports';
import { FORMATS } from '../exports/formats';
import { parseScenario } from '../formats/scenario';
import { TraceBytes } from '../formats/trace-bytes';
import { traceHeader } from '../formats/trace-jsonl';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Json, State, Step } from '../model/state';
import { FactsCollector } from '../model/trace/facts';
import { plainStep } from '../model/trace/queue-versions';
import { copyState, MovingState } from '../model/trace/replay';
import type { Result } from '../model/words';
import { done, refuse } from './refusal';

export interface ExportedRun {
  /** The scenario's own text, as data; null: there is none. */
  source: Json;
  /** Where a run without a scenario comes from. */
  recorded: Json;
  first: State;
  /** To be gone through once. */
  steps: Iterable<Step>;
}

/** The file's content, made as it is read. An empty piece only gives the writer a turn. */
export type Pieces = Iterable<string | Uint8Array>;

type Make = (run: ExportedRun, assets: () => ModelAssets) => Result<Pieces>;

/** Bytes of a trace in one piece. */
const TRACE_PIECE = 1 << 18;
const SLICE_STEPS = 1_000;

type FormatId = keyof typeof FORMATS;

/** Those that are more than one step written after the other. */
const OTHERS: Readonly<Record<Exclude<ExportId, FormatId>, Make>> = {
  trace: (run) => done(traceOf(run)),
  facts: factsOf,
};

const isFormat = (id: ExportId): id is FormatId & ExportId => Object.hasOwn(FORMATS, id);

/** The run in this form, or why it does not have one. */
export const exported = (id: ExportId, run: ExportedRun, assets: () => ModelAssets): Result<Pieces> =>
  isFormat(id) ? done(written(run, id)) : OTHERS[id](run, assets);

function* traceOf({ source, recorded, first, steps }: ExportedRun): Generator<Uint8Array, void> {
  const lines = new TraceBytes(TRACE_PIECE);
  lines.addText(traceHeader(source, first, recorded));
  for (const step of steps) {
    lines.add(step);
    // A copy: the next line overwrites the buffer, and the reader may use the bytes later.
    if (lines.isFull) yield lines.take().slice();
  }
  yield lines.take().slice();
}

/** Facts need more than a trace keeps, so the scenario is run again, which gives the same steps. */
function factsOf({ source, recorded }: ExportedRun, assets: () => ModelAssets): Result<Pieces> {
  if (source === null || recorded !== null) return refuse((words) => words.factsOfRecorded);
  const parsed = parseScenario(JSON.stringify(source), 'trace');
  if (!parsed.ok) return refuse((words) => words.factsOfForeign, parsed.faults);
  return done(
    (function* () {
      const simulation = new Simulation(parsed.scenario, assets());
      const facts = new FactsCollector(parsed.scenario.id, simulation.first);
      while (simulation.outcome === null) {
        for (const step of simulation.run(SLICE_STEPS).steps) facts.add(step);
        yield '';
      }
      yield `${JSON.stringify(facts.result(simulation.outcome, simulation.nowNs), null, 1)}\n`;
    })(),
  );
}

function* written({ first, steps }: ExportedRun, format: FormatId): Generator<string | Uint8Array, void> {
  const writer = FORMATS[format](first);
  const moving = new MovingState(copyState(first));
  yield writer.head();
  let end = 0;
  for (const each of steps) {
    const step = plainStep(each);
    moving.apply(step);
    end = step.t + step.d;
    yield writer.step(step, moving.state);
  }
  yield writer.end(end);
}
