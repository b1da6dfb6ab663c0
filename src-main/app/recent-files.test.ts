import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test.each(['', '{}', '[', '[1, null, ""]', '"a"'])('of a damaged list (%s) nothing is left, and a new one begins', async (text) => {
  writeFileSync(join(folder, 'recent.json'), text);
  const recent = new RecentFiles(folder);
  expect(await recent.all()).toEqual([]);
  await recent.add('/b.yaml');
  expect(await new RecentFiles(folder).all()).toEqual(['/b.yaml']);
});

test('quick changes all count', async () => {
  const recent = new RecentFiles(folder);
  await Promise.all(['/1', '/2', '/3'].map((file) => recent.add(file)));
  expect(await new RecentFiles(folder).all()).toEqual(['/3', '/2', '/1']);
});
