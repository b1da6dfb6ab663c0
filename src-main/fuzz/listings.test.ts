/** Listings that people type: refused with faults that have a place, or assembled, and then every routine of them runs within the playground's limits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAssets } from '../app/asset-folder';
import { faultOfModel } from '../formats/messages';
import { ARCH_NAMES } from '../model/asm/arch/index';
import { mnemonicsOf } from '../model/asm/instructions';
import { playListing, readRoutines } from '../model/run/playground';
import { SAMPLES } from './testdata/listings';
import { expectFaults, fuzz } from './testdata/fuzzed';

const FILE = 'playground.s';
const folder = join(findAssets(import.meta.dirname), 'listings', '1.14');

test.each(ARCH_NAMES)('%s', async (arch) => {
  const files = [...SAMPLES[arch], readFileSync(join(folder, arch, 'syscall.s'), 'utf8')];
  await fuzz(
    `${arch}.s`,
    35,
    (m) => m.text(files, mnemonicsOf(arch)),
    (text) => {
      const read = readRoutines(arch, text);
      if (!read.ok) {
        expectFaults(read.faults.map(faultOfModel), FILE, text);
        return false;
      }
      for (const { symbol } of read.value.slice(0, 2)) {
        const played = playListing({ arch, source: text, entry: symbol, args: [{ kind: 'number', value: '39' }], returns: null });
        if (!played.ok) {
          expectFaults(played.faults.map(faultOfModel), FILE, text);
          continue;
        }
        const { steps, lines, activationOf, end } = played.value;
        expect(steps.length).toBeLessThanOrEqual(10_000);
        expect([lines.length, activationOf.length]).toEqual([steps.length, steps.length]);
        if (end.line !== null) expect(end.line).toBeLessThanOrEqual(text.split('\n').length);
      }
      return true;
    },
  );
});
