/** The README beside this file cannot rot: its examples are read, its tables are compared with what the readers know, its limits are tried. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COSTS } from '../model/run/costs';
import { MOST_COPIED } from '../model/run/simulate';
import { faultText } from './fault';
import { LESSON_KEYS, parseLesson, STEP_KEYS } from './lesson';
import { ACTIVITIES, OBJECTS } from './lesson/keys';
import { OPERATIONS } from '../model/operations/index';
import { tables } from './testdata/lesson-tables';
import { parseScenario, RUNTIME_KEYS, START_KEYS, TOP_KEYS } from './scenario';
import type { SyscallPath } from '../model/state';

const text = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml ?? '');

/** The rows below the header that holds `title`: cells without their backquotes. */
function rows(title: string): string[][] {
  const [, after = ''] = text.split(`| ${title} `);
  const lines = after.split('\n').slice(2);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}
const names = (title: string): string[] => rows(title).flatMap(([key = '']) => key.split('`, `'));

/** A scenario around a fragment: an operation of main (`- …`) or a key of the file. */
function around(fragment: string): string {
  const main = fragment.startsWith('- ') ? fragment.slice(2) : 'gosched';
  const key = fragment.startsWith('- ') ? '' : `${fragment}\n`;
  const channels = fragment.startsWith('channels') ? '' : 'channels: { c: { cap: 0 } }\n';
  return `schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 甲, en: a }\n${channels}mutexes: [mu]\nrwmutexes: [rw]\nconds: { co: { mutex: mu } }\nwaitgroups: [wg]\n${key}goroutines:\n  worker: []\n  main:\n    - ${main}\n`;
}

function faultsOf(yaml: string): string[] {
  const parsed = /^kind: lesson$/m.test(yaml) ? parseLesson(yaml, 'README', tables) : parseScenario(yaml, 'README');
  return parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'));
}

test('the whole files can be used', () => {
  expect(blocks).toHaveLength(4);
  for (const block of blocks) expect(faultsOf(block)).toEqual([]);
});

test('the scenario is the one in assets/examples', () => {
  expect(readFileSync(join(import.meta.dirname, '../../assets/examples/two-houses.scenario.yaml'), 'utf8')).toBe(blocks[0]);
});

test.each([
  ['lesson.yaml', 2],
  ['hunt.scenario.yaml', 3],
])('the whole lesson is what “New lesson…” writes: %s', (name, i) => {
  expect(readFileSync(join(import.meta.dirname, '../../assets/lesson-template', name), 'utf8')).toBe(blocks[i]);
});

test('each activity has its keys, and none is left out', () => {
  const told = rows('活动 activity').map(([name = '', keys = '']) => [name, keys.split('`, `')]);
  const wanted = ACTIVITIES.filter((name) => name !== 'table').map((name) => [name, Object.keys(OBJECTS[name])]);
  expect(told).toEqual(wanted);
});

test.each([
  ['`proof` 的键 key', Object.keys(OBJECTS.proof)],
  ['`table` 的键 key', Object.keys(OBJECTS.table)],
  ['`rows` 的键 key', Object.keys(OBJECTS.row)],
  ['键 key | 默认', TOP_KEYS],
  ['`runtime` 的键 key', RUNTIME_KEYS],
  ['`start` 的键 key', START_KEYS],
  ['操作 operation', OPERATIONS],
  ['键 key | 必写', LESSON_KEYS],
  ['步骤的键 key of a step', STEP_KEYS],
])('the table “%s” has everything, and nothing else', (title, known) => {
  expect(names(title).sort()).toEqual([...known].sort());
});

test.each(rows('操作 operation'))('%s: `%s` is read as that operation', (name, example = '') => {
  const parsed = parseScenario(around(`- ${example}`), 'README');
  expect(parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'))).toEqual([]);
  expect(parsed.ok && parsed.scenario.goroutines.main?.[0]?.kind).toBe(name);
});

test('the costs are those of the model', () => {
  const told = [...text.matchAll(/`([a-z]+)` (\d+)(?:,|\n)/g)].map(([, name, ns]) => [name, Number(ns)]);
  expect(Object.fromEntries(told)).toEqual(COSTS);
});

describe('limits', () => {
  test('how much system calls may copy is told in both languages', () => {
    expect(text.split(`${MOST_COPIED / 2 ** 20} MiB`)).toHaveLength(3);
  });

  test.each(rows('写法 as written'))('%s goes from %s to %s', (fragment = '', from = '', to = '') => {
    const at = (n: bigint): string[] => faultsOf(around(fragment.replace(/N/, String(n))));
    expect(at(BigInt(from))).toEqual([]);
    expect(at(BigInt(to))).toEqual([]);
    expect(at(BigInt(from) - 1n)).toHaveLength(1);
    expect(at(BigInt(to) + 1n)).toHaveLength(1);
  });
});

test('each path of a system call in the facts is told', () => {
  const paths: Record<SyscallPath, true> = {
    oldp: true,
    'oldp-reacquired': true,
    idlep: true,
    'slow-idlep': true,
    'slow-queued': true,
    'slow-locked': true,
    raw: true,
    runtime: true,
  };
  const [, table = ''] = text.split('| `path` |');
  const told = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, path]) => path);
  expect(told).toEqual(Object.keys(paths));
});
