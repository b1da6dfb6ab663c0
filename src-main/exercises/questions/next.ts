/** Whom an M runs next (schedule, findrunnable): runnext, its own queue, the queue of all. */
import { fill, type Text } from '../../../assets/words/index';
import type { GId, PId, State } from '../../model/state';
import { type Asker, code, type Question, questionOf, say } from '../question';
import type { StudiedRun } from '../studied-run';

/** Every 61st time the global queue comes first (Go: schedule). */
const FAIR = 61;

interface Place {
  where: 'runnext' | 'runq' | 'global';
  /** From 1. */
  rank: number;
}

export const askNext: Asker = (run) =>
  run
    .all(({ fn, at, p }) => fn === 'schedule' && at === 'top' && p !== null)
    .flatMap(({ n, m, p }) => (p ? (questionAbout(run, n, m, p) ?? []) : []));

function questionAbout(run: StudiedRun, n: number, m: string, p: PId): Question | null {
  const state = run.after(n);
  const places = placesAt(state, p);
  if (places.size < 2) return null;
  const executed = run.next(n, (step) => step.m === m && ((step.fn === 'execute' && step.at === 'casgstatus') || step.fn === 'stopm'));
  if (executed?.fn !== 'execute' || executed.g === null) return null;
  const g = executed.g;
  const place = places.get(g);
  if (!place || executed.p !== p) return null;
  const isFair = place.where === 'global' && (state.P[p]?.schedtick ?? 0) % FAIR === 0;
  const isLocalEmpty = ![...places.values()].some(({ where }) => where !== 'global');
  // Someone whom another M brought meanwhile, or who was taken meanwhile, makes it a question of luck.
  if (place.where === 'global' && !isFair && !isLocalEmpty) return null;
  const name = (each: GId): string => state.G[each]?.name ?? each;
  const head = [...places].find(([, { where, rank }]) => where === 'runq' && rank === 1)?.[0];
  const isFirstOfRunq = place.where === 'runq' && g === head && state.P[p]?.runnext === null;
  if (!isFair && place.where !== 'runnext' && !isFirstOfRunq && !(place.where === 'global' && place.rank === 1)) return null;
  const others = [...places].filter(([each]) => each !== g).slice(0, 3);
  const shown = [...places].filter(([each]) => each === g || others.some(([other]) => other === each));
  return questionOf({
    mechanism: 'next',
    asked: n,
    shown: executed.n,
    shows: { kind: 'state', path: `M.${m}.curg` },
    title: say((w) => fill(w.nextTitle, { m })),
    question: say((w) => fill(w.nextQuestion, { m: code(m), p: code(p) })),
    choices: shown.map(([each, where]) => ({
      text: say((w) => fill(w.nextChoice, { g: code(name(each)), where: whereText(w, where, p) })),
      why: each === g ? null : reason(where, p, isFair),
      claim: { kind: 'next', n, g: name(each) },
      ...(where.where === 'global' ? { believes: 'fifo' } : {}),
    })),
    because: rule(place, p, isFair),
  });
}

function placesAt(state: State, p: PId): Map<GId, Place> {
  const row = state.P[p];
  const places = new Map<GId, Place>();
  if (row?.runnext) places.set(row.runnext, { where: 'runnext', rank: 1 });
  row?.runq.forEach((g, i) => places.set(g, { where: 'runq', rank: i + 1 }));
  state.sched.runq.forEach((g, i) => places.set(g, { where: 'global', rank: i + 1 }));
  return places;
}

type ExerciseWords = Parameters<Parameters<typeof say>[0]>[0];

const whereText = (w: ExerciseWords, { where, rank }: Place, p: PId): string =>
  where === 'runnext' ? fill(w.inRunnext, { p: code(p) }) : fill(where === 'runq' ? w.inRunq : w.inGlobal, { p: code(p), rank });

/** Why whoever is at a place is the next. */
const rule = ({ where }: Place, p: PId, isFair: boolean): Text =>
  say((w) =>
    isFair
      ? fill(w.nextFair, { p: code(p) })
      : where === 'runnext'
        ? w.nextRunnext
        : where === 'runq'
          ? fill(w.nextRunq, { p: code(p) })
          : fill(w.nextGlobal, { p: code(p) }),
  );

const reason = ({ where, rank }: Place, p: PId, isFair: boolean): Text =>
  say((w) =>
    isFair && where !== 'global'
      ? fill(w.nextFair, { p: code(p) })
      : where === 'runnext'
        ? w.nextRunnext
        : where === 'runq'
          ? fill(w.nextBehind, { rank, p: code(p) })
          : rank > 1
            ? fill(w.nextBehindGlobal, { rank })
            : w.nextOwnFirst,
  );
