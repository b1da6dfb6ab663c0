/** Which way home a system call takes (exitsyscall: the old P, another idle one, or none). */
import { fill, type Text } from '../../../assets/words/index';
import type { State } from '../../model/state';
import { timeText } from '../../formats/durations';
import { type Asker, code, joined, type Question, questionOf, say } from '../question';
import { type Stay, stays, type StudiedRun } from '../studied-run';

const WAYS = ['oldp', 'idlep', 'queued'] as const;
type Way = (typeof WAYS)[number];
const WAY_OF: Readonly<Record<string, Way>> = { oldp: 'oldp', idlep: 'idlep', 'slow-queued': 'queued' };

export const askHome: Asker = (run) => stays(run).flatMap((stay) => questionAbout(run, stay) ?? []);

function questionAbout(run: StudiedRun, stay: Stay): Question | null {
  const way = WAY_OF[stay.path];
  if (!way || !stay.via.startsWith('Syscall')) return null;
  const { p, m, call, name } = stay;
  const back = run.after(stay.exit);
  const taken = run.next(stay.entry, ({ set }) => set.some(([place, old]) => place === `P.${p}.status` && old === '_Psyscall'), stay.exit);
  // The house may be lost between SYSRET and the look at it, or be taken and locked again: such a run is no exercise.
  if ((way === 'oldp') !== (taken === null)) return null;
  const lost = say((w) => fill(w.homeTaken, { t: timeText(taken?.t ?? 0), p: code(p) }));
  const kept = say((w) => fill(w.homeKept, { p: code(p) }));
  const ring = say((w) => fill(w.homeRing, { ps: back.sched.pidle.map(code).join(', ') }));
  const full = say((w, all) =>
    fill(w.homeNoRing, {
      who: holders(back)
        .map((values) => fill(w.homeHolds, values))
        .join(all.language.comma),
    }),
  );
  const why: Record<Way, Record<Way, Text>> = {
    oldp: { oldp: kept, idlep: kept, queued: kept },
    idlep: { oldp: lost, idlep: joined(lost, ring), queued: ring },
    queued: { oldp: lost, idlep: full, queued: joined(lost, full) },
  };
  const text: Record<Way, Text> = {
    oldp: say((w) => fill(w.homeOldp, { p: code(p) })),
    idlep: say((w) => w.homeIdlep),
    queued: say((w) => fill(w.homeQueued, { g: code(name), m: code(m) })),
  };
  return questionOf({
    mechanism: 'home',
    asked: stay.entry,
    shown: way === 'queued' ? queuedAt(run, stay) : stay.settled,
    shows: { kind: 'state', path: `M.${m}.p` },
    title: say((w) => fill(w.homeTitle, { g: name })),
    question: say((w) =>
      fill(w.homeQuestion, { g: code(name), call: code(call), takes: timeText(run.step(stay.exit).t - run.step(stay.entry).t) }),
    ),
    choices: WAYS.map((each) => ({
      text: text[each],
      why: each === way ? null : why[way][each],
      claim: { kind: 'home', n: stay.exit, way: each },
    })),
    because: why[way][way],
  });
}

const queuedAt = (run: StudiedRun, { settled, m }: Stay): number =>
  run.next(settled, (step) => step.m === m && step.at === 'globrunqput')?.n ?? settled;

/** Who has which P. */
const holders = (state: State): { p: string; m: string }[] =>
  Object.entries(state.P).map(([p, { m }]) => ({ p: code(p), m: code(m ?? '–') }));
