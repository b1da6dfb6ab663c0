/** A scenario file's data with one value changed, as a lesson's `vary` names it. */
import type { Json } from '../model/state';

type Fields = Readonly<Record<string, Json>>;

const isFields = (value: Json | undefined): value is Json & Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where `main[2].syscall.takes` or `gomaxprocs` is in a scenario: a goroutine's list, a key at the top, or else a key of `runtime`. */
function keysOf(source: Json, path: string): string[] {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  const [first] = keys;
  if (first === undefined || !isFields(source)) return [];
  if (isFields(source.goroutines) && Object.hasOwn(source.goroutines, first)) return ['goroutines', ...keys];
  return Object.hasOwn(source, first) || first === 'runtime' ? keys : ['runtime', ...keys];
}

/** The data with the value in its place; null: there is no such place. A key of `runtime` may be one that the file leaves to its default. */
export function varied(source: Json, path: string, value: Json): Json | null {
  const keys = keysOf(source, path);
  return keys.length === 0 ? null : changed(source, keys, value, keys[0] === 'runtime');
}

function changed(at: Json | undefined, keys: readonly string[], value: Json, mayBeNew: boolean): Json | null {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(at)) {
    const list = at as Json[];
    const i = Number(key);
    if (!/^\d+$/.test(key) || i >= list.length) return null;
    const item = changed(list[i], rest, value, mayBeNew);
    return item === null ? null : list.with(i, item);
  }
  const fields: Fields = isFields(at) ? at : {};
  if ((!isFields(at) && !(at === undefined && mayBeNew)) || (!Object.hasOwn(fields, key) && !mayBeNew)) return null;
  const member = changed(Object.hasOwn(fields, key) ? fields[key] : undefined, rest, value, mayBeNew);
  return member === null ? null : { ...fields, [key]: member };
}
