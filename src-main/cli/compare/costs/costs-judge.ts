/** The model's costs held against real Go's: not what things take, but how they stand to each other. */
import { writeFileSync } from 'node:fs';
import { findAssets, loadListings } from '../../../app/asset-folder';
import { goProgram, goVersion } from '../asm/go-assembler';
import { Differences, type Judge } from '../judge';
import { LOOPS } from './loops';
import { modelTurn } from './model-loops';
import { apart, isInProportion } from './proportion';
import { realTurns } from './real-loops';

/** What --keep measures for the tests. */
const KEPT_FILE = 'src-main/cli/compare/costs/testdata/measured.json';

/** ns of a turn by the loop's name. */
export interface Kept {
  go: string;
  turns: Record<string, number>;
}

const rounded = (ns: number): number => Math.round(ns * 10) / 10;

export const COSTS_JUDGE: Judge = {
  about: 'what a round trip, Gosched, go, a lock, a buffer and system calls cost, in proportion to each other, with real Go',
  needs: [{ program: goProgram(), probe: ['version'] }],
  atLeast: 1,
  compare: ({ keep, say }) => {
    const go = goProgram();
    const version = goVersion(go);
    say(`judge: ${version}`);
    const assets = loadListings(findAssets(import.meta.dirname));
    const real = realTurns(go, version, LOOPS).map(rounded);
    if (keep) {
      const kept: Kept = { go: version, turns: Object.fromEntries(LOOPS.map(({ name }, i) => [name, real[i] ?? 0])) };
      writeFileSync(KEPT_FILE, `${JSON.stringify(kept, null, 2)}\n`);
    }
    const own = LOOPS.map((loop) => modelTurn(loop, assets));
    const differences = new Differences();
    const all = apart(real, own);
    LOOPS.forEach(({ name }, i) => {
      const text = `${name}: ${real[i]} ns, the model ${rounded(own[i] ?? 0)} ns, ${(all[i] ?? 0).toFixed(2)} of its share`;
      say(text);
      if (!isInProportion(all[i] ?? 0)) differences.add(name, () => text);
    });
    return Promise.resolve({
      unit: 'costs',
      total: LOOPS.length,
      equal: all.filter(isInProportion).length,
      differences: differences.list,
    });
  },
};
