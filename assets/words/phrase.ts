/** What a text in a dictionary may hold: plain words, or places to fill. Types and one pure function; every dictionary goes by them. */

/**
 * Names of the places in a text. `{n}` is filled with a value; `{n:step|steps}` with one of two words, the first when n is one. A language
 * without plurals writes `{n}` only.
 */
type Places<T extends string> = T extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${infer Name}:${string}` ? Name : Place) | Places<Rest>
  : never;

declare const places: unique symbol;

/** A text with places. Not a string: nobody can print it before it is filled. */
export interface Phrase<Name extends string> {
  readonly [places]: Name;
}

/** Whether a union of names is empty. */
type IsNone<T> = [T] extends [never] ? true : false;

/** A dictionary as code sees it: plain texts are strings, the others phrases. */
export type Readable<T> = {
  readonly [K in keyof T]: T[K] extends string ? (IsNone<Places<T[K]>> extends true ? string : Phrase<Places<T[K]>>) : Readable<T[K]>;
};

type Holding<Name extends string> = (Name extends string ? (text: `${string}{${Name}}${string}`) => void : never) extends (
  text: infer All,
) => void
  ? All
  : never;

/** What another language has to bring: every text of the first language, with every place of it. */
export type Translation<T> = {
  readonly [K in keyof T]: T[K] extends string ? (IsNone<Places<T[K]>> extends true ? string : Holding<Places<T[K]>>) : Translation<T[K]>;
};

/** The phrase with its places filled. */
export function fill<Name extends string>(phrase: Phrase<Name>, values: Readonly<Record<Name, string | number>>): string {
  const template: unknown = phrase;
  return String(template).replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, name: Name, one?: string, more?: string) =>
    one === undefined ? String(values[name]) : String(Number(values[name]) === 1 ? one : more),
  );
}
