import { expect, test } from 'vitest';
import { glossary } from '../scene/glossary';
import { allLessons } from '../testdata/told';
import { loadTables, findAssets } from '../../src-main/app/asset-folder';
import { glossaryRows, refutations } from './reference';

test('a word is found by its image in either language, by Go’s name, and by what it means', () => {
  expect(glossaryRows(glossary, '')).toHaveLength(Object.keys(glossary.terms).length);
  const ids = (query: string): string[] => glossaryRows(glossary, query).map(({ id }) => id);
  expect(ids('小板凳')).toEqual(['stool']);
  expect(ids('RUNNEXT')).toContain('stool');
  expect(ids('  stool  next ')).toEqual(['stool']);
  expect(ids('ｒｕｎｎｅｘｔ')).toContain('stool');
  expect(ids('no such word')).toEqual([]);
});

test.each([
  ['P', 'house'],
  ['m', 'parent'],
  ['G', 'child'],
  ['线程', 'parent'],
  ['全局队列', 'orphanage'],
  ['global queue', 'orphanage'],
  ['抢占', 'strip'],
  ['preempt', 'strip'],
  ['自旋', 'parent.roaming'],
  ['偷', 'parent.roaming'],
  ['steal', 'parent.roaming'],
  ['互斥锁', 'creche'],
  ['timer', 'hourglass'],
  ['GC', 'event.stopped'],
  ['垃圾回收', 'event.stopped'],
  ['死锁', 'event.deadlock'],
  ['futex', 'parent.asleep'],
  ['收房', 'parent.watch'],
  ['handoffp', 'parent.walking'],
  ['sysmon', 'watchman'],
])('what a student types is found among the first: %s', (query, id) => {
  const found = glossaryRows(glossary, query).map((row) => row.id);
  expect(found.slice(0, 3)).toContain(id);
});

test('a letter finds what is called so, and not every word that it stands in', () => {
  const [first, ...others] = glossaryRows(glossary, 'p').map(({ id }) => id);
  expect(first).toBe('house');
  expect(others.length).toBeLessThan(20);
  expect(others).not.toContain('forest');
});

test('every misconception has the step of a lesson whose question refutes it', async () => {
  const cards = await allLessons();
  const rows = refutations([...loadTables(findAssets(import.meta.dirname)).misconceptions.values()], cards);
  expect(rows.length).toBeGreaterThan(15);
  for (const { misconception, steps } of rows) {
    expect(steps.length, misconception.id).toBeGreaterThan(0);
    for (const { lesson, number, step } of steps) {
      expect(cards[number - 1]?.id).toBe(lesson);
      expect(step).not.toBe('');
    }
  }
});
