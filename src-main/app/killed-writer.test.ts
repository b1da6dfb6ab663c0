/** A program that is killed while it saves loses nothing that it was told is saved, and leaves no file by halves. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import ts from 'typescript';
import { SeededRandom } from '../model/run/random';
import { sweepParts } from './write-file';

/** npm run soak kills 200. */
const KILLS = Number(process.env.SOAK_KILLS ?? 5);
/** The longest time between a writer's first write and its end. */
const MOST_MS = 40;

const folder = mkdtempSync(join(tmpdir(), 'schedville-killed-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** As a module for Node alone, with those of ours that it imports. */
function module(name: string): string {
  const file = join(folder, `${name}.mjs`);
  const source = readFileSync(join(import.meta.dirname, `${name}.ts`), 'utf8');
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  writeFileSync(
    file,
    outputText.replace(/from '\.\/([\w-]+)'/g, (_, other: string) => `from ${JSON.stringify(module(other))}`),
  );
  return file;
}
const writeFile = module('write-file');

/** Saves and saves, and says each time what is saved. */
const WRITER = `
import { writeFileWhole } from ${JSON.stringify(writeFile)};
const file = process.argv[1];
for (let n = Number(process.argv[2]); ; n++) {
  await writeFileWhole(file, JSON.stringify({ n, filling: 'x'.repeat(300_000) }));
  process.stdout.write(n + '\\n');
}`;

/** Starts a writer from number n and kills it after some time; the last number that it said was saved. */
function killed(file: string, n: number, afterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, file, String(n)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.once('error', reject);
    child.stdout.on('data', (data: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      said += data.toString();
    });
    child.once('close', () => {
      // The last line may be cut off.
      resolve(Number(said.split('\n').at(-2)));
    });
  });
}

test(`killed ${KILLS} times while saving`, async () => {
  const file = join(folder, 'data', 'settings.json');
  const random = new SeededRandom(11);
  let next = 1;
  for (let kill = 0; kill < KILLS; kill++) {
    const saved = await killed(file, next, random.next() % MOST_MS);
    const { n, filling } = JSON.parse(readFileSync(file, 'utf8')) as { n: number; filling: string };
    expect(filling).toHaveLength(300_000);
    expect(n).toBeGreaterThanOrEqual(saved);
    next = n + 1;
  }
  await sweepParts(join(folder, 'data'), -1);
  expect(readdirSync(join(folder, 'data'))).toEqual(['settings.json']);
}, 120_000);

/** As on a disk that is full in the middle of a file: the system takes a part of it and then no more. */
test('what cannot be written to its end changes nothing, and leaves nothing', () => {
  const place = join(folder, 'full');
  const file = join(place, 'settings.json');
  mkdirSync(place);
  writeFileSync(file, 'before');
  const limited = `trap '' XFSZ; ulimit -f 100; exec "$0" --input-type=module -e "$1" "$2" 1`;
  const { status, stderr } = spawnSync('bash', ['-c', limited, process.execPath, WRITER, file], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('EFBIG');
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(place)).toEqual(['settings.json']);
});

// Here, where a writer is a process of its own: one that waited for ever could not be ended otherwise.
test.runIf(process.platform === 'linux')('where no folder can be made that is said at once', () => {
  const code = `import { writeFileWhole } from ${JSON.stringify(writeFile)};
await writeFileWhole('/proc/nope/deep/a.txt', 'x').catch((error) => console.log(error.code));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  expect(stdout).toBe('ENOENT\n');
});
