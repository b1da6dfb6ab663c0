/** A lesson as slides for PowerPoint and its like: one step on each, both narrations as notes. */
import type PptxGenJs from 'pptxgenjs';
import { fill, type Language, WORDS } from '../../assets/words/index';
import type { Lesson, LessonStep } from '../formats/lesson';

/** A PNG and its size, px. */
export interface SlidePicture {
  png: Buffer;
  widthPx: number;
  heightPx: number;
}

/** 16:9, in inches. */
const SLIDE = { w: 13.333, h: 7.5 };
const EDGE = 0.4;
const TITLE = { x: EDGE, y: 0.25, w: SLIDE.w - 2 * EDGE, h: 0.7 };
const ROOM = { x: EDGE, y: 1.05, w: SLIDE.w - 2 * EDGE, h: 5.05 };
const STORY = { x: EDGE, y: 6.2, w: SLIDE.w - 2 * EDGE, h: 1.15 };
const INK = { ink: '2A2622', soft: '5F564B', accent: 'A8321F' };
/** As much as stands in the room below the picture at its size, Chinese signs counted twice. */
const STORY_PT = [
  { most: 300, pt: 16 },
  { most: 520, pt: 14 },
  { most: Infinity, pt: 12 },
] as const;

export const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (/[\u1100-\uffff]/.test(sign) ? 2 : 1), 0);

/** As large as it can be in a room, in its middle. */
export function within({ widthPx, heightPx }: Pick<SlidePicture, 'widthPx' | 'heightPx'>, room: typeof ROOM): typeof ROOM {
  const scale = Math.min(room.w / widthPx, room.h / heightPx);
  const [w, h] = [widthPx * scale, heightPx * scale];
  return { x: room.x + (room.w - w) / 2, y: room.y + (room.h - h) / 2, w, h };
}

const plain = (text: string): string => text.replaceAll('`', '');

/** What is told at a step, and what is asked before it: the question alone, as the answer is the step. */
export function notesOf({ story, technical, ask, notes }: LessonStep, language: Language): string {
  const words = WORDS[language];
  const asked = ask ? [fill(words.papers.asked, { question: ask.question[language] })] : [];
  const lines = [
    ...asked,
    `${words.lesson.story}${words.language.before}${story[language]}`,
    `${words.lesson.technical}${words.language.before}${technical[language]}`,
  ];
  return plain([...lines, ...(notes ? [notes[language]] : [])].join('\n\n'));
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
  slides.defineLayout({ name: 'SCHEDVILLE', width: SLIDE.w, height: SLIDE.h });
  slides.layout = 'SCHEDVILLE';
  slides.title = lesson.title[language];
  slides.company = 'Schedville';
  slides.theme = { headFontFace: fontFace, bodyFontFace: fontFace };
  for (const step of lesson.steps) {
    const slide = slides.addSlide();
    const run = lesson.runs[step.run]?.title[language] ?? '';
    slide.addText(
      [
        { text: plain(step.title[language]), options: { bold: true, fontSize: 26, color: INK.ink } },
        { text: `   ${plain(run)}`, options: { fontSize: 14, color: INK.soft } },
      ],
      { ...TITLE, fontFace, lang, margin: 0, valign: 'middle' },
    );
    const picture = await pictureOf(step);
    const altText = plain(step.title[language]);
    slide.addImage({ data: `image/png;base64,${picture.png.toString('base64')}`, ...within(picture, ROOM), altText });
    const story = plain(step.story[language]);
    const fontSize = STORY_PT.find(({ most }) => widthOf(story) <= most)?.pt ?? 12;
    slide.addText(story, { ...STORY, fontFace, lang, fontSize, color: INK.ink, margin: 0, valign: 'top' });
    slide.addNotes(notesOf(step, language));
  }
  const written = await slides.write({ outputType: 'nodebuffer', compression: true });
  return Buffer.from(written as Uint8Array);
}
