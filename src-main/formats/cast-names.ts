/** Names in the metaphor, for the window and a terminal alike. Whoever the scenario's cast does not name gets a stable one by number. Pure. */
import { fill, type Language, LANGUAGES } from '../../assets/words/index';
import type { Scenario } from '../model/scenario';
import type { Glossary, Name, Names } from './glossary';

type Cast = Scenario['cast'];

/** A person is known by the name in this language, whatever language is shown. */
const FIRST: Language = LANGUAGES[0];

const numberOf = (id: string): number => Number(id.slice(1));

/** A cast's name in the reader's language when it is one of ours; else it stays as it was written. */
const givenName = ({ names }: Names, given: string, language: Language): string =>
  names.find(({ name }) => name[FIRST] === given)?.name[language] ?? given;

/** The numbers of the template thread and of Ms for threads of C depend on the program: nobody else gets their names by a number. */
const numbered = (names: readonly Name[]): readonly Name[] => names.filter(({ role }) => role !== 'template' && role !== 'extra');

const ownName = ({ names, more }: Names, index: number, n: number, language: Language): string =>
  numbered(names)[index]?.name[language] ?? fill(more[language], { n });

/** M: a parent. The watchman is whoever runs sysmon, whatever the number; where nobody does, no cast and no number makes one of a worker. */
export function parentName({ parents }: Pick<Glossary, 'parents'>, m: string, role: string, cast: Cast, language: Language): string {
  const byRole = parents.names.find((each) => each.role === role);
  if (byRole) return byRole.name[language];
  const i = numberOf(m);
  const given = cast.M[i] ?? '';
  if (given !== '' && !isOffice(parents, given)) return givenName(parents, given, language);
  return isOffice(parents, numbered(parents.names)[i]?.name[FIRST])
    ? fill(parents.more[language], { n: i })
    : ownName(parents, i, i, language);
}

/** Whether a name belongs to a role, and not to a person. */
const isOffice = ({ names }: Names, given: string | undefined): boolean =>
  names.some(({ name, role }) => role != null && name[FIRST] === given);

/** P: a house. */
export function houseName({ houses }: Pick<Glossary, 'houses'>, p: string, cast: Cast, language: Language): string {
  const i = numberOf(p);
  const given = cast.P[i] ?? '';
  return given === '' ? ownName(houses, i, i + 1, language) : givenName(houses, given, language);
}

/** G: a child. `name` is the goroutine's own. */
export function childName({ children }: Pick<Glossary, 'children'>, g: string, name: string, cast: Cast, language: Language): string {
  // A goroutine may be called toString.
  const given = Object.hasOwn(cast.G, name) ? (cast.G[name] ?? '') : '';
  const n = numberOf(g);
  return given === '' ? ownName(children, n - 1, n, language) : givenName(children, given, language);
}
