import { expect, test } from 'vitest';
import { fileName, fileStem } from './file-name';

test.each([
  ['hunting-home-0003-zh.png', 'hunting-home-0003-zh.png'],
  ['两座 房子.trace.jsonl', '两座-房子.trace.jsonl'],
  ['../../etc/passwd', '-..-etc-passwd'],
  ['.hidden.png', 'hidden.png'],
  ['.png', 'png'],
  ['', 'schedville'],
  ['CON.png', 'CON-.png'],
  ['nul', 'nul-'],
  ['com¹.trace.jsonl', 'com¹-.trace.jsonl'],
  ['console.png', 'console.png'],
  ['课.', '课'],
  ['e\u0301t\u00e9.png', '\u00e9t\u00e9.png'],
  [`${'x'.repeat(300)}.trace.jsonl`, `${'x'.repeat(188)}.trace.jsonl`],
  [`${'房'.repeat(100)}.png`, `${'房'.repeat(65)}.png`],
  [`${'𠮷'.repeat(100)}.png`, `${'𠮷'.repeat(49)}.png`],
])('%s: %s', (suggested, name) => {
  expect(fileName(suggested)).toBe(name);
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
});

test.each([
  ['第一课：出门打猎（试讲）', '第一课-出门打猎-试讲'],
  ['  My lesson: 3/4?  ', 'My-lesson-3-4'],
  ['..课..', '课'],
  ['！！', null],
  ['', null],
  ['房'.repeat(100), '房'.repeat(33)],
])('files of %s begin with %s', (name, stem) => {
  expect(fileStem(name)).toBe(stem);
});
