/**
 * How scenarios and lessons are written, in one language: a page that has both, line below line (src-main/formats/README.md says how), without
 * what only whoever changes the product needs.
 */
import type { Language } from '../../assets/words/index';
import { cellsOf } from './guide-text';

/** The first part that a teacher has no use for; all that follow are like it. */
const END = /^## 伪代码/m;
/** Of its beginning only what follows the product's own notes on the page. */
const NOTES = 2;

const HAN = /\p{Script=Han}/u;
const LETTER = /\p{Letter}/u;
/** Names between backticks may be in any language, and quoted ones belong to the window. */
const withoutCode = (line: string): string => line.replace(/`[^`]*`/g, '');

/** In which language a line is; null: in none, such as a command. */
function languageOf(line: string): Language | null {
  const said = withoutCode(line);
  return HAN.test(said) ? 'zh' : LETTER.test(said) ? 'en' : null;
}

export function formatsGuide(page: string, language: Language): string {
  const [teachers = ''] = page.replaceAll('\r\n', '\n').split(END);
  const blocks = blocksOf(teachers);
  const [title = '', ...rest] = blocks;
  return [title, ...rest.slice(NOTES)].map((block) => inLanguage(block, language)).join('\n\n');
}

/** Divided by empty lines, but for those inside a listing. */
function blocksOf(page: string): string[] {
  const blocks: string[] = [];
  let open: string[] | null = null;
  for (const block of page.split(/\n{2,}/)) {
    const fences = block.match(/^```/gm)?.length ?? 0;
    if (open) open.push(block);
    if (!open && fences % 2 === 1) open = [block];
    else if (!open) blocks.push(block);
    else if (fences % 2 === 1) {
      blocks.push(open.join('\n\n'));
      open = null;
    }
  }
  return blocks.filter((block) => block.trim() !== '');
}

function inLanguage(block: string, language: Language): string {
  if (block.startsWith('```')) return block;
  const lines = block.split('\n');
  if (block.startsWith('#')) return halfOf(block, language);
  if (block.startsWith('|')) return tableIn(lines, language);
  const kept: string[] = [];
  /** The mark of an item whose first line is in the other language. */
  let mark = '';
  for (const line of lines) {
    const [, marked, text = ''] = /^(\d+\. |- )?\s*(.*)$/.exec(line) ?? [];
    if (marked !== undefined) mark = marked;
    const is = languageOf(text);
    if (is !== null && is !== language) continue;
    kept.push(mark === '' && /^\s/.test(line) ? `   ${text}` : `${mark}${text}`);
    mark = '';
  }
  return kept.join('\n');
}

/** `## 情景 · Scenario` */
function halfOf(heading: string, language: Language): string {
  const [, marks = '', zh = '', en = zh] = /^(#+) (.*?)(?: · (.*))?$/.exec(heading) ?? [];
  return `${marks} ${{ zh, en }[language]}`;
}

/** The last two columns say the same twice; a short cell before them may have both languages, Chinese first. */
function tableIn(lines: readonly string[], language: Language): string {
  const isPaired = cellsOf(lines[0] ?? '').at(-1) === 'meaning';
  return lines
    .map((line) => {
      const cells = cellsOf(line);
      const [zh = '', en = ''] = isPaired ? cells.splice(-2) : [];
      const own = cells.map((cell) => wordsIn(cell, language));
      return `| ${[...own, ...(isPaired ? [{ zh, en }[language]] : [])].join(' | ')} |`;
    })
    .join('\n');
}

/** `必写 required`, `步骤的键 key of a step`; a cell of code has one form for both. */
function wordsIn(cell: string, language: Language): string {
  if (!HAN.test(withoutCode(cell))) return cell;
  const [, zh = '', en = ''] = /^(.*\p{Script=Han}) ([^\p{Script=Han}]*)$/u.exec(cell) ?? [];
  return { zh, en }[language] || cell;
}
