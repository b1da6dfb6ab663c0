import { expect, test } from 'vitest';
import { childName, childRobe, childSash, parentName } from './names';
import { children } from './glossary';

const cast = { M: [], P: [], G: { main: '小明', reader: 'Ada' } };

test.each([
  ['main', '小明', 'Ming'],
  ['reader', 'Ada', 'Ada'],
  ['constructor', '小红', 'Hong'],
  ['toString', '小红', 'Hong'],
  ['__proto__', '小红', 'Hong'],
])('the goroutine %s is called %s, %s', (name, zh, en) => {
  expect([childName('G2', name, cast, 'zh'), childName('G2', name, cast, 'en')]).toEqual([zh, en]);
});

test('without sysmon nobody is the watchman: not by the number, and not by a cast that was written with him', () => {
  for (const names of [cast, { ...cast, M: ['张三', '更夫', '李四'] }]) {
    expect([parentName('M1', 'sysmon', names, 'zh'), parentName('M1', 'worker', names, 'zh')]).toEqual(['更夫', '家长1']);
    expect([parentName('M1', 'worker', names, 'en'), parentName('M2', 'worker', names, 'en')]).toEqual(['Parent 1', 'Li Si']);
  }
});

test('a sash belongs to the person, whoever is called so, as the robe does', () => {
  const named = { M: [], P: [], G: { main: '小军', other: '小红' } };
  expect(['G1', 'G40'].map((g) => childSash(g, 'main', named))).toEqual(['dots', 'dots']);
  expect([childSash('G9', 'other', named), childSash('G2', 'x', cast)]).toEqual(['band', 'band']);
  for (const [i, { robe, sash }] of children.names.entries())
    expect([childRobe(`G${i + 1}`, 'x', cast), childSash(`G${i + 1}`, 'x', cast)]).toEqual([robe, sash]);
});

test('in a crowd beyond the cast neighbours by number wear different sashes, the same ones at every start', () => {
  const crowd = [20, 21, 22, 23, 24].map((n) => childSash(`G${n}`, 'worker', cast));
  expect(new Set(crowd.slice(0, 4)).size).toBe(4);
  expect(crowd[4]).toBe(crowd[0]);
});
