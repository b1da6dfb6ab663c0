import { inflateRawSync } from 'node:zlib';
import PptxGenJs from 'pptxgenjs';
import { expect, test } from 'vitest';
import { WORDS } from '../../assets/words/index';
import type { Lesson, LessonStep } from '../formats/lesson';
import { answerNotes, highOf, laidOut, notesOf, slidesOf, widthOf } from './slides';

/** One pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const said = (text: string) => ({ zh: `${text}字`, en: text });
const step = (id: string, more: Partial<LessonStep> = {}): LessonStep =>
  ({
    id,
    title: said(`title ${id}`),
    run: 'home',
    story: said(`story \`${id}\``),
    technical: said(`technical ${id}`),
    ask: null,
    notes: null,
    ...more,
  }) as LessonStep;
const steps = [step('a'), step('b', { notes: said('for the teacher') })];
const lesson = { id: 'x', language: null, title: said('lesson'), runs: { home: { title: said('run') } }, steps } as unknown as Lesson;

/** The files in an archive, by their names: read by its table of contents, whose lines have their sizes and places. */
function texts(zip: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  const end = zip.lastIndexOf('PK\x05\x06');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, name, extra, comment] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const head = zip.readUInt32LE(at + 42);
    const from = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28);
    const packed = zip.subarray(from, from + size);
    found.set(zip.toString('utf8', at + 46, at + 46 + name), (method === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return found;
}

test('each step has its slide: title, picture and story, and both narrations as notes', async () => {
  const drawn: string[] = [];
  const pptx = await slidesOf(
    lesson,
    ({ id }) => {
      drawn.push(id);
      return Promise.resolve({ png: PNG, widthPx: 200, heightPx: 100 });
    },
    'zh',
    PptxGenJs,
  );
  expect(drawn).toEqual(['a', 'b']);
  const files = texts(pptx);
  const named = (pattern: RegExp): string[] => [...files.keys()].filter((name) => pattern.test(name)).sort();
  expect(named(/^ppt\/slides\/slide\d+\.xml$/)).toHaveLength(2);
  // Whoever opens it is not told that every Chinese word is misspelled.
  expect(files.get('ppt/slides/slide1.xml')).toMatch(/<a:rPr lang="zh-CN"/);
  expect(files.get('ppt/slides/slide1.xml')).not.toMatch(/<a:rPr lang="en-US"/);
  expect(named(/^ppt\/media\/.*\.png$/).length).toBeGreaterThan(0);
  const [slide, notes] = ['ppt/slides/slide2.xml', 'ppt/notesSlides/notesSlide2.xml'].map((name) => files.get(name) ?? '');
  expect(slide).toContain('title b字');
  expect(slide).toContain('story b字');
  expect(slide).not.toContain('technical b');
  for (const part of ['story b字', 'technical b字', 'for the teacher字']) expect(notes).toContain(part);
  // Nothing is asked of anybody when it is opened.
  for (const [name, text] of files) if (name.endsWith('.rels')) expect(text, name).not.toContain('TargetMode="External"');
});

const ask = {
  question: said('why'),
  choices: [said('so'), said('not so')],
  answer: 1,
  because: said('it is `P0`'),
} as unknown as NonNullable<LessonStep['ask']>;

test('a question and its choices stand on a slide before its step, what is right in its notes', async () => {
  const asking = { ...lesson, steps: [step('a'), step('c', { ask })] };
  const draw = (): Promise<{ png: Buffer; widthPx: number; heightPx: number }> =>
    Promise.resolve({ png: PNG, widthPx: 200, heightPx: 100 });
  const files = texts(await slidesOf(asking, draw, 'en', PptxGenJs));
  const [question, answer, notes] = ['slides/slide2', 'slides/slide3', 'notesSlides/notesSlide2'].map(
    (name) => files.get(`ppt/${name}.xml`) ?? '',
  );
  for (const part of ['>why<', '>A   so<', '>B   not so<']) expect(question).toContain(part);
  for (const part of ['title c', 'story c', 'it is P0', 'p:pic']) expect(question).not.toContain(part);
  expect(answer).toContain('story c');
  expect(notes).toContain('Answer: B not so');
  expect(answerNotes(ask, 'en')).toBe('Answer: B not so\n\nit is P0');
  expect(notesOf(step('a'), 'en')).toBe('In the village: story a\n\nIn the runtime: technical a');
});

test('a lesson in the other language only has the type and the spelling of its own, the slides’ words theirs', async () => {
  const asking: Lesson = { ...lesson, language: 'zh', steps: [step('c', { ask })] };
  const draw = (): Promise<{ png: Buffer; widthPx: number; heightPx: number }> =>
    Promise.resolve({ png: PNG, widthPx: 200, heightPx: 100 });
  const files = texts(await slidesOf(asking, draw, 'en', PptxGenJs));
  const runs = ['slide1', 'slide2'].flatMap((name) =>
    [
      ...(files.get(`ppt/slides/${name}.xml`) ?? '').matchAll(
        /<a:r><a:rPr lang="([^"]*)".*?<a:latin typeface="([^"]*)".*?<a:t>(.*?)<\/a:t>/gs,
      ),
    ].map(([, lang, face, text]) => [text?.trim(), lang, face]),
  );
  const own = ['run', 'why', 'A   so', 'B   not so', 'title c', 'run', 'story c'].map((text) => [text, 'zh-CN', 'Microsoft YaHei']);
  expect(runs).toEqual([[WORDS.en.lesson.guess, 'en-US', 'Calibri'], ...own]);
});

const bottomOf = ({ y, h }: { y: number; h: number }): number => y + h;

test.each([
  ['a short story', 20],
  ['a long one', 400],
])('a wide picture stands on the left edge with %s below it, and the slide is used to its end', (_, length) => {
  const { picture, story, pt } = laidOut({ widthPx: 100, heightPx: 40 }, 'x'.repeat(length));
  expect(picture.x).toBe(story.x);
  expect(picture.w / picture.h).toBeCloseTo(100 / 40);
  expect(story.y).toBeGreaterThan(bottomOf(picture));
  expect(bottomOf(story)).toBeCloseTo(7.25);
  expect(pt).toBeGreaterThanOrEqual(18);
  expect(highOf('x'.repeat(length), story.w, pt)).toBeLessThanOrEqual(story.h + 0.01);
});

test('a high picture has its story beside it', () => {
  const { picture, story, pt } = laidOut({ widthPx: 100, heightPx: 80 }, 'x'.repeat(200));
  expect([picture.x, picture.y]).toEqual([0.4, story.y]);
  expect(story.x).toBeGreaterThan(picture.x + picture.w);
  expect(story.x + story.w).toBeCloseTo(13.333 - 0.4);
  expect(Math.max(bottomOf(picture), bottomOf(story))).toBeLessThanOrEqual(7.26);
  expect(pt).toBeGreaterThanOrEqual(24);
});

test('Chinese signs are twice as wide', () => {
  expect(widthOf('a村b')).toBe(4);
});
