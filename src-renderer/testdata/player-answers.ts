/** For tests: what the window asks of the player, answered by the product's own. */
import { Player } from '../../src-main/app/player';
import type { Bridge } from '../../src-main/contract/index';

/** Requests that the player has under the same name. */
const ASKED = [
  'checkScenario',
  'compareRuns',
  'compareWith',
  'findPlaces',
  'lanes',
  'openLesson',
  'placeAt',
  'readSteps',
  'stateAt',
  'tryScenario',
] as const;
/** The same, without anything to say. */
const PLAIN = ['runLine', 'scenarioKeys', 'scenarioText'] as const;

/** Answers of a player that has nothing open yet. */
export function playerAnswers(): Partial<Bridge> {
  const { handlers } = new Player(() => undefined);
  const asked = ASKED.map((name) => [name, (ask: never) => Promise.resolve(handlers[name](ask))] as const);
  const plain = PLAIN.map((name) => [name, () => Promise.resolve(handlers[name](null))] as const);
  return {
    ...Object.fromEntries([...asked, ...plain]),
    openRun: handlers.chooseRun,
    cancelRun: () => Promise.resolve({ ok: true, value: handlers.cancel(null) }),
  };
}
