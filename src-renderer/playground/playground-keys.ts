/** The playground's own keys: what they do, and when they belong to a field instead. */

/** What a key may ask of the playground. */
export type PlaygroundAction = 'run' | 'save' | 'forward' | 'back' | 'toCaret' | 'toStart' | 'toEnd';

const TEXT = 'textarea, input:not([type=radio], [type=checkbox]), select';
/** From anywhere, also out of the listing. */
const WITH_ALT: Readonly<Record<string, PlaygroundAction>> = { ArrowRight: 'forward', ArrowLeft: 'back', ArrowDown: 'toCaret' };
/** While no field needs them for itself. */
const PLAIN: Readonly<Record<string, PlaygroundAction>> = { ArrowRight: 'forward', ArrowLeft: 'back', Home: 'toStart', End: 'toEnd' };

/** Null: the key is not the playground's, and whoever has the focus keeps it. */
export function playgroundActionOf({ key, target, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): PlaygroundAction | null {
  if (ctrlKey || metaKey) return key === 'Enter' ? 'run' : key === 's' && !shiftKey ? 'save' : null;
  if (altKey) return WITH_ALT[key] ?? null;
  const isField = target instanceof Element && target.matches(TEXT);
  const isRadio = target instanceof HTMLInputElement && target.type === 'radio';
  return isField || isRadio ? null : (PLAIN[key] ?? null);
}
