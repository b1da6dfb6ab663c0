/** Reads a lesson file. */
import { isMap, isScalar } from 'yaml';
import { fill } from '../../../assets/words/index';
import type { Json } from '../../model/state';
import type { Fault, Language, Read } from '../../model/words';
import { DOCUMENTS } from '../errata';
import { checkHead, languageOfText, TEXT_FORM } from '../head';
import { withCauses } from '../look-alikes';
import { readId } from '../scenario';
import { placesBelow } from '../yaml-places';
import type { Node, YamlSource } from '../yaml-source';
import { type Fields, LessonSource, type LessonTables } from './lesson-source';
import { readRuns } from './read-runs';
import { readStep } from './read-step';
import type { Lesson, LessonExercise, LessonHomework, LessonVersion } from './types';

/** Where in the file something stands, from 1. */
export interface Place {
  line: number;
  column: number;
}

/**
 * `placeOf`: where a part stands, for faults that only its scenario or its trace can show: a run (`runs.home`, `runs.home.vary[0]`), a step
 * (`steps.village`) and what is in it (`steps.village.ask.proof[0]`, `steps.village.table.rows[1]`), `homework`, `homework.expect.threads`,
 * `prerequisites[0]`. Of what it does not know it gives the beginning. `hints`: what may be a mistake, though the lesson can be used.
 */
export type ParsedLesson = Read<{ lesson: Lesson; placeOf: (what: string) => Place; hints: readonly Fault[] }>;

/** All faults of a lesson file at once, or the lesson. */
export function parseLesson(text: string, file: string, tables: LessonTables): ParsedLesson {
  return withCauses(text, file, (source) => lessonFrom(source, tables));
}

function lessonFrom(source: YamlSource, tables: LessonTables): ParsedLesson {
  if (source.root === null) return { ok: false, faults: source.sorted };
  const reader = new LessonSource(source, versionOf(source.json), tables);
  const lesson = readLesson(reader, source.root);
  if (source.faults.length > 0) return { ok: false, faults: source.sorted };
  return { ok: true, lesson, hints: source.hints, placeOf: (what) => source.placeOf(reader.places.get(what) ?? source.root) };
}

/** A version that we do not know is a fault; the rest is read as the newest. */
function versionOf(json: Json): LessonVersion {
  const top = json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as Readonly<Record<string, Json>>) : {};
  return top.schedville === 1 ? 1 : 2;
}

function readLesson(lesson: LessonSource, root: Node): Lesson {
  const top = lesson.fields(root, 'lesson', 'lesson');
  checkHead(lesson.source, top.all, 'lesson', [1, 2]);
  const id = readId(lesson.source, top.at('id'));
  // Before all texts.
  lesson.only = lesson.language(top.at('language')) ?? meantLanguage(lesson, top);
  const documents = readDocuments(lesson, top.at('documents'));
  lesson.documents = [...DOCUMENTS, ...Object.keys(documents)];
  const runs = readRuns(lesson, top.at('runs'));
  lesson.runs = new Set(Object.keys(runs));
  const ids = new Set<string>();
  return {
    version: lesson.version,
    id,
    language: lesson.only,
    title: lesson.title(top.at('title'), 'title'),
    sources: lesson.list(top.at('sources'), 'sources').map((item) => lesson.document(item, 'sources')),
    documents,
    prerequisites: readPrerequisites(lesson, top.at('prerequisites'), id),
    minutes: lesson.minutes(top.at('minutes')),
    terms: lesson.list(top.at('terms'), 'terms').map((item) => lesson.word(item, 'terms')),
    goals: lesson.list(top.at('goals'), 'goals').map((goal) => lesson.prose(goal, 'goals')),
    runs,
    steps: lesson.someOf(top.at('steps'), 'steps').map((step) => readStep(lesson, step, ids)),
    // After the steps, whose ids it is one of.
    telling: readTelling(lesson, top.at('telling'), ids),
    exercise: readExercise(lesson, top),
    homework: readHomework(lesson, top),
  };
}

/**
 * Of a lesson whose titles are all in one language: that line is what it lacks, or what is wrong in it has been said, and not the other language in
 * each of its texts.
 */
function meantLanguage({ source }: LessonSource, top: Fields): Language | null {
  const title = top.at('title');
  const steps = source.isList(top.at('steps')) ? source.items(top.at('steps'), 'steps') : [];
  const isPlain = (node: unknown): boolean => isScalar(node) && typeof node.value === 'string';
  if (title === null || !isPlain(title) || !steps.every((step) => isMap(step) && isPlain(step.get('title', true)))) return null;
  const language = languageOfText(source.text(title, 'title') ?? '');
  if (!top.has('language')) source.fault(title, (w) => fill(w.notLanguages, { language, form: TEXT_FORM }));
  return language;
}

function readDocuments(lesson: LessonSource, node: Node | null): Lesson['documents'] {
  if (node === null) return {};
  return Object.fromEntries(
    lesson.source.entries(node, 'documents').map(({ name, key, value }) => {
      if (DOCUMENTS.includes(name)) lesson.source.fault(key, (w) => fill(w.documentTaken, { name }));
      const fields = lesson.fields(value, `documents.${name}`, 'document');
      const word = (what: 'author' | 'url'): string | null => lesson.wordOrNull(fields.at(what), `documents.${name}.${what}`);
      return [name, { title: lesson.title(fields.at('title'), `documents.${name}.title`), author: word('author'), url: word('url') }];
    }),
  );
}

function readPrerequisites(lesson: LessonSource, node: Node | null, own: string): string[] {
  const known = new Set<string>();
  return lesson.list(node, 'prerequisites').map((item, i) => {
    const id = lesson.word(item, 'prerequisites');
    lesson.places.set(`prerequisites[${i}]`, item);
    if (known.has(id)) lesson.source.fault(item, (w) => fill(w.duplicateName, { what: 'prerequisites', name: id }));
    if (id === own && id !== '') lesson.source.fault(item, (w) => w.ownPrerequisite);
    known.add(id);
    return id;
  });
}

function readTelling(lesson: LessonSource, node: Node | null, steps: ReadonlySet<string>): string | null {
  const id = lesson.wordOrNull(node, 'telling');
  if (node !== null && id !== null && !steps.has(id))
    lesson.source.fault(node, (w) => fill(w.unknownStep, { id }), lesson.source.nearest(id, steps));
  return id;
}

function readExercise(lesson: LessonSource, top: Fields): LessonExercise | null {
  if (!top.has('exercise')) return null;
  const fields = lesson.fields(top.at('exercise'), 'exercise', 'exercise');
  return { text: lesson.prose(fields.at('text'), 'exercise.text'), answer: lesson.prose(fields.at('answer'), 'exercise.answer') };
}

function readHomework(lesson: LessonSource, top: Fields): LessonHomework | null {
  if (!top.has('homework')) return null;
  const fields = lesson.fields(top.at('homework'), 'homework', 'homework');
  lesson.places.set('homework', fields.at('scenario') ?? top.at('homework') ?? lesson.source.root!);
  const expect = fields.at('expect');
  if (fields.has('solution')) lesson.places.set('homework.solution', fields.at('solution') ?? lesson.source.root!);
  if (expect !== null && !lesson.source.isMap(expect)) lesson.source.entries(expect, 'homework.expect');
  placesBelow(lesson.source, expect, 'homework.expect', lesson.places);
  return {
    text: lesson.prose(fields.at('text'), 'homework.text'),
    scenario: lesson.file(fields.at('scenario'), 'homework.scenario'),
    solution: fields.has('solution') ? lesson.file(fields.at('solution'), 'homework.solution') : null,
    expect: lesson.source.jsonAt(expect),
  };
}
