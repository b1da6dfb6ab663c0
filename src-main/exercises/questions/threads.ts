/** How many threads a program has at most. */
import { fill, type Text } from '../../../assets/words/index';
import { type Asker, questionOf, say } from '../question';

export const askThreads: Asker = (run) => {
  const { peak } = run.facts.threads;
  const { gomaxprocs } = run.scenario.runtime;
  const goroutines = Object.keys(run.facts.goroutines).length;
  const calls = Object.values(run.facts.goroutines).reduce((n, { syscalls }) => n + syscalls.length, 0);
  const inKernel = mostInKernel(run.steps);
  const wrong = new Map<number, { why: Text; believes?: string }>();
  const refuse = (n: number, why: Text, believes?: string): void => {
    if (n !== peak && n > 0 && !wrong.has(n)) wrong.set(n, believes === undefined ? { why } : { why, believes });
  };
  refuse(
    gomaxprocs,
    say((w) => fill(w.threadsP, { n: gomaxprocs, peak })),
    'gomaxprocs-threads',
  );
  refuse(
    goroutines,
    say((w) => fill(w.threadsG, { n: goroutines, peak })),
    'goroutine-is-thread',
  );
  if (calls > 1)
    refuse(
      calls + 2,
      say((w) => fill(w.threadsCalls, { n: calls })),
      'threads-per-call',
    );
  refuse(
    gomaxprocs + 1,
    say((w) => fill(w.threadsSysmon, { n: gomaxprocs })),
    'gomaxprocs-threads',
  );
  const numbers = [...wrong.keys()].slice(0, 3);
  const end = run.previous(run.steps.length + 1, () => true);
  if (numbers.length < 2 || !end || run.outcome.kind !== 'exit') return [];
  const question = questionOf({
    mechanism: 'threads',
    asked: 0,
    shown: end.n,
    shows: { kind: 'facts', path: 'threads.peak', is: peak },
    title: say((w) => w.threadsTitle),
    question: say((w) => w.threadsQuestion),
    choices: [...numbers, peak]
      .sort((a, b) => a - b)
      .map((n) => {
        const { why = null, believes } = wrong.get(n) ?? {};
        return { text: say(() => String(n)), why, claim: { kind: 'threads', is: n }, ...(believes === undefined ? {} : { believes }) };
      }),
    because: say((w) => fill(w.threadsBecause, { peak, kernel: inKernel, n: gomaxprocs })),
  });
  return question ? [question] : [];
};

/** Most threads in the kernel for a goroutine at once. */
function mostInKernel(steps: readonly { set: readonly (readonly [string, unknown, unknown])[] }[]): number {
  const inside = new Set<string>();
  let most = 0;
  for (const { set } of steps)
    for (const [place, , now] of set) {
      const m = /^M\.(M\d+)\.kernel$/.exec(place)?.[1];
      if (m === undefined) continue;
      if (now === null) inside.delete(m);
      else inside.add(m);
      most = Math.max(most, inside.size);
    }
  return most;
}
