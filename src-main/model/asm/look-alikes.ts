/**
 * Characters that look like one of Plan 9 assembly's and are another: what an input method writes between Chinese words, blanks that come
 * along when text is copied from a page, and other alphabets' dots. Go's assembler takes none of them, and says of none what it is.
 */
import type { FaultList } from './listing';

/** By the character that was meant. Letters of any script are none of them: names may have them. */
const MEANT: readonly (readonly [meant: string, alike: string])[] = [
  [' ', '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'],
  // Of no width at all: nothing was meant.
  ['', '\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff'],
  [',', '、،﹐︐‚､'],
  [';', '﹔︔\u037e'],
  [':', '﹕︓∶'],
  ['$', '﹩'],
  ['(', '﹙❨⁽【〔「『'],
  [')', '﹚❩⁾】〕」』'],
  ['<', '﹤‹〈⟨《'],
  ['>', '﹥›〉⟩》'],
  ['+', '﹢⁺➕'],
  ['-', '﹣‐‑‒–—―−⁻─'],
  ['*', '﹡×∗⋆✱'],
  ['/', '⁄'],
  ['·', '・･•‧∙⋅⸱᛫●。｡'],
  ['|', '￨│'],
  ['&', '﹠'],
  ['#', '﹟'],
  ['"', '“”„«»″'],
  ["'", '‘’‛′`´'],
  ['%', '﹪'],
  ['\\', '﹨'],
];

const BY_CHARACTER = new Map<string, string>(MEANT.flatMap(([meant, alike]) => [...alike].map((each) => [each, meant] as const)));

/** The full-width forms, which stand in the order of ASCII. */
const WIDE_FIRST = 0xff01;
const WIDE_LAST = 0xff5e;
const WIDE_TO_ASCII = WIDE_FIRST - 0x21;

/** What was meant by a character that only looks like it; null: the character is itself. */
export function meantBy(character: string): string | null {
  const listed = BY_CHARACTER.get(character);
  if (listed !== undefined) return listed;
  const code = character.codePointAt(0) ?? 0;
  return code >= WIDE_FIRST && code <= WIDE_LAST ? String.fromCodePoint(code - WIDE_TO_ASCII) : null;
}

const SUSPECT = /[^\t\n\r\x20-\x7e·∕]/u;
const KEPT = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;

/**
 * The text with each such character replaced by the one that was meant, at the same column, so that what follows is read as its writer
 * sees it; each is a fault of its own. Comments and strings may hold anything.
 */
export function withoutLookAlikes(text: string, faults: FaultList): string {
  if (!SUSPECT.test(text)) return text;
  let out = '';
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length;) {
    KEPT.lastIndex = at;
    const kept = KEPT.exec(text)?.[0];
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const passed = kept ?? character;
    const meant = kept === undefined && !(at === 0 && character === '\ufeff') ? meantBy(character) : null;
    if (meant !== null) {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      const found = /[\s\p{Cf}]/u.test(character) ? `U+${code}` : `${character} (U+${code})`;
      const message =
        meant === '' || meant === ' ' ? ({ key: 'lookAlikeBlank', found } as const) : ({ key: 'lookAlike', found, meant } as const);
      faults.add({ line, column: at - lineStart + 1 }, message, meant === '' ? null : meant);
    }
    out += meant === null ? passed : meant.padEnd(meant === '' ? 0 : character.length);
    for (let i = 0; i < passed.length; i++) {
      if (passed[i] !== '\n') continue;
      line++;
      lineStart = at + i + 1;
    }
    at += passed.length;
  }
  return out;
}
