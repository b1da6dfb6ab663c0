/** How a program ends: main does not wait for the others, and when nobody can go on it is a deadlock. */
import { fill } from '../../../assets/words/index';
import { type Asker, code, questionOf, say } from '../question';

export const askEnd: Asker = (run) => {
  const { kind } = run.outcome;
  if (kind !== 'exit' && kind !== 'deadlock') return [];
  const last = run.step(run.steps.length);
  const state = run.after(last.n);
  const left = Object.values(state.G).filter(({ system, status, name }) => !system && status !== '_Gdead' && name !== 'main');
  if (left.length === 0) return [];
  const who = left.map(({ name, status, waitreason }) => ({ name, why: status === '_Gwaiting' ? waitreason : status }));
  const asked = run.previous(run.steps.length + 1, ({ fn, at, g }) => fn === 'newproc1' && at === 'releasem' && g === 'G1')?.n ?? 0;
  const isExit = kind === 'exit';
  const leftText = say((w, all) =>
    fill(isExit ? w.endLeft : w.endStuck, { who: who.map(({ name, why }) => `${code(name)} (${why})`).join(all.language.comma) }),
  );
  const question = questionOf({
    mechanism: 'end',
    asked,
    shown: last.n,
    shows: { kind: 'facts', path: 'outcome.kind', is: kind },
    title: say((w) => w.endTitle),
    question: say((w) => w.endQuestion),
    choices: [
      { text: say((w) => w.endExit), why: isExit ? null : leftText, claim: { kind: 'outcome', is: 'exit' } },
      {
        text: say((w) => w.endWaits),
        why: isExit ? say((w) => w.endNoWait) : leftText,
        claim: { kind: 'outcome', is: 'waits' },
        believes: 'main-waits',
      },
      { text: say((w) => w.endDeadlock), why: isExit ? say((w) => w.endMainWent) : null, claim: { kind: 'outcome', is: 'deadlock' } },
    ],
    because: leftText,
  });
  return question ? [question] : [];
};
