/** What is too dear is found, though it never ends or gives everything back. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'schedville-watchdog-'));
const source = readFileSync(join(import.meta.dirname, 'testdata/watchdog.ts'), 'utf8').replace('MOST_CPU_MS = 2_000', 'MOST_CPU_MS = 60');
const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } });
writeFileSync(join(folder, 'watchdog.mjs'), outputText);

/** What a process says that has the watchdog, begins with an input and does `work`. `hopeless`: that many times a limit ends the process. */
function watched(work: string, hopeless: number): { signal: NodeJS.Signals | null; said: string } {
  const program = `
import { Watchdog } from ${JSON.stringify(join(folder, 'watchdog.mjs'))};
const dog = new Watchdog('x.yaml', ${hopeless});
// What its thread takes to begin with is not the input's.
const alive = setInterval(() => undefined, 1_000);
await new Promise((done) => dog.worker.once('online', done));
clearInterval(alive);
dog.begin('the input');
try {
  ${work}
  dog.end();
  console.log('fine');
} catch (error) {
  console.log(error.message);
}
await dog.close();`;
  const { signal, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
    timeout: 60_000,
  });
  return { signal, said: stdout + stderr };
}

test('what never ends is ended, and what it was is kept', () => {
  const { signal, said } = watched('for (;;);', 2);
  expect(signal).toBe('SIGKILL');
  const [, file] = /^x\.yaml, kept as (.+): ended after \d+ ms of the processor, -?\d+ MiB$/m.exec(said) ?? [];
  expect(readFileSync(file ?? '', 'utf8')).toBe('the input');
});

test('what takes long, or much memory for a while, is named; what does not is fine', () => {
  // However slow the machine is, none of these is ended on its way: a limit of 60 ms is exceeded long before 1,000 times as much.
  const said = (work: string): string => watched(work, 1_000).said;
  expect(said('for (const until = process.cpuUsage().user + 80_000; process.cpuUsage().user < until;);')).toMatch(
    /^it takes \d+ ms of the processor$/m,
  );
  expect(said('new Uint8Array(300 << 20).fill(1);')).toMatch(/^it takes (299|[3-9]\d\d) MiB$/m);
  expect(said('')).toBe('fine\n');
  rmSync(folder, { recursive: true });
});
