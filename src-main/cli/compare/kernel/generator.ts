/** Sequences of system calls with usual and odd arguments, out of a seed. */
import { Draw, drawCall, type Theme } from './draw';
import type { Sequence } from './sequence';
import { FILES_THEME } from './themes/files';

export const THEMES: Readonly<Record<string, Theme>> = { files: FILES_THEME };

const CALLS_IN_SEQUENCE = 24;

/** At least `calls` calls; each sequence has one theme. */
export function generate(seed: number, calls: number): Sequence[] {
  const themes = Object.values(THEMES);
  return Array.from({ length: Math.ceil(calls / CALLS_IN_SEQUENCE) }, (_, number) => {
    const d = new Draw(seed * 1_000_003 + number);
    const theme = themes[number % themes.length] ?? [];
    return Array.from({ length: CALLS_IN_SEQUENCE }, (_each, at) => drawCall(d, theme, at));
  });
}
