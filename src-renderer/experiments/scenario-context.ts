/**
 * Where in a scenario's text somebody writes, by its indentation and the braces of the line: what is half written is no YAML yet. And what may be
 * written there. Pure.
 */
import type { ScenarioKeys } from '../../src-main/contract/index';

export interface Context {
  /** Keys on the way, from the file's top: `goroutines`, `main`, `syscall`. */
  path: readonly string[];
  /** What is being written: a key, an item of a list, or the value of the last key of `path`. */
  what: 'key' | 'item' | 'value';
  /** Where the word that is being written begins. */
  from: number;
  word: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"?|'[^']*'?|#.*|([\p{L}\w./#-]+)\s*:(?=\s|$)|[{}[\],]|[^\s{}[\],"']+/gu;
const WORD = /[\p{L}\w.]*$/u;

/** null: nothing is offered there, in a comment or in a quoted text. */
export function contextAt(text: string, at: number): Context | null {
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(begin, at);
  const [word] = WORD.exec(line) ?? [''];
  const [lead = ''] = /^(?:\s|- )*/.exec(line) ?? [];
  const before = line.slice(lead.length, line.length - word.length);
  const inLine = insideOf(before);
  if (!inLine) return null;
  const dashes = lead.includes('- ');
  const path = [...parentsOf(text.slice(0, begin), lead.indexOf('- ') >= 0 ? lead.indexOf('- ') : lead.length, dashes), ...inLine.keys];
  const isItem = inLine.keys.length === 0 && inLine.what === 'key' && dashes;
  return { path, what: isItem ? 'item' : inLine.what, from: at - word.length, word };
}

/** The keys that are still open after the beginning of a line. */
function insideOf(before: string): { keys: string[]; what: Context['what'] } | null {
  const open: { key: string | null; kind: '{' | '[' }[] = [];
  let key: string | null = null;
  for (const [token, name] of before.matchAll(TOKEN)) {
    if (token.startsWith('#')) return null;
    if (/^["'](?!.*["']$)/.test(token) || token === '"' || token === "'") return null;
    if (name !== undefined) key = name;
    else if (token === '{' || token === '[') {
      open.push({ key, kind: token });
      key = null;
    } else if (token === '}' || token === ']') key = open.pop()?.key ?? null;
    else if (token === ',') key = null;
  }
  const keys = [...open.map((each) => each.key), key].filter((each) => each !== null);
  const what = key !== null ? 'value' : open.at(-1)?.kind === '[' ? 'item' : 'key';
  return { keys, what };
}

/** The keys above a line that are indented less. A list may stand below its key without further indentation. */
function parentsOf(above: string, indent: number, isItem: boolean): string[] {
  const parents: string[] = [];
  let least = isItem ? indent + 1 : indent;
  for (const line of above.split('\n').reverse()) {
    const found = /^(\s*)((?:- +)*)([\p{L}\w./#-]+):\s*(?:#.*)?$/u.exec(line);
    const [, lead = '', dashes = '', key = ''] = found ?? [];
    if (!found || lead.length + dashes.length >= least) continue;
    parents.unshift(key);
    // Of `- syscall:` the list's own key stands above the dash.
    least = dashes === '' ? lead.length : lead.length + 1;
    if (least === 0) break;
  }
  return parents;
}

export interface Offer {
  label: string;
  /** What is written behind it: `: ` of a key. */
  behind: string;
  /** The operation's example or its Go. */
  detail: string;
}

const DECLARED: Readonly<Record<string, string>> = {
  go: 'goroutines',
  send: 'channels',
  recv: 'channels',
  close: 'channels',
  lock: 'mutexes',
  unlock: 'mutexes',
  rlock: 'rwmutexes',
  runlock: 'rwmutexes',
  condwait: 'conds',
  signal: 'conds',
  broadcast: 'conds',
  done: 'waitgroups',
  wait: 'waitgroups',
};

/** What may be written there, given what the file declares. */
export function offersAt({ path, what }: Context, keys: ScenarioKeys, text: string): Offer[] {
  const plain = (labels: readonly string[], behind = ''): Offer[] => labels.map((label) => ({ label, behind, detail: '' }));
  const last = path.at(-1) ?? '';
  const isProgram = path[0] === 'goroutines' && path.length >= 2;
  const operation = keys.operations.find(({ kind }) => kind === last);
  if (isProgram && what === 'item') {
    return keys.operations.map(({ kind, example, go }) => ({ label: kind, behind: example === null ? '' : ': ', detail: example ?? go }));
  }
  if (what === 'value') {
    const owner = path.at(-2) ?? '';
    const declares = isProgram ? DECLARED[last === 'name' ? owner : last] : undefined;
    if (declares !== undefined) return plain(namesIn(text, declares).filter((name) => declares !== 'goroutines' || name !== 'main'));
    return plain(keys.values[isProgram ? `${owner}.${last}` : path.join('.')] ?? []);
  }
  if (isProgram) return plain(operation?.fields ?? [], ': ');
  return plain(keys.maps[path.join('.')] ?? [], ': ');
}

/** Names that a file declares under a key of its top, whatever way it is written. */
export function namesIn(text: string, key: string): string[] {
  const [, body = ''] = new RegExp(`^${key}:(.*(?:\\n(?:[ \\t-].*)?)*)`, 'm').exec(text) ?? [];
  const [, flow] = /^\s*[[{](.*)[\]}]/.exec(body) ?? [];
  if (flow !== undefined)
    return flow
      .replace(/\{[^}]*\}/g, '')
      .split(',')
      .flatMap((each) => /[\p{L}\w-]+/u.exec(each)?.[0] ?? []);
  const [, lead] = /\n([ \t]*)(?:- )?\S/.exec(body) ?? [];
  if (lead === undefined) return [];
  return [...body.matchAll(new RegExp(`\\n${lead}(?:- )?([\\p{L}\\w-]+)(?=:|\\s*(?:#|$|\\n))`, 'gu'))].map(([, name = '']) => name);
}
