import { isLanguage, type Language } from '../model/words';

/** In which language somebody at a terminal is spoken to: that of `--lang` where it is given rightly, else the environment's. */
export function languageOf(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1]);
  if (isLanguage(asked)) return asked;
  // Empty is unset, as for every program.
  return (environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '').startsWith('zh') ? 'zh' : 'en';
}
