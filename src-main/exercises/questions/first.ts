/** Which of the children that main has just had runs first. */
import { fill } from '../../../assets/words/index';
import { timeText } from '../../formats/durations';
import { type Asker, code, type Question, questionOf, say } from '../question';
import type { StudiedRun } from '../studied-run';

export const askFirst: Asker = (run) => {
  const found = questionAbout(run);
  return found ? [found] : [];
};

function questionAbout(run: StudiedRun): Question | null {
  const born = Object.entries(run.facts.goroutines).filter(([name]) => name !== 'main');
  if (born.length < 2) return null;
  const last = run.previous(run.steps.length + 1, ({ fn, at, g }) => fn === 'newproc1' && at === 'releasem' && g === 'G1');
  const started = born.filter(([, { started: t }]) => t !== null);
  const [first] = [...started].sort(([, a], [, b]) => (a.started ?? 0) - (b.started ?? 0));
  if (!last || !first || (first[1].started ?? 0) <= last.t) return null;
  const shown = run.next(last.n, ({ fn, at, g }) => fn === 'execute' && at === 'casgstatus' && g === first[1].id);
  if (!shown) return null;
  const names = born.slice(0, 4).map(([name]) => name);
  if (!names.includes(first[0])) return null;
  const state = run.after(last.n);
  const isOnStool = Object.values(state.P).some(({ runnext }) => runnext === first[1].id);
  return questionOf({
    mechanism: 'first',
    asked: last.n,
    shown: shown.n,
    shows: { kind: 'state', path: `G.${first[1].id}.status` },
    title: say((w) => w.firstTitle),
    question: say((w, all) => fill(w.firstQuestion, { n: born.length, who: born.map(([name]) => code(name)).join(all.language.comma) })),
    choices: born.slice(0, 4).map(([name, { started: t }], i) => ({
      text: say(() => code(name)),
      why:
        name === first[0] ? null : say((w) => (t === null ? w.firstNever : fill(w.firstLater, { t: timeText(t), first: code(first[0]) }))),
      claim: { kind: 'first', of: born.map(([each]) => each), g: name },
      ...(i === 0 ? { believes: 'fifo' } : {}),
    })),
    because: say((w) =>
      isOnStool && shown.p !== null && state.P[shown.p]?.runnext === first[1].id
        ? fill(w.firstRunnext, { g: code(first[0]), p: code(shown.p) })
        : fill(w.firstStolen, { g: code(first[0]), p: code(shown.p ?? ''), m: code(shown.m), t: timeText(shown.t) }),
    ),
  });
}
