/** A folder of one's own with a scenario in it, for tests of the command line; it goes when they are done. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export function ownFolder(): { folder: string; file: string } {
  const made = mkdtempSync(join(tmpdir(), 'schedville-cli-'));
  afterAll(() => {
    rmSync(made, { recursive: true, force: true });
  });
  const file = join(made, 's.scenario.yaml');
  writeFileSync(
    file,
    'schedville: 1\nkind: scenario\nid: cli\ntitle: { zh: 甲, en: a }\ngoroutines:\n  main:\n    - syscall: { name: read, takes: 1ms, returns: 5 }\n',
  );
  return { folder: made, file };
}
