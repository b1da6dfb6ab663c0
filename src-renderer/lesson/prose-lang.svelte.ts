/** Tells all prose below a component in which language it is (text-lang.ts). */
import { getContext, setContext } from 'svelte';

const KEY = Symbol('the language of a lesson’s texts');

/** `lang`: for the elements' `lang`; undefined: the page's own is right. */
export const setProseLang = (lang: () => string | undefined): unknown => setContext(KEY, lang);

export const getProseLang = (): (() => string | undefined) => getContext<(() => string | undefined) | undefined>(KEY) ?? (() => undefined);
