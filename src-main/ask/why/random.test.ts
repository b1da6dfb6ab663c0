/** Every wait of random runs has its reasons: 60 in `npm test`, 2,000 in `npm run soak`, with a new seed each time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GId, State } from '../../model/state';
import { SEED } from '../../model/testdata/random-laws';
import { randomScenario } from '../../model/testdata/random-scenario';
import { endsOf, needTrueLinks, play, told, toldByAll } from './testdata/played';

const RUNS = Number(process.env.SOAK_WHY ?? 60);
/** Of many Gs, Ms and Ps only this many are asked about. */
const MOST_ASKED = 40;
const MOST_STEPS = 800;
/** “It simply takes its time” says nothing of them. */
const TAKES_NO_TIME: ReadonlySet<string> = new Set(['g.madeRunnable', 'preempted']);

test(`every wait of ${RUNS} random runs has a chain that ends at the start, in the kernel or with the clock, of true writes and reads (SOAK_SEED=${SEED})`, () => {
  let [waits, links, reads, places] = [0, 0, 0, 0];
  const property = fc.property(randomScenario, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (scenario, numbers) => {
    const played = play(scenario, MOST_STEPS);
    for (const each of numbers) {
      const n = each % (played.steps.length + 1);
      const state = played.states[n] as State;
      for (const id of [...Object.keys(state.G), ...Object.keys(state.P), ...Object.keys(state.M)].slice(0, MOST_ASKED)) {
        const why = played.finder.find({ of: id, n });
        if (why.links.length === 0) throw new Error(`nothing is told of ${id} at step ${n}`);
        needTrueLinks(played, why);
        toldByAll(why);
        const moment = why.links.find(({ type, end }) => end === 'clock' && TAKES_NO_TIME.has(type));
        if (moment) throw new Error(`${moment.type} takes no time, and is said to end with the clock: ${id} at step ${n}`);
        links += why.links.length;
        reads += why.links.reduce((sum, link) => sum + link.reads.length, 0);
        const status = state.G[id as GId]?.status;
        if (status !== '_Gwaiting' && status !== '_Grunnable') continue;
        waits++;
        const ends = endsOf(why);
        if (!['start' as const, 'kernel' as const, 'clock' as const].some((end) => ends.has(end)))
          throw new Error(`${id} at step ${n} has no end:\n${told(why).join('\n')}`);
      }
      // Also who set what that step wrote, and why.
      for (const [path] of (played.steps[n - 1]?.set ?? []).slice(0, 4)) {
        const why = played.finder.find({ of: path, n });
        if (why.links.length === 0) throw new Error(`nothing is told of ${path} at step ${n}`);
        needTrueLinks(played, why);
        toldByAll(why);
        places++;
      }
    }
  });
  // A smaller scenario that fails is looked for in a test, not in hours of a soak: its seed says enough.
  const result = fc.check(property, { seed: SEED, numRuns: RUNS, endOnFailure: RUNS > 100 });
  if (result.failed) throw new Error(`SOAK_SEED=${SEED}: ${String(result.errorInstance)}\n${fc.defaultReportMessage(result) ?? ''}`);
  expect(waits).toBeGreaterThan(RUNS);
  expect(reads).toBeGreaterThan(waits);
  console.log(`why: ${RUNS} runs, ${waits} waits, ${places} places, ${links} facts, ${reads} reads, SOAK_SEED=${SEED}`);
}, 1_800_000);
