import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Learner } from '../contract/requests';
import { LearnerFiles } from './learner-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-learners-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const learner = (id: string, change: Partial<Learner> = {}): Learner => ({
  id,
  name: '高一（3）班',
  isClass: true,
  place: { lesson: 'hunting', run: 'home', n: 7 },
  lessons: {
    hunting: {
      seen: ['village'],
      asked: {
        door: {
          question: { zh: '能进吗？', en: 'In?' },
          choices: [
            { text: { zh: '能', en: 'yes' }, believes: null },
            { text: { zh: '不能', en: 'no' }, believes: 'fifo' },
          ],
          answer: 0,
          votes: [{ counts: [3, 20], timeMs: 1_700_000_000_000 }],
          isRevealed: true,
        },
      },
    },
  },
  ...change,
});

test('what was kept is read again, the last of many changes; what was dropped is gone', async () => {
  const files = new LearnerFiles(folder);
  await Promise.all([files.keep(learner('a')), files.keep(learner('b')), files.keep(learner('a', { name: '二' })), files.drop('b')]);
  expect(await new LearnerFiles(folder).read()).toEqual({ all: [learner('a', { name: '二' })], damaged: [] });
  expect(readdirSync(join(folder, 'learners'))).toEqual(['a.json']);
});

test('whoever is asked for while something is being written is there', async () => {
  const files = new LearnerFiles(folder);
  void files.keep(learner('a'));
  expect((await files.read()).all).toEqual([learner('a')]);
});

test.each([
  ['not JSON', '{'],
  ['no learner', '[]'],
  ['votes that are no numbers', JSON.stringify(learner('a')).replace('[3,20]', '[3,"20"]')],
  ['more votes than there are', JSON.stringify(learner('a')).replace(/"votes":\[(.+?\})\]/, '"votes":[$1,$1,$1]')],
])('a file with %s is named and kept whole, and costs no other', async (_, text) => {
  mkdirSync(join(folder, 'learners'));
  writeFileSync(join(folder, 'learners', 'a.json'), text);
  writeFileSync(join(folder, 'learners', 'b.json'), JSON.stringify(learner('b')));
  const files = new LearnerFiles(folder);
  const { all, damaged } = await files.read();
  expect(all).toEqual([learner('b')]);
  const aside = readdirSync(join(folder, 'learners')).find((name) => name.startsWith('a.json.broken-')) ?? '';
  expect(damaged.map(({ en }) => en.includes(join(folder, 'learners', aside)))).toEqual([true]);
  expect(readFileSync(join(folder, 'learners', aside), 'utf8')).toBe(text);
  await files.keep(learner('a'));
  expect((await files.read()).all).toEqual([learner('a'), learner('b')]);
});

test('two that read damaged files at once: each is told once, and whoever bears its name is kept', async () => {
  mkdirSync(join(folder, 'learners'));
  const ids = ['a', 'b', 'c', 'd', 'e'];
  for (const id of ids) writeFileSync(join(folder, 'learners', `${id}.json`), '{');
  const files = new LearnerFiles(folder);
  const read = await Promise.all([files.read(), files.read()]);
  expect(read.map(({ damaged }) => damaged.length)).toEqual([ids.length, 0]);
  for (const id of ids) await files.keep(learner(id));
  expect((await new LearnerFiles(folder).read()).all).toEqual(ids.map((id) => learner(id)));
});

test('what cannot be written is told', async () => {
  writeFileSync(join(folder, 'learners'), '');
  expect((await new LearnerFiles(folder).keep(learner('a'))).ok).toBe(false);
});

test('a damaged file that cannot be moved is told once and not written over, whoever bears its name', async () => {
  const path = join(folder, 'learners', 'me.json');
  mkdirSync(join(folder, 'learners'));
  writeFileSync(path, '{');
  vi.spyOn(Date, 'now').mockReturnValue(1);
  mkdirSync(join(`${path}.broken-1`, 'older'), { recursive: true });
  const files = new LearnerFiles(folder);
  const { damaged } = await files.read();
  expect(damaged.map(({ en }) => en.includes(path) && en.includes('left alone'))).toEqual([true]);
  expect((await files.read()).damaged).toEqual([]);
  expect((await files.keep(learner('me'))).ok).toBe(true);
  expect((await files.drop('me')).ok).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('{');
});

test('where nobody would be told a damaged file stays where it is', async () => {
  mkdirSync(join(folder, 'learners'));
  writeFileSync(join(folder, 'learners', 'a.json'), '{');
  const files = new LearnerFiles(folder);
  expect(await files.read(false)).toEqual({ all: [], damaged: [] });
  expect((await files.read()).damaged).toHaveLength(1);
});
