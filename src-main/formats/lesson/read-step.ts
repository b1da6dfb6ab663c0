/** A step of a lesson. */
import { fill } from '../../../assets/words/index';
import type { Node } from '../yaml-source';
import type { LessonSource } from './lesson-source';
import { readActivity } from './read-activity';
import { readAnchor } from './read-anchor';
import { readErratum, readQuestion } from './read-ask';
import type { LessonStep } from './types';

/** `ids`: those of the steps before it; its own is added. */
export function readStep(lesson: LessonSource, node: Node, ids: Set<string>): LessonStep {
  const { source } = lesson;
  const fields = lesson.fields(node, 'step', 'step');
  const listed = (key: string): Node[] => (source.isNothing(fields.at(key)) ? [] : source.items(fields.at(key), key));
  const id = lesson.word(fields.at('id'), 'id');
  if (id !== '' && ids.has(id)) source.fault(fields.at('id'), (w) => fill(w.duplicateStep, { id }));
  const run = lesson.run(fields.at('run'));
  const at = source.isNothing(fields.at('at')) ? null : readAnchor(lesson, fields.at('at'), run);
  ids.add(id);
  lesson.addStep(run, id);
  const place = `steps.${id}`;
  lesson.places.set(place, fields.at('at') ?? node);
  const own = { run, at };
  return {
    id,
    title: lesson.title(fields.at('title'), 'title'),
    run,
    at,
    story: lesson.prose(fields.at('story'), 'story'),
    technical: lesson.prose(fields.at('technical'), 'technical'),
    errata: listed('errata').flatMap((item) => readErratum(lesson, item) ?? []),
    focus: listed('focus').map((item, i) => {
      lesson.places.set(`${place}.focus[${i}]`, item);
      return lesson.word(item, 'focus');
    }),
    ask: source.isNothing(fields.at('ask')) ? null : readQuestion(lesson, fields.at('ask'), place, own),
    minutes: lesson.minutes(fields.at('minutes')),
    notes: lesson.proseOrNull(fields.at('notes'), 'notes'),
    lines: readLines(lesson, fields.at('lines')),
    gdb: lesson.wordOrNull(fields.at('gdb'), 'gdb'),
    beside: readBeside(lesson, fields.at('beside'), run),
    activity: readActivity(lesson, fields, place, own),
  };
}

function readLines(lesson: LessonSource, node: Node | null): Record<string, string> {
  if (node === null) return {};
  const { source } = lesson;
  return Object.fromEntries(
    source.entries(node, 'lines').map(({ name, key, value }) => {
      if (!lesson.documents.includes(name))
        source.fault(key, (w, { language }) => fill(w.unknownDocument, { name, known: lesson.documents.join(language.comma) }));
      return [name, lesson.lines(value, `lines.${name}`)];
    }),
  );
}

/** The name of another run than the step's own. */
function readBeside(lesson: LessonSource, node: Node | null, own: string): string | null {
  if (node === null || lesson.source.isNothing(node)) return null;
  const name = lesson.run(node, 'beside');
  if (name === own) lesson.source.fault(node, (w) => fill(w.besideItself, { name }));
  return name;
}
