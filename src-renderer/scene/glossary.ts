/** The metaphor's vocabulary as the window asks for it: assets/glossary.yaml, read when the product was built. */
import read from '../../assets/glossary.yaml';
import { fill, type Language, type Phrase, type Text } from '../../assets/words/index';
import type { Glossary } from '../../src-main/contract/index';

/** As `parseGlossary` returned it to the build. */
export const glossary = read as Glossary;

type Term = Glossary['terms'][string];
export type WrittenOn = keyof Term['on'];

/** What a door may look like, what a parent and a child may be doing: `door.open`, `parent.hunting`, `child.raised` in the glossary. */
export const DOORS = ['open', 'closed', 'locked', 'bolted', 'sealed', 'ruin'] as const;
export const PARENT_POSES = [
  'home',
  'desk',
  'roaming',
  'hunting',
  'asleep',
  'outside',
  'polling',
  'walking',
  'watch',
  'doze',
  'abroad',
] as const;
/** As for poses, but whoever comes home walks, and says so. */
export const DOINGS = [...PARENT_POSES, 'returning'] as const;
export const CHILD_POSES = ['raised', 'waiting', 'asleep', 'hunting'] as const;
/** Boards in the village. */
export const SIGNS = ['orphanage', 'creche', 'nursinghome', 'forest', 'keys', 'post', 'lane'] as const;

/** What befalls the whole village: `event.stopped` in the glossary. */
export const EVENTS = [
  'stopping',
  'stopped',
  'starting',
  'meters',
  'deadlock',
  'dying',
  'panic',
  'fatal',
  'threads',
  'exit',
  'osexit',
  'killed',
] as const;

export type Door = (typeof DOORS)[number];
export type ParentPose = (typeof PARENT_POSES)[number];
export type Doing = (typeof DOINGS)[number];
export type ChildPose = (typeof CHILD_POSES)[number];
export type EventKind = (typeof EVENTS)[number];
export type SignId = (typeof SIGNS)[number];

function termOf(id: string): Term {
  const term = glossary.terms[id];
  if (!term) throw new Error(`assets/glossary.yaml has no term ${id}`);
  return term;
}

/** What the village calls it. */
export const word = (id: `door.${Door}` | `parent.${Doing}` | `child.${ChildPose}` | `event.${EventKind}`): Text => termOf(id).word;

/** A place of the village, as it is called. */
export const signWord = (id: SignId, language: Language): string => termOf(id).word[language];

/** What it stands for. */
export const meaning = (id: Parameters<typeof word>[0]): Text => termOf(id).means;

/** Things of the village by Go's name for them, as the glossary writes it: `p.runq`. What people do has terms of its own. */
const THINGS: ReadonlyMap<string, Term> = new Map(
  Object.entries(glossary.terms)
    .filter(([id]) => !id.includes('.'))
    .reverse()
    .flatMap(([, term]) => term.go.map((name) => [name, term] as const)),
);

export const thingNamed = (go: string): Term | null => THINGS.get(go) ?? null;

/** What is written there for the term. */
export function written(id: string, on: WrittenOn): Text {
  const text = termOf(id).on[on];
  if (!text) throw new Error(`assets/glossary.yaml says nothing for ${id} on ${on}`);
  return text;
}

/** What is written there with its places filled, or '' where nothing is. A place that `values` does not have stays as it is. */
export function filled(id: string, on: WrittenOn, values: Readonly<Record<string, string | number>>, language: Language): string {
  const text: unknown = termOf(id).on[on]?.[language] ?? '';
  return fill(text as Phrase<string>, values);
}

/** The terms that are written there, in the order of the file. */
export const termsOn = (on: WrittenOn): { id: string; word: Text; text: Text }[] =>
  Object.entries(glossary.terms).flatMap(([id, { word, on: places }]) => {
    const text = places[on];
    return text ? [{ id, word, text }] : [];
  });

/** The picture in words. `figures`: what stands there, already in words. */
export const told = (language: Language, values: { figures: string; orphans: number; sleepers: number }): string =>
  fill(glossary.told[language], values);

export const { parents, children, houses } = glossary;
