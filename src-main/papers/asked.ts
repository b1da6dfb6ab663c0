/** Questions and tables on paper: as they are given out, and with what is right. */
import { type Language, WORDS } from '../../assets/words/index';
import { timeText } from '../formats/durations';
import type { Lesson, LessonQuestion, TableActivity, TableRow } from '../formats/lesson';
import type { Cell } from '../lessons/cells';
import { waysOf, wayText } from '../formats/way-text';
import { html, type Html, prose, text } from './html';
import type { Told } from './told';

/** A, B, C: what a choice is called when it is talked about. */
const letterOf = (i: number): string => String.fromCharCode(65 + (i % 26));

export const openQuestion = ({ question, choices }: LessonQuestion, told: Told): Html =>
  html`<p>${told.prose(question)}</p>
    <ol class="choices">
      ${choices.map((choice, i) => html`<li><b>${text(letterOf(i))}</b>${told.prose(choice)}</li>`)}
    </ol>`;

/** The right choice, why it is, and why each other is not. */
export function answeredQuestion({ question, choices, answer, because }: LessonQuestion, told: Told): Html {
  const lines = choices.map((choice, i) => {
    const why = i === answer ? because : choice.why;
    return html`<li class="${text(i === answer ? 'right' : '')}">
      <b>${text(letterOf(i))}</b>${told.prose(choice)}${why ? html`<span class="why">${told.prose(why)}</span>` : text('')}
    </li>`;
  });
  return html`<p>${told.prose(question)}</p>
    <ol class="choices">
      ${lines}
    </ol>`;
}

function cellText(cell: Cell | null | undefined): string {
  if (!cell || cell.value === null || cell.value === '') return '—';
  const { value, unit } = cell;
  if (unit === 'ns' && typeof value === 'number') return timeText(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `cells`: row by row; null: they stay empty. */
export function tableOf(
  table: TableActivity,
  runs: Lesson['runs'],
  cells: readonly (readonly (Cell | null)[])[] | null,
  told: Told,
  language: Language,
): Html {
  const heads = table.columns.map(({ title, run }) => {
    const said = title ?? runs[run]?.title;
    return html`<th scope="col">${said ? told.prose(said) : prose(run)}</th>`;
  });
  const rows = table.rows.map(
    (row, r) =>
      html`<tr>
        <th scope="row">${told.prose(row.label)}</th>
        ${table.columns.map((_, c) => (cells ? filledCell(row, cells[r]?.[c], language) : html`<td class="blank"></td>`))}
      </tr>`,
  );
  return html`<p>${text(WORDS[language].activity.table)}</p>
    <table>
      <thead>
        <tr>
          <td></td>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${cells ? text('') : ways(table, language)}`;
}

/** A code of the facts is followed by what it means. */
function filledCell(row: TableRow, cell: Cell | null | undefined, language: Language): Html {
  const means = wayText(row, cell?.value ?? null, language);
  return html`<td><code>${text(cellText(cell))}</code>${means === '' ? text('') : html` <span class="soft">${text(means)}</span>`}</td>`;
}

/** Nobody can write down a code that has not been shown: all of them, whichever is right. */
function ways({ rows }: TableActivity, language: Language): Html {
  const row = rows.find((each) => waysOf(each) !== null);
  const all = row ? (waysOf(row) ?? []) : [];
  if (!row || all.length === 0) return text('');
  const each = all.map((way) => html`<li><code>${text(way)}</code> ${text(wayText(row, way, language))}</li>`);
  return html`<p class="meta">${text(WORDS[language].papers.ways)}</p>
    <ul class="ways meta">
      ${each}
    </ul>`;
}
