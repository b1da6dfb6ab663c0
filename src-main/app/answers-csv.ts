/**
 * Answers as a table for spreadsheets, and back: comma-separated values as Excel writes them, with a byte order mark, without which it would
 * take Chinese for something else. One row for each choice of each vote; a question that was revealed without one has vote 0. Pure.
 */
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import { LIMITS } from '../contract/limits';
import type { AskedQuestion, Learner } from '../contract/requests';
import { type Language, type Text, textOf } from '../model/words';

/** The columns, by names that no language changes: a table goes from machine to machine. */
const COLUMNS = [
  'learner',
  'kind',
  'lesson',
  'step',
  'question',
  'round',
  'choice',
  'text',
  'count',
  'right',
  'misconception',
  'time',
] as const;
type Column = (typeof COLUMNS)[number];

const BOM = '\ufeff';
/** A cell that begins so is a formula to a spreadsheet. */
const FORMULA = /^[=+\-@\t\r']/;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `me`: what somebody without a name is called. */
export function answersCsv(learners: readonly Learner[], language: Language): string {
  const rows = learners.flatMap((learner) =>
    Object.entries(learner.lessons).flatMap(([lesson, { asked }]) =>
      Object.entries(asked).flatMap(([step, each]) => {
        const votes = each.votes.length > 0 ? each.votes : [null];
        return votes.flatMap((vote, i) =>
          each.choices.map(({ text, believes }, choice): Record<Column, string> => ({
            learner: learner.name,
            kind: learner.isClass ? 'class' : 'person',
            lesson,
            step,
            question: each.question[language],
            round: String(vote ? i + 1 : 0),
            choice: String(choice + 1),
            text: text[language],
            count: String(vote?.counts[choice] ?? 0),
            right: choice === each.answer ? '1' : '0',
            misconception: believes ?? '',
            time: vote ? new Date(vote.timeMs).toISOString() : '',
          })),
        );
      }),
    ),
  );
  return (
    BOM + [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
  );
}

/** A fault of a table, with its line from 1. */
export interface CsvFault {
  line: number;
  message: Text;
}

export interface TableRow {
  line: number;
  cells: string[];
}

/** Rows of cells. `separator`: what stands between them. */
export function csvRows(text: string, separator: string): TableRow[] {
  const rows: TableRow[] = [];
  let [line, at] = [1, 0];
  while (at < text.length) {
    const row: TableRow = { line, cells: [] };
    for (;;) {
      let value = '';
      if (text[at] === '"') {
        at++;
        while (at < text.length && !(text[at] === '"' && text[at + 1] !== '"')) {
          if (text[at] === '"') at++;
          if (text[at] === '\n') line++;
          value += text[at++] ?? '';
        }
        at++;
      } else while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') value += text[at++] ?? '';
      row.cells.push(value.replace(/^'(?=[=+\-@\t\r'])/, ''));
      if (text[at] !== separator) break;
      at++;
    }
    // Whatever stands behind a closing quote is nobody's.
    while (at < text.length && text[at] !== '\n') at++;
    at++;
    line++;
    if (row.cells.some((each) => each !== '')) rows.push(row);
  }
  return rows;
}

/** What a table says of one learner. */
export type TableLearner = Pick<Learner, 'name' | 'isClass'> & { lessons: Record<string, Record<string, AskedQuestion>> };

export function learnersFromCsv(text: string): { ok: true; learners: TableLearner[] } | { ok: false; fault: CsvFault } {
  const said = (line: number, words: (all: Words['answers']) => string): { ok: false; fault: CsvFault } => ({
    ok: false,
    fault: { line, message: inEveryLanguage(({ answers }) => words(answers)) },
  });
  const [first = ''] = text.split(/\r?\n/, 1);
  // Excel writes what the system's own lists are separated by.
  const separator = [',', ';', '\t'].reduce((best, each) => (first.split(each).length > first.split(best).length ? each : best));
  const [head, ...rows] = csvRows(text, separator);
  const columns = head?.cells.map((each) => each.trim().toLowerCase()) ?? [];
  const missing = COLUMNS.find((column) => column !== 'kind' && column !== 'time' && !columns.includes(column));
  if (missing) return said(1, (words) => fill(words.noColumn, { column: missing }));
  const learners = new Map<string, TableLearner>();
  for (const { line, cells } of rows) {
    const of = (column: Column): string => cells[columns.indexOf(column)]?.trim() ?? '';
    const count = (column: Column, least: number, most: number): number | null => {
      const value = Number(of(column));
      return of(column) !== '' && Number.isSafeInteger(value) && value >= least && value <= most ? value : null;
    };
    const [round, choice, hands] = [count('round', 0, LIMITS.votes), count('choice', 1, LIMITS.choice), count('count', 0, LIMITS.hands)];
    const bad = (
      [
        ['round', round],
        ['choice', choice],
        ['count', hands],
      ] as const
    ).find(([, value]) => value === null);
    if (bad || round === null || choice === null || hands === null)
      return said(line, (words) => fill(words.noNumber, { column: bad?.[0] ?? '', text: of(bad?.[0] ?? 'round') }));
    const names = [of('learner'), of('lesson'), of('step'), of('misconception')];
    if (of('lesson') === '' || of('step') === '' || names.some((each) => each.length > LIMITS.nameCharacters))
      return said(line, (words) => words.noStep);
    if (of('question').length > LIMITS.fieldCharacters || of('text').length > LIMITS.fieldCharacters)
      return said(line, (words) => words.tooLong);
    const isClass = of('kind') !== 'person';
    const key = `${String(isClass)} ${of('learner')}`;
    const learner = learners.get(key) ?? { name: of('learner'), isClass, lessons: {} };
    learners.set(key, learner);
    const steps = (learner.lessons[of('lesson')] ??= {});
    const before = steps[of('step')];
    const asked = before ?? { question: textOf(() => of('question')), choices: [], answer: 0, votes: [], isRevealed: true };
    steps[of('step')] = withRow(asked, {
      round,
      choice: choice - 1,
      hands,
      text: of('text'),
      believes: of('misconception') || null,
      isRight: /^(1|true|yes)$/i.test(of('right')),
      timeMs: timeOf(of('time')),
    });
  }
  return { ok: true, learners: [...learners.values()] };
}

const timeOf = (text: string): number => {
  const time = Date.parse(text);
  return Number.isFinite(time) && time >= 0 ? time : 0;
};

interface Row {
  round: number;
  choice: number;
  hands: number;
  text: string;
  believes: string | null;
  isRight: boolean;
  timeMs: number;
}

function withRow(asked: AskedQuestion, { round, choice, hands, text, believes, isRight, timeMs }: Row): AskedQuestion {
  const nothing = { text: textOf(() => ''), believes: null };
  const choices = Array.from({ length: Math.max(asked.choices.length, choice + 1) }, (_, i) =>
    i === choice ? { text: textOf(() => text), believes } : (asked.choices[i] ?? nothing),
  );
  const votes = Array.from({ length: Math.max(asked.votes.length, round) }, (_, i) => {
    const { counts, timeMs: before } = asked.votes[i] ?? { counts: [], timeMs: 0 };
    const mine = i === round - 1;
    return {
      counts: choices.map((_choice, j) => (mine && j === choice ? hands : (counts[j] ?? 0))),
      timeMs: mine ? Math.max(before, timeMs) : before,
    };
  });
  return { ...asked, choices, votes, answer: isRight ? choice : asked.answer };
}

/** What a table brings goes before what was there, question by question. `newId`: for whoever is not there yet. */
export function merged(all: readonly Learner[], table: readonly TableLearner[], newId: () => string): Learner[] {
  return table.map(({ name, isClass, lessons }) => {
    const before = all.find((each) => each.name === name && each.isClass === isClass);
    const learner: Learner = before ?? { id: newId(), name, isClass, place: null, lessons: {} };
    const added = Object.entries(lessons).map(([lesson, asked]) => {
      const known = learner.lessons[lesson] ?? { seen: [], asked: {} };
      const own = Object.entries(asked).map(([step, each]) => [step, inOwnWords(each, known.asked[step])] as const);
      return [lesson, { ...known, asked: { ...known.asked, ...Object.fromEntries(own) } }] as const;
    });
    return { ...learner, lessons: { ...learner.lessons, ...Object.fromEntries(added) } };
  });
}

/** A table has one language: what is known in all of them keeps its words. */
function inOwnWords(asked: AskedQuestion, known: AskedQuestion | undefined): AskedQuestion {
  return known?.choices.length === asked.choices.length && known.answer === asked.answer
    ? { ...asked, question: known.question, choices: known.choices }
    : asked;
}
