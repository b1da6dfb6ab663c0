/** The papers of a lesson: a sheet to be given out, its key apart from it, and a storyboard of all of its steps. */
import { fill, type Language, WORDS } from '../../assets/words/index';
import type { ClaimActivity, Lesson, LessonStep, OpenActivity, TableActivity } from '../formats/lesson';
import type { Cell } from '../lessons/cells';
import type { Text } from '../model/words';
import { answeredQuestion, openQuestion, tableOf } from './asked';
import { html, type Html, text } from './html';
import { tellingStep } from './telling';
import { type Told, toldIn } from './told';

/** What is asked on the sheet: a table to be filled in, a question, a sentence to be judged, or a question that is open. */
type Task =
  | { kind: 'table'; step: LessonStep; table: TableActivity }
  | { kind: 'question'; step: LessonStep }
  | { kind: 'claim'; step: LessonStep; claim: ClaimActivity }
  | { kind: 'open'; step: LessonStep; open: OpenActivity };

export interface SheetPlan {
  /** The step that is shown: it says nothing of what is asked. */
  shown: LessonStep;
  task: Task | null;
}

/**
 * A question that comes after the most telling step is asked beside its picture. Where there is none, the last one is asked, beside the step
 * before it: the picture of a later step would answer it.
 */
export function sheetPlan(lesson: Pick<Lesson, 'telling' | 'steps'>): SheetPlan | null {
  const { steps } = lesson;
  const telling = tellingStep(lesson);
  if (!telling) return null;
  const at = steps.indexOf(telling);
  const tasks = steps.flatMap((step): Task[] => {
    const { activity, ask } = step;
    if (activity?.kind === 'table' && activity.ask) return [{ kind: 'table', step, table: activity }];
    if (ask) return [{ kind: 'question', step }];
    if (activity?.kind === 'claim') return [{ kind: 'claim', step, claim: activity }];
    return activity?.kind === 'open' ? [{ kind: 'open', step, open: activity }] : [];
  });
  const indexOf = ({ step }: Task): number => steps.indexOf(step);
  const later = tasks.filter((task) => indexOf(task) > at);
  const after = later.find(({ kind }) => kind === 'table') ?? later[0];
  if (after) return { shown: telling, task: after };
  const last = tasks.findLast((task) => indexOf(task) > 0);
  if (!last) return { shown: telling, task: null };
  return { shown: steps[indexOf(last) - 1] ?? telling, task: last };
}

export interface Drawn {
  /** Of a step's picture, as it stands in the page: an img or an svg. */
  picture: (step: LessonStep) => Html;
}

function narrations(step: LessonStep, told: Told, language: Language): Html {
  const words = WORDS[language].lesson;
  return html`<div class="two">
    <p class="story"><span class="tag">${text(words.story)}</span>${told.prose(step.story)}</p>
    <p class="technical"><span class="tag">${text(words.technical)}</span>${told.prose(step.technical)}</p>
  </div>`;
}

/** A paper, and what is right: never in one file, so that the paper can be sent to whoever is asked. */
export interface Keyed<Key = Html> {
  sheet: Html;
  key: Key;
}

/** `cells`: of the table that is asked. `key`: null where nothing is asked. */
export function sheetPages(
  lesson: Lesson,
  plan: SheetPlan,
  { picture }: Drawn,
  cells: readonly (readonly (Cell | null)[])[],
  language: Language,
): Keyed<Html | null> {
  const words = WORDS[language].papers;
  const told = toldIn(lesson, language);
  const { shown, task } = plan;
  const head = html`<h1>${told.text(lesson.title)}</h1>`;
  const goals = html`<ul>
    ${lesson.goals.map((goal) => html`<li>${told.prose(goal)}</li>`)}
  </ul>`;
  const name = html`<p class="meta">${text(words.name)} ______________________ &nbsp; ${text(words.date)} ______________</p>`;
  const sheet = html`${head}${name}${goals}
    <h2>${told.text(shown.title)}</h2>
    <figure>${picture(shown)}</figure>
    ${narrations(shown, told, language)}${
      task
        ? html`<h2>${text(words.task)}</h2>
            ${given(task, lesson, told, language)}`
        : text('')
    }`;
  if (!task) return { sheet, key: null };
  const key = html`<h1>${told.titled((place) => fill(words.key, { title: place }), lesson.title)}</h1>
    <h2>${told.text(task.step.title)}</h2>
    ${answered(task, lesson, cells, told, language)}${narrations(task.step, told, language)}`;
  return { sheet, key };
}

const verdicts = (language: Language): string[] => Object.values(WORDS[language].activity.verdicts);

/** What the documents say. */
const quoted = ({ places }: ClaimActivity, told: Told): Html =>
  html`${places.flatMap(({ document, lines, words }) =>
    words ? [html`<blockquote>${told.prose(words)} <span class="soft">${text(`${document}: ${lines}`)}</span></blockquote>`] : [],
  )}`;

function given(task: Task, { runs }: Lesson, told: Told, language: Language): Html {
  if (task.kind === 'table') return tableOf(task.table, runs, null, told, language);
  if (task.kind === 'claim')
    return html`${quoted(task.claim, told)}
      <p>${text(verdicts(language).join(' / '))}</p>
      <div class="lines"></div>`;
  if (task.kind === 'open')
    return html`<p>${told.prose(task.open.question)}</p>
      <div class="lines"></div>`;
  return task.step.ask ? openQuestion(task.step.ask, told) : text('');
}

function answered(task: Task, { runs }: Lesson, cells: readonly (readonly (Cell | null)[])[], told: Told, language: Language): Html {
  if (task.kind === 'table') return tableOf(task.table, runs, cells, told, language);
  if (task.kind === 'claim')
    return html`${quoted(task.claim, told)}
      <p class="right">${text(WORDS[language].activity.verdicts[task.claim.verdict])}</p>
      <p>${told.prose(task.claim.text)}</p>`;
  if (task.kind === 'open')
    return html`<p>${told.prose(task.open.question)}</p>
      <p class="right">${told.prose(task.open.answer)}</p>`;
  return task.step.ask ? answeredQuestion(task.step.ask, told) : text('');
}

/** At most so many steps on a page: two columns of three. */
export const STEPS_A_PAGE = 6;
/** Up to so many stand in one column. */
const FEW_STEPS = 4;

export function storyboardPages(lesson: Lesson, { picture }: Drawn, language: Language): Html[] {
  const words = WORDS[language].papers;
  const told = toldIn(lesson, language);
  const { title, steps, runs } = lesson;
  // Whole rows of two, as many on each page as on the others: no page has one step only because the others were full, and none a hole in its middle.
  const rows = Math.ceil(steps.length / 2);
  const count = Math.ceil(steps.length / STEPS_A_PAGE);
  const begin = (page: number): number => 2 * Math.ceil((page * rows) / count);
  const pages = Array.from({ length: count }, (_, i) =>
    steps.slice(begin(i), begin(i + 1)).map((step, j) => ({ step, n: begin(i) + j + 1 })),
  );
  const runOf = ({ run }: LessonStep): Html => {
    const said = runs[run]?.title;
    return said ? told.text(said) : text('');
  };
  return pages.map((page, i) => {
    const cells = page.map(
      ({ step, n }) =>
        html`<article>
          <figure>${picture(step)}</figure>
          <div>
            <h3>${text(String(n))} ${told.text(step.title)} <span class="soft">${runOf(step)}</span></h3>
            <p>${told.prose(step.story)}</p>
            <p class="more">${told.prose(step.technical)}</p>
          </div>
        </article>`,
    );
    const head = told.titled((place) => fill(words.storyboard, { title: place, page: i + 1, pages: pages.length }), title);
    return html`<header>${i === 0 ? html`<h1>${head}</h1>` : html`<p class="soft">${head}</p>`}</header>
      <div class="board${boardOf(cells.length)}">${cells}</div>`;
  });
}

/** A page of few steps is no page of three rows with an empty one: each has a row of its own there, the picture larger and what is said beside it. */
const boardOf = (steps: number): Html => text(steps > FEW_STEPS ? '' : steps > 3 ? ' few' : ' few fewer');

/** Every question of a lesson of exercises, and what is right. */
export function exercisePages(lesson: Lesson, language: Language): Keyed {
  const words = WORDS[language].papers;
  const told = toldIn(lesson, language);
  const { id, title, steps } = lesson;
  const asked = steps.flatMap((step, i) => (step.ask ? [{ step, ask: step.ask, before: steps[i - 1] ?? null }] : []));
  const seed = id.split('-').at(-1) ?? '';
  const sheet = asked.map(
    ({ ask, before }, i) =>
      html`<div class="whole">
        <h2>${text(String(i + 1))}</h2>
        ${before && !before.ask ? html`<p>${told.prose(before.technical)}</p>` : text('')}${openQuestion(ask, told)}
      </div>`,
  );
  const key = asked.map(
    ({ ask }, i) =>
      html`<div class="whole">
        <h2>${text(String(i + 1))}</h2>
        ${answeredQuestion(ask, told)}
      </div>`,
  );
  const about = fill(words.seeded, { seed });
  const name = html`<p class="meta">
    ${text(words.name)} ______________________ &nbsp; ${text(words.date)} ______________ &nbsp; ${text(about)}
  </p>`;
  return {
    sheet: html`<h1>${told.text(title)}</h1>
      ${name}${sheet}`,
    key: html`<h1>${told.titled((place) => fill(words.key, { title: place }), title)}</h1>
      <p class="meta">${text(about)}</p>
      ${key}`,
  };
}

/** A lesson on the contact sheet: its first step and its most telling one. */
export interface Glimpse {
  title: Text;
  steps: readonly { step: LessonStep; picture: Html }[];
}

/** Lessons on a page of the contact sheet. */
const LESSONS_A_PAGE = 6;

export function contactPages(glimpses: readonly Glimpse[], language: Language): Html[] {
  const words = WORDS[language].papers;
  const captions = [words.first, words.telling];
  const rows = glimpses.map(
    ({ title, steps }, i) =>
      html`<div class="whole glimpses">
        <h3>${text(String(i + 1))} ${text(title[language])}</h3>
        <div class="two">
          ${steps.map(
            ({ step, picture }, j) =>
              html`<figure>
                ${picture}
                <figcaption>${text(captions[j] ?? '')}${text(WORDS[language].language.before)}${text(step.title[language])}</figcaption>
              </figure>`,
          )}
        </div>
      </div>`,
  );
  return Array.from({ length: Math.ceil(rows.length / LESSONS_A_PAGE) }, (_, i) => {
    const page = rows.slice(i * LESSONS_A_PAGE, (i + 1) * LESSONS_A_PAGE);
    return html`${i === 0 ? html`<h1>${text(words.contact)}</h1>` : text('')}${page}`;
  });
}
