/** Makes hand-outs: asks for their pictures and answers, has their pages written, prints them, and makes them fit. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileName } from '../app/file-name';
import { findAssets } from '../app/find-assets';
import { Refusal } from '../app/refusal';
import { FIRST_PICTURE, type PicturePart, type PicturePlace, type PictureSettings } from '../contract/picture';
import { filesOf, type PaperFormat, type PaperKind, type PapersAsk } from '../contract/paper';
import { exerciseId } from '../exercises/mechanisms';
import type { Lesson, LessonStep } from '../formats/lesson';
import { parseGlossary } from '../formats/glossary';
import type { Cell } from '../lessons/cells';
import type { Language, Result } from '../model/words';
import { glossaryPages } from '../papers/glossary-paper';
import { type Html, inlined, type Letters, paper, pictured } from '../papers/html';
import { contactPages, exercisePages, type Glimpse, sheetPages, sheetPlan, storyboardPages } from '../papers/lesson-papers';
import type { SlidePicture } from '../papers/slides';
import { tellingStep } from '../papers/telling';
import { fill, WORDS } from '../../assets/words/index';
import { type PaperPress, pageCount } from './paper-press';
import type { InPage } from './pictures';

/** What a hand-out is made from; whoever draws pictures and knows lessons. */
export interface PaperSource {
  /** Ids of the course's lessons, in its order. */
  lessons: () => Promise<string[]>;
  lesson: (id: string) => Promise<Lesson>;
  /** How its files begin. */
  stem: (id: string) => Promise<string>;
  answers: (lesson: string, step: string) => Promise<Result<{ cells: (Cell | null)[][] }>>;
  /** A PNG, or the text of an SVG. */
  picture: (lesson: string, settings: PictureSettings, place: PicturePlace, inPage: InPage) => Promise<Buffer>;
  /** Something has been done; throws when nothing more is wanted. */
  onDone: () => void;
}

/** Smaller and smaller, until everything has its page. */
const FITS = [1, 0.94, 0.88, 0.82, 0.76];
/** Paper of the pictures: what is printed small is drawn on little, so that its letters can be read. */
const SHEET_PX = 980;
const STORY_PX = 660;
const SLIDE_PX = 1_180;
/** Registers, as lessons name them. */
const REGISTER = /^(?![MPG]\d)[A-Z][A-Z0-9]+$/;

interface Page {
  title: string;
  pages: Html[];
  /** So many sheets of paper it has to be; null: as many as it takes. */
  sheets: number | null;
  /** What is right, for whoever gives the paper out: a paper of its own. */
  key?: Page | null;
}

export class PaperMaker {
  private letters: Promise<Letters> | null = null;

  constructor(
    private readonly source: PaperSource,
    private readonly press: PaperPress,
  ) {}

  /** How often onDone is called for this. */
  async count(ask: PapersAsk): Promise<number> {
    const { lesson, papers, languages } = ask;
    const drawnAll = papers.filter((kind) => kind === 'storyboard' || kind === 'slides').length;
    const steps = drawnAll === 0 ? 0 : drawnAll * (await this.source.lesson(lesson)).steps.length;
    const glimpses = papers.includes('contact') ? 2 * (await this.source.lessons()).length : 0;
    return filesOf(ask) + languages.length * (steps + glimpses + (papers.includes('sheet') ? 1 : 0));
  }

  /** A paper in each form that is wanted, with its file's name; its key is another file. */
  async make(kind: PaperKind, language: Language, { lesson: id, formats, seed }: PapersAsk): Promise<{ name: string; data: Buffer }[]> {
    if (kind === 'slides')
      return [{ name: fileName(`${await this.source.stem(id)}-slides-${language}.pptx`), data: await this.slides(id, language) }];
    const stem =
      kind === 'glossary' || kind === 'contact'
        ? kind
        : kind === 'exercises'
          ? `exercises-${seed}`
          : `${await this.source.stem(id)}-${kind}`;
    const page = await this.pagesOf(kind, language, id, seed);
    const made = await this.printed(page, language, formats, stem);
    return page.key ? [...made, ...(await this.printed(page.key, language, formats, `${stem}-key`))] : made;
  }

  /** In each form; `stem`: what the files are called before their language. */
  private async printed(
    { title, pages, sheets }: Page,
    language: Language,
    formats: readonly PaperFormat[],
    stem: string,
  ): Promise<{ name: string; data: Buffer }[]> {
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

  private async glimpses(language: Language): Promise<Glimpse[]> {
    const all: Glimpse[] = [];
    for (const id of await this.source.lessons()) {
      const lesson = await this.source.lesson(id);
      const [first = null] = lesson.steps;
      const steps: { step: LessonStep; picture: Html }[] = [];
      for (const step of [first, tellingStep(lesson)]) {
        if (!step) continue;
        const look = { parts: storyParts(step), format: 'png', theme: 'light', scale: 1 } as const;
        steps.push({ step, picture: pictured(await this.picture(lesson, step, language, look, STORY_PX), step.title[language]) });
        this.source.onDone();
      }
      all.push({ title: lesson.title, steps });
    }
    return all;
  }

  /** The library comes when somebody wants slides. */
  private async slides(id: string, language: Language): Promise<Buffer> {
    const [{ slidesOf }, { default: library }] = await Promise.all([import('../papers/slides'), import('pptxgenjs')]);
    const lesson = await this.source.lesson(id);
    const draw = async (step: LessonStep): Promise<SlidePicture> => {
      const png = await this.picture(
        lesson,
        step,
        language,
        { parts: storyParts(step), format: 'png', theme: 'light', scale: 2 },
        SLIDE_PX,
      );
      this.source.onDone();
      return { png, widthPx: png.readUInt32BE(16), heightPx: png.readUInt32BE(20) };
    };
    return slidesOf(lesson, draw, language, library);
  }

  /** A step without anything around it: what it is called stands on the paper. */
  private picture(
    lesson: Lesson,
    step: LessonStep,
    language: Language,
    settings: Pick<PictureSettings, 'parts' | 'format' | 'theme' | 'scale'>,
    widthPx: number,
  ): Promise<Buffer> {
    const bare: PictureSettings = {
      ...FIRST_PICTURE,
      ...settings,
      size: 'a4',
      language,
      hasTitle: false,
      hasLegend: false,
      hasStory: false,
    };
    const place = { run: step.run, stop: step.id, n: 0, isAsked: false };
    return this.source.picture(lesson.id, bare, place, { widthPx, prefix: `${step.id}-` });
  }

  private async pagesOf(kind: Exclude<PaperKind, 'slides'>, language: Language, id: string, seed: number): Promise<Page> {
    if (kind === 'glossary') {
      const file = join(findAssets(), 'glossary.yaml');
      const read = parseGlossary(await readFile(file, 'utf8'), file);
      if (!read.ok) throw Refusal.of((words) => words.noRun);
      return { title: WORDS[language].papers.glossary, pages: glossaryPages(read.glossary, language), sheets: null };
    }
    if (kind === 'contact') {
      const pages = contactPages(await this.glimpses(language), language);
      return { title: WORDS[language].papers.contact, pages, sheets: pages.length };
    }
    const lesson = await this.source.lesson(kind === 'exercises' ? exerciseId({ mechanism: null, level: 1, seed }) : id);
    const title = lesson.title[language];
    const keyTitle = fill(WORDS[language].papers.key, { title });
    if (kind === 'exercises') {
      const { sheet, key } = exercisePages(lesson, language);
      return { title, pages: [sheet], sheets: null, key: { title: keyTitle, pages: [key], sheets: null } };
    }
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
    const { sheet, key } = sheetPages(lesson, plan, drawn, answers?.value.cells ?? [], language);
    return { title, pages: [sheet], sheets: 1, key: key === null ? null : { title: keyTitle, pages: [key], sheets: 1 } };
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
      const svg = await this.picture(lesson, step, language, { parts: partsOf(step), format: 'svg', theme: 'print', scale: 1 }, widthPx);
      made.set(step.id, inlined(svg.toString('utf8'), step.title[language]));
      this.source.onDone();
    }
    return { picture: ({ id }) => made.get(id) ?? ('' as Html) };
  }

  private lettersOf(): Promise<Letters> {
    const read = async (name: string): Promise<string> =>
      (await readFile(join(findAssets(), 'fonts', `schedville-${name}.woff2`))).toString('base64');
    this.letters ??= Promise.all(['400', '700', 'signs', 'mono-400'].map(read)).then(
      ([regular = '', bold = '', signs = '', code = '']) => ({
        regular,
        bold,
        signs,
        code,
      }),
    );
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
