import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../assets/words/index';
import { loadTables } from '../app/asset-folder';
import { parseGlossary } from '../formats/glossary';
import { type Lesson, parseLesson, type TableRow } from '../formats/lesson';
import { waysOf, wayText } from '../formats/way-text';
import { glossaryPages } from './glossary-paper';
import { type Html, html, inlined, paper, prose, text } from './html';
import { contactPages, exercisePages, sheetPages, sheetPlan, STEPS_A_PAGE, storyboardPages } from './lesson-papers';
import { tellingStep } from './telling';
import { toldIn } from './told';

const ASSETS = join(import.meta.dirname, '../../assets');
const FOLDER = join(ASSETS, 'lessons');
const tables = loadTables(ASSETS);

const lessons: Lesson[] = readdirSync(FOLDER)
  .filter((name) => !name.endsWith('.yaml'))
  .map((name) => {
    const file = join(FOLDER, name, 'lesson.yaml');
    const parsed = parseLesson(readFileSync(file, 'utf8'), file, tables);
    if (!parsed.ok) throw new Error(`${file} has faults`);
    return parsed.lesson;
  });
const letters = { regular: 'AAAA', bold: 'BBBB', signs: 'CCCC', code: 'DDDD' };
const drawn = { picture: ({ id }: { id: string }) => `<img alt="${id}">` as Html };

test('what people write is text, and code between backticks', () => {
  expect(text('a < b & "c"')).toBe('a &lt; b &amp; &quot;c&quot;');
  expect(prose('`m<p` 和 `<b>`\nx')).toBe('<code>m&lt;p</code> 和 <code>&lt;b&gt;</code><br>x');
  expect(html`<p>${[text('1'), text('&')]}</p>`).toBe('<p>1&amp;</p>');
});

test('a drawing says what it shows', () => {
  expect(inlined('<svg xmlns="x"><svg/></svg>', 'a "b"')).toBe('<svg role="img" aria-label="a &quot;b&quot;" xmlns="x"><svg/></svg>');
});

test('there are lessons', () => {
  expect(lessons.length).toBeGreaterThan(20);
});

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  test('the picture of the sheet is of a step before what is asked, so that it does not answer it', () => {
    const plan = sheetPlan(lesson);
    expect(plan).not.toBeNull();
    if (!plan?.task) throw new Error('nothing is asked');
    expect(lesson.steps.indexOf(plan.shown)).toBeLessThan(lesson.steps.indexOf(plan.task.step));
  });

  test.each(LANGUAGES)('what is right stands on the key alone, %s', (language) => {
    const plan = sheetPlan(lesson);
    if (!plan) throw new Error('no sheet');
    const cells = [[{ value: 'only-on-the-key', unit: null }]];
    const { sheet, key } = sheetPages(lesson, plan, drawn, cells, language);
    expect(sheet).toContain(`alt="${plan.shown.id}"`);
    const { task } = plan;
    const right: string =
      task?.kind === 'question'
        ? prose(task.step.ask?.because[language] ?? '')
        : task?.kind === 'open'
          ? prose(task.open.answer[language])
          : task?.kind === 'claim'
            ? prose(task.claim.text[language])
            : 'only-on-the-key';
    expect(right).not.toBe('');
    expect(key).toContain(right);
    expect(sheet).not.toContain(right);
    if (task) expect(sheet).not.toContain(prose(task.step.story[language]));
  });

  test('the storyboard tells every step once, and answers nothing that it has not told', () => {
    const pages = storyboardPages(lesson, drawn, 'zh');
    expect(pages).toHaveLength(Math.ceil(lesson.steps.length / STEPS_A_PAGE));
    const counts = pages.map((page) => page.match(/<article>/g)?.length ?? 0);
    // Shared out: no page has a step or two because the others are full.
    expect(Math.max(...counts)).toBeLessThanOrEqual(STEPS_A_PAGE);
    expect(Math.min(...counts)).toBeGreaterThan(STEPS_A_PAGE / 3);
    // A page with an empty row, or with room for one: there each step has a row of its own.
    for (const [i, count] of counts.entries())
      expect(/class="board few( fewer)?"/.test(pages[i] ?? ''), `${count} steps`).toBe(Math.ceil(count / 2) < 3);
    // Two stand beside each other: a hole is at the very end or nowhere.
    for (const count of counts.slice(0, -1)) expect(count % 2).toBe(0);
    const pageOf = counts.flatMap((count, page) => Array.from({ length: count }, () => page));
    for (const [i, { id, story }] of lesson.steps.entries()) {
      const page = pages[pageOf[i] ?? 0] ?? '';
      expect(page).toContain(`alt="${id}"`);
      expect(page).toContain(prose(story.zh));
    }
    expect(pages.join('').match(/<article>/g)).toHaveLength(lesson.steps.length);
  });
});

describe('a lesson in the other language only', () => {
  /** Its Chinese stands in for the English, as formats/head.ts reads such a lesson. */
  function inChinese<T>(json: T): T {
    if (Array.isArray(json)) return json.map(inChinese) as T;
    if (json === null || typeof json !== 'object') return json;
    const pairs = Object.entries(json).map(([key, value]) => [key, inChinese(value) as unknown]);
    return { ...Object.fromEntries(pairs), ...('zh' in json && 'en' in json ? { en: json.zh } : {}) } as T;
  }
  const LANG = '<span lang="zh-CN">';
  const unmarked = (page: string): string => page.replace(/<span lang="zh-CN">((?!<span).)*?<\/span>/gs, '');

  test.each(lessons.map((lesson) => [lesson.id, lesson] as const))('is marked on papers, text by text: %s', (_, both) => {
    const lesson: Lesson = { ...inChinese(both), language: 'zh' };
    const plan = sheetPlan(lesson);
    if (!plan) throw new Error('no sheet');
    const papers = (language: 'zh' | 'en', of: Lesson): string[] => {
      const { sheet, key } = sheetPages(of, plan, drawn, [], language);
      const exercises = exercisePages(of, language);
      return [sheet, key ?? '', ...storyboardPages(of, drawn, language), exercises.sheet, exercises.key];
    };
    for (const page of papers('en', lesson)) {
      expect(page === '' || page.includes(LANG)).toBe(true);
      expect(unmarked(page)).not.toMatch(/\p{Script=Han}/u);
    }
    // In its own language, and of a lesson that has both, nothing is.
    expect([...papers('zh', lesson), ...papers('zh', both), ...papers('en', both)].filter((page) => page.includes(LANG))).toEqual([]);
  });

  test('what comes from a table of the product’s is in the paper’s own language', () => {
    const told = toldIn({ language: 'zh' }, 'en');
    expect(told.prose({ zh: '错了 `a`', en: 'wrong `a`' })).toBe('wrong <code>a</code>');
    expect(told.titled((place) => `Key: ${place}, 2`, { zh: '题 <', en: '题 <' })).toBe(`Key: ${LANG}题 &lt;</span>, 2`);
  });
});

test('the contact sheet has every lesson with its first and its most telling step', () => {
  const glimpses = lessons.map((lesson) => ({
    title: lesson.title,
    steps: [lesson.steps[0], tellingStep(lesson)].flatMap((step) => (step ? [{ step, picture: drawn.picture(step) }] : [])),
  }));
  const pages = contactPages(glimpses, 'zh');
  for (const { title, steps } of glimpses) {
    const page = pages.find((each) => each.includes(text(title.zh))) ?? '';
    for (const { step } of steps) expect(page).toContain(`alt="${step.id}"`);
  }
  expect(pages.join('').match(/<figure>/g)).toHaveLength(2 * lessons.length);
});

test.each(LANGUAGES)('a table about ways back shows all codes with what they mean, and the key those of its cells, %s', (language) => {
  const asked = lessons.flatMap((lesson) => {
    const plan = sheetPlan(lesson);
    if (plan?.task?.kind !== 'table') return [];
    const { rows, columns } = plan.task.table;
    const at = rows.findIndex((row) => waysOf(row) !== null);
    return at < 0 ? [] : [{ lesson, plan, cells: rows.map(() => columns.map(() => ({ value: 'idlep', unit: null }))), row: rows[at] }];
  });
  expect(asked.length).toBeGreaterThan(0);
  for (const { lesson, plan, cells, row } of asked) {
    const { sheet, key } = sheetPages(lesson, plan, drawn, cells, language);
    for (const way of (row && waysOf(row)) ?? [])
      expect(sheet).toContain(`<code>${way}</code> ${text(wayText(row as TableRow, way, language))}`);
    expect(key).toContain(`<code>idlep</code> <span class="soft">${text(wayText(row as TableRow, 'idlep', language))}</span>`);
  }
});

test('exercises have their answers on a paper of their own', () => {
  const asked = lessons.find(({ steps }) => steps.some(({ ask }) => ask));
  if (!asked) throw new Error('no lesson asks');
  const { sheet, key } = exercisePages(asked, 'en');
  const questions = asked.steps.flatMap(({ ask }) => (ask ? [ask] : []));
  for (const { question, because, choices } of questions) {
    expect(sheet).toContain(prose(question.en));
    for (const choice of choices) expect(sheet).toContain(prose(choice.en));
    expect(sheet).not.toContain(prose(because.en));
    expect(key).toContain(prose(because.en));
  }
  expect(key.match(/class="right"/g)).toHaveLength(questions.length);
});

test('the glossary has every word of the village in both languages', () => {
  const file = join(ASSETS, 'glossary.yaml');
  const read = parseGlossary(readFileSync(file, 'utf8'), file);
  if (!read.ok) throw new Error('the glossary has faults');
  for (const language of LANGUAGES) {
    const page = glossaryPages(read.glossary, language).join('');
    // The other language has its own letters: its apostrophes would be as wide as a Chinese sign.
    expect(page).toContain(`lang="${language === 'zh' ? 'en' : 'zh-CN'}"`);
    for (const { word, means } of Object.values(read.glossary.terms)) {
      for (const each of LANGUAGES) expect(page).toContain(text(word[each]));
      expect(page).toContain(text(means[language]));
    }
  }
});

test('a page needs nothing but itself', () => {
  const page = paper('题 & more', 'zh', letters, [html`<h1>a</h1>`, html`<h1>b</h1>`]);
  expect(page).toContain('<title>题 &amp; more</title>');
  expect(page).toContain('<html lang="zh-CN">');
  for (const each of Object.values(letters)) expect(page).toContain(`base64,${each})`);
  expect(page.match(/<section class="page">/g)).toHaveLength(2);
  expect(page).not.toMatch(/https?:|<script|<link|@import|src="(?!data:)|url\((?!data:)/);
  expect(paper('x', 'en', letters, [], 0.82)).toContain('--fit: 0.82');
});

test('a lesson that names no telling step shows the one that points at most', () => {
  const steps = [['M0'], ['M0', 'P0', 'G1'], ['P0']].map((focus, i) => ({ ...lessons[0]?.steps[0], id: String(i), focus }));
  expect(tellingStep({ telling: null, steps: steps as Lesson['steps'] })?.id).toBe('1');
  expect(tellingStep({ telling: '2', steps: steps as Lesson['steps'] })?.id).toBe('2');
  expect(tellingStep({ telling: null, steps: [] })).toBeNull();
});
