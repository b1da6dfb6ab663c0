/** What the kernel leaves in AX when it refuses a call. */
import { fill } from '../../../assets/words/index';
import { type Asker, code, type Question, questionOf, say } from '../question';
import { type Stay, stays, type StudiedRun } from '../studied-run';

const word = (value: number): string => `0x${BigInt.asUintN(64, BigInt(value)).toString(16)}`;

export const askMachine: Asker = (run) => stays(run).flatMap((stay) => questionAbout(run, stay) ?? []);

function questionAbout(run: StudiedRun, { name, g, m, call, entry, exit }: Stay): Question | null {
  const fact = run.facts.goroutines[name]?.syscalls.find(({ exit: t }) => t === run.step(exit).t);
  const path = `M.${m}.regs.AX`;
  const answer = run.after(exit).M[m]?.regs?.AX;
  if (!fact?.errno || answer === undefined || g !== 'G1') return null;
  const errno = -Number(BigInt.asIntN(64, BigInt(answer)));
  const value = (n: number): string => `${code(word(n))} (${n < 0 ? '−' : ''}${String(Math.abs(n))})`;
  return questionOf({
    mechanism: 'machine',
    asked: entry,
    shown: exit,
    shows: { kind: 'state', path },
    title: say((w) => fill(w.machineTitle, { call })),
    question: say((w) => fill(w.machineQuestion, { g: code(name), call: code(call), errno: code(fact.errno ?? ''), n: errno })),
    choices: [...new Set([-errno, -1, errno, 0])].map((n) => ({
      text: say(() => value(n)),
      why: n === -errno ? null : say((w) => (n === -1 ? w.machineMinusOne : n === 0 ? w.machineZero : w.machinePlus)),
      claim: { kind: 'value', n: exit, path, is: word(n) },
      ...(n === -1 && errno !== 1 ? { believes: 'minus-one' } : {}),
    })),
    because: say((w) => fill(w.machineBecause, { errno: code(fact.errno ?? ''), n: errno, word: code(word(-errno)) })),
  });
}
