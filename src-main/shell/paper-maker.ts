/** Makes hand-outs: asks for their pictures and answers, has their pages written, prints them, and makes them fit. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileName } from '../app/file-name';
import { findAssets } from '../app/find-assets';
import { Refusal } from '../app/refusal';
import { FIRST_PICTURE, type PicturePart, type PicturePlace, type PictureSettings } from '../contract/picture';
import type { PaperKind, PapersAsk } from '../contract/paper';
import { exerciseId } from '../exercises/mechanisms';
import type { Lesson, LessonStep } from '../formats/lesson';
import { parseGlossary } from '../formats/glossary';
import type { Cell } from '../lessons/cells';
import type { Language, Result } from '../model/words';
import { glossaryPages } from '../papers/glossary-paper';
import { type Html, type Letters, paper } from '../papers/html';
import { exercisePages, sheetPages, sheetPlan, storyboardPages } from '../papers/lesson-papers';
import { WORDS } from '../../assets/words/index';
import { type PaperPress, pageCount } from './paper-press';

/** What a hand-out is made from; whoever draws pictures and knows lessons. */
export interface PaperSource {
  lesson: (id: string) => Promise<Lesson>;
  answers: (lesson: string, step: string) => Promise<Result<{ cells: (Cell | null)[][] }>>;
  /** `widthPx`: of the paper that it is drawn on, in CSS pixels. */
  picture: (lesson: string, settings: PictureSettings, place: PicturePlace, widthPx: number) => Promise<Buffer>;
  /** Something has been done; throws when nothing more is wanted. */
  onDone: () => void;
}

/** Smaller and smaller, until everything has its page. */
const FITS = [1, 0.94, 0.88, 0.82, 0.76];
/** Paper of the pictures: what is printed small is drawn on little, so that its letters can be read. */
const SHEET_PX = 980;
const STORY_PX = 660;
/** Registers, as lessons name them. */
const REGISTER = /^(?![MPG]\d)[A-Z][A-Z0-9]+$/;

interface Page {
  title: string;
  pages: Html[];
  /** So many sheets of paper it has to be; null: as many as it takes. */
  sheets: number | null;
}

export class PaperMaker {
  private letters: Promise<Letters> | null = null;

  constructor(
    private readonly source: PaperSource,
    private readonly press: PaperPress,
  ) {}

  /** How often onDone is called for this. */
  async count({ lesson, papers, formats, languages }: PapersAsk): Promise<number> {
    const steps = papers.includes('storyboard') ? (await this.source.lesson(lesson)).steps.length : 0;
    return languages.length * (papers.length * formats.length + steps + (papers.includes('sheet') ? 1 : 0));
  }

  /** A paper in each form that is wanted, with its file's name. */
  async make(kind: PaperKind, language: Language, { lesson: id, formats, seed }: PapersAsk): Promise<{ name: string; data: Buffer }[]> {
    const stem = kind === 'glossary' ? 'glossary' : kind === 'exercises' ? `exercises-${seed}` : `${id}-${kind}`;
    const { title, pages, sheets } = await this.pagesOf(kind, language, id, seed);
    const letters = await this.lettersOf();
    let written = '';
    let pdf: Buffer = Buffer.alloc(0);
    for (const fit of FITS) {
      written = paper(title, language, letters, pages, fit);
      // The page in a browser is as the paper is, so it is printed even when nobody wants the print.
      pdf = await this.press.pdf(written);
      if (sheets === null || pageCount(pdf) <= sheets) break;
    }
    return formats.map((format) => ({
      name: fileName(`${stem}-${language}.${format}`),
      data: format === 'pdf' ? pdf : Buffer.from(written),
    }));
  }

  private async pagesOf(kind: PaperKind, language: Language, id: string, seed: number): Promise<Page> {
    if (kind === 'glossary') {
      const file = join(findAssets(), 'glossary.yaml');
      const read = parseGlossary(await readFile(file, 'utf8'), file);
      if (!read.ok) throw Refusal.of((words) => words.noRun);
      return { title: WORDS[language].papers.glossary, pages: glossaryPages(read.glossary, language), sheets: null };
    }
    const lesson = await this.source.lesson(kind === 'exercises' ? exerciseId({ mechanism: null, level: 1, seed }) : id);
    const title = lesson.title[language];
    if (kind === 'exercises') return { title, pages: exercisePages(lesson, language), sheets: null };
    if (kind === 'storyboard') {
      const drawn = await this.drawn(lesson, lesson.steps, language, storyParts, STORY_PX);
      const pages = storyboardPages(lesson, drawn, language);
      return { title, pages, sheets: pages.length };
    }
    const plan = sheetPlan(lesson);
    if (!plan) throw Refusal.of((_, all) => all.papers.needsLesson);
    const { task } = plan;
    const answers = task?.kind === 'table' ? await this.source.answers(lesson.id, task.step.id) : null;
    if (answers && !answers.ok) throw new Refusal(answers.message);
    const drawn = await this.drawn(lesson, [plan.shown], language, sheetParts, SHEET_PX);
    const pages = sheetPages(lesson, plan, drawn, answers?.value.cells ?? [], language);
    return { title, pages, sheets: pages.length };
  }

  /** Pictures of these steps, drawn for print. */
  private async drawn(
    lesson: Lesson,
    steps: readonly LessonStep[],
    language: Language,
    partsOf: (step: LessonStep) => PicturePart[],
    widthPx: number,
  ): Promise<{ picture: (step: LessonStep) => Html }> {
    const made = new Map<string, Html>();
    for (const step of steps) {
      const parts = partsOf(step);
      const settings: PictureSettings = {
        ...FIRST_PICTURE,
        parts,
        size: 'a4',
        theme: 'print',
        scale: 2,
        language,
        hasTitle: false,
        hasLegend: false,
        hasStory: false,
      };
      const png = await this.source.picture(lesson.id, settings, { run: step.run, stop: step.id, n: 0, isAsked: false }, widthPx);
      const alt = step.title[language].replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      made.set(step.id, `<img alt="${alt}" src="data:image/png;base64,${png.toString('base64')}">` as Html);
      this.source.onDone();
    }
    return { picture: ({ id }) => made.get(id) ?? ('' as Html) };
  }

  private lettersOf(): Promise<Letters> {
    const read = async (weight: number): Promise<string> =>
      (await readFile(join(findAssets(), 'fonts', `schedville-${weight}.woff2`))).toString('base64');
    this.letters ??= Promise.all([read(400), read(700)]).then(([regular, bold]) => ({ regular, bold }));
    return this.letters;
  }
}

/** What a step is about beside the village. */
function storyParts({ focus }: LessonStep): PicturePart[] {
  return focus.some((each) => REGISTER.test(each)) ? ['machine'] : ['village'];
}

function sheetParts({ focus }: LessonStep): PicturePart[] {
  if (focus.some((each) => REGISTER.test(each))) return ['village', 'machine'];
  return focus.some((each) => each.includes('.')) ? ['village', 'runtime'] : ['village', 'timeline'];
}
