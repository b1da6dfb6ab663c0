/** Whoever is in a state, by the village's names in each language. Pure. */
import { LANGUAGES, type Text } from '../../assets/words/index';
import type { GId, GRow, MId, MRow, Scenario, State } from '../../src-main/contract/index';
import { childName, houseName, parentName } from '../scene/names';

export interface Person {
  /** The place in the state. */
  path: string;
  id: string;
  names: Text;
}

/** As many of each as somebody looks for by name. */
const MOST = 200;

/** Children first; whoever is gone is not there. */
export function peopleOf(state: State, cast: Scenario['cast']): Person[] {
  const named = (table: 'G' | 'M' | 'P', id: string, of: (language: keyof Text) => string): Person => ({
    path: `${table}.${id}`,
    id,
    names: Object.fromEntries(LANGUAGES.map((each) => [each, of(each)])) as Text,
  });
  const children = (Object.entries(state.G) as [GId, GRow][]).filter(([, { status }]) => status !== '_Gdead').slice(0, MOST);
  const parents = (Object.entries(state.M) as [MId, MRow][]).filter(([, { dead }]) => !dead).slice(0, MOST);
  return [
    ...children.map(([g, { name }]) => named('G', g, (language) => childName(g, name, cast, language))),
    ...parents.map(([m, { role }]) => named('M', m, (language) => parentName(m, role, cast, language))),
    ...Object.keys(state.P)
      .slice(0, MOST)
      .map((p) => named('P', p, (language) => houseName(p, cast, language))),
  ];
}
