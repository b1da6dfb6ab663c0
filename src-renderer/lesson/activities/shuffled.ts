/** The order in which a lesson shows what has to be put in order: the same at every opening, and never the right one. */

/** A number out of a text, the same everywhere (FNV-1a). */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/** 0 … count − 1, mixed. `seed`: such as the step's id. Two and more never stand in their own order. */
export function shuffled(count: number, seed: string): number[] {
  const places = Array.from({ length: count }, (_, i) => i);
  let state = seedOf(seed);
  for (let i = count - 1; i > 0; i--) {
    // Xorshift, whose state must not be 0.
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0 || 1;
    const j = state % (i + 1);
    [places[i], places[j]] = [places[j] ?? j, places[i] ?? i];
  }
  const isMixed = places.some((each, i) => each !== i);
  return isMixed || count < 2 ? places : [...places.slice(1), ...places.slice(0, 1)];
}
