/** The state in which a scenario shows what it is for: played up to there and no further, and nothing of it is kept. */
import { readExpression } from '../ask/find/expression';
import { Matcher } from '../ask/find/matcher';
import { faultText } from '../ask/find/said';
import type { ExhibitPicture } from '../contract/requests';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Step } from '../model/state';
import { plainStep } from '../model/trace/queue-versions';
import { applyStep, copyState } from '../model/trace/replay';
import type { Result } from '../model/words';

/** What is asked next waits for a picture: it takes no more than some tens of milliseconds. */
const MOST_STEPS = 20_000;
const SLICE_STEPS = 200;

/** `at`: an expression as a search reads it. Where it is true first; else the last state, or that after MOST_STEPS. */
export function exhibitPicture(scenario: Scenario, at: string, assets: ModelAssets): Result<ExhibitPicture> {
  const read = readExpression(at);
  if (!read.ok) return { ok: false, message: faultText(at, read.fault) };
  const simulation = new Simulation(scenario, assets);
  const matcher = new Matcher(simulation.first, read.expression);
  const state = copyState(simulation.first);
  let last: Step | null = null;
  while (!simulation.outcome && (last?.n ?? 0) < MOST_STEPS) {
    for (const step of simulation.run(SLICE_STEPS).steps) {
      const isIt = matcher.add(step);
      last = plainStep(step);
      applyStep(state, last);
      if (isIt) return { ok: true, value: { state, step: last, cast: scenario.cast } };
    }
  }
  return { ok: true, value: { state, step: last, cast: scenario.cast } };
}
