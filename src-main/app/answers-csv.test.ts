import { describe, expect, test } from 'vitest';
import type { AskedQuestion, Learner } from '../contract/requests';
import { answersCsv, csvRows, learnersFromCsv, merged } from './answers-csv';

const TIME = Date.UTC(2026, 8, 1, 8, 30);
const asked: AskedQuestion = {
  question: { zh: '“能”，还是\n不能？', en: 'In, or "not"?' },
  choices: [
    { text: { zh: '能', en: 'yes' }, believes: null },
    { text: { zh: '=1+1', en: '=1+1' }, believes: 'fifo' },
  ],
  answer: 0,
  votes: [
    { counts: [3, 20], timeMs: TIME },
    { counts: [18, 5], timeMs: TIME + 60_000 },
  ],
  isRevealed: true,
};
const learner = (change: Partial<Learner> = {}): Learner => ({
  id: 'a',
  name: '三,班',
  isClass: true,
  place: null,
  lessons: { hunting: { seen: ['x'], asked: { door: asked, told: { ...asked, votes: [] } } } },
  ...change,
});

test('a table has a mark for Excel, a row for each choice of each vote, and no formulas', () => {
  const text = answersCsv([learner()], 'en');
  expect(text.startsWith('\ufefflearner,kind,lesson,step,question,round,choice,text,count,right,misconception,time\r\n')).toBe(true);
  const rows = csvRows(text.slice(1), ',').map(({ cells }) => cells);
  expect(rows).toHaveLength(1 + 4 + 2);
  expect(rows[2]).toEqual([
    '三,班',
    'class',
    'hunting',
    'door',
    'In, or "not"?',
    '1',
    '2',
    '=1+1',
    '20',
    '0',
    'fifo',
    '2026-09-01T08:30:00.000Z',
  ]);
  expect(rows[5]?.slice(5, 10)).toEqual(['0', '1', 'yes', '0', '1']);
  expect(text).toContain("'=1+1");
});

describe('what was exported is read again', () => {
  test.each([
    ['as it was', (text: string) => text],
    ['as Excel saves it with semicolons', (text: string) => text.replaceAll(',', ';').replaceAll('三;班', '三,班')],
    ['without its mark', (text: string) => text.slice(1)],
  ])('%s', (_, change) => {
    const text = change(answersCsv([learner()], 'zh')).replace(/^\ufeff/, '');
    const read = learnersFromCsv(text);
    if (!read.ok) throw new Error(read.fault.message.en);
    const question = { zh: asked.question.zh, en: asked.question.zh };
    const choices = asked.choices.map(({ text: { zh }, believes }) => ({ text: { zh, en: zh }, believes }));
    expect(read.learners).toEqual([
      {
        name: '三,班',
        isClass: true,
        lessons: { hunting: { door: { ...asked, question, choices }, told: { ...asked, question, choices, votes: [] } } },
      },
    ]);
  });
});

test.each([
  ['learner,lesson\r\na,b\r\n', 1, /no column “step”/],
  ['learner,lesson,step,question,round,choice,text,count,right,misconception\na,b,c,q,1,1,t,x,1,\n', 2, /“count”.*“x”/],
  ['learner,lesson,step,question,round,choice,text,count,right,misconception\n\n"a\nb",b,c,q,1,0,t,1,1,\n', 3, /“choice”/],
  ['learner,lesson,step,question,round,choice,text,count,right,misconception\na,,c,q,1,1,t,1,1,\n', 2, /which lesson/],
])('a table that is none is refused with its line: %j', (text, line, message) => {
  const read = learnersFromCsv(text);
  if (read.ok) throw new Error('was taken');
  expect([read.fault.line, read.fault.message.en]).toEqual([line, expect.stringMatching(message)]);
});

test('an import goes before what was there, keeps the rest and both languages, and makes whoever is new', () => {
  const before = learner({
    lessons: { hunting: { seen: ['x'], asked: { door: { ...asked, votes: [] }, other: asked } }, call: { seen: [], asked: {} } },
  });
  const read = learnersFromCsv(answersCsv([learner(), learner({ name: '新' })], 'zh').slice(1));
  if (!read.ok) throw new Error('was refused');
  const [old, added] = merged([before], read.learners, () => 'new-id');
  expect(old?.id).toBe('a');
  expect(old?.lessons.hunting?.asked.door).toEqual(asked);
  expect(Object.keys(old?.lessons.hunting?.asked ?? {})).toEqual(['door', 'other', 'told']);
  expect(old?.lessons.call).toEqual({ seen: [], asked: {} });
  expect([added?.id, added?.name]).toEqual(['new-id', '新']);
});
