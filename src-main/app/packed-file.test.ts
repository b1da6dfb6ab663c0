/** Recordings that were packed with gzip are opened as they are; whatever else was packed is told so, and nothing is left behind. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sim } from '../cli/testdata/sim';
import { eventually } from './testdata/eventually';
import { headOf } from './packed-file';
import { Player } from './player';

const RECORDED = join(import.meta.dirname, '../cli/compare/trace/testdata/recorded');
const EXAMPLE = join(import.meta.dirname, '../../assets/examples/two-houses.scenario.yaml');

let folder: string;
let temporary: string;
let player: Player;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-packed-'));
  temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary);
  player = new Player(() => undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function playedFrom(path: string): Promise<{ steps: number; recorded: string | undefined; last: unknown }> {
  const opened = await player.handlers.openScenario({ file: path });
  if (!opened.ok) throw new Error([opened.message.en, ...(opened.faults ?? []).map(({ message }) => message.en)].join('\n'));
  const run = await player.handlers.chooseRun({ lesson: '', run: 'run' });
  if (!run.ok) throw new Error(run.message.en);
  const { stepCount: steps } = run.value;
  return { steps, recorded: opened.value.trace?.recorded, last: await player.handlers.stateAt({ n: steps }) };
}

async function refusedOf(path: string): Promise<string> {
  const opened = await player.handlers.openScenario({ file: path });
  return opened.ok ? '' : [opened.message.en, ...(opened.faults ?? []).map(({ message }) => message.en)].join('\n');
}

describe('a packed recording', () => {
  test.each(['two.trace.jsonl.gz', 'from a colleague'])('of ours, called %s, plays as the plain one does', async (name) => {
    const plain = join(folder, 'two.trace.jsonl');
    await sim('run', EXAMPLE, '--trace', plain, '--quiet');
    const wanted = await playedFrom(plain);
    expect(wanted.steps).toBeGreaterThan(100);
    expect(await playedFrom(file(name, gzipSync(readFileSync(plain))))).toEqual(wanted);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('of Go plays, and is imported, as the plain one is', async () => {
    const packed = join(RECORDED, 'pipes.go119.gz');
    const plain = file('plain.out', gunzipSync(readFileSync(packed)));
    const wanted = await playedFrom(plain);
    expect(wanted.recorded).toBe('go 1.19');
    expect(await playedFrom(packed)).toEqual(wanted);
    const traces = [plain, packed].map((_, i) => join(folder, `${i}.trace.jsonl`));
    for (const [i, from] of [plain, packed].entries())
      expect(await sim('import', from, '--out', traces[i] ?? '')).toMatchObject({ status: 0, err: '' });
    expect(readFileSync(traces[1] ?? '', 'utf8')).toBe(readFileSync(traces[0] ?? '', 'utf8'));
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('that was cut off is told, and what was open stays', async () => {
    const packed = readFileSync(join(RECORDED, 'pipes.go119.gz'));
    expect(await refusedOf(file('half.gz', packed.subarray(0, packed.length / 2)))).toMatch(
      /compressed file \(gzip\) that is damaged or incomplete/,
    );
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('that a few bytes were blown up from is not unpacked to its end', async () => {
    const head = '{"schedville":1,"kind":"trace"';
    const bomb = file('bomb.trace.jsonl.gz', gzipSync(Buffer.concat([Buffer.from(head), Buffer.alloc(200 * 2 ** 20, ' ')])));
    let most = 0;
    const watch = setInterval(() => {
      for (const name of readdirSync(temporary))
        most = Math.max(most, statSync(join(temporary, name), { throwIfNoEntry: false })?.size ?? 0);
    }, 5);
    expect(await refusedOf(bomb)).toContain('decompresses to far more than a trace would');
    clearInterval(watch);
    expect(most).toBeLessThan(80 * 2 ** 20);
    await eventually(() => {
      expect(readdirSync(temporary)).toEqual([]);
    });
  });
});

test('another file that is packed is told so, with what to do; so it is to sim', async () => {
  const packed = file('own.scenario.yaml.gz', gzipSync(readFileSync(EXAMPLE)));
  expect(await refusedOf(packed)).toMatch(/compressed \(gzip\).*decompress it, then open it/);
  expect(await sim('check', packed)).toMatchObject({ status: 1, err: expect.stringContaining('compressed (gzip)') as string });
});

test('the beginning of a file, unpacked if it was packed', async () => {
  const heads = await Promise.all(
    [
      file('a', 'abcdef'),
      file('b', gzipSync('abcdef')),
      file('c', 'ab'),
      file('d', ''),
      file('e', gzipSync('')),
      join(folder, 'none'),
      folder,
    ].map(async (path) => {
      const head = await headOf(path, 4);
      return head && Buffer.from(head).toString();
    }),
  );
  expect(heads).toEqual(['abcd', 'abcd', 'ab', '', '', null, null]);
});
