/** In which language a lesson's texts are, where that is not the window's: for whoever reads them aloud, and for the type that they are set in. */
import { type Language, WORDS } from '../../assets/words/index';

/** A lesson or its card. */
type Written = { readonly language?: Language | null } | null | undefined;

/** For an element's `lang`; undefined: the page's own is right. */
export function textLang(written: Written, shown: Language): string | undefined {
  const only = written?.language;
  return only && only !== shown ? WORDS[only].language.tag : undefined;
}
