/** The app's own switches. Everything that Electron and Chromium understand besides is left alone. */
import { resolve } from 'node:path';
import { isLanguage, type Language } from '../model/words';

export interface AppOptions {
  language: Language | null;
  theme: 'light' | 'dark' | null;
  lesson: string | null;
  /** Folder of `--export`; null: none. */
  exportTo: string | null;
  /** Size of the window's content, in pixels; null: as it was last. */
  size: { widthPx: number; heightPx: number } | null;
}

function valueOf(args: readonly string[], name: string): string | null {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return null;
  const arg = args[at] ?? '';
  return arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : (args[at + 1] ?? null);
}

export function appOptions(args: readonly string[]): AppOptions {
  const language = valueOf(args, '--lang');
  const theme = valueOf(args, '--theme');
  const exportTo = valueOf(args, '--export');
  const size = /^(\d{3,4})x(\d{3,4})$/.exec(valueOf(args, '--size') ?? '');
  return {
    language: isLanguage(language) ? language : null,
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    lesson: valueOf(args, '--lesson'),
    exportTo: exportTo === null ? null : resolve(exportTo),
    size: size ? { widthPx: Number(size[1]), heightPx: Number(size[2]) } : null,
  };
}
