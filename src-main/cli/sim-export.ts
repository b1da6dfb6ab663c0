/** `sim export`: a run in the form that another program opens. */
import { FORMATS } from '../exports/formats';
import { parseScenario } from '../formats/scenario';
import { traceHeader, traceLine } from '../formats/trace-jsonl';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { State } from '../model/state';
import { FactsCollector } from '../model/trace/facts';
import { plainStep } from '../model/trace/queue-versions';
import { applyStep, copyState } from '../model/trace/replay';
import type { Read } from '../model/words';
import { type RunOfFile, runOfFile } from './run-of-file';
import type { ExportFormat } from './sim-arguments';

/** The pieces of the file, made as they are taken. */
export function exportOf(
  text: string,
  file: string,
  format: ExportFormat,
  listings: () => ModelAssets,
): Read<{ pieces: Iterable<string | Uint8Array> }> {
  const run = runOfFile(text, file, listings);
  if (!run.ok) return run;
  if (format === 'trace') return { ok: true, pieces: tracePieces(run) };
  if (format === 'facts') return factsOf(run, file, listings);
  return { ok: true, pieces: written(run, format) };
}

function* tracePieces({ first, source, steps }: RunOfFile): Generator<string, void> {
  yield traceHeader(source, first);
  for (const step of steps) yield traceLine(step);
}

/** Facts are made of more than a trace keeps: the run of its scenario is made anew, which gives the same steps. */
function factsOf({ source }: RunOfFile, file: string, listings: () => ModelAssets): Read<{ pieces: Iterable<string> }> {
  const parsed = parseScenario(JSON.stringify(source), file);
  if (!parsed.ok) return parsed;
  const simulation = new Simulation(parsed.scenario, listings());
  const facts = new FactsCollector(parsed.scenario.id, simulation.first);
  while (simulation.outcome === null) for (const step of simulation.run(1_000).steps) facts.add(step);
  return { ok: true, pieces: [`${JSON.stringify(facts.result(simulation.outcome, simulation.nowNs), null, 1)}\n`] };
}

function* written({ first, steps }: RunOfFile, format: keyof typeof FORMATS): Generator<string | Uint8Array, void> {
  const writer = FORMATS[format](first);
  const state: State = copyState(first);
  yield writer.head();
  let end = 0;
  for (const each of steps) {
    const step = plainStep(each);
    applyStep(state, step);
    end = step.t + step.d;
    const piece = writer.step(step, state);
    if (piece.length > 0) yield piece;
  }
  yield writer.end(end);
}
