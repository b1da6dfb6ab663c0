/** Places in runs, and what has to be found there. */
import { fill } from '../../../assets/words/index';
import type { Json } from '../../model/state';
import type { Node } from '../yaml-source';
import { MOST_OCCURRENCE } from './keys';
import type { Fields, LessonSource } from './lesson-source';
import type { Anchor, Proof, Rows } from './types';

/** Where the step stands whose part is read: a proof that names no place means it. */
export interface OwnPlace {
  run: string;
  at: Anchor | null;
}

/** `after`: an earlier step of the run `run`, or the step itself. */
export function readAnchor(lesson: LessonSource, node: Node | null, run: string, what = 'at'): Anchor {
  const written = node !== null && lesson.source.isText(node) ? (lesson.source.text(node, what) ?? '') : '';
  const [fn = '', row = ''] = written.split('/').map((part) => part.trim());
  // As the window writes it where it finds it.
  if (node !== null && fn !== '' && row !== '') {
    lesson.source.fault(node, (w) => fill(w.placeAsShown, { what, found: written }), `{ fn: ${fn}, at: ${row} }`);
    return { fn: '', at: '', occurrence: 1 };
  }
  return anchorIn(lesson, lesson.fields(node, what, 'at'), run, what);
}

export function anchorIn(lesson: LessonSource, fields: Fields, run: string, what: string): Anchor {
  const at = fields.at('occurrence');
  const occurrence = at === null ? 1 : (lesson.source.whole(at, `${what}.occurrence`, 1, MOST_OCCURRENCE) ?? 1);
  return { ...rowsIn(lesson, fields, run, what), occurrence };
}

function rowsIn(lesson: LessonSource, fields: Fields, run: string, what: string): Rows {
  const rows: Rows = { fn: lesson.word(fields.at('fn'), `${what}.fn`), at: lesson.word(fields.at('at'), `${what}.at`) };
  if (fields.has('g')) rows.g = lesson.word(fields.at('g'), `${what}.g`);
  if (fields.has('m')) rows.m = lesson.word(fields.at('m'), `${what}.m`);
  if (fields.has('after')) rows.after = earlier(lesson, fields.at('after'), run, what);
  return rows;
}

/** The rows of a function, all of them. */
export const readRows = (lesson: LessonSource, node: Node | null, run: string, what: string): Rows =>
  rowsIn(lesson, lesson.fields(node, what, 'rows'), run, what);

function earlier(lesson: LessonSource, node: Node | null, run: string, what: string): string {
  const id = lesson.word(node, `${what}.after`);
  const known = lesson.stepsOf(run);
  if (id !== '' && !known.has(id)) lesson.source.fault(node, (w) => fill(w.noEarlierStep, { id }), lesson.source.nearest(id, known));
  return id;
}

/** null: the run's first state; undefined: there is no such key. */
export function readPlace(lesson: LessonSource, fields: Fields, run: string, what: string): Anchor | null | undefined {
  if (!fields.has('at')) return undefined;
  return lesson.source.isNothing(fields.at('at')) ? null : readAnchor(lesson, fields.at('at'), run, what);
}

/** Which one of these keys a map has: what it is about. A fault where there is none, or more than one. */
export function onlyOne<K extends string>(
  lesson: LessonSource,
  node: Node | null,
  fields: Fields,
  what: string,
  keys: readonly K[],
): K | null {
  const [first, second] = keys.filter((key) => fields.has(key));
  const said = (n: number): void => {
    lesson.source.fault(second === undefined ? node : fields.keyOf(second), (w, { language }) =>
      fill(w.wantsOneKey, { what, known: keys.join(language.comma), n }),
    );
  };
  if (first === undefined && lesson.source.isMap(node)) said(0);
  if (second !== undefined) said(keys.filter((key) => fields.has(key)).length);
  return second === undefined ? (first ?? null) : null;
}

/** What else goes with each kind of proof. */
const GOES_WITH = {
  state: ['at', 'is'],
  facts: ['is'],
  count: ['is'],
  first: ['then'],
  time: ['from', 'to'],
} as const;
const PROOF_KINDS = Object.keys(GOES_WITH) as (keyof typeof GOES_WITH)[];

/** The proofs in a list; `id` names their places: ID[0], ID[1], … Nothing where the key is missing. */
export function readProofs(lesson: LessonSource, node: Node | null, what: string, id: string, own: OwnPlace): Proof[] {
  return lesson.someOf(node, what).flatMap((item, i) => {
    lesson.places.set(`${id}[${i}]`, item);
    return readProof(lesson, item, what, own) ?? [];
  });
}

function readProof(lesson: LessonSource, node: Node, what: string, own: OwnPlace): Proof | null {
  const { source } = lesson;
  const fields = lesson.fields(node, what, 'proof');
  const run = lesson.runOr(fields.at('run'), `${what}.run`, own.run);
  const kind = onlyOne(lesson, node, fields, what, PROOF_KINDS);
  if (kind === null) return null;
  checkGoesWith(lesson, node, fields, what, kind);
  const is = (): Json => source.jsonAt(fields.at('is'));
  switch (kind) {
    case 'state': {
      const at = readPlace(lesson, fields, run, `${what}.at`);
      // Elsewhere the step's own place says nothing.
      if (at === undefined && run !== own.run) source.fault(node, (w) => fill(w.missingKey, { what, name: 'at' }));
      return { run, kind, at: at === undefined ? own.at : at, path: lesson.word(fields.at('state'), `${what}.state`), is: is() };
    }
    case 'facts':
      return { run, kind, path: lesson.word(fields.at('facts'), `${what}.facts`), is: is() };
    case 'count': {
      const of = readRows(lesson, fields.at('count'), run, `${what}.count`);
      return { run, kind, of, is: source.whole(fields.at('is'), `${what}.is`, 0, Number.MAX_SAFE_INTEGER) ?? 0 };
    }
    case 'first': {
      const [first, then] = (['first', 'then'] as const).map((key) => readAnchor(lesson, fields.at(key), run, `${what}.${key}`));
      return first && then ? { run, kind: 'order', first, then } : null;
    }
    case 'time': {
      const ns = (key: 'from' | 'to'): number | null => (fields.has(key) ? source.duration(fields.at(key), `${what}.${key}`) : null);
      const [fromNs, toNs] = [ns('from') ?? 0, ns('to')];
      if (toNs !== null && toNs < fromNs) source.fault(fields.at('to'), (w) => fill(w.timesBackwards, { what }));
      return { run, kind, at: readAnchor(lesson, fields.at('time'), run, `${what}.time`), fromNs, toNs };
    }
  }
}

/** What a kind of proof needs is there, and nothing that belongs to another. */
function checkGoesWith(lesson: LessonSource, node: Node, fields: Fields, what: string, kind: keyof typeof GOES_WITH): void {
  const fits: readonly string[] = ['run', kind, ...GOES_WITH[kind]];
  for (const [name, { key }] of fields.all) {
    if (!fits.includes(name))
      lesson.source.fault(key, (w, { language }) =>
        fill(w.unknownKey, { what: `${what} (${kind})`, name, known: fits.join(language.comma) }),
      );
  }
  const missing =
    kind === 'time'
      ? fields.has('from') || fields.has('to')
        ? []
        : ['from']
      : GOES_WITH[kind].filter((key) => key !== 'at' && !fields.has(key));
  for (const name of missing) lesson.source.fault(node, (w) => fill(w.missingKey, { what: `${what} (${kind})`, name }));
}
