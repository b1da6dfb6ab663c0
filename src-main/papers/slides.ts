/** A lesson as slides for PowerPoint and its like: one step on each, both narrations as notes; a question with its choices before its step. */
import type PptxGenJs from 'pptxgenjs';
import { fill, type Language, WORDS } from '../../assets/words/index';
import type { Lesson, LessonQuestion, LessonStep } from '../formats/lesson';

/** A PNG and its size, px. */
export interface SlidePicture {
  png: Buffer;
  widthPx: number;
  heightPx: number;
}

/** 16:9, in inches. */
const SLIDE = { w: 13.333, h: 7.5 };
const EDGE = 0.4;
const WIDE = SLIDE.w - 2 * EDGE;
const TITLE = { x: EDGE, y: 0.2, w: WIDE, h: 0.75 };
/** Below the title: picture and story share it. */
const ROOM = { x: EDGE, y: 1.05, w: WIDE, h: SLIDE.h - 1.05 - 0.25 };
const GAP = 0.15;
const INK = { ink: '2A2622', soft: '5F564B', accent: 'A8321F' };
const TITLE_PT = { step: 32, run: 20 };
/** A story is as large as it can be without taking the picture's room; it is to be read from the last row. */
const LEAST_PT = 18;
const STORY_PT = [28, 26, 24, 22, 20, LEAST_PT] as const;
const QUESTION_PT = [32, 28, 24, 20] as const;
/** Of a line's height to its type, and of half a Chinese sign's width to its height: letters of other scripts are about as wide. */
const [LINE, HALF] = [1.3, 0.52];
const PT_PER_INCH = 72;

export const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (/[\u1100-\uffff]/.test(sign) ? 2 : 1), 0);

type Box = Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;

/** How high a text is at a size, inches. `w`: how wide its room is. */
export function highOf(text: string, w: number, pt: number): number {
  const perLine = Math.max(2, Math.floor((w * PT_PER_INCH) / (pt * HALF)) - 1);
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / perLine)), 0);
  return (lines * pt * LINE) / PT_PER_INCH;
}

/** Picture and story as large as they can be, on the left edge of the title: a wide picture above its story, a high one beside it. */
export function laidOut(
  { widthPx, heightPx }: Pick<SlidePicture, 'widthPx' | 'heightPx'>,
  story: string,
): { picture: Box; story: Box; pt: number } {
  const ratio = heightPx / widthPx;
  if (ratio * ROOM.w > ROOM.h) {
    const w = Math.min(ROOM.h / ratio, 0.66 * ROOM.w);
    const x = ROOM.x + w + 2 * GAP;
    const beside = { ...ROOM, x, w: ROOM.x + ROOM.w - x };
    const pt = STORY_PT.find((each) => highOf(story, beside.w, each) <= beside.h) ?? LEAST_PT;
    return { picture: { ...ROOM, w, h: w * ratio }, story: beside, pt };
  }
  const left = (pt: number): number => ROOM.h - GAP - Math.min(ROOM.h / 2, highOf(story, ROOM.w, pt));
  // As wide as the title if it can be; else the type is the smallest, so that it is nearly so.
  const pt = STORY_PT.find((each) => left(each) >= ROOM.w * ratio) ?? LEAST_PT;
  const w = Math.min(ROOM.w, left(pt) / ratio);
  const y = ROOM.y + w * ratio + GAP;
  return { picture: { ...ROOM, w, h: w * ratio }, story: { ...ROOM, y, h: ROOM.y + ROOM.h - y }, pt };
}

/** What a choice is called when it is talked about. */
const letterOf = (i: number): string => String.fromCharCode(65 + i);

const plain = (text: string): string => text.replaceAll('`', '');

/** What is told at a step; what is asked before it stands on a slide of its own. */
export function notesOf({ story, technical, notes }: LessonStep, language: Language): string {
  const words = WORDS[language];
  const lines = [
    `${words.lesson.story}${words.language.before}${story[language]}`,
    `${words.lesson.technical}${words.language.before}${technical[language]}`,
  ];
  return plain([...lines, ...(notes ? [notes[language]] : [])].join('\n\n'));
}

/** For whoever asks: which choice is right and why. */
export function answerNotes({ choices, answer, because }: LessonQuestion, language: Language): string {
  const { papers } = WORDS[language];
  const right = `${letterOf(answer)} ${choices[answer]?.[language] ?? ''}`;
  return plain(`${fill(papers.answered, { answer: right })}\n\n${because[language]}`);
}

/** `make`: the library, which is loaded for this. */
export async function slidesOf(
  lesson: Lesson,
  pictureOf: (step: LessonStep) => Promise<SlidePicture>,
  language: Language,
  make: new () => PptxGenJs,
): Promise<Buffer> {
  const slides = new make();
  const { slideFont: fontFace, spelling: lang } = WORDS[language].language;
  // Its own texts have the type and the spelling of the language that they are written in; notes cannot be marked.
  const own = WORDS[lesson.language ?? language].language;
  const said = { fontFace: own.slideFont, lang: own.spelling };
  slides.defineLayout({ name: 'SCHEDVILLE', width: SLIDE.w, height: SLIDE.h });
  slides.layout = 'SCHEDVILLE';
  slides.title = lesson.title[language];
  slides.company = 'Schedville';
  slides.theme = { headFontFace: fontFace, bodyFontFace: fontFace };
  const begun = (title: string, titled: typeof said, run: string): PptxGenJs.Slide => {
    const slide = slides.addSlide();
    slide.addText(
      [
        { text: plain(title), options: { ...titled, bold: true, fontSize: TITLE_PT.step, color: INK.ink } },
        { text: `   ${plain(run)}`, options: { ...said, fontSize: TITLE_PT.run, color: INK.soft } },
      ],
      { ...TITLE, fontFace, lang, margin: 0, valign: 'middle', fit: 'shrink' },
    );
    return slide;
  };
  for (const step of lesson.steps) {
    const run = lesson.runs[step.run]?.title[language] ?? '';
    const { ask } = step;
    if (ask) {
      const slide = begun(WORDS[language].lesson.guess, { fontFace, lang }, run);
      const question = plain(ask.question[language]);
      const choices = ask.choices.map((choice, i) => `${letterOf(i)}   ${plain(choice[language])}`);
      // A blank line between any two.
      const all = [question, ...choices].join('\n\n');
      const fontSize = QUESTION_PT.find((pt) => highOf(all, ROOM.w, pt) <= ROOM.h) ?? 20;
      const style = { ...said, fontSize, color: INK.ink, breakLine: true, paraSpaceAfter: fontSize };
      slide.addText([{ text: question, options: { ...style, bold: true } }, ...choices.map((text) => ({ text, options: style }))], {
        ...ROOM,
        margin: 0,
        valign: 'top',
      });
      slide.addNotes(answerNotes(ask, language));
    }
    const slide = begun(step.title[language], said, run);
    const drawn = await pictureOf(step);
    const altText = plain(step.title[language]);
    const text = plain(step.story[language]);
    const { picture, story, pt: fontSize } = laidOut(drawn, text);
    slide.addImage({ data: `image/png;base64,${drawn.png.toString('base64')}`, ...picture, altText });
    slide.addText(text, { ...story, ...said, fontSize, color: INK.ink, margin: 0, valign: 'top' });
    slide.addNotes(notesOf(step, language));
  }
  const written = await slides.write({ outputType: 'nodebuffer', compression: true });
  return Buffer.from(written as Uint8Array);
}
