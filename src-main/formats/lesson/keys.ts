/**
 * Every map that a lesson file may hold, with its keys: since which version, whether one must be there, and what stands in it. The reader
 * goes by it, the JSON Schema is made of it, and the guide is tested against it.
 */
import { ARCH_NAMES } from '../../model/asm/arch/index';
import { LANGUAGES } from '../../model/words';
import { VERDICTS } from './types';

/** What stands in a key. */
export type Shape =
  | 'version'
  | 'id'
  | 'title'
  | 'prose'
  | 'word'
  | 'lines'
  | 'duration'
  | 'word64'
  | 'flag'
  | 'json'
  | { is: string }
  | { oneOf: readonly string[] }
  | { whole: readonly [from: number, to: number] }
  | { list: Shape; least: number }
  /** A map whose keys the author names. */
  | { map: Shape }
  /** An entry of OBJECTS. */
  | { object: string }
  | { nullOr: Shape }
  | { either: readonly Shape[] };

export interface Key {
  shape: Shape;
  since: 1 | 2;
  isRequired: boolean;
}

const must = (shape: Shape, since: 1 | 2 = 1): Key => ({ shape, since, isRequired: true });
const may = (shape: Shape, since: 1 | 2 = 1): Key => ({ shape, since, isRequired: false });
const list = (shape: Shape, least = 0): Shape => ({ list: shape, least });
const object = (name: string): Shape => ({ object: name });
const nullOr = (shape: Shape): Shape => ({ nullOr: shape });

export const MOST_MINUTES = 600;
export const MOST_OCCURRENCE = 1_000_000;
export const MOST_ARGUMENTS = 6;
export const MOST_BUFFER = 65_536;

const MINUTES: Shape = { whole: [1, MOST_MINUTES] };
const OCCURRENCE: Shape = { whole: [1, MOST_OCCURRENCE] };
const COUNT: Shape = { whole: [0, Number.MAX_SAFE_INTEGER] };
const PROOFS = may(list(object('proof'), 1), 2);
const ANCHOR = object('at');
const PLACE = nullOr(ANCHOR);

export const OBJECTS = {
  lesson: {
    schedville: must('version'),
    kind: must({ is: 'lesson' }),
    id: must('id'),
    title: must('title'),
    language: may({ oneOf: LANGUAGES }, 2),
    sources: must(list('word')),
    documents: may({ map: object('document') }, 2),
    prerequisites: may(list('word'), 2),
    minutes: may(MINUTES, 2),
    terms: may(list('word'), 2),
    goals: must(list('prose')),
    runs: must({ map: object('run') }),
    telling: may('word', 2),
    steps: must(list(object('step'), 1)),
    exercise: may(object('exercise'), 2),
    homework: may(object('homework'), 2),
  },
  document: { title: must('title'), author: may('word'), url: may('word') },
  run: {
    scenario: may('word'),
    lesson: may('word', 2),
    run: may('word', 2),
    title: must('title'),
    vary: may(list(object('vary'), 1), 2),
  },
  vary: { path: must('word'), label: must('title'), values: must(list('json', 2)) },
  step: {
    id: must('word'),
    title: must('title'),
    run: must('word'),
    at: must(PLACE),
    minutes: may(MINUTES, 2),
    story: must('prose'),
    technical: must('prose'),
    notes: may('prose', 2),
    errata: may(nullOr(list({ either: ['word', object('erratum')] }))),
    focus: may(nullOr(list('word'))),
    lines: may({ map: 'lines' }, 2),
    gdb: may('word', 2),
    beside: may('word', 2),
    ask: may(nullOr(object('ask'))),
    table: may(object('table'), 2),
    order: may(object('order'), 2),
    match: may(object('match'), 2),
    sort: may(object('sort'), 2),
    playground: may(object('playground'), 2),
    claim: may(object('claim'), 2),
    open: may(object('open'), 2),
  },
  at: {
    fn: must('word'),
    at: must('word'),
    g: may('word'),
    m: may('word'),
    occurrence: may(OCCURRENCE),
    after: may('word'),
  },
  /** An anchor of which all occurrences are meant. */
  rows: { fn: must('word'), at: must('word'), g: may('word'), m: may('word'), after: may('word') },
  erratum: { id: must('word'), sources: may(list('word', 1)), text: may('prose') },
  ask: {
    question: must('prose'),
    choices: must(list({ either: ['word', object('choice')] }, 2)),
    answer: must(COUNT),
    because: must('prose'),
    proof: PROOFS,
  },
  // Of a lesson in one language the other is left out, and one without a reason is its text alone.
  choice: { zh: may('word'), en: may('word'), why: may('prose', 2), believes: may('word', 2) },
  proof: {
    run: may('word'),
    at: may(PLACE),
    state: may('word'),
    facts: may('word'),
    count: may(object('rows')),
    first: may(ANCHOR),
    then: may(ANCHOR),
    time: may(ANCHOR),
    is: may('json'),
    from: may('duration'),
    to: may('duration'),
  },
  table: { columns: must(list(object('column'), 1)), rows: must(list(object('row'), 1)), ask: may('flag') },
  column: { run: may('word'), title: may('title'), at: may(PLACE) },
  row: {
    label: must('prose'),
    state: may('word'),
    at: may(PLACE),
    time: may(ANCHOR),
    count: may(object('rows')),
    facts: may('word'),
  },
  order: {
    prompt: may('prose'),
    run: may('word'),
    fn: may('word'),
    g: may('word'),
    m: may('word'),
    steps: may(list(object('orderStep'), 2)),
  },
  orderStep: {
    label: may('prose'),
    fn: must('word'),
    at: must('word'),
    g: may('word'),
    m: may('word'),
    occurrence: may(OCCURRENCE),
    after: may('word'),
  },
  match: { prompt: may('prose'), pairs: must(list(object('pair'), 2)) },
  pair: { left: must('prose'), right: must('prose'), proof: PROOFS },
  sort: { prompt: may('prose'), calls: must(list('word', 2)) },
  playground: {
    arch: may({ oneOf: ARCH_NAMES }),
    task: must('prose'),
    call: may('word'),
    listing: may('word'),
    entry: may('word'),
    args: may(list({ either: ['word64', 'word', object('buffer'), object('words')] })),
    expect: must(object('result')),
  },
  buffer: { buf: must({ whole: [0, MOST_BUFFER] }) },
  words: { words: must(list('word64')) },
  result: { r1: may('word64'), r2: may('word64'), err: may('word64') },
  claim: {
    erratum: may('word'),
    says: may(object('says')),
    verdict: must({ oneOf: VERDICTS }),
    because: may('prose'),
    runs: may(list('word', 1)),
    proof: PROOFS,
  },
  says: { document: must('word'), lines: must('lines'), words: must('prose') },
  open: { question: must('prose'), answer: must('prose') },
  exercise: { text: must('prose'), answer: must('prose') },
  homework: { text: must('prose'), scenario: must('word'), solution: may('word'), expect: must('json') },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Key>>>>;

export type ObjectName = keyof typeof OBJECTS;

/** The keys of a map as a list, in the table's order. */
export const keysOfObject = (name: ObjectName): [name: string, key: Key][] => Object.entries(OBJECTS[name]);

export const LESSON_KEYS = Object.keys(OBJECTS.lesson);
export const STEP_KEYS = Object.keys(OBJECTS.step);
/** Of a step: what is done at it, one at the most. */
export const ACTIVITIES = ['table', 'order', 'match', 'sort', 'playground', 'claim', 'open'] as const;
export type ActivityName = (typeof ACTIVITIES)[number];
