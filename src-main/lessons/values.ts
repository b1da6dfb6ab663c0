/** Values inside of a state or of facts, by their paths, and whether they are what was expected. */
import type { Json } from '../model/state';
import { plainJson } from '../model/trace/queue-versions';

/** The keys of `goroutines.main.syscalls[0].path`. */
const keysIn = (path: string): string[] => path.match(/[^.[\]]+/g) ?? [];

/** What stands at a path below `root`; of a list also its `length`; undefined: there is no such place. */
export function valueAt(root: unknown, path: string): Json | undefined {
  const found = below(root, keysIn(path));
  return found === undefined ? undefined : plainJson(found as Json);
}

function below(value: unknown, keys: readonly string[]): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const plain: unknown = Array.isArray(value) ? value : plainJson(value as Json);
  if (Array.isArray(plain)) return key === 'length' ? below(plain.length, rest) : below(plain[Number(key)], rest);
  // A name may have dots in it, such as that of a file: the longest that fits.
  for (let n = keys.length; n > 0; n--) {
    const name = keys.slice(0, n).join('.');
    if (Object.hasOwn(plain as object, name)) return below((plain as Record<string, unknown>)[name], keys.slice(n));
  }
  return undefined;
}

/** What there is instead of a place that is not there: the names beside it. */
export function namesBeside(root: unknown, path: string): string[] {
  const keys = keysIn(path);
  for (let n = keys.length - 1; n >= 0; n--) {
    const value = below(root, keys.slice(0, n));
    if (value === undefined || value === null) continue;
    return typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  }
  return [];
}

/** The 64 bits that a number or hexadecimal digits stand for; null: it is neither. */
function bits(value: Json): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt.asUintN(64, BigInt(value)) : null;
  return typeof value === 'string' && /^0x[0-9a-f]{1,16}$/i.test(value) ? BigInt(value) : null;
}

/** Registers are hexadecimal digits in a state: −9 is 0xfffffffffffffff7 to whoever expects it. */
export function isSame(found: Json, expected: Json): boolean {
  if (found === expected) return true;
  const [a, b] = [bits(found), bits(expected)];
  if (typeof found !== typeof expected && a !== null && b !== null) return a === b;
  if (typeof found === 'string' && typeof expected === 'string') return a !== null && a === b;
  if (typeof found !== 'object' || typeof expected !== 'object' || found === null || expected === null) return false;
  if (Array.isArray(found) !== Array.isArray(expected)) return false;
  const [one, other] = [Object.entries(found), new Map(Object.entries(expected))];
  return one.length === other.size && one.every(([key, value]) => other.has(key) && isSame(value as Json, other.get(key) as Json));
}

/** A place where what was expected is not found. `found` undefined: there is no such place. */
export interface Difference {
  path: string;
  expected: Json;
  found: Json | undefined;
}

/** What `found` lacks of `expected`: of a map what is expected must be there, a list must have as many items. */
export function missingFrom(found: Json | undefined, expected: Json, path = ''): Difference[] {
  if (
    typeof expected !== 'object' ||
    expected === null ||
    typeof found !== 'object' ||
    found === null ||
    Array.isArray(found) !== Array.isArray(expected)
  )
    return found !== undefined && isSame(found, expected) ? [] : [{ path, expected, found }];
  if (Array.isArray(expected) && Array.isArray(found)) {
    if (expected.length !== found.length) return [{ path: `${path}.length`, expected: expected.length, found: found.length }];
    return (expected as Json[]).flatMap((item, i) => missingFrom((found as Json[])[i], item, `${path}[${i}]`));
  }
  const there = found as Readonly<Record<string, Json>>;
  return Object.entries(expected as Readonly<Record<string, Json>>).flatMap(([key, value]) =>
    missingFrom(Object.hasOwn(there, key) ? there[key] : undefined, value, path === '' ? key : `${path}.${key}`),
  );
}
