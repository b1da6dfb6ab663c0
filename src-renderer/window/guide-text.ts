/** The guides' text as blocks: as much of Markdown as they use, and nothing that could carry anything but text. */

export type GuideBlock =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; isNumbered: boolean; items: string[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: string[]; rows: string[][] };

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\|\s*|\s*\|$/g, '')
    .split(/\s*\|\s*/)
    .map((cell) => cell.trim());

const ITEM = /^(?:(-)|(\d+)\.) (.*)$/;

/** Blocks are divided by empty lines; a block is what its first line begins with. */
export function guideBlocks(text: string): GuideBlock[] {
  const blocks: GuideBlock[] = [];
  for (const part of text.replaceAll('\r\n', '\n').split(/\n{2,}/)) {
    const lines = part.split('\n').filter((line) => line !== '');
    const [first] = lines;
    if (first === undefined) continue;
    blocks.push(...blockOf(first, lines));
  }
  return blocks;
}

function blockOf(first: string, lines: readonly string[]): GuideBlock[] {
  const [, marks, title] = /^(#{1,2}) (.*)$/.exec(first) ?? [];
  if (marks !== undefined && title !== undefined) return [{ kind: 'heading', level: marks.length === 1 ? 1 : 2, text: title }];
  if (first.startsWith('```')) return [{ kind: 'code', text: lines.filter((line) => !line.startsWith('```')).join('\n') }];
  if (first.startsWith('|')) {
    // Below the head stands the line that divides.
    const [head = [], , ...rows] = lines.map(cellsOf);
    return [{ kind: 'table', head, rows }];
  }
  const items = lines.map((line) => ITEM.exec(line));
  if (items.every((item) => item !== null))
    return [{ kind: 'list', isNumbered: items[0]?.[2] !== undefined, items: items.map((item) => item[3] ?? '') }];
  return [{ kind: 'paragraph', text: lines.join(' ') }];
}
