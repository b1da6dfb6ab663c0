/**
 * Characters that look like one that a format has and are another: what an input method writes between Chinese words, blanks that come along
 * when text is copied from a page, other alphabets' dots, and characters without any width. For the readers of scenarios, lessons and listings.
 */

/** By the character that was meant. Letters of any script are none of them: names may have them. */
const MEANT: readonly (readonly [meant: string, alike: string])[] = [
  [' ', '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'],
  // Of no width at all: nothing was meant.
  ['', '\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff'],
  [',', '、،﹐︐‚､'],
  [';', '﹔︔\u037e'],
  [':', '﹕︓∶'],
  ['$', '﹩￥¥'],
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

/** How a person is told which character it is: itself where it can be seen, and its number. */
export function characterName(character: string): string {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\s\p{C}]/u.test(character) ? number : `${character} (${number})`;
}
