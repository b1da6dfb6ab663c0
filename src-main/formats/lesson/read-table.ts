/** A table whose cells are computed from runs, and rows that are put in order. */
import { fill } from '../../../assets/words/index';
import type { Node } from '../yaml-source';
import type { LessonSource } from './lesson-source';
import { anchorIn, onlyOne, type OwnPlace, readAnchor, readPlace, readRows } from './read-anchor';
import type { OrderActivity, OrderStep, TableActivity, TableColumn, TableRow } from './types';

export function readTable(lesson: LessonSource, node: Node | null, id: string, own: OwnPlace): TableActivity {
  const fields = lesson.fields(node, 'table', 'table');
  const columns = lesson
    .someOf(fields.at('columns'), 'table.columns')
    .map((item, i) => readColumn(lesson, item, `${id}.columns[${i}]`, own));
  const rows = lesson.someOf(fields.at('rows'), 'table.rows').flatMap((item, i) => {
    lesson.places.set(`${id}.rows[${i}]`, item);
    return readRow(lesson, item, columns) ?? [];
  });
  const isAsked = fields.has('ask') ? (lesson.source.flag(fields.at('ask'), 'table.ask') ?? false) : false;
  return { kind: 'table', columns, rows, ask: isAsked };
}

function readColumn(lesson: LessonSource, node: Node, id: string, own: OwnPlace): TableColumn {
  const what = 'table.columns';
  const fields = lesson.fields(node, what, 'column');
  const run = lesson.runOr(fields.at('run'), `${what}.run`, own.run);
  const at = readPlace(lesson, fields, run, `${what}.at`);
  lesson.places.set(id, node);
  return {
    run,
    title: fields.has('title') ? lesson.title(fields.at('title'), `${what}.title`) : null,
    ...(at === undefined ? {} : { at }),
  };
}

function readRow(lesson: LessonSource, node: Node, columns: readonly TableColumn[]): TableRow | null {
  const what = 'table.rows';
  const fields = lesson.fields(node, what, 'row');
  const label = lesson.prose(fields.at('label'), `${what}.label`);
  const kind = onlyOne(lesson, node, fields, what, ['state', 'time', 'count', 'facts']);
  // What a row tells of holds in every column; an earlier step is one of each column's run.
  const [run = ''] = columns.map((column) => column.run);
  if (kind !== null && kind !== 'state' && fields.has('at')) lesson.source.fault(fields.keyOf('at'), (w) => fill(w.placeOfState, { what }));
  switch (kind) {
    case 'state': {
      const at = readPlace(lesson, fields, run, `${what}.at`);
      if (at === undefined && columns.some((column) => column.at === undefined)) lesson.source.fault(node, (w) => w.rowNeedsPlace);
      return { label, kind, path: lesson.word(fields.at('state'), `${what}.state`), ...(at === undefined ? {} : { at }) };
    }
    case 'time':
      return { label, kind, at: readAnchor(lesson, fields.at('time'), run, `${what}.time`) };
    case 'count':
      return { label, kind, of: readRows(lesson, fields.at('count'), run, `${what}.count`) };
    case 'facts':
      return { label, kind, path: lesson.word(fields.at('facts'), `${what}.facts`) };
    case null:
      return null;
  }
}

export function readOrder(lesson: LessonSource, node: Node | null, id: string, own: OwnPlace): OrderActivity | null {
  const fields = lesson.fields(node, 'order', 'order');
  const prompt = lesson.proseOrNull(fields.at('prompt'), 'order.prompt');
  const run = lesson.runOr(fields.at('run'), 'order.run', own.run);
  if (node) lesson.places.set(id, node);
  const of = onlyOne(lesson, node, fields, 'order', ['fn', 'steps']);
  if (of === 'fn') {
    const [fn, g, m] = (['fn', 'g', 'm'] as const).map((key) => lesson.wordOrNull(fields.at(key), `order.${key}`));
    return { kind: 'order', prompt, run, of: 'function', fn: fn ?? '', g: g ?? null, m: m ?? null };
  }
  if (of === null) return null;
  const steps = lesson.someOf(fields.at('steps'), 'order.steps', 2).map((item, i): OrderStep => {
    const what = 'order.steps';
    const each = lesson.fields(item, what, 'orderStep');
    lesson.places.set(`${id}.steps[${i}]`, item);
    return { label: lesson.proseOrNull(each.at('label'), `${what}.label`), at: anchorIn(lesson, each, run, what) };
  });
  return { kind: 'order', prompt, run, of: 'steps', steps };
}
