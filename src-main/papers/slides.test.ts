import { inflateRawSync } from 'node:zlib';
import PptxGenJs from 'pptxgenjs';
import { expect, test } from 'vitest';
import type { Lesson, LessonStep } from '../formats/lesson';
import { notesOf, slidesOf, widthOf, within } from './slides';

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
const lesson = { id: 'x', title: said('lesson'), runs: { home: { title: said('run') } }, steps } as unknown as Lesson;

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

test('the question that stands before a step is in its notes', () => {
  const asked = step('c', { ask: { question: said('why') } as LessonStep['ask'] });
  expect(notesOf(asked, 'en').split('\n\n')[0]).toBe('Question: why');
  expect(notesOf(step('a'), 'en')).toBe('In the village: story a\n\nIn the runtime: technical a');
});

test('a picture is as large as its room lets it, in the middle', () => {
  const room = { x: 1, y: 1, w: 10, h: 4 };
  expect(within({ widthPx: 100, heightPx: 20 }, room)).toEqual({ x: 1, y: 2, w: 10, h: 2 });
  expect(within({ widthPx: 100, heightPx: 100 }, room)).toEqual({ x: 4, y: 1, w: 4, h: 4 });
});

test('Chinese signs are twice as wide', () => {
  expect(widthOf('a村b')).toBe(4);
});
