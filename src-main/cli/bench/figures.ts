/** What the bench has found, as rows of FIGURES.md: text in, text out. A row that was not measured this time stays as it was. */
import { found, isMet, type Outcome, UNIT } from './table';

/** The table's place: below this heading. */
export const HEADING = '## What the bench measures';
const HEAD = '| row | found | at most | what against what | version, day |';
const RULE = '| --- | --- | --- | --- | --- |';

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '/').replaceAll('\n', ' ').trim();

function rowOf(outcome: Outcome, when: string): string {
  const { row, measured } = outcome;
  const told = found(outcome);
  const mark = isMet(outcome) ? '' : measured instanceof Error ? '**not measured**: ' : '**missed**: ';
  const what = measured instanceof Error ? row.figure : `${row.figure}; ${measured.detail}`;
  return `| ${[row.name, `${mark}${told}`, `${row.limit}${UNIT[row.kind]}`, what, when].map(cell).join(' | ')} |`;
}

const nameIn = (line: string): string => line.split('|')[1]?.trim() ?? '';

/** `page` with the rows of `outcomes` in it, in the order of `names`; rows of other names are gone from the bench, and from the page. */
export function withFigures(page: string, outcomes: readonly Outcome[], names: readonly string[], when: string): string {
  const at = page.indexOf(`${HEADING}\n`);
  if (at < 0) throw new Error(`FIGURES.md has no heading "${HEADING}"`);
  const lines = page.slice(at).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const from = first < 0 ? lines.length : first;
  const length = lines.slice(from).findIndex((line) => !line.startsWith('|'));
  const until = length < 0 ? lines.length : from + length;
  const rows = new Map(lines.slice(from + 2, until).map((line) => [nameIn(line), line]));
  for (const outcome of outcomes) rows.set(outcome.row.name, rowOf(outcome, when));
  const table = [HEAD, RULE, ...names.flatMap((name) => rows.get(name) ?? [])];
  return page.slice(0, at) + [...lines.slice(0, from), ...table, ...lines.slice(until)].join('\n');
}
