/** The likeliest word for a misspelt one, if any is near enough. */

/** Longer words are not misspelt ones: comparing costs as much as the product of both lengths. */
const LONGEST = 64;

/** How many letters may still be compared with one another, for all words of a file together. */
export interface Effort {
  left: number;
}

/** A file with so many misspelt names needs no more hints: the first ones show what is wrong. */
export const fileEffort = (): Effort => ({ left: 5_000_000 });

export function nearest(word: string, known: Iterable<string>, effort: Effort = fileEffort()): string | null {
  if (word.length > LONGEST || effort.left < 0) return null;
  let best: string | null = null;
  let least = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of known) {
    effort.left--;
    if (Math.abs(candidate.length - word.length) >= least) continue;
    effort.left -= word.length * candidate.length;
    // Half a search could name the wrong word.
    if (effort.left < 0) return null;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
