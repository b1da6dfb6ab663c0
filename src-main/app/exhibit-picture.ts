/** The state in which a scenario shows what it is in the gallery for: the run is played up to there and thrown away. */
import { readExpression } from '../ask/find/expression';
import { Matcher } from '../ask/find/matcher';
import { faultText } from '../ask/find/said';
import { holdersIn, HoldsFinder } from '../ask/holds';
import type { ExhibitPicture } from '../contract/requests';
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Step } from '../model/state';
import { plainStep } from '../model/trace/queue-versions';
import { applyStep, copyState } from '../model/trace/replay';
import type { Result } from '../model/words';

/** Keeps a picture below some tens of milliseconds: the next request waits for it. */
const MOST_STEPS = 20_000;
const SLICE_STEPS = 200;

/** The state in which `at`, an expression as in a search, is first true; if it never is, the last state, or the one after MOST_STEPS. */
export function exhibitPicture(scenario: Scenario, at: string, assets: ModelAssets): Result<ExhibitPicture> {
  const read = readExpression(at);
  if (!read.ok) return { ok: false, message: faultText(at, read.fault) };
  const simulation = new Simulation(scenario, assets);
  const matcher = new Matcher(simulation.first, read.expression);
  const state = copyState(simulation.first);
  const holds = new HoldsFinder(simulation.first);
  let last: Step | null = null;
  const picture = (): Result<ExhibitPicture> => ({
    ok: true,
    value: { state, step: last, cast: scenario.cast, held: holdersIn(holds.found, state, last?.n ?? 0) },
  });
  while (!simulation.outcome && (last?.n ?? 0) < MOST_STEPS) {
    for (const step of simulation.run(SLICE_STEPS).steps) {
      const isIt = matcher.add(step);
      last = plainStep(step);
      applyStep(state, last);
      holds.add(last);
      if (isIt) return picture();
    }
  }
  return picture();
}
