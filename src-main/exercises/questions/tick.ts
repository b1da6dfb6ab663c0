/** What stands on the door plate: how P.syscalltick has grown when a caller runs again. */
import { fill } from '../../../assets/words/index';
import { timeText } from '../../formats/durations';
import { type Asker, code, type Question, questionOf, say } from '../question';
import { type Stay, stays, type StudiedRun } from '../studied-run';

export const askTick: Asker = (run) => stays(run).flatMap((stay) => questionAbout(run, stay) ?? []);

function questionAbout(run: StudiedRun, { g, p, name, call, entry, exit, via, m }: Stay): Question | null {
  if (via.startsWith('Raw')) return null;
  const home = run.next(exit, (step) => step.g === g && step.fn === 'exitsyscall' && step.at === 'return');
  if (!home) return null;
  const path = `P.${p}.syscalltick`;
  const before = run.after(entry).P[p]?.syscalltick ?? 0;
  const now = run.after(home.n).P[p]?.syscalltick ?? 0;
  const grown = run.steps.slice(entry, home.n).filter(({ set }) => set.some(([place]) => place === path));
  if (now - before > 3) return null;
  return questionOf({
    mechanism: 'tick',
    asked: entry,
    shown: home.n,
    shows: { kind: 'state', path },
    title: say((w) => fill(w.tickTitle, { p })),
    question: say((w) =>
      fill(w.tickQuestion, {
        p: code(p),
        n: before,
        g: code(name),
        m: code(m),
        call: code(call),
        takes: timeText(run.step(exit).t - run.step(entry).t),
      }),
    ),
    choices: [0, 1, 2, 3].map((more) => ({
      text: say(() => String(before + more)),
      why: before + more === now ? null : say((w) => (more === 0 ? w.tickNone : before + more > now ? w.tickTooMany : w.tickTooFew)),
      claim: { kind: 'value', n: home.n, path, is: before + more },
    })),
    because: say((w, all) =>
      fill(w.tickBecause, {
        n: grown.length,
        list: grown.map((step) => fill(w.tickBy, { t: timeText(step.t), m: code(step.m), fn: code(step.fn) })).join(all.language.comma),
      }),
    ),
  });
}
