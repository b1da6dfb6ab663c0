/** What may stand at the caret of an expression that is being typed (ask/find/expression.ts). Pure. */
import { G_STATUSES, P_STATUSES, type RunAnchors, type State, STEP_WORDS } from '../../src-main/contract/index';

export type CompletionKind = 'place' | 'value' | 'function' | 'row' | 'event' | 'mark' | 'word' | 'sign';

export interface Completion {
  text: string;
  kind: CompletionKind;
}

export interface Completions {
  /** What is replaced: characters from..to of the text. */
  from: number;
  to: number;
  items: Completion[];
}

/** What is known of the run. */
export interface Known {
  /** The state that is shown; null: none is. */
  state: State | null;
  anchors: RunAnchors | null;
  /** The last step that may be seen: what only comes after it is not told. */
  last: number;
}

const MOST = 60;
const WORD_BEFORE = /[\p{L}_·][\p{L}\p{N}_.·/#?+[\]-]*$/u;
const WORD_AFTER = /^[\p{L}\p{N}_.·/#?+[\]-]*/u;
const COMPARED = /([\p{L}_·][\p{L}\p{N}_.·/#?+[\]-]*)\s*(?:==|!=|\bhas)$/u;
const LETTER_OF: Readonly<Record<string, 'G' | 'M' | 'P'>> = {
  curg: 'G',
  lockedg: 'G',
  g: 'G',
  m: 'M',
  lockedm: 'M',
  p: 'P',
  nextp: 'P',
  oldp: 'P',
};

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const items = (kind: CompletionKind, texts: Iterable<string>): Completion[] => [...new Set(texts)].map((text) => ({ text, kind }));
/** A name with special characters goes between quotes. */
const quoted = (text: string): string => (/^[\p{L}_·][\p{L}\p{N}_.·/#?+[\]-]*$/u.test(text) ? text : `"${text}"`);

/** The names of goroutines that have come to be. */
function goroutineNames({ state, anchors, last }: Known): string[] {
  const later = (anchors?.goroutines ?? []).filter(({ n }) => n <= last).map(({ name }) => name);
  return [...(state ? Object.values(state.G).map(({ name }) => name) : []), ...later].filter((name) => name !== '');
}

function rowsOf(state: State, owner: string): unknown {
  if (Object.hasOwn(state, owner)) return (state as unknown as Fields)[owner];
  if (/^[GMP]\d+$/.test(owner)) return (state[owner[0] as 'G' | 'M' | 'P'] as Fields)[owner];
  return Object.values(state.G).findLast(({ name }) => name === owner);
}

/** What a path names in the state; undefined: nothing. */
function valueOf(state: State | null, path: string): unknown {
  const [owner = '', ...rest] = path.split('.');
  return rest.reduce<unknown>((at, key) => (isFields(at) ? at[key] : undefined), state ? rowsOf(state, owner) : undefined);
}

function ids({ state }: Known, letter: 'G' | 'M' | 'P'): string[] {
  return state ? Object.keys(state[letter]) : [];
}

function placesAt(word: string, known: Known): Completion[] {
  const dot = word.lastIndexOf('.');
  if (dot >= 0) {
    const owner = word.slice(0, dot);
    const fields = valueOf(known.state, owner);
    return isFields(fields)
      ? items(
          'place',
          Object.keys(fields).map((field) => `${owner}.${field}`),
        )
      : [];
  }
  const { state } = known;
  const tables = state ? Object.keys(state).filter((key) => key.length > 1) : [];
  return [
    ...items('place', [...ids(known, 'P'), ...goroutineNames(known), ...tables, ...ids(known, 'M'), ...ids(known, 'G')]),
    ...items('word', [...STEP_WORDS, 'changed(']),
  ];
}

const seen = (all: readonly { name: string; n: number }[] | undefined, last: number): string[] =>
  (all ?? []).filter(({ n }) => n <= last).map(({ name }) => name);

/** What an operand may be compared with. `text`: the whole expression, which may say of which function a row is. */
function valuesFor(operand: string, text: string, known: Known): Completion[] {
  const { anchors, last, state } = known;
  const rows = (anchors?.rows ?? []).filter(({ n }) => n <= last);
  switch (operand) {
    case 'fn':
      return items(
        'function',
        rows.map(({ fn }) => quoted(fn)),
      );
    case 'at': {
      const fn = /\bfn\s*==\s*"?([^\s"&|)]+)/.exec(text)?.[1];
      const own = rows.filter((row) => fn === undefined || row.fn === fn);
      return items(
        'row',
        own.map(({ at }) => quoted(at)),
      );
    }
    case 'ev':
      return items('event', seen(anchors?.events, last));
    case 'note':
      return items(
        'mark',
        seen(anchors?.marks, last).map((mark) => `"${mark}"`),
      );
    case 'n':
    case 't':
    case 'd':
      return [];
  }
  const letter = LETTER_OF[operand.slice(operand.lastIndexOf('.') + 1)];
  if (letter) return items('value', ['null', ...(letter === 'G' ? goroutineNames(known) : []), ...ids(known, letter)]);
  const value = valueOf(state, operand);
  if (operand.endsWith('.status')) return items('value', typeof value === 'string' && value.startsWith('_P') ? P_STATUSES : G_STATUSES);
  if (typeof value === 'boolean') return items('value', ['true', 'false']);
  if (Array.isArray(value)) return items('value', [...goroutineNames(known), ...ids(known, 'G'), ...ids(known, 'M'), ...ids(known, 'P')]);
  return typeof value === 'string' && value !== '' ? items('value', [quoted(value)]) : [];
}

/** Those that begin with what is typed, then those that have it inside. */
function fitting(all: readonly Completion[], typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  const begins = all.filter(({ text }) => text.toLowerCase().replace(/^"/, '').startsWith(wanted));
  const has = all.filter((each) => !begins.includes(each) && each.text.toLowerCase().includes(wanted));
  return [...begins, ...has].filter(({ text }) => text !== typed).slice(0, MOST);
}

/** What may stand at the caret. */
export function completionsAt(text: string, caret: number, known: Known): Completions {
  const before = text.slice(0, caret);
  const open = before.lastIndexOf('"');
  const isQuoted = (before.split('"').length - 1) % 2 === 1;
  const typed = isQuoted ? before.slice(open + 1) : (WORD_BEFORE.exec(before)?.[0] ?? '');
  const from = isQuoted ? open : caret - typed.length;
  const rest = text.slice(caret);
  const to = caret + (isQuoted ? (/^[^"]*"?/.exec(rest)?.[0].length ?? 0) : (WORD_AFTER.exec(rest)?.[0].length ?? 0));
  const lead = before.slice(0, from).trimEnd();
  const operand = COMPARED.exec(lead)?.[1];
  if (operand !== undefined) return { from, to, items: fitting(valuesFor(operand, text, known), typed) };
  if (isQuoted || /[<>]=?$/.test(lead)) return { from, to, items: [] };
  // After a whole operand an operator comes.
  if (/[\p{L}\p{N}_")\]]$/u.test(lead) && !/\b(?:has)$/.test(lead)) {
    const isCompared = /(?:==|!=|<=?|>=?|\bhas)\s*\S+$/u.test(lead) || lead.endsWith(')');
    const signs = isCompared ? ['&&', '||'] : ['==', '!=', '<', '>', 'has', '&&', '||'];
    return { from, to, items: fitting(items('sign', signs), typed) };
  }
  return { from, to, items: fitting(placesAt(typed, known), typed) };
}

/** The text with a completion put in, and where the caret stands then. */
export function completed(
  text: string,
  { from, to }: Pick<Completions, 'from' | 'to'>,
  { text: put }: Completion,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + put + text.slice(to), caret: from + put.length };
}
