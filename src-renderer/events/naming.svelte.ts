/** Sentences about the open run in the window: names from the cast and the state that is shown, in the voice that was chosen. */
import type { Language } from '../../assets/words/index';
import type { LaneId, Naming, Scenario, Sentences, State, Voice } from '../../src-main/contract/index';
import { childName, houseName, parentName } from '../scene/names';
import { formatNs } from '../timeline/format-ns';

const NOBODY: Scenario['cast'] = { M: [], P: [], G: {} };

/** In whose words the event list and the reasons speak: one choice for both. */
class VoiceChoice {
  voice = $state<Voice>('village');
}
export const told = new VoiceChoice();

/** What somebody is called: by the cast, with the id behind it, or as Go numbers it. */
export function nameOf(id: LaneId, state: State | null, cast: Scenario['cast'], language: Language, voice: Voice): string {
  const name = state?.G[id as 'G1']?.name ?? '';
  if (voice === 'go') return name === '' || !id.startsWith('G') ? id : `${name} ${id}`;
  if (id.startsWith('P')) return `${houseName(id, cast, language)} ${id}`;
  if (id.startsWith('M')) return `${parentName(id, state?.M[id as 'M0']?.role ?? 'worker', cast, language)} ${id}`;
  return `${childName(id, name, cast, language)} ${id}`;
}

export function namingOf(
  sentences: Sentences,
  { state, scenario, language, voice }: { state: State | null; scenario: Scenario | null; language: Language; voice: Voice },
): Naming {
  const cast = scenario?.cast ?? NOBODY;
  return { sentences, language, voice, nameOf: (id) => nameOf(id, state, cast, language, voice), timeText: formatNs };
}

/** Ids of those whose names contain the text, so many at most; and of whoever is typed by number. */
export function idsNamed(text: string, naming: Naming, state: State | null, most: number): LaneId[] {
  const wanted = text.toLowerCase();
  const all = [state?.P, state?.M, state?.G].flatMap((table) => Object.keys(table ?? {})) as LaneId[];
  // Who is typed by number need not be there yet at the step that is shown.
  const found: LaneId[] = /^[gmp]\d{1,9}$/i.test(text) ? [text.toUpperCase() as LaneId] : [];
  for (const id of all) {
    if (found.length >= most) break;
    if (!found.includes(id) && naming.nameOf(id).toLowerCase().includes(wanted)) found.push(id);
  }
  return found;
}
