/** What keeps a YAML document from being read at all, in our words and at the places where somebody would look for it. */
import { visit } from 'yaml';
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import type { Fault, Text } from '../model/words';
import type { LineStarts } from './line-starts';
import { MOST_FAULTS } from './most-faults';
import type { YamlDocument } from './yaml-document';
import { yamlMessage } from './yaml-messages';

/** Line and column count from 1. */
export type SyntaxFault = Pick<Fault, 'line' | 'column' | 'message'>;

const told = (say: (faults: Words['faults']) => string): Text => inEveryLanguage(({ faults }) => say(faults));

/** In the order in which they are found; none: the document can be read. `rows`: the lines of its text. */
export function syntaxFaults(document: YamlDocument, rows: readonly string[], lines: LineStarts): SyntaxFault[] {
  const { errors, warnings, directives } = document;
  const faults: SyntaxFault[] = [];
  const quoteAt = openQuote(document);
  if (quoteAt !== null) {
    const { line, col } = lines.linePos(quoteAt);
    faults.push({ line, column: col, message: told((w) => w.openQuote) });
  }
  const all = [...errors, ...warnings].slice(0, MOST_FAULTS);
  // What else is wrong with the lines below a tab follows from it.
  const tabs = all.filter(({ code }) => code === 'TAB_AS_INDENT');
  for (const error of tabs.length > 0 ? tabs : all) {
    const { pos, message, code } = error;
    // Whatever the library misses at the end of a text that was never closed follows from that.
    if (quoteAt !== null && pos[0] >= quoteAt) continue;
    const { line, col } = lines.linePos(pos[0]);
    const lost = cutBracket(error, line, rows);
    const typed = typedInstead(error, line, rows);
    if (lost) faults.push(lost);
    else if (typed) {
      const column = 1 + (/[A-Za-z_]/.exec(rows[typed.line - 1] ?? '')?.index ?? 0);
      faults.push({ line: typed.line, column, message: typed.message });
    } else faults.push({ line, column: col, message: yamlMessage(code, message.split('\n')[0] ?? code) });
  }
  if (directives.yaml.explicit === true && directives.yaml.version !== '1.2') {
    const found = directives.yaml.version;
    faults.push({ line: 1, column: 1, message: told((w) => fill(w.yamlVersion, { found })) });
  }
  return faults;
}

/** Where the quote stands that is never closed; null: there is none. The library tells the end of its text, which is often that of the file. */
function openQuote(document: YamlDocument): number | null {
  const open = document.errors.find(({ code, message }) => code === 'MISSING_CHAR' && /^Missing closing ["']quote/.test(message));
  let at: number | null = null;
  if (!open) return null;
  visit(document, {
    Scalar: (_, { type, range }) => {
      // The last one that begins before: where a line less indented ends the text, there are quotes behind it, too.
      if (range && range[0] < open.pos[0] && (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE')) at = Math.max(at ?? 0, range[0]);
    },
  });
  return at;
}

/** Of brackets that are open because a comment takes their end away: `{ zh: number #3, en: … }`. Found there, or in the line below. */
function cutBracket({ code }: { code: string }, line: number, rows: readonly string[]): SyntaxFault | null {
  if (code !== 'BAD_INDENT' && code !== 'MISSING_CHAR') return null;
  for (const n of [line, line - 1]) {
    // An apostrophe and the sign of C# begin neither a text nor a comment.
    const [, before] = /^((?:[^"'#]|(?<=[\p{L}\d])'|(?<=\S)#)*)[ \t]#.*[}\]]/u.exec(rows[n - 1] ?? '') ?? [];
    if (before === undefined || (before.match(/[{[]/g)?.length ?? 0) <= (before.match(/[}\]]/g)?.length ?? 0)) continue;
    return { line: n, column: before.length + 2, message: told((w) => w.cutBracket) };
  }
  return null;
}

/** What somebody has typed who got such an error: what the library says instead is true, but does not help. */
function typedInstead({ code }: { code: string }, line: number, rows: readonly string[]): { line: number; message: Text } | null {
  if (code !== 'MULTILINE_IMPLICIT_KEY' && code !== 'BLOCK_AS_IMPLICIT_KEY' && code !== 'MISSING_CHAR') return null;
  // A key without the blank makes one text of its own line and the next ones, so that the error may be found a line later.
  for (const n of [line, line - 1]) {
    const key = /^([ -]*[A-Za-z_]+):[^\s:/]/.exec(rows[n - 1] ?? '')?.[1]?.replace(/^[ -]*/, '');
    if (key !== undefined) return { line: n, message: told((w) => fill(w.gluedColon, { key })) };
  }
  return null;
}
