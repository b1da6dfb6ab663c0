/** The content of a page that plays: a lesson, or a part of one, with the steps of its runs. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fill } from '../../assets/words/index';
import { holdsBetween } from '../ask/holds';
import type { OpenedLesson, OpenedRun } from '../contract/payloads';
import { MOST_PLAY_STEPS, type PlayAsk, type PlayRange } from '../contract/play';
import type { PlayFile, PlayRun } from '../contract/play-content';
import type { Lesson, LessonStep } from '../formats/lesson';
import type { Result } from '../model/words';
import { playFiles, type WrittenPage } from '../playable/files';
import type { PlayProgram } from '../playable/page';
import type { PlayableLesson } from './playable-lesson';
import type { Progress } from './kept-run';
import { done, refuse } from './refusal';

/** Steps read at once; other requests are answered between two pieces. */
const PIECE_STEPS = 20_000;

/** A part of a run: after step `from`, up to step `to`; 0 is the first state. */
interface Piece {
  from: number;
  to: number;
}

/** The lesson's steps that are wanted, in its order. */
function chosenSteps({ steps }: Lesson, range: PlayRange | null): readonly LessonStep[] {
  return range === null || steps.length === 0 ? steps : steps.slice(Math.max(0, range.from - 1), range.to);
}

/** From the stop before the first wanted one, so that the way there can be played and its question asked, to just before the stop after the last. */
function pieceOf({ stops, stepCount }: OpenedRun, wanted: ReadonlySet<string>): Piece {
  const first = stops.findIndex(({ id }) => wanted.has(id));
  const last = stops.findLastIndex(({ id }) => wanted.has(id));
  const begin = first <= 0 ? 0 : (stops[first - 1]?.n ?? 0);
  const next = last < 0 ? undefined : stops.slice(last + 1).find(({ n }) => n > (stops[last]?.n ?? 0));
  return { from: begin, to: next ? Math.max(next.n - 1, stops[last]?.n ?? 0) : stepCount };
}

/** Without paths: whoever gets the page is not to learn where files are on this computer. */
function withoutPlaces(lesson: Lesson, steps: readonly LessonStep[], names: ReadonlySet<string>): Lesson {
  const runs = Object.entries(lesson.runs)
    .filter(([name]) => names.has(name))
    .map(([name, run]) => [name, run.kind === 'scenario' ? { ...run, scenario: basename(run.scenario) } : run] as const);
  const { version, id, language, title, sources, documents, prerequisites, minutes, terms, goals, telling, exercise, homework } = lesson;
  return {
    ...{ version, id, language, title, sources, documents, prerequisites, minutes, terms, goals, telling, exercise, homework },
    runs: Object.fromEntries(runs),
    steps: [...steps],
  };
}

const tooMany = (steps: number): ReturnType<typeof refuse> => refuse((_, all) => fill(all.play.tooLong, { steps, most: MOST_PLAY_STEPS }));

export async function playFileOf(
  playable: PlayableLesson,
  ask: PlayAsk,
  tell: (progress: Progress) => void,
  isCancelled: () => boolean,
): Promise<Result<PlayFile>> {
  // Whoever gets the page is not told what its author's folder is called.
  const opened: OpenedLesson = { ...playable.opened };
  delete opened.isOwn;
  delete opened.stem;
  const { lesson } = opened;
  const { range } = ask;
  const steps = chosenSteps(lesson, range);
  if (range !== null && range.from > range.to) return refuse((_, all) => fill(all.play.backwards, { ...range }));
  if (lesson.steps.length > 0 && steps.length === 0)
    return refuse((_, all) => fill(all.play.noSuchSteps, { ...range, from: range?.from ?? 1, count: lesson.steps.length }));
  const names = new Set(lesson.steps.length > 0 && range !== null ? steps.map(({ run }) => run) : playable.runNames);
  const wanted = new Set(steps.map(({ id }) => id));
  const runs: Record<string, PlayRun> = {};
  const listings: PlayFile['listings'] = [];
  const listed = new Map<string, number>();
  let total = 0;
  for (const name of playable.runNames.filter((each) => names.has(each))) {
    const made = await playable.run(name, tell, isCancelled);
    if (!made.ok) return made;
    const whole = playable.openedRun(name, made.value);
    const piece =
      lesson.steps.length > 0
        ? pieceOf(whole, wanted)
        : { from: range?.from ?? 0, to: Math.min(range?.to ?? whole.stepCount, whole.stepCount) };
    if (piece.from > whole.stepCount) return refuse((_, all) => fill(all.play.noSuchSteps, { from: piece.from, count: whole.stepCount }));
    total += piece.to - piece.from;
    if (total > MOST_PLAY_STEPS) return tooMany(total);
    const { run } = made.value;
    const pieces: PlayRun['steps'] = [];
    for (let at = piece.from; at < piece.to; at += PIECE_STEPS) {
      const slice = run.read(at + 1, Math.min(at + PIECE_STEPS, piece.to));
      pieces.push({ ...slice, first: at - piece.from + 1 });
      await new Promise(setImmediate);
      if (isCancelled()) return refuse((words) => words.cancelled);
    }
    const { listings: own, stops, ...rest } = whole;
    const key = JSON.stringify(own);
    const known = listed.get(key) ?? listings.push(own) - 1;
    listed.set(key, known);
    runs[name] = {
      ...rest,
      holds: holdsBetween(whole.holds, piece.from, piece.to),
      first: piece.from === 0 ? whole.first : run.stateAt(piece.from),
      stops: stops.filter(({ id }) => wanted.has(id)).map((stop) => ({ ...stop, n: stop.n - piece.from })),
      stepCount: piece.to - piece.from,
      outcome: piece.to === whole.stepCount ? whole.outcome : null,
      listings: known,
      steps: pieces,
      base: piece.from,
      whole: whole.stepCount,
    };
  }
  const answers: PlayFile['answers'] = {};
  for (const { id, activity } of steps) {
    if (activity?.kind !== 'table' && activity?.kind !== 'order') continue;
    const told = await playable.answers(id, isCancelled);
    if (!told.ok) return told;
    answers[id] = told.value;
  }
  return done({
    opened: {
      ...opened,
      lesson: withoutPlaces(lesson, steps, names),
      runs: opened.runs.filter(({ name }) => names.has(name)),
      hints: [],
    },
    ...{ runs, listings, answers, platform: null, views: ask.views, language: ask.language, theme: ask.theme },
  });
}

/** The part of every page that the build makes (play.config.ts). */
async function programIn(folder: string): Promise<Result<PlayProgram>> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  try {
    const [script, style, notices] = await Promise.all(['player.js', 'player.css', 'third-party-notices.txt'].map(read));
    return done({ script: script ?? '', style: style ?? '', notices: notices ?? '' });
  } catch {
    return refuse((_, all) => fill(all.play.noProgram, { file: join(folder, 'player.js') }));
  }
}

/** The pages and packages that are asked for, as files. */
export async function playedFiles(
  playable: PlayableLesson,
  ask: PlayAsk & { program: string },
  tell: (progress: Progress) => void,
  isCancelled: () => boolean,
): Promise<Result<WrittenPage[]>> {
  if (ask.kinds.length === 0 || ask.views.length === 0) return refuse((_, all) => all.play.nothing);
  if (ask.lesson === '' && ask.kinds.some((kind) => kind !== 'html')) return refuse((_, all) => all.play.needsLesson);
  const program = await programIn(ask.program);
  if (!program.ok) return program;
  const file = await playFileOf(playable, ask, tell, isCancelled);
  return file.ok ? done(playFiles(file.value, program.value, ask.kinds, ask.stem)) : file;
}
