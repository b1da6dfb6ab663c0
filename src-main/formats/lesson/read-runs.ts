/** The runs of a lesson: scenarios in its folder, or runs of other lessons; and what may be varied in them. */
import { fill } from '../../../assets/words/index';
import { MAX_NAME } from '../scenario';
import type { Node } from '../yaml-source';
import type { Fields, LessonSource } from './lesson-source';
import { onlyOne } from './read-anchor';
import type { Lesson, LessonVary } from './types';

export function readRuns(lesson: LessonSource, node: Node | null): Lesson['runs'] {
  const { source } = lesson;
  const runs: Lesson['runs'] = {};
  if (node === null) return runs;
  const entries = source.entries(node, 'runs');
  if (entries.length === 0 && source.isMap(node)) source.fault(node, (w) => w.noRuns);
  for (const { name, key, value } of entries) {
    const what = `runs.${name}`;
    const fields = lesson.fields(value, what, 'run');
    if (name.length > MAX_NAME) source.fault(key, (w) => fill(w.runNameTooLong, { most: MAX_NAME, n: name.length }));
    lesson.places.set(what, fields.at('scenario') ?? fields.at('lesson') ?? key);
    runs[name] = {
      title: lesson.title(fields.at('title'), `${what}.title`),
      vary: lesson.someOf(fields.at('vary'), `${what}.vary`).map((item, i) => readVary(lesson, item, `${what}.vary`, i)),
      ...whereFrom(lesson, value, fields, what, name),
    };
  }
  return runs;
}

type WhereFrom = { kind: 'scenario'; scenario: string } | { kind: 'lesson'; lesson: string; run: string };

function whereFrom(lesson: LessonSource, node: Node, fields: Fields, what: string, name: string): WhereFrom {
  const kind = lesson.version === 1 ? 'scenario' : onlyOne(lesson, node, fields, what, ['scenario', 'lesson']);
  if (kind === 'lesson')
    return {
      kind,
      lesson: lesson.word(fields.at('lesson'), `${what}.lesson`),
      run: fields.has('run') ? lesson.word(fields.at('run'), `${what}.run`) : name,
    };
  if (lesson.version === 1 && !fields.has('scenario') && lesson.source.isMap(node))
    lesson.source.fault(node, (w) => fill(w.missingKey, { what, name: 'scenario' }));
  if (fields.has('run')) lesson.source.fault(fields.keyOf('run'), (w) => fill(w.runOfLesson, { what }));
  return { kind: 'scenario', scenario: lesson.file(fields.at('scenario'), `${what}.scenario`) };
}

function readVary(lesson: LessonSource, node: Node, what: string, i: number): LessonVary {
  const fields = lesson.fields(node, what, 'vary');
  lesson.places.set(`${what}[${i}]`, fields.at('path') ?? node);
  const values = lesson.someOf(fields.at('values'), `${what}.values`, 2);
  values.forEach((value, n) => lesson.places.set(`${what}[${i}][${n}]`, value));
  return {
    path: lesson.word(fields.at('path'), `${what}.path`),
    label: lesson.title(fields.at('label'), `${what}.label`),
    values: values.map((value) => lesson.source.jsonAt(value)),
  };
}
