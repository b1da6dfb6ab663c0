import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultText } from './fault';
import { type Glossary, LENS, parseGlossary } from './glossary';
import { moduleOf } from './glossary-module';

const FILE = readFileSync(join(import.meta.dirname, '../../assets/glossary.yaml'), 'utf8');

const faults = (text: string): string[] => {
  const parsed = parseGlossary(text, 'g.yaml');
  return parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'));
};

function read(text: string): Glossary {
  const parsed = parseGlossary(text, 'g.yaml');
  if (!parsed.ok) throw new Error(faults(text).join('\n'));
  return parsed.glossary;
}

test('the file is in order, and no two terms of a kind have the same word', () => {
  expect(faults(FILE)).toEqual([]);
  const words = Object.entries(read(FILE).terms).flatMap(([id, { word }]) =>
    Object.entries(word).map(([language, said]) => `${id.split('.').slice(0, -1).join('.')} ${language} ${said}`),
  );
  expect(words.filter((each, i) => words.indexOf(each) !== i)).toEqual([]);
});

const GOOD = `schedville: 1
kind: glossary
terms:
  house:
    go: [p]
    word: { zh: 甲, en: a }
    term: { zh: 壬, en: i }
    means: { zh: 乙, en: b }
    on: { legend: { zh: P, en: P } }
told: { zh: "{figures} {orphans} {sleepers}", en: "{figures} {orphans:child|children} {sleepers}" }
parents:
  names:
    - { zh: 丙, en: c, robe: "#8c2f26", role: sysmon }
  more: { zh: "丁{n}", en: "d {n}" }
children: { names: [ { zh: 辛, en: h, robe: "#d63a2f", sash: dots } ], more: { zh: "戊{n}", en: "e {n}" } }
houses: { names: [ { zh: 己, en: f } ], more: { zh: "庚{n}", en: "g {n}" } }
lens:
${Object.entries(LENS)
  .map(
    ([id, places]) =>
      `  ${id}: { zh: "子${places.map((each) => ` {${each}}`).join('')}", en: "x${places.map((each) => ` {${each}}`).join('')}" }`,
  )
  .join('\n')}
`;

test('a glossary is read', () => {
  expect(read(GOOD)).toMatchObject({
    terms: { house: { go: ['p'], word: { zh: '甲', en: 'a' }, term: { en: 'i' }, means: { en: 'b' }, on: { legend: { en: 'P' } } } },
    parents: { names: [{ name: { zh: '丙', en: 'c' }, robe: '#8c2f26', sash: null, role: 'sysmon' }], more: { en: 'd {n}' } },
    children: { names: [{ name: { en: 'h' }, robe: '#d63a2f', sash: 'dots', role: null }] },
    houses: { names: [{ name: { en: 'f' }, robe: null, sash: null, role: null }] },
  });
});

test.each([
  ['word: { zh: 甲, en: a }', 'word: { zh: 甲 }', '6:11: house.word is missing the key en'],
  ['means: { zh: 乙, en: b }', 'means: { zh: 乙, en: "" }', '8:25: house.means.en is empty'],
  ['    means: { zh: 乙, en: b }\n', '', '5:5: house is missing the key means'],
  ['    term: { zh: 壬, en: i }\n', '', '5:5: house is missing the key term'],
  [
    'on: { legend',
    'on: { legnd',
    '9:11: unknown key legnd in house.on; expected one of: legend, sign, card, timeline, banner, note, gone, thing (did you mean legend?)',
  ],
  [
    '    on:',
    '    on: {}\n  house:\n    go: []\n    word: { zh: 甲, en: a }\n    term: { zh: 壬, en: i }\n    means: { zh: 乙, en: b }\n    on:',
    '10:3: duplicate key house',
  ],
  ['"#8c2f26"', 'red', '13:29: expected a colour such as "#d63a2f" (# and six lowercase hexadecimal digits), found red'],
  [
    'role: sysmon',
    'role: sysmno',
    '13:46: unknown value sysmno for parents.names.role; expected one of: sysmon, template, extra (did you mean sysmon?)',
  ],
  [
    'legend: { zh: P, en: P }',
    'banner: { zh: "{left} {n}", en: "{n} {lefd}" }',
    '9:19: house.on.banner must have exactly these places to fill: {left} {n}',
  ],
  ['x {m} {stay}', 'x {m}', '24:37: lens.locked must have exactly these places to fill: {m} {stay}'],
  [', sash: dots', '', '15:22: children.names is missing the key sash'],
  [
    'sash: dots',
    'sash: dot',
    '15:61: unknown value dot for children.names.sash; expected one of: band, bands, seam, dots (did you mean dots?)',
  ],
  ['role: sysmon', 'sash: band', '13:40: unknown key sash in parents.names; expected one of: zh, en, robe, role'],
  ['"d {n}"', '"d"', '14:27: parents.more must have exactly these places to fill: {n}'],
  ['en: f }', 'en: f, robe: "#8c2f26" }', '16:36: unknown key robe in houses.names; expected one of: zh, en'],
  ['{sleepers}", en', '{sleeper}", en', '10:13: told must have exactly these places to fill: {figures} {orphans} {sleepers}'],
  ['kind: glossary', 'kind: errata', '2:7: expected glossary for kind, found "errata" (did you mean glossary?)'],
])('a fault is reported: %s → %s', (good, bad, message) => {
  expect(GOOD).toContain(good);
  expect(faults(GOOD.replace(good, bad))).toEqual([`g.yaml:${message}`]);
});

test('the build makes a module of it, and a fault ends the build', () => {
  const code = moduleOf(GOOD, 'g.yaml');
  const [, text = ''] = /^export default JSON\.parse\((.*)\);$/.exec(code) ?? [];
  expect(JSON.parse(JSON.parse(text) as string)).toEqual(read(GOOD));
  expect(() => moduleOf(GOOD.replace(', en: a }', ' }'), 'g.yaml')).toThrow('g.yaml:6:11: house.word');
});
