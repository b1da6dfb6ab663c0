/** What a step asks before it is shown, and the errata that it tells. */
import { fill } from '../../../assets/words/index';
import { DOCUMENTS } from '../errata';
import { languagesOf, notInText, textIn } from '../head';
import { wrongMarks } from '../prose';
import type { Node, YamlSource } from '../yaml-source';
import type { LessonSource } from './lesson-source';
import { type OwnPlace, readProofs } from './read-anchor';
import type { Erratum, LessonChoice, LessonQuestion } from './types';

/** `id`: the step's place, for those of its proofs. */
export function readQuestion(lesson: LessonSource, node: Node | null, id: string, own: OwnPlace): LessonQuestion {
  const { source } = lesson;
  const fields = lesson.fields(node, 'ask', 'ask');
  const items = lesson.someOf(fields.at('choices'), 'ask.choices', 2);
  const choices = items.map((item) => readChoice(lesson, item));
  const at = fields.at('answer');
  const answer = at === null ? 0 : readAnswer(source, at, choices.length);
  const right = answer === null ? null : choices[answer];
  if (at !== null && (right?.why || right?.believes)) source.fault(items[answer ?? 0] ?? null, (w) => w.whyOfRight);
  lesson.places.set(`${id}.ask`, node ?? source.root!);
  return {
    question: lesson.prose(fields.at('question'), 'ask.question'),
    choices,
    answer: answer ?? 0,
    because: lesson.prose(fields.at('because'), 'ask.because'),
    proof: readProofs(lesson, fields.at('proof'), 'ask.proof', `${id}.ask.proof`, own),
  };
}

/** Which choice is right, from 0; null: that is a fault, and of no choice it can be said that it is the right one. */
function readAnswer(source: YamlSource, node: Node, choices: number): number | null {
  // What is wrong with the choices has been said; of what they might have been nothing is known.
  if (choices === 0) return null;
  const last = choices - 1;
  if (source.jsonAt(node) !== choices || choices < 2) return source.whole(node, 'ask.answer', 0, last);
  // Counted from 1.
  source.fault(node, (w) => fill(w.answerFromZero, { last, found: choices }), String(last));
  return null;
}

function readChoice(lesson: LessonSource, node: Node): LessonChoice {
  const { source } = lesson;
  const what = 'ask.choices';
  if (lesson.only !== null && source.isText(node)) return { ...lesson.prose(node, what), why: null, believes: null };
  const [languages, required] = languagesOf(lesson.only);
  const known = lesson.version === 1 ? languages : [...languages, 'why', 'believes'];
  const fields = source.fields(node, what, known, required, ['why', 'believes'], notInText(source, lesson.only));
  const why = fields.get('why')?.value ?? null;
  return {
    ...textIn(source, fields, what, wrongMarks(what)),
    why: lesson.proseOrNull(why, `${what}.why`),
    believes: readBelief(lesson, fields.get('believes')?.value ?? null),
  };
}

function readBelief(lesson: LessonSource, node: Node | null): string | null {
  const id = lesson.wordOrNull(node, 'ask.choices.believes');
  const known = lesson.tables.misconceptions;
  if (id !== null && !known.has(id))
    lesson.source.fault(node, (w) => fill(w.unknownMisconception, { id }), lesson.source.nearest(id, known.keys()));
  return id;
}

/** `E42`, or a map with its id, the documents that are meant and words of the lesson's own. */
export function readErratum(lesson: LessonSource, node: Node): Erratum | null {
  const { source } = lesson;
  const fields = source.isText(node) ? null : lesson.fields(node, 'errata', 'erratum');
  const named = fields === null ? node : fields.at('id');
  const id = lesson.word(named, 'errata.id');
  const known = knownErratum(lesson, named, id);
  const own = lesson.proseOrNull(fields?.at('text') ?? null, 'errata.text');
  const sources = sourcesOf(lesson, fields?.at('sources') ?? null, known?.id ?? null);
  if (!known) return null;
  const places = sources === null ? known.places : known.places.filter(({ document }) => sources.includes(document));
  return { id, class: known.class, places, text: own ?? known.verdict };
}

export function knownErratum(lesson: LessonSource, node: Node | null, id: string): ReturnType<LessonSource['tables']['errata']['get']> {
  const { errata } = lesson.tables;
  const known = errata.get(id);
  if (id !== '' && !known) lesson.source.fault(node, (w) => fill(w.unknownErratum, { id }), lesson.source.nearest(id, errata.keys()));
  return known;
}

/** Which of an erratum's documents are meant; null: all of them. `id`: the erratum, null when there is none of that id. */
function sourcesOf(lesson: LessonSource, node: Node | null, id: string | null): string[] | null {
  if (node === null) return null;
  const about = id === null ? null : (lesson.tables.errata.get(id)?.places.map(({ document }) => document) ?? []);
  return lesson.someOf(node, 'errata.sources').map((item) => {
    const name = lesson.document(item, 'sources', DOCUMENTS);
    if (about !== null && DOCUMENTS.includes(name) && !about.includes(name))
      lesson.source.fault(item, (w, { language }) => fill(w.erratumElsewhere, { id: id ?? '', name, known: about.join(language.comma) }));
    return name;
  });
}
