/** Whoever is in a state, by the village's names in each language. Pure. */
import { LANGUAGES, type Text } from '../../assets/words/index';
import type { GId, GRow, MId, MRow, Scenario, State } from '../../src-main/contract/index';
import { childName, houseName, parentName } from '../scene/names';

export interface Person {
  /** The place in the state. */
  path: string;
  id: string;
  names: Text;
  /** A goroutine's own name; '' for everybody else. */
  go: string;
}

/** As many of each as somebody looks for by name. */
const MOST = 200;

/** Children first; whoever is gone is not there. */
export function peopleOf(state: State, cast: Scenario['cast']): Person[] {
  const named = (table: 'G' | 'M' | 'P', id: string, of: (language: keyof Text) => string, go = ''): Person => ({
    path: `${table}.${id}`,
    id,
    go,
    names: Object.fromEntries(LANGUAGES.map((each) => [each, of(each)])) as Text,
  });
  const children = (Object.entries(state.G) as [GId, GRow][]).filter(([, { status }]) => status !== '_Gdead').slice(0, MOST);
  const parents = (Object.entries(state.M) as [MId, MRow][]).filter(([, { dead }]) => !dead).slice(0, MOST);
  return [
    ...children.map(([g, { name }]) => named('G', g, (language) => childName(g, name, cast, language), name)),
    ...parents.map(([m, { role }]) => named('M', m, (language) => parentName(m, role, cast, language))),
    ...Object.keys(state.P)
      .slice(0, MOST)
      .map((p) => named('P', p, (language) => houseName(p, cast, language))),
  ];
}

/** Whoever has been in the run, or will be, and is not among the people: goroutines and threads by their ids. `counts`: of the whole run. */
export function idsElsewhere(people: readonly Person[], counts: Readonly<Record<'G' | 'M', number>>): string[] {
  const here = new Set(people.map(({ id }) => id));
  // Goroutines are counted from 1.
  const all = [
    ...Array.from({ length: Math.min(MOST, counts.G) }, (_, i) => `G${i + 1}`),
    ...Array.from({ length: Math.min(MOST, counts.M) }, (_, i) => `M${i}`),
  ];
  return all.filter((id) => !here.has(id));
}
