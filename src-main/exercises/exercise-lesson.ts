/**
 * Exercises as a lesson, so that everything a lesson has (questions before the steps, votes, reasons, hand-outs) is theirs, too: as the texts
 * of its files, which a teacher can keep and change.
 */
import { stringify } from 'yaml';
import { fill, WORDS } from '../../assets/words/index';
import type { ModelAssets } from '../model/run/simulate';
import type { Json } from '../model/state';
import { keysOf } from '../model/state-path';
import type { Anchor } from '../model/trace/anchors';
import { textOf } from '../model/words';
import { Draw } from './draw';
import { exerciseOf, type Exercise } from './exercise';
import { type ExerciseAsk, exerciseId, MECHANISMS } from './mechanisms';

/** Questions of one lesson. */
export const QUESTIONS = 5;

export interface ExerciseFiles {
  lesson: string;
  /** File name to its text. */
  scenarios: Map<string, string>;
}

/** Throws when nothing can be asked: see exerciseOf. */
export function exerciseLesson(ask: ExerciseAsk, listings: ModelAssets): ExerciseFiles {
  const { mechanism, level, seed } = ask;
  const draw = new Draw(seed);
  const order = mechanism === null ? draw.shuffled(MECHANISMS) : [];
  const exercises = Array.from({ length: QUESTIONS }, (_, i) =>
    exerciseOf(draw.whole(0, 0x7fffffff), mechanism ?? order[i % order.length] ?? 'home', level, listings),
  );
  const title = textOf((language) => {
    const words = WORDS[language].exercises;
    return fill(words.lessonTitle, { about: mechanism === null ? words.all : words.mechanisms[mechanism], level });
  });
  const scenarioName = (i: number): string => `q${String(i + 1)}.scenario.yaml`;
  const lesson = {
    schedville: 2,
    kind: 'lesson',
    id: exerciseId(ask),
    title,
    sources: [],
    goals: [textOf((language) => WORDS[language].exercises.goal)],
    runs: Object.fromEntries(
      exercises.map((_, i) => [
        `q${String(i + 1)}`,
        { scenario: scenarioName(i), title: textOf((language) => fill(WORDS[language].exercises.runTitle, { n: i + 1 })) },
      ]),
    ),
    steps: exercises.flatMap((exercise, i) => stepsOf(exercise, i + 1)),
  };
  return { lesson: stringify(lesson), scenarios: new Map(exercises.map(({ scenario }, i) => [scenarioName(i), scenario])) };
}

function stepsOf({ run, program, question }: Exercise, n: number): Json[] {
  const name = `q${String(n)}`;
  return [
    {
      id: `${name}-program`,
      title: textOf((language) => fill(WORDS[language].exercises.situationTitle, { n })),
      run: name,
      at: written(run.anchor(question.asked)),
      story: textOf((language) => WORDS[language].exercises.situationStory),
      technical: textOf((language) =>
        fill(WORDS[language].exercises.program, { n: run.scenario.runtime.gomaxprocs, program: programText(program) }),
      ),
      focus: [],
    },
    {
      id: `${name}-answer`,
      title: question.title,
      run: name,
      at: written(run.anchor(question.shown)),
      story: question.because,
      technical: textOf((language) => fill(WORDS[language].exercises.where, shownAt(run.step(question.shown)))),
      ask: {
        question: question.question,
        choices: question.choices.map(({ text, why, believes }) => ({
          ...text,
          ...(why === null ? {} : { why }),
          ...(believes === undefined || why === null ? {} : { believes }),
        })),
        answer: question.answer,
        because: question.because,
        proof: [proofOf({ run, question })],
      },
    },
  ];
}

const shownAt = ({ fn, at, t }: { fn: string; at: string; t: number }): { fn: string; at: string; t: string } => ({
  fn,
  at,
  t: `${String(t)} ns`,
});

/** As a lesson file has it; the first occurrence is not written. */
function written(anchor: Anchor | null): Json {
  if (anchor === null) return null;
  const { fn, at, m, occurrence } = anchor;
  return { fn, at, ...(m === undefined ? {} : { m }), ...(occurrence === 1 ? {} : { occurrence }) };
}

/** What the state at the answer's step, or the facts, must say for the right choice to be right. */
function proofOf({ run, question }: Pick<Exercise, 'run' | 'question'>): Json {
  const { shows, shown } = question;
  if (shows.kind === 'facts') return { facts: shows.path, is: shows.is };
  let value: unknown = run.after(shown);
  for (const key of keysOf(shows.path)) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return { at: written(run.anchor(shown)), state: shows.path, is: (value ?? null) as Json };
}

/** A program on few lines: `main: go worker; read 4ms via Syscall; compute 20us`. */
function programText(goroutines: Readonly<Record<string, readonly Json[]>>): string {
  return Object.entries(goroutines)
    .map(([name, operations]) => `\`${name}: ${operations.map(operationText).join('; ')}\``)
    .join('\n');
}

function operationText(operation: Json): string {
  if (typeof operation === 'string') return operation;
  const [[keyword, value] = ['', null]] = Object.entries(operation as Readonly<Record<string, Json>>);
  if (typeof value !== 'object' || value === null) return `${keyword} ${String(value)}`;
  const { name, times, takes, via, errno, wg, n } = value as Readonly<Record<string, Json | undefined>>;
  if (keyword === 'syscall')
    return [name, takes, ...(via === undefined ? [] : ['via', via]), ...(errno === undefined ? [] : ['→', errno])]
      .filter(Boolean)
      .join(' ');
  if (keyword === 'go') return `go ${String(name)} ×${String(times)}`;
  return `${keyword} ${String(wg)} ${String(n)}`;
}
