import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecentFiles } from './recent-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-recent-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the newest comes first, each once, ten of them, and the next start knows them', async () => {
  const recent = new RecentFiles(folder);
  const told: number[] = [];
  recent.onChange = (files) => told.push(files.length);
  for (let i = 0; i < 12; i++) await recent.add(`/a/${i}.yaml`);
  await recent.add('/a/5.yaml');
  const all = await new RecentFiles(folder).all();
  expect(all[0]).toBe('/a/5.yaml');
  expect(all).toHaveLength(10);
  expect(new Set(all).size).toBe(10);
  expect(told).toHaveLength(13);
  await recent.drop('/a/5.yaml');
  expect(await recent.all()).not.toContain('/a/5.yaml');
  await recent.clear();
  expect(JSON.parse(readFileSync(join(folder, 'recent.json'), 'utf8'))).toEqual([]);
});

test.each([
  ['', [], '没有写完'],
  ['{}', [], '不是该有的内容'],
  ['[', [], '没有写完'],
  ['[x', [], 'JSON'],
  ['"a"', [], '不是该有的内容'],
  ['["/a.yaml", null, ""]', ['/a.yaml'], '“[1]”'],
])('a damaged list (%s) is set aside and told; what can be read of it stays, and changes are kept', async (text, good, why) => {
  writeFileSync(join(folder, 'recent.json'), text);
  const recent = new RecentFiles(folder);
  expect(await recent.all()).toEqual(good);
  const aside = readdirSync(folder).find((name) => name.startsWith('recent.json.broken-')) ?? '';
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
  const told = await recent.damaged();
  expect([told?.zh.includes(join(folder, aside)), told?.zh.includes(why)]).toEqual([true, true]);
  expect(await new RecentFiles(folder).all()).toEqual(good);
  await recent.add('/b.yaml');
  const next = new RecentFiles(folder);
  expect([await next.all(), await next.damaged()]).toEqual([['/b.yaml', ...good], null]);
});

test('quick changes all count', async () => {
  const recent = new RecentFiles(folder);
  await Promise.all(['/1', '/2', '/3'].map((file) => recent.add(file)));
  expect(await new RecentFiles(folder).all()).toEqual(['/3', '/2', '/1']);
});
