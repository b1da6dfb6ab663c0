/**
 * npm run compare -- JUDGE: holds the model against something real and says how far they agree and in what they differ. It needs what is
 * real (a compiler, Linux, Go) on this machine; npm test needs none of it, only what `--keep` has measured.
 *
 * A further judge is a folder beside this file and its entry in JUDGES.
 */
import { spawnSync } from 'node:child_process';
import { readArguments } from './arguments';
import { agreementLines, type Judge, type Needed } from './judge';
import { ASM_JUDGE } from './asm/asm-judge';
import { COSTS_JUDGE } from './costs/costs-judge';
import { GO_JUDGE } from './go/go-judge';
import { KERNEL_JUDGE } from './kernel/kernel-judge';
import { OPENING_JUDGE } from './trace/opening-judge';
import { TRACE_JUDGE } from './trace/trace-judge';

const JUDGES: Readonly<Record<string, Judge>> = {
  asm: ASM_JUDGE,
  costs: COSTS_JUDGE,
  go: GO_JUDGE,
  kernel: KERNEL_JUDGE,
  opening: OPENING_JUDGE,
  trace: TRACE_JUDGE,
};

const isThere = ({ program, probe }: Needed): boolean => spawnSync(program, probe, { stdio: 'ignore' }).status === 0;

/** The exit status: 0 when at least the judge's share is equal, 1 when less is, 2 when nothing could be compared. */
async function compare(typed: readonly string[]): Promise<number> {
  const read = readArguments(typed, Object.keys(JUDGES));
  const judge = typeof read === 'string' ? undefined : JUDGES[read.judge];
  if (typeof read === 'string' || !judge) {
    console.error(String(read));
    for (const [name, { about }] of Object.entries(JUDGES)) console.error(`  npm run compare -- ${name}   ${about}`);
    return 2;
  }
  const missing = judge.needs.filter((each) => !isThere(each));
  if (missing.length > 0) {
    console.error(`The judge ${read.judge} needs ${missing.map(({ program }) => program).join(', ')}.`);
    return 2;
  }
  const agreement = await judge.compare({
    ...read,
    say: (line) => {
      console.error(line);
    },
  });
  for (const line of agreementLines(agreement)) console.log(line);
  return agreement.total > 0 && agreement.equal >= agreement.total * judge.atLeast ? 0 : 1;
}

process.exitCode = await compare(process.argv.slice(2));
