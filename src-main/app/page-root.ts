/** The first tag of the page: in which language and in which light its first picture is painted, before its script has asked anything. */
import { type Language, WORDS } from '../../assets/words/index';

export interface PageRoot {
  language: Language;
  isDark: boolean;
}

/** The page's file with the language and the theme in its first tag; without such a tag it stays what it is. */
export function withRoot(html: string, { language, isDark }: PageRoot): string {
  return html.replace(/<html\b[^>]*>/, `<html lang="${WORDS[language].language.tag}" data-theme="${isDark ? 'dark' : 'light'}">`);
}
