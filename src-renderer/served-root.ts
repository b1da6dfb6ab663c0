/** What the page was served with (src-main/app/page-root.ts), so that its first picture is painted in it: read before anything is drawn. */
import { LANGUAGES, WORDS } from '../assets/words/index';
import { type Settings, THEMES } from '../src-main/contract/index';

export function servedLanguage(): Settings['language'] {
  const { lang } = document.documentElement;
  return LANGUAGES.find((each) => WORDS[each].language.tag === lang) ?? LANGUAGES[0];
}

/** The development server says nothing of it: the system's then. */
export function servedTheme(): Settings['theme'] {
  const { theme } = document.documentElement.dataset;
  return THEMES.find((each) => each === theme) ?? 'system';
}
