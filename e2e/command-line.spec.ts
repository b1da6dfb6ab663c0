/** The built command line behind a real shell: what tests of simMain cannot see. */
import { expect, test } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { ROOT } from './started-app';

function shell(command: string): { out: string; err: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, LANG: 'en_US.UTF-8' },
  });
  return { out: stdout, err: stderr, status };
}

test('a reader that has seen enough ends a run quietly', () => {
  const { out, err, status } = shell(
    'node out/main/sim.js run src-main/model/testdata/golden/S12.scenario.yaml --quiet --trace - | head -1',
  );
  expect(JSON.parse(out)).toMatchObject({ schedville: 1, kind: 'trace' });
  expect([err, status]).toEqual(['', 0]);
});

test('npm start refuses values that the app does not know', () => {
  for (const args of ['--lang xx', '--theme pink', '--size abc', '--window=1', '--nonsense']) {
    const { err, status } = shell(`node .ci/launch.mjs start ${args}`);
    expect(err, args).toContain(args.split(/[ =]/)[0]);
    expect(status, args).toBe(2);
  }
});
