/** What the window is told of a scenario that is tried out with other values. */
import { basename } from 'node:path';
import { placeAlike } from '../ask/alike/place';
import { listingsOf } from '../contract/listings';
import type { CheckedScenario, OpenedLesson, ScenarioDraft, ScenarioText, Tried, TryAsk } from '../contract/requests';
import { parseScenario } from '../formats/scenario';
import { knobsOf } from '../formats/scenario-knobs';
import type { KeptRun } from './kept-run';
import type { PlayableLesson, PlayedRun } from './playable-lesson';

/** So many steps go along with the first picture: it does not wait for another question. The homework of a lesson has some 5,000. */
const STEPS_ALONG = 10_000;
/** In longer runs finding the place would take longer than looking for it by hand: they begin at the beginning. */
const MOST_PLACED = 300_000;

/** The text of the run that is open, and what of it can be changed. */
export function textOfRun({ lesson }: OpenedLesson, { run, text }: PlayedRun): ScenarioText {
  const file = lesson.id === '' ? Object.values(lesson.runs).flatMap((each) => (each.kind === 'scenario' ? each.scenario : [])) : [];
  return { name: basename(file[0] ?? `${run.scenario.id}.scenario.yaml`), text, knobs: knobsOf(text) };
}

/** `before`: the run that was open, in which the window was at step `n`. */
export function triedIn(lesson: PlayableLesson, chosen: PlayedRun, { name, n, listings }: TryAsk, before: KeptRun | null): Tried {
  const { run, text } = chosen;
  const isShort = before !== null && Math.max(before.opened.stepCount, run.opened.stepCount) <= MOST_PLACED;
  const place =
    before !== null && isShort
      ? placeAlike({ first: before.opened.first, steps: before.doings() }, n, { first: run.opened.first, steps: run.doings() })
      : { n: 0, kept: n === 0 ? ('row' as const) : ('gone' as const) };
  const opened = lesson.openedRun('run', chosen);
  return {
    opened: lesson.opened,
    run: listings === listingsOf(run.scenario) ? { ...opened, listings: null } : opened,
    steps: opened.stepCount <= STEPS_ALONG ? run.read(1, opened.stepCount) : null,
    ...{ name, text, knobs: knobsOf(text), place },
  };
}

/** Whoever writes is shown the first faults; behind them come others, mostly of the same cause. */
const MOST_SHOWN = 200;

export function checkedScenario({ name, text }: ScenarioDraft): CheckedScenario {
  const parsed = parseScenario(text, name);
  return parsed.ok ? { faults: [], hints: parsed.hints.slice(0, MOST_SHOWN) } : { faults: parsed.faults.slice(0, MOST_SHOWN), hints: [] };
}
