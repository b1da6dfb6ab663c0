/** Names in the metaphor. Whoever the scenario's cast does not name gets a stable one by number. */
import { fill, type Language, LANGUAGES } from '../../assets/words/index';
import type { Glossary, Scenario } from '../../src-main/contract/index';
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

/** A cast's name in the reader's language when it is one of ours; else it stays as it was written. */
const givenName = ({ names }: Names, given: string, language: Language): string =>
  names.find(({ name }) => name[FIRST] === given)?.name[language] ?? given;

/** The numbers of the template thread and of Ms for threads of C depend on the program: nobody else gets their names by a number. */
const numbered = (names: readonly Name[]): readonly Name[] => names.filter(({ role }) => role !== 'template' && role !== 'extra');

const ownName = ({ names, more }: Names, index: number, n: number, language: Language): string =>
  numbered(names)[index]?.name[language] ?? fill(more[language], { n });

/** M: a parent. The watchman is whoever runs sysmon, whatever the number. */
export function parentName(m: string, role: string, cast: Scenario['cast'], language: Language): string {
  return remembered(cast, `${language} ${m} ${role}`, () => {
    const byRole = parents.names.find((each) => each.role === role);
    if (byRole) return byRole.name[language];
    const i = numberOf(m);
    const given = cast.M[i] ?? '';
    return given === '' ? ownName(parents, i, i, language) : givenName(parents, given, language);
  });
}

/** P: a house. */
export function houseName(p: string, cast: Scenario['cast'], language: Language): string {
  return remembered(cast, `${language} ${p}`, () => {
    const i = numberOf(p);
    const given = cast.P[i] ?? '';
    return given === '' ? ownName(houses, i, i + 1, language) : givenName(houses, given, language);
  });
}

/** G: a child. `name` is the goroutine's own. */
export function childName(g: string, name: string, cast: Scenario['cast'], language: Language): string {
  return remembered(cast, `${language} ${g} ${name}`, () => {
    // A goroutine may be called toString.
    const given = Object.hasOwn(cast.G, name) ? (cast.G[name] ?? '') : '';
    const n = numberOf(g);
    return given === '' ? ownName(children, n - 1, n, language) : givenName(children, given, language);
  });
}

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
