/** How well a name fits what is typed: in Chinese, by the initials of its pinyin, or in English. Pure. */

/** The first character of each initial in the order of pinyin; what stands before the next one begins with it. */
const BOUNDS = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他屲夕丫帀';
const INITIALS = 'abcdefghjklmnopqrstwxyz';
const PINYIN = new Intl.Collator('zh-Hans-CN-u-co-pinyin');

/** 系统调用 → xtdy; other characters stay. */
export function initialsOf(text: string): string {
  return [...text]
    .map((character) => {
      if (!/\p{Script=Han}/u.test(character)) return character;
      let i = BOUNDS.length - 1;
      while (i > 0 && PINYIN.compare(character, BOUNDS[i] ?? '') < 0) i--;
      return INITIALS[i] ?? '';
    })
    .join('');
}

/** The larger the better; 0: it does not fit. `wanted` in small letters, without blanks around it. */
export function fit(name: string, wanted: string): number {
  if (wanted === '') return 1;
  const lower = name.toLowerCase();
  const at = lower.indexOf(wanted);
  if (at === 0) return 5;
  if (at > 0) return /[\p{L}\p{N}]/u.test(lower[at - 1] ?? '') && /[a-z]/.test(wanted[0] ?? '') ? 3 : 4;
  // Every word somewhere.
  const words = wanted.split(/\s+/);
  if (words.length > 1 && words.every((word) => lower.includes(word))) return 3;
  if (/^[a-z0-9]+$/.test(wanted) && initialsOf(lower).includes(wanted)) return 2;
  // Letters in their order.
  let from = 0;
  for (const letter of wanted) {
    from = lower.indexOf(letter, from) + 1;
    if (from === 0) return 0;
  }
  return wanted.length > 2 ? 1 : 0;
}

export interface Named {
  /** In each language, and whatever else it is called by. */
  names: readonly string[];
}

/** Those with a name that stands in what is typed, as in a question about them. */
export function namedIn<T extends Named>(all: readonly T[], typed: string): T[] {
  const said = typed.toLowerCase();
  return all.filter(({ names }) => names.some((name) => name.length > 1 && isIn(said, name.toLowerCase())));
}

/** G1 is not in G12, nor Ming in coming. */
function isIn(said: string, name: string): boolean {
  for (let at = said.indexOf(name); at >= 0; at = said.indexOf(name, at + 1)) {
    const around = [said[at - 1] ?? '', said[at + name.length] ?? ''];
    if (!/[a-z0-9]/.test(name) || !around.some((each) => /[a-z0-9]/.test(each))) return true;
  }
  return false;
}

/** Those that fit, the best first; equal ones stay in their order. */
export function fitting<T extends Named>(all: readonly T[], typed: string, most: number): T[] {
  const wanted = typed.trim().toLowerCase();
  return all
    .map((each) => ({ each, by: Math.max(...each.names.map((name) => fit(name, wanted))) }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by)
    .slice(0, most)
    .map(({ each }) => each);
}
