/** The guides' text as blocks: as much of Markdown as they use, and nothing that could carry anything but text. */

export type GuideBlock =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; isNumbered: boolean; items: string[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: string[]; rows: string[][] };

/** Of a row of a table. */
export const cellsOf = (line: string): string[] =>
  line
    .replace(/^\|\s*|\s*\|$/g, '')
    .split(/\s*\|\s*/)
    .map((cell) => cell.trim());

const ITEM = /^(?:(-)|(\d+)\.) (.*)$/;

/** Blocks are divided by empty lines; a block is what its first line begins with. An item of a list may go on in lines that are moved in. */
export function guideBlocks(text: string): GuideBlock[] {
  const blocks: GuideBlock[] = [];
  for (const part of text.replaceAll('\r\n', '\n').split(/\n{2,}/)) {
    const lines = part.split('\n').filter((line) => line !== '');
    if (ITEM.test(lines[0] ?? '')) for (let i = lines.length - 1; i > 0; i--) joinMovedIn(lines, i);
    const [first] = lines;
    if (first === undefined) continue;
    blocks.push(...blockOf(first, lines));
  }
  return blocks;
}

/** Chinese has no blank between sentences. */
const joined = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/(?<=[\p{Script=Han}，。；：、？！）”])\n/gu, '')
    .replaceAll('\n', ' ');

function joinMovedIn(lines: string[], i: number): void {
  const line = lines[i] ?? '';
  if (/^\s/.test(line)) lines.splice(i - 1, 2, joined([lines[i - 1] ?? '', line.trim()]));
}

/** Text, and what leads to another guide: `[words](teacher)`. */
export interface GuidePart {
  text: string;
  to: string | null;
}

export function guideParts(text: string): GuidePart[] {
  const parts: GuidePart[] = [];
  let end = 0;
  // Code first: in it brackets are what they are.
  for (const found of text.matchAll(/`[^`]*`|\[([^\]`]+)\]\(([a-z]+)\)/g)) {
    const [all, words, to = ''] = found;
    if (words === undefined) continue;
    if (found.index > end) parts.push({ text: text.slice(end, found.index), to: null });
    parts.push({ text: words, to });
    end = found.index + all.length;
  }
  return end < text.length ? [...parts, { text: text.slice(end), to: null }] : parts;
}

function blockOf(first: string, lines: readonly string[]): GuideBlock[] {
  const [, marks, title] = /^(#{1,3}) (.*)$/.exec(first) ?? [];
  if (marks !== undefined && title !== undefined) return [{ kind: 'heading', level: marks.length as 1 | 2 | 3, text: title }];
  if (first.startsWith('```')) return [{ kind: 'code', text: lines.filter((line) => !line.startsWith('```')).join('\n') }];
  if (first.startsWith('|')) {
    // Below the head stands the line that divides.
    const [head = [], , ...rows] = lines.map(cellsOf);
    return [{ kind: 'table', head, rows }];
  }
  const items = lines.map((line) => ITEM.exec(line));
  if (items.every((item) => item !== null))
    return [{ kind: 'list', isNumbered: items[0]?.[2] !== undefined, items: items.map((item) => item[3] ?? '') }];
  return [{ kind: 'paragraph', text: joined(lines) }];
}
