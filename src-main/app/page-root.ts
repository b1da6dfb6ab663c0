/** The first tag of the page: in which language and in which light its first picture is painted, before its script has asked anything. */
import { type Language, WORDS } from '../../assets/words/index';
import type { Theme } from '../contract/themes';

export interface PageRoot {
  language: Language;
  theme: Theme;
}

/** The page's file with the language and the theme in its first tag; without such a tag it stays what it is. */
export function withRoot(html: string, { language, theme }: PageRoot): string {
  return html.replace(/<html\b[^>]*>/, `<html lang="${WORDS[language].language.tag}" data-theme="${theme}">`);
}
