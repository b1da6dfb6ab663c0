/** What a P is said to have done while somebody stood in its queue is what a scan of all states between finds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GId, MId, PId, State } from '../../model/state';
import { SEED } from '../../model/testdata/random-laws';
import { randomScenario } from '../../model/testdata/random-scenario';
import { scenarioOf } from '../../model/testdata/run-scenario';
import { golden, needTrueLinks, play, type Played, told } from './testdata/played';

const RUNS = 40;
const MOST_STEPS = 800;

function doing(state: State, p: PId): string {
  const { status, m } = state.P[p] as State['P'][PId];
  if (status === '_Psyscall') return 'locked';
  if (status === '_Pgcstop') return 'stopped';
  if (status === '_Pidle') return Object.values(state.M).some(({ nextp }) => nextp === p) ? 'given' : 'idle';
  const own = m === null ? null : state.M[m as MId];
  return own?.curg == null ? 'schedules' : own.kernel === null ? 'ran' : 'raw';
}

/** By P and by what it did, ns, between two steps, as long as g stood in its queue or in the global one. */
function scanned({ steps, states }: Played, g: GId, since: number, until: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (let n = since; n < until; n++) {
    const state = states[n] as State;
    const all = Object.entries(state.P) as [PId, State['P'][PId]][];
    const dt = (steps[n]?.t ?? 0) - (n === 0 ? 0 : (steps[n - 1]?.t ?? 0));
    for (const [p, { runnext, runq }] of all)
      if (runnext === g || runq.includes(g) || state.sched.runq.includes(g)) {
        const key = `${p} ${doing(state, p)}`;
        sums.set(key, (sums.get(key) ?? 0) + dt);
      }
  }
  return sums;
}

test(`what kept somebody waiting took as long as a scan of all states says (SOAK_SEED=${SEED})`, () => {
  let facts = 0;
  const kinds = new Set<string>();
  const property = fc.property(randomScenario, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (scenario, numbers) => {
    const played = play(scenario, MOST_STEPS);
    for (const each of numbers) {
      const n = each % (played.steps.length + 1);
      for (const g of (Object.keys((played.states[n] as State).G) as GId[]).slice(0, 30)) {
        const why = played.finder.find({ of: g, n });
        for (const link of why.links)
          for (const cause of link.causes) {
            const { type, p, dt } = why.links[cause] as (typeof why.links)[number];
            const [, kind] = /^meanwhile\.(\w+)$/.exec(type) ?? [];
            if (kind === undefined || link.g === null) continue;
            // Several waits may share a fact: then one of them is the one that it was told for.
            const sums = scanned(played, link.g, link.n, link.foundAt);
            const sum = sums.get(`${p} ${kind === 'many' ? 'ran' : kind}`) ?? 0;
            const isShared = why.links.filter(({ causes }) => causes.includes(cause)).length > 1;
            if (!isShared && sum !== dt)
              throw new Error(`${link.g} at step ${n}: ${p} ${kind} for ${dt} ns, scanned ${sum}\n${told(why).join('\n')}`);
            facts++;
            kinds.add(kind);
          }
      }
    }
  });
  const result = fc.check(property, { seed: SEED, numRuns: RUNS });
  if (result.failed) throw new Error(`SOAK_SEED=${SEED}: ${String(result.errorInstance)}\n${fc.defaultReportMessage(result) ?? ''}`);
  expect(facts).toBeGreaterThan(0);
  console.log(`meanwhile: ${facts} facts, ${[...kinds].join(' ')}, SOAK_SEED=${SEED}`);
}, 120_000);

test('somebody who waits in the queue of a P in a system call is told so, and who took the P away', () => {
  const played = golden('S2');
  const n = played.steps.find(({ fn, at, g }) => fn === 'execute' && at === 'casgstatus' && g !== 'G1')?.n ?? 0;
  const why = played.finder.find({ of: 'G2', n: n - 1 });
  needTrueLinks(played, why);
  expect(told(why)).toMatchInlineSnapshot(`
    [
      "7 G2 was created by G1 on M0 and then waited 59.7 µs · read sched.gfree = [] (0), P0.gfree = [] (0), G2.status = _Gdead (5)",
      "  30 meanwhile P0 was _Psyscall for 40.127 µs: M0 was in a system call of G1, until M1 (sysmon) took it · read sched.sysmonwait = false (0)",
      "    39 sysmon (M1) had noted the syscalltick of P0 20.213 µs before: 3 · clock · read sysmon.ticks.P0.syscalltick = 0 (0), P0.syscalltick = 3 (0)",
      "    23 G1 is in a system call, read, for 40.137 µs · read G1.status = _Grunning (0)",
      "      37 M0 is still in the kernel: read · kernel · read sched.gcwaiting = false (0)",
      "  44 meanwhile P0 was the nextp of M2, which did not run yet, for 18.004 µs · read sched.nmspinning = 0 (0), sched.pidle = [] (0), P0.runq = [] (0), P0.runnext = G2 (9), P0.status = _Psyscall (30), M0.oldp = P0 (28)",
      "    51 M1 put P0 into the nextp of M2 · read P0.runq = [] (0), P0.runnext = G2 (9)",
      "      44 sysmon (M1) took P0: M0 had been in a system call of G1 for 40.127 µs, its syscalltick had not moved · read sched.nmspinning = 0 (0), sched.pidle = [] (0), P0.runq = [] (0), P0.runnext = G2 (9), P0.status = _Psyscall (30), M0.oldp = P0 (28)",
      "        30 P0 is _Psyscall, for 40.127 µs: M0 is in a system call of G1 · read sched.sysmonwait = false (0)",
      "  0 G1 had run for 0.254 µs · start",
    ]
  `);
});

test('a system call that was not announced is what kept the others in the queue, not work', () => {
  const played = play(
    scenarioOf(
      `
schedville: 1
kind: scenario
id: unannounced
title: { zh: 不说就走, en: Without a word }
kernel: { files: { /etc/motd: "hello" }, fds: { 3: /etc/motd } }
goroutines:
  main: [{ go: waiter }, { go: rude }, { sleep: 40ms }]
  rude: [{ syscall: { name: read, args: [3, { buf: 64 }, 64], via: RawSyscall, takes: 30ms } }]
  waiter: [{ compute: 1us }]
`,
      'unannounced',
    ),
    4_000,
  );
  const inside = played.steps.find(({ set }) =>
    set.some(([path, , now]) => path === 'M.M0.kernel' && (now as { name?: string } | null)?.name === 'read'),
  );
  const rude = played.finder.find({ of: inside?.g ?? '', n: inside?.n ?? 0 });
  needTrueLinks(played, rude);
  expect(told(rude)[1]).toMatch(/M0 is in the kernel for G\d+ \(read\): without entersyscall, so that P0 stays _Prunning · kernel/);
  const house = played.finder.find({ of: 'P0', n: inside?.n ?? 0 });
  needTrueLinks(played, house);
  expect(told(house).join('\n')).toMatch(/M0 runs G\d+.*\n *\d+ M0 is in the kernel for G\d+ \(read\)/);
  const sentences = played.steps.flatMap(({ n }) =>
    (Object.keys((played.states[n] as State).G) as GId[])
      .filter((g) => (played.states[n] as State).G[g]?.status === '_Grunning')
      .flatMap((g) => {
        const why = played.finder.find({ of: g, n });
        needTrueLinks(played, why);
        return told(why);
      }),
  );
  expect(
    sentences.some((each) =>
      /meanwhile M0 was in the kernel for G\d+ \(read\), for 3\d{4}[.\d]* µs: without entersyscall, so that P0 stayed _Prunning · kernel/.test(
        each,
      ),
    ),
  ).toBe(true);
});
