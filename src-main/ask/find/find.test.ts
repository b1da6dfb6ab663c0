import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { golden, play, scenarioOf, type Played } from '../../model/testdata/run-scenario';
import type { State, Step } from '../../model/state';
import { applyStep, copyState } from '../../model/trace/replay';
import { readExpression } from './expression';
import { Matcher } from './matcher';
import { likelyMisspelt } from './said';

const played: Played = play(scenarioOf(golden('S3.scenario.yaml')));
const crowd: Played = play(
  scenarioOf(`
schedville: 1
kind: scenario
id: find
title: { zh: 找, en: find }
runtime: { gomaxprocs: 2 }
goroutines:
  main: [{ go: { name: worker, times: 4 } }, { mark: half way }, { syscall: { name: read, takes: 1ms, returns: -9 } }, { sleep: 1ms }]
  worker: [{ compute: 300us }, gosched, { compute: 10us }]
`),
);

function found(text: string, { first, steps }: Played = played): Step[] {
  const read = readExpression(text);
  if (!read.ok) throw new Error(`${text}: ${read.fault.message.en}`);
  const matcher = new Matcher(first, read.expression);
  return steps.filter((step) => matcher.add(step));
}

/** Every step with the state after it, by plain replay. */
function scan({ first, steps }: Played, fits: (step: Step, state: State) => boolean): number[] {
  const state = copyState(first);
  return steps.flatMap((step) => {
    applyStep(state, step);
    return fits(step, state) ? [step.n] : [];
  });
}

const numbers = (steps: readonly Step[]): number[] => steps.map(({ n }) => n);

describe('what is found is what a plain scan finds', () => {
  test.each<[string, (step: Step, state: State) => boolean]>([
    ['P0.status == _Psyscall && P0.m == null', (_, { P }) => P.P0?.status === '_Psyscall' && P.P0.m === null],
    ['P.P0.status==_Psyscall', (_, { P }) => P.P0?.status === '_Psyscall'],
    ['fn == retake && at == retake', ({ fn, at }) => fn === 'retake' && at === 'retake'],
    [
      'changed(G1.status) && G1.status == _Grunnable',
      ({ set }, { G }) => set.some(([path]) => path === 'G.G1.status') && G.G1?.status === '_Grunnable',
    ],
    ['t > 20us && t <= 1ms', ({ t }) => t > 20_000 && t <= 1_000_000],
    ['!(m == M0) && n < 40', ({ m, n }) => m !== 'M0' && n < 40],
    ['g == main', ({ g }) => g === 'G1'],
    ['g != main && g != null', ({ g }) => g !== 'G1' && g !== null],
    ['main.status == _Gsyscall', (_, { G }) => G.G1?.status === '_Gsyscall'],
    ['ev has GoSysCall', ({ ev }) => ev === 'GoSysCall'],
    ['changed(M0)', ({ set }) => set.some(([path]) => path === 'M.M0' || path.startsWith('M.M0.'))],
    ['sched.runq has G1 || P0.runq has G1', (_, { sched, P }) => sched.runq.includes('G1') || P.P0?.runq.includes('G1') === true],
    ['M0.regs.AX == -9', (_, { M }) => M.M0?.regs?.AX === '0xfffffffffffffff7'],
    ['M0.regs.AX == 0x0', (_, { M }) => M.M0?.regs?.AX === '0x0'],
    ['M0.locks', (_, { M }) => (M.M0?.locks ?? 0) > 0],
    ['G99.status != _Gdead', () => false],
    ['P0.syscalltick >= 4', (_, { P }) => (P.P0?.syscalltick ?? 0) >= 4],
  ])('%s', (text, fits) => {
    expect(numbers(found(text))).toEqual(scan(played, fits));
  });

  test.each<[string, (step: Step, state: State) => boolean]>([
    ['note', ({ note }) => note !== undefined],
    ['note == "half way"', ({ note }) => note === 'half way'],
    [
      'worker#2.status == _Grunning',
      (_, { G }) => Object.values(G).some(({ name, status }) => name === 'worker#2' && status === '_Grunning'),
    ],
    [
      'P1.m != null && P1.runq has worker#1',
      (_, { P, G }) => P.P1?.m !== null && P.P1?.runq.some((g) => G[g]?.name === 'worker#1') === true,
    ],
  ])('%s, in a run with several goroutines of one name', (text, fits) => {
    const expected = scan(crowd, fits);
    expect(expected.length).toBeGreaterThan(0);
    expect(numbers(found(text, crowd))).toEqual(expected);
  });

  test('whatever is joined', () => {
    const atoms: readonly [string, (step: Step, state: State) => boolean][] = [
      ['P0.status == _Prunning', (_, { P }) => P.P0?.status === '_Prunning'],
      ['t < 100us', ({ t }) => t < 100_000],
      ['m == M1', ({ m }) => m === 'M1'],
      ['changed(P0.m)', ({ set }) => set.some(([path]) => path === 'P.P0.m')],
      ['M0.spinning', (_, { M }) => M.M0?.spinning === true],
      ['n >= 30', ({ n }) => n >= 30],
    ];
    type Pair = [string, (step: Step, state: State) => boolean];
    const { tree } = fc.letrec<{ tree: Pair; atom: Pair; not: Pair; both: Pair }>((tie) => ({
      tree: fc.oneof({ depthSize: 'small' }, tie('atom'), tie('not'), tie('both')),
      atom: fc.constantFrom(...atoms).map(([text, fits]): Pair => [text, fits]),
      not: tie('tree').map(([text, fits]): Pair => [`!(${text})`, (step, state) => !fits(step, state)]),
      both: fc
        .tuple(tie('tree'), tie('tree'), fc.boolean())
        .map(([[a, f], [b, g], isAnd]): Pair => [
          `(${a}) ${isAnd ? '&&' : '||'} (${b})`,
          (step, state) => (isAnd ? f(step, state) && g(step, state) : f(step, state) || g(step, state)),
        ]),
    }));
    fc.assert(
      fc.property(tree, ([text, fits]) => {
        expect(numbers(found(text))).toEqual(scan(played, fits));
      }),
      { numRuns: 60 },
    );
  });
});

test('&& binds closer than ||', () => {
  expect(numbers(found('n == 3 || n == 4 && n == 5'))).toEqual([3]);
});

test('a place that the run never had is told, with the fields that there are', () => {
  const read = readExpression('P0.statuss == 1 || G1.status == _Gdead');
  if (!read.ok) throw new Error('refused');
  const matcher = new Matcher(played.first, read.expression);
  for (const step of played.steps) matcher.add(step);
  const [place, ...others] = matcher.neverThere;
  expect([place?.text, others]).toEqual(['P0.statuss', []]);
  expect(place && matcher.fieldsBeside(place)).toContain('status');
});

test.each([
  ['G1.status == _Gwaitng || n == 0', ['no status is called _Gwaitng (did you mean _Gwaiting?).']],
  ['!(P0.status != "_Pidel")', ['no status is called _Pidel (did you mean _Pidle?).']],
  ['P0.status == _Pdead && changed(P0.status)', []],
  ['__proto__ == null', ['the run never had a place __proto__.']],
  ['n == 0 && !(null != shced)', ['the run never had a place shced (did you mean sched?).']],
  ['G1 == null || sched == null || main == null || P0.m == null', []],
])('what is most likely misspelt is told: %s', (text, said) => {
  const read = readExpression(text);
  if (!read.ok) throw new Error('refused');
  const matcher = new Matcher(played.first, read.expression);
  for (const step of played.steps) matcher.add(step);
  expect(likelyMisspelt(matcher, read.expression).map(({ en }) => en)).toEqual(said);
});

test.each([
  ['', 0, 'nothing to look for'],
  ['P0.status = _Pidle', 10, 'two equals signs'],
  ['P0.status ＝＝ _Pidle', 10, 'only looks like it'],
  ['(n == 1', 0, 'no other half'],
  ['n == 1)', 6, 'too much'],
  ['n ==', 4, 'ends too early'],
  ['n == && t', 5, 'expected here'],
  ['note == "a', 8, 'no other half'],
  ['n == 1 & t == 2', 7, 'two of them'],
  ['t > 10xs', 6, 'too much'],
  ['changed(n)', 8, 'changed takes a place'],
  ['P0..m == 1', 0, 'is no place'],
  ['n == 1 ; t', 7, 'means nothing here'],
  ['!'.repeat(200) + 'n', 100, 'nested too deeply'],
  ['(n == 1) '.repeat(300), 2000, 'too long'],
])('%s is refused at character %i', (text, at, message) => {
  const read = readExpression(text);
  expect(read).toMatchObject({ ok: false, fault: { at, message: { en: expect.stringContaining(message) as unknown } } });
});
