/** The model's scheduler held against real Go: small random programs, run by both. */
import { findAssets, loadListings } from '../../../app/asset-folder';
import type { ModelAssets } from '../../../model/run/simulate';
import { goProgram, goVersion } from '../asm/go-assembler';
import { type Agreement, Differences, type Judge } from '../judge';
import { minorVersion } from './build-go';
import { generate } from './generator';
import { modelRuns } from './model-runs';
import { asFarAsFound, asFarAsTold } from './newer-words';
import { type Outcome, type Verdict, verdictOf, withoutNumbers } from './outcome';
import { type Program, readsNetwork, scenarioOf } from './program';
import { RealPrograms } from './real-runs';

const ENOUGH = 600;
/** Programs of one file. */
const BATCH = 100;
/** How often a program is run: at first, and where that leaves a difference. */
const RUNS = { real: 2, own: 3 };
const MORE_RUNS = { real: 30, own: 80 };

interface Compared {
  verdict: Verdict;
  real: Outcome[];
  own: Outcome[];
}

function compareProgram(programs: RealPrograms, index: number, program: Program, assets: ModelAssets, minor: number): Compared {
  const { scenario } = scenarioOf(program);
  const isCounted = program.gomaxprocs === 1 && !JSON.stringify(program.goroutines).includes('"kind":"gomaxprocs"');
  const isConnected = readsNetwork(program);
  const seen = (outcome: Outcome): Outcome => {
    const found = isConnected ? asFarAsFound(outcome, minor) : outcome;
    return isCounted ? found : { ...found, said: withoutNumbers(found.said) };
  };
  const realRuns = (count: number): Outcome[] => Array.from({ length: count }, () => seen(programs.run(index)));
  const ownRuns = (from: number, count: number): Outcome[] =>
    modelRuns(scenario, assets, from, count).map((outcome) => seen({ ...outcome, said: asFarAsTold(outcome.said, minor) }));
  const real = realRuns(RUNS.real);
  const own = ownRuns(0, RUNS.own);
  let verdict = verdictOf(real, own);
  // What chance decides has to be looked at more often before it is called a difference.
  if (!verdict.isEqual) {
    real.push(...realRuns(MORE_RUNS.real));
    own.push(...ownRuns(RUNS.own, MORE_RUNS.own));
    verdict = verdictOf(real, own);
  }
  return { verdict, real, own };
}

/** One of a set of runs, and how many others there are. */
function shown(outcomes: readonly Outcome[]): string {
  const all = new Set(outcomes.map(({ code, said, marks }) => `${code ?? 'goes on'} | ${said.join(' / ')} | ${marks.join(' ')}`));
  const [first = ''] = all;
  return all.size > 1 ? `${first}\n       (and ${all.size - 1} others)` : first;
}

const numberOfPs = ({ gomaxprocs }: Program): string => (gomaxprocs === 1 ? '1 P' : 'several Ps');

export const GO_JUDGE: Judge = {
  about: 'small random programs: order of marks, exit status and report, in the model and by real Go',
  needs: [
    { program: goProgram(), probe: ['version'] },
    { program: 'gcc', probe: ['--version'] },
  ],
  atLeast: 0.98,
  compare: ({ seed, count, say }) => {
    const go = goProgram();
    const version = goVersion(go);
    const minor = minorVersion(version);
    say(`judge: ${version}; seed ${seed}`);
    const assets = loadListings(findAssets(import.meta.dirname));
    const all = generate(seed, count ?? ENOUGH);
    const differences = new Differences();
    const how = { determined: 0, possible: 0, unordered: 0 };
    for (let from = 0; from < all.length; from += BATCH) {
      const batch = all.slice(from, from + BATCH);
      const programs = new RealPrograms(go, minor, batch);
      try {
        for (const [i, program] of batch.entries()) {
          const { verdict, real, own } = compareProgram(programs, i, program, assets, minor);
          if (verdict.isEqual) how[verdict.how]++;
          else
            differences.add(
              `${numberOfPs(program)}, ${verdict.why}`,
              () => `program ${from + i}\n${scenarioOf(program).text}Go:    ${shown(real)}\nmodel: ${shown(own)}`,
            );
        }
      } finally {
        programs.close();
      }
      say(`${Math.min(from + BATCH, all.length)} programs`);
    }
    const { determined, possible, unordered } = how;
    say(
      `${determined} determined and equal, ${possible} left to chance with a run in common, ${unordered} without an order that is turned around`,
    );
    const result: Agreement = {
      unit: 'programs',
      total: all.length,
      equal: determined + possible + unordered,
      differences: differences.list,
    };
    return Promise.resolve(result);
  },
};
