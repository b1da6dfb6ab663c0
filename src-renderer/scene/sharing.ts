/** Of two values that follow each other: what they have in common, as the same object in both. Pure. */

/** Whether two values without functions and circles say the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  // Every step asks it of a whole village: no list of keys is made for each of its things.
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, i) => isSame(each, b[i]));
  // Whether a key is there is asked where its value does not say so: most of the time went into that.
  const one = a as Record<string, unknown>;
  const other = b as Record<string, unknown>;
  for (const key in one) {
    const mine = one[key];
    const yours = other[key];
    if (mine !== yours && !isSame(mine, yours)) return false;
    if (yours === undefined && !Object.hasOwn(other, key)) return false;
  }
  for (const key in other) if (one[key] === undefined && !Object.hasOwn(one, key)) return false;
  return true;
}

/** `now`, with whatever says the same as in `before` taken from there; `before` itself when that is all of it. */
export function sharing<T>(before: T, now: T): T {
  return isSame(before, now) ? before : now;
}

/** The list before, when it has the very same things in it. */
export function alike<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  return before.length === now.length && before.every((each, i) => each === now[i]) ? before : now;
}

/** `sharing` for a list of things that are told apart by a key. */
export function sharingEach<T>(before: readonly T[], now: T[], keyOf: (each: T) => string): T[] {
  let old: Map<string, T> | undefined;
  const shared = now.map((each, i) => {
    const key = keyOf(each);
    // Mostly it is where it was: nothing has to be looked up then.
    const there = before[i];
    const was =
      there !== undefined && keyOf(there) === key ? there : (old ??= new Map(before.map((known) => [keyOf(known), known]))).get(key);
    return was === undefined ? each : sharing(was, each);
  });
  return alike(before, shared) as T[];
}
