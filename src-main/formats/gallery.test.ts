/** assets/gallery: what the files must look like, and how their faults are told. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultText } from './fault';
import { parseGallery } from './gallery';
import { moduleOf } from './gallery-module';

const FOLDER = join(import.meta.dirname, '../../assets/gallery');

const faults = (text: string): string[] => {
  const parsed = parseGallery(text, 'g.yaml');
  return parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'));
};

test('every file is in order, and both languages are written', () => {
  const files = readdirSync(FOLDER);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const parsed = parseGallery(readFileSync(join(FOLDER, file), 'utf8'), file);
    expect(parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'))).toEqual([]);
    for (const { title, exhibits } of parsed.ok ? parsed.phenomena : [])
      for (const { zh, en } of [title, ...exhibits.flatMap(({ question, look, ending }) => [question, look, ending])]) {
        if (zh !== 'mexit。') expect(zh).toMatch(/[\u4e00-\u9fff]/);
        expect(en).not.toMatch(/[\u4e00-\u9fff]/);
      }
  }
});

const GOOD = `schedville: 1
kind: gallery
phenomena:
  - id: slow
    title: { zh: 甲, en: a }
    is: fn == exitsyscall0
    outcome: panic
    exhibits:
      - id: no-house
        file: golden/S2
        question: { zh: 乙, en: b }
        look: { zh: 丙, en: c }
        ending: { zh: 丁, en: d }
        proof: [fn == schedule, t > 3ms]
`;

test('a file is read; the outcome may be left out', () => {
  const parsed = parseGallery(GOOD.replace('    outcome: panic\n', ''), 'g.yaml');
  expect(parsed).toMatchObject({
    ok: true,
    phenomena: [
      {
        id: 'slow',
        outcome: null,
        exhibits: [{ id: 'no-house', file: 'golden/S2', look: { zh: '丙', en: 'c' }, proof: ['fn == schedule', 't > 3ms'] }],
      },
    ],
  });
});

test.each([
  ['id: no-house', 'id: noHouse', '9:13: expected an id in kebab-case, such as hunting-house-taken, found noHouse'],
  ['id: no-house', 'id: slow\n        id: slow', '10:9: duplicate key id'],
  ['        proof: [fn == schedule, t > 3ms]\n', '', '9:9: exhibit is missing the key proof'],
  ['[fn == schedule, t > 3ms]', '[]', '14:16: expected at least 1 item in proof, found 0'],
  ['[fn == schedule, t > 3ms]', '[""]', '14:17: proof is empty'],
  ['ending: { zh: 丁, en: d }', 'ending: { zh: 丁 }', '13:17: ending is missing the key en'],
  [
    'outcome: panic',
    'outcome: panik',
    '7:14: unknown value panik for outcome; expected one of: deadlock, fatal, panic (did you mean panic?)',
  ],
  ['    title: { zh: 甲, en: a }', '    titel: { zh: 甲, en: a }', '4:5: phenomenon is missing the key title'],
  ['kind: gallery', 'kind: galery', '2:7: expected gallery for kind, found "galery" (did you mean gallery?)'],
])('a fault is reported: %s → %s', (good, bad, message) => {
  expect(GOOD).toContain(good);
  expect(faults(GOOD.replace(good, bad))).toContain(`g.yaml:${message}`);
});

test('two of one id are told of', () => {
  const [head = '', tail = ''] = GOOD.split('      - id: no-house\n');
  expect(faults(`${head}      - id: no-house\n${tail}      - id: no-house\n${tail}`)).toEqual([
    'g.yaml:15:13: duplicate name no-house in exhibits',
  ]);
});

test('the build makes a module of a file, and a fault ends the build', () => {
  const code = moduleOf(GOOD, 'g.yaml');
  expect(JSON.parse(code.replace(/^export default (.*);$/, '$1'))).toMatchObject([{ id: 'slow' }]);
  expect(() => moduleOf(GOOD.replace('id: slow', 'id: SLOW'), 'g.yaml')).toThrow('g.yaml:4:9: expected an id');
});
