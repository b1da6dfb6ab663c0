/**
 * Exercises without end: from a seed a small program is drawn, run, and asked about. The right answer, and the reason for each wrong one,
 * come from the run itself. Same seed, same exercise.
 */
import { stringify } from 'yaml';
import { type Text, WORDS } from '../../assets/words/index';
import { parseScenario } from '../formats/scenario';
import type { ModelAssets } from '../model/run/simulate';
import type { Json } from '../model/state';
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

export type Program = Readonly<Record<string, readonly Json[]>>;

export interface Exercise {
  seed: number;
  mechanism: Mechanism;
  level: Level;
  /** The scenario file. */
  scenario: string;
  /** Its goroutines, as they stand in the file. */
  program: Program;
  run: StudiedRun;
  question: Question;
}

/** A program and everything that can be asked about it. */
export interface Studied {
  scenario: string;
  program: Program;
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
  return (
    run && {
      scenario,
      program: (file as { goroutines: Program }).goroutines,
      run,
      questions: asked.flatMap((mechanism) => ASKERS[mechanism](run)),
    }
  );
}

/** The exercise of a seed. Throws when no program that can be asked about is found. */
export function exerciseOf(seed: number, mechanism: Mechanism, level: Level, listings: ModelAssets): Exercise {
  const draw = new Draw(seed);
  for (let i = 0; i < MOST_TRIES; i++) {
    const own = draw.whole(0, 0x7fffffff);
    const studied = study(own, mechanism, level, listings);
    if (!studied || studied.questions.length === 0) continue;
    const { scenario, program, run, questions } = studied;
    return { seed, mechanism, level, scenario, program, run, question: mixed(draw.one(questions), draw) };
  }
  throw new Error(`exercises: nothing to ask about ${mechanism} from seed ${String(seed)}`);
}

/** Where the right choice stands must tell nothing; numbers, times and ways of ending keep their natural order. */
function mixed(question: Question, draw: Draw): Question {
  if (!['next', 'first', 'home', 'machine'].includes(question.mechanism)) return question;
  const choices = draw.shuffled(question.choices);
  return { ...question, choices, answer: choices.findIndex(({ why }) => why === null) };
}
