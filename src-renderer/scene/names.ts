/** Names in the metaphor, and what their owners wear. */
import { type Language, LANGUAGES } from '../../assets/words/index';
import {
  childName as nameOfChild,
  type Glossary,
  houseName as nameOfHouse,
  parentName as nameOfParent,
  type Scenario,
} from '../../src-main/contract/index';
import { children, houses, parents } from './glossary';

type Names = Glossary['houses'];
type Name = Names['names'][number];
export type Sash = NonNullable<Name['sash']>;

/** In the order in which the named children wear them. */
const SASHES: readonly Sash[] = [...new Set(children.names.flatMap(({ sash }) => sash ?? []))];

/** A person is known by the name in this language, whatever language is shown. */
const FIRST: Language = LANGUAGES[0];

/** What has been made of a cast's people: a crowd is named with every step. */
const made = new WeakMap<Scenario['cast'], Map<string, string>>();

function remembered(cast: Scenario['cast'], key: string, make: () => string): string {
  let known = made.get(cast);
  if (!known) made.set(cast, (known = new Map<string, string>()));
  let text = known.get(key);
  if (text === undefined) known.set(key, (text = make()));
  return text;
}

const numberOf = (id: string): number => Number(id.slice(1));

/** M: a parent. The watchman is whoever runs sysmon, whatever the number. */
export const parentName = (m: string, role: string, cast: Scenario['cast'], language: Language): string =>
  remembered(cast, `${language} ${m} ${role}`, () => nameOfParent({ parents }, m, role, cast, language));

/** P: a house. */
export const houseName = (p: string, cast: Scenario['cast'], language: Language): string =>
  remembered(cast, `${language} ${p}`, () => nameOfHouse({ houses }, p, cast, language));

/** G: a child. `name` is the goroutine's own. */
export const childName = (g: string, name: string, cast: Scenario['cast'], language: Language): string =>
  remembered(cast, `${language} ${g} ${name}`, () => nameOfChild({ children }, g, name, cast, language));

/** Not evenly spread, but the same for the same name at every start. */
const hashOf = (person: string): number => [...person].reduce((all, each) => (all * 31 + (each.codePointAt(0) ?? 0)) % 9_973, 7);

/** Robes belong to the person: bright cloth for children, deep colours for parents. */
function robeOf({ names }: Names, person: string): string {
  const own = names.find(({ name }) => name[FIRST] === person)?.robe;
  // The stranger's robe is nobody else's.
  const worn = names.filter(({ role }) => role !== 'extra');
  return own ?? worn[hashOf(person) % worn.length]?.robe ?? '#666';
}

export const parentRobe = (m: string, role: string, cast: Scenario['cast']): string =>
  remembered(cast, `robe ${m} ${role}`, () => robeOf(parents, parentName(m, role, cast, FIRST)));

export const childRobe = (g: string, name: string, cast: Scenario['cast']): string =>
  remembered(cast, `robe ${g} ${name}`, () => robeOf(children, childName(g, name, cast, FIRST)));

/** What the robe bears: the person's own; in a crowd beyond the named children neighbours by number wear different ones. */
export const childSash = (g: string, name: string, cast: Scenario['cast']): Sash =>
  remembered(cast, `sash ${g} ${name}`, () => {
    const person = childName(g, name, cast, FIRST);
    return children.names.find((each) => each.name[FIRST] === person)?.sash ?? SASHES[numberOf(g) % SASHES.length] ?? 'band';
  }) as Sash;
