import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseScenario } from './scenario';
import { YamlSource } from './yaml-source';

const LESSONS = join(import.meta.dirname, '../../assets/lessons');
const files = readdirSync(LESSONS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));

test.each(files)('%s is the JSON that the library makes of it', (name) => {
  const text = readFileSync(join(LESSONS, name), 'utf8');
  expect(new YamlSource(text, name).json).toEqual(parse(text));
});

test('aliases, lists and names that JavaScript has for itself', () => {
  const text = 'a: &x { b: [1, *y0, null, true, "*x"], toString: 2 }\nc: [*x, *x]\nd: &z [~, &w deep]\ne: *w\n'.replace('*y0', '2.5');
  const { json, faults } = new YamlSource(text, 'f');
  expect(faults).toEqual([]);
  expect(json).toEqual(parse(text));
});

test('forty thousand aliases are read in one walk', () => {
  const aliases = Array.from({ length: 40_000 }, () => '*a').join(',');
  const text = `schedville: 1\nkind: scenario\nid: a\ntitle: { zh: a, en: a }\ngoroutines:\n  main:\n    - &a gosched\n    - repeat: { times: 1, do: [${aliases}] }\n`;
  const parsed = parseScenario(text, 'f');
  expect(parsed.ok ? parsed.scenario.goroutines.main : parsed.faults).toHaveLength(2);
});
