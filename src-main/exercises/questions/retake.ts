/** Whether and when sysmon takes the P of somebody who is in the kernel (retake). */
import { fill, type Text } from '../../../assets/words/index';
import { timeText } from '../../formats/durations';
import { type Asker, code, joined, type Question, questionOf, say } from '../question';
import { type Stay, stays, type StudiedRun } from '../studied-run';

/** sysmon's second look comes within two of its sleeps, at most 10 ms each once it has slept long; it waits 10 ms when nobody needs the P. */
const SOON_NS = 1_000_000;
const PATIENCE_NS = 10_000_000;
const LATE_NS = 40_000_000;

const TIMES = ['never', 'soon', 'late'] as const;
type Time = (typeof TIMES)[number];

export const askRetake: Asker = (run) => stays(run).flatMap((stay) => questionAbout(run, stay) ?? []);

function questionAbout(run: StudiedRun, stay: Stay): Question | null {
  const { p, name, call, entry, exit, via } = stay;
  const watchman = run.first.sysmon.m;
  const isTaking = (place: string, old: unknown): boolean => place === `P.${p}.status` && old === '_Psyscall';
  const taking = run.next(entry, ({ set }) => set.some(([place, old]) => isTaking(place, old)), exit);
  if (taking && taking.m !== watchman) return null;
  const waited = taking ? taking.t - run.step(entry).t : null;
  const time: Time | null = waited === null ? 'never' : waited < SOON_NS ? 'soon' : waited >= PATIENCE_NS ? 'late' : null;
  if (time === null) return null;
  const why = via.startsWith('Raw') ? rawReasons(p) : reasons(run, stay, time, taking?.n ?? exit);
  if (!why) return null;
  const text: Record<Time, Text> = { never: say((w) => w.retakeNever), soon: say((w) => w.retakeSoon), late: say((w) => w.retakeLate) };
  const after: Record<Time, readonly [number, number] | null> = { never: null, soon: [0, SOON_NS], late: [PATIENCE_NS, LATE_NS] };
  return questionOf({
    mechanism: 'retake',
    asked: entry,
    shown: taking?.n ?? exit,
    shows: { kind: 'state', path: `P.${p}.status` },
    title: say((w) => fill(w.retakeTitle, { p })),
    question: say((w) =>
      fill(w.retakeQuestion, {
        g: code(name),
        call: code(call),
        via: code(via),
        takes: timeText(run.step(exit).t - run.step(entry).t),
        p: code(p),
      }),
    ),
    choices: TIMES.map((each) => ({
      text: text[each],
      why: each === time ? null : why[each],
      claim: { kind: 'taken', p, from: entry, to: exit, afterNs: after[each] },
      ...(each === 'soon' ? { believes: 'retake-at-20us' } : {}),
    })),
    because: why[time],
  });
}

/** RawSyscall tells nobody: the P stays _Prunning. */
function rawReasons(p: string): Record<Time, Text> {
  const running = say((w) => fill(w.retakeRaw, { p: code(p) }));
  return {
    never: running,
    soon: running,
    late: joined(
      running,
      say((w) => w.retakeRawLate),
    ),
  };
}

/** `end`: the step of the retake, or the one that brought the caller back. Null: the looks do not tell a simple story. */
function reasons(run: StudiedRun, { p, entry, exit }: Stay, time: Time, end: number): Record<Time, Text> | null {
  const watchman = run.first.sysmon.m;
  const looks = run.steps
    .slice(entry, end)
    .filter(({ m, fn, at }) => m === watchman && fn === 'retake' && (at === 'first' || at === 'leave'));
  const lookedAt = looks.find(({ at, set }) => at === 'first' && set.some(([place]) => place.startsWith(`sysmon.ticks.${p}.`)));
  const state = run.after(end - 1);
  const { runq, runnext } = state.P[p as keyof typeof state.P] ?? { runq: [], runnext: null };
  const waiting = [...(runnext === null ? [] : [runnext]), ...runq].map((g) => code(state.G[g]?.name ?? g));
  const others = state.sched.pidle.length + state.sched.nmspinning;
  const seen = lookedAt ? say((w) => fill(w.retakeSeen, { t: timeText(lookedAt.t) })) : null;
  const patience = say((w) => w.retakePatience);
  if (time === 'never') {
    const isLeft = looks.some(({ at }) => at === 'leave');
    const stayed = run.step(exit).t - run.step(entry).t;
    if (!isLeft) {
      const short = seen
        ? joined(
            seen,
            say((w) => w.retakeBackFirst),
          )
        : say((w) => w.retakeNotSeen);
      return { never: short, soon: short, late: say((w) => fill(w.retakeShort, { takes: timeText(stayed) })) };
    }
    if (stayed >= PATIENCE_NS) return null;
    const left = say((w) => fill(w.retakeLeft, { p: code(p) }));
    return { never: left, soon: left, late: say((w) => fill(w.retakeShort, { takes: timeText(stayed) })) };
  }
  if (time === 'late') {
    if (waiting.length > 0 || others === 0) return null;
    const left = say((w) => fill(w.retakeLeft, { p: code(p) }));
    return { late: joined(left, patience), soon: left, never: patience };
  }
  if (!seen) return null;
  const wanted =
    waiting.length > 0
      ? say((w, all) => fill(w.retakeQueue, { p: code(p), who: waiting.join(all.language.comma) }))
      : others === 0
        ? say((w) => w.retakeNobodyFree)
        : null;
  return (
    wanted && {
      soon: joined(seen, wanted),
      never: joined(seen, wanted),
      late: joined(
        wanted,
        say((w) => w.retakeNoPatience),
      ),
    }
  );
}
