import { expect, test } from 'vitest';
import { fileName } from './file-name';

test.each([
  ['hunting-home-0003-zh.png', 'hunting-home-0003-zh.png'],
  ['两座 房子.trace.jsonl', '两座-房子.trace.jsonl'],
  ['../../etc/passwd', '-..-etc-passwd'],
  ['.hidden.png', 'hidden.png'],
  ['.png', 'png'],
  ['', 'schedville'],
  [`${'x'.repeat(300)}.trace.jsonl`, `${'x'.repeat(188)}.trace.jsonl`],
  [`${'房'.repeat(100)}.png`, `${'房'.repeat(65)}.png`],
  [`${'𠮷'.repeat(100)}.png`, `${'𠮷'.repeat(49)}.png`],
])('%s: %s', (suggested, name) => {
  expect(fileName(suggested)).toBe(name);
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
});
