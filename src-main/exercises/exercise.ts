/**
 * Exercises without end: from a seed a small program is drawn, run, and asked about. The right answer, and the reason for each wrong one,
 * come from the run itself. Same seed, same exercise.
 */
import { stringify } from 'yaml';
import { type Text, WORDS } from '../../assets/words/index';
import { parseScenario } from '../formats/scenario';
import type { ModelAssets } from '../model/run/simulate';
import { textOf } from '../model/words';
import { Draw } from './draw';
import type { Level, Mechanism } from './mechanisms';
import type { Asker, Question } from './question';
import { askEnd } from './questions/end';
import { askFirst } from './questions/first';
import { askHome } from './questions/home';
import { askMachine } from './questions/machine';
import { askNext } from './questions/next';
import { askRetake } from './questions/retake';
import { askSteal } from './questions/steal';
import { askThreads } from './questions/threads';
import { askTick } from './questions/tick';
import { situation } from './situation';
import { StudiedRun } from './studied-run';

const ASKERS: Readonly<Record<Mechanism, Asker>> = {
  home: askHome,
  retake: askRetake,
  next: askNext,
  first: askFirst,
  steal: askSteal,
  threads: askThreads,
  tick: askTick,
  machine: askMachine,
  end: askEnd,
};

export interface Exercise {
  seed: number;
  mechanism: Mechanism;
  level: Level;
  /** The scenario file. */
  scenario: string;
  run: StudiedRun;
  question: Question;
}

/** A program and everything that can be asked about it. */
export interface Studied {
  scenario: string;
  run: StudiedRun;
  questions: Question[];
}

/** How many programs are drawn until one can be asked about. */
const MOST_TRIES = 400;

/** The program of a seed, with all questions of one mechanism, or of all. Null: its run is too long. */
export function study(
  seed: number,
  drawnFor: Mechanism,
  level: Level,
  listings: ModelAssets,
  asked: readonly Mechanism[] = [drawnFor],
): Studied | null {
  const title: Text = textOf((language) => WORDS[language].exercises.mechanisms[drawnFor]);
  const file = situation(new Draw(seed), drawnFor, level, `exercise-${drawnFor}-${String(seed)}`, title);
  const scenario = stringify(file);
  const parsed = parseScenario(scenario, 'exercise');
  if (!parsed.ok) throw new Error(`exercises: ${parsed.faults.map(({ message }) => message.en).join('; ')}\n${scenario}`);
  const run = StudiedRun.of(parsed.scenario, listings);
  return run && { scenario, run, questions: asked.flatMap((mechanism) => ASKERS[mechanism](run)) };
}

/** The exercise of a seed. Throws when no program that can be asked about is found. */
export function exerciseOf(seed: number, mechanism: Mechanism, level: Level, listings: ModelAssets): Exercise {
  const draw = new Draw(seed);
  for (let i = 0; i < MOST_TRIES; i++) {
    const own = draw.whole(0, 0x7fffffff);
    const studied = study(own, mechanism, level, listings);
    if (!studied || studied.questions.length === 0) continue;
    const question = draw.one(studied.questions);
    return { seed, mechanism, level, scenario: studied.scenario, run: studied.run, question };
  }
  throw new Error(`exercises: nothing to ask about ${mechanism} from seed ${String(seed)}`);
}
