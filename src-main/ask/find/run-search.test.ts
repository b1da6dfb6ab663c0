import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Simulation } from '../../model/run/simulate';
import type { State, Step } from '../../model/state';
import { SEED } from '../../model/testdata/random-laws';
import { randomScenario } from '../../model/testdata/random-scenario';
import { assets } from '../../model/testdata/run-scenario';
import { PackedSteps } from '../../model/trace/packed-steps';
import { applyStep, copyState } from '../../model/trace/replay';
import { anchorsOfRun } from './anchors';
import { readExpression } from './expression';
import { Matcher } from './matcher';
import { RunSearch } from './run-search';

type Atom = readonly [text: string, fits: (step: Step, state: State) => boolean];

const wrote = ({ set }: Step, place: string): boolean => set.some(([path]) => path === place || path.startsWith(`${place}.`));
const idOf = ({ G }: State, name: string): string | undefined => Object.entries(G).findLast(([, row]) => row.name === name)?.[0];

const ATOMS: readonly Atom[] = [
  ['P0.status == _Psyscall', (_, { P }) => P.P0?.status === '_Psyscall'],
  ['P1.m == null', (_, { P }) => P.P1?.m === null],
  ['sched.runq', (_, { sched }) => sched.runq.length > 0],
  ['sched.runq has G3', (_, { sched }) => sched.runq.includes('G3')],
  ['P0.runq has G2', (_, { P }) => P.P0?.runq.includes('G2') === true],
  ['changed(G2)', (step) => wrote(step, 'G.G2')],
  ['changed(G2.status)', (step) => wrote(step, 'G.G2.status')],
  ['changed(sched)', (step) => wrote(step, 'sched')],
  ['changed(main.status)', (step) => wrote(step, 'G.G1.status')],
  ['main.status == _Gsyscall', (_, { G }) => G.G1?.status === '_Gsyscall'],
  ['a#1.status == _Grunnable', (_, state) => state.G[idOf(state, 'a#1') as 'G1']?.status === '_Grunnable'],
  ['t > 20us', ({ t }) => t > 20_000],
  ['m == M1', ({ m }) => m === 'M1'],
  ['g == null', ({ g }) => g === null],
  ['ev', ({ ev }) => ev !== undefined],
  ['fn == schedule', ({ fn }) => fn === 'schedule'],
  ['M0.spinning', (_, { M }) => M.M0?.spinning === true],
];

const STEPS = 800;

/** For each atom the steps that fit, by one plain replay. */
function scan(first: State, steps: readonly Step[], atoms: readonly Atom[]): number[][] {
  const state = copyState(first);
  const found = atoms.map((): number[] => []);
  for (const step of steps) {
    applyStep(state, step);
    for (const [i, [, fits]] of atoms.entries()) if (fits(step, state)) found[i]?.push(step.n);
  }
  return found;
}

const joined = fc
  .tuple(fc.constantFrom(...ATOMS), fc.constantFrom(...ATOMS), fc.constantFrom('&&', '||'), fc.boolean())
  .map(([[a, f], [b, g], how, isNot]): Atom => [
    `${a} ${how} ${isNot ? '!' : ''}(${b})`,
    (step, state) => (how === '&&' ? f(step, state) && g(step, state) !== isNot : f(step, state) || g(step, state) !== isNot),
  ]);

test(`in random runs, searched in pieces, the same steps are found as by a plain scan (SOAK_SEED=${SEED})`, () => {
  fc.assert(
    fc.property(
      randomScenario,
      fc.array(joined, { minLength: 4, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: STEPS }), { maxLength: 5 }),
      (scenario, atoms, pieces) => {
        const simulation = new Simulation(scenario, assets);
        const first = copyState(simulation.first);
        const { steps } = simulation.run(STEPS);
        const packed = new PackedSteps();
        for (const step of steps) packed.push(step);
        const asked = [...ATOMS, ...atoms];
        const expected = scan(first, steps, asked);
        for (const [i, [text]] of asked.entries()) {
          const read = readExpression(text);
          if (!read.ok) throw new Error(text);
          const search = new RunSearch(first, packed, read.expression);
          const inPieces = [...pieces, Infinity].flatMap((to) => search.goOn(to));
          expect(inPieces, text).toEqual(expected[i]);
          const matcher = new Matcher(first, read.expression);
          const ofObjects = steps.filter((step) => matcher.add(step)).map(({ n }) => n);
          expect(ofObjects, `${text}, of steps that are objects`).toEqual(expected[i]);
        }
      },
    ),
    { seed: SEED, numRuns: 6 },
  );
});

test(`whatever can be searched for is there from its first step on (SOAK_SEED=${SEED})`, () => {
  fc.assert(
    fc.property(randomScenario, (scenario) => {
      const simulation = new Simulation(scenario, assets);
      const first = copyState(simulation.first);
      const { steps } = simulation.run(STEPS);
      const packed = new PackedSteps();
      for (const step of steps) packed.push(step);
      const { rows, events, marks, goroutines } = anchorsOfRun(first, packed);
      for (const { fn, at, n, count } of rows) {
        const own = steps.filter((step) => step.fn === fn && step.at === at);
        expect([own[0]?.n, own.length]).toEqual([n, count]);
      }
      expect(events.map(({ n }) => n)).toEqual(events.map(({ name }) => steps.find((step) => step.ev?.split(/[\s,]+/).includes(name))?.n));
      expect(marks.map(({ n }) => n)).toEqual(marks.map(({ name }) => steps.find(({ note }) => note === name)?.n));
      expect(goroutines.map(({ id }) => id)).toEqual(Object.keys(simulation.state.G));
    }),
    { seed: SEED, numRuns: 5 },
  );
});
