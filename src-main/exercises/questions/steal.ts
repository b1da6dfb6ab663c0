/** How many goroutines a thief takes (runqgrab: half, rounded up). */
import { fill } from '../../../assets/words/index';
import { type Asker, code, type Question, questionOf, say } from '../question';
import type { StudiedRun } from '../studied-run';

export const askSteal: Asker = (run) =>
  run.all(({ fn, at, set }) => fn === 'runqgrab' && at === 'cas' && set.length > 0).flatMap(({ n }) => questionAbout(run, n) ?? []);

function questionAbout(run: StudiedRun, n: number): Question | null {
  const { m, p: thief, set } = run.step(n);
  const [path, old, now] = set[0] ?? ['', null, null];
  const victim = /^P\.(P\d+)\.runq$/.exec(path)?.[1];
  if (!victim || thief === null || !Array.isArray(old) || !Array.isArray(now)) return null;
  const had = old.length;
  const took = had - now.length;
  if (had < 2) return null;
  const before = run.after(n - 1);
  const isOnStool = before.P[victim as keyof typeof before.P]?.runnext != null;
  const wrong = [...new Set([1, had >> 1, had, had + (isOnStool ? 1 : 0)])].filter((each) => each !== took && each > 0);
  const numbers = [...new Set([took, ...wrong])].slice(0, 4).sort((a, b) => a - b);
  return questionOf({
    mechanism: 'steal',
    asked: n - 1,
    shown: n,
    shows: { kind: 'state', path },
    title: say((w) => fill(w.stealTitle, { p: thief })),
    question: say((w) => fill(w.stealQuestion, { m: code(m), thief: code(thief), victim: code(victim), n: had })),
    choices: numbers.map((each) => ({
      text: say((w) => fill(w.stealChoice, { n: each })),
      why:
        each === took
          ? null
          : say((w) =>
              each > had
                ? w.stealStool
                : each === had
                  ? w.stealAll
                  : each === 1 && took !== 1
                    ? fill(w.stealOne, { n: took })
                    : fill(w.stealHalf, { had, n: took }),
            ),
      claim: { kind: 'stolen', n, is: each },
    })),
    because: say((w) => fill(w.stealBecause, { had, half: had >> 1, n: took })),
  });
}
