import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { givenFile } from './given-file';

test.each([
  [[], null],
  [['/opt/schedville', '--disable-gpu'], null],
  [['a.scenario.yaml'], '/here/a.scenario.yaml'],
  [['/opt/schedville', '课/一 课.yml'], '/here/课/一 课.yml'],
  [['--open=/x/a.json', 'b.yaml'], '/x/a.json'],
  [['x.trace.jsonl'], '/here/x.trace.jsonl'],
  [['--open', 'a.YAML'], '/here/a.YAML'],
  [['--open'], null],
  [['--export=b.yaml'], null],
])('%j', (args, file) => {
  expect(givenFile(args, '/here')).toBe(file === null ? null : resolve(file));
});
