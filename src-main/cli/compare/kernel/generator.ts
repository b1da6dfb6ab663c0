/** Sequences of system calls with usual and odd arguments, out of a seed. */
import { Draw, drawCall, type Theme } from './draw';
import type { Sequence } from './sequence';
import { DATA_THEME } from './themes/data';
import { FILES_THEME } from './themes/files';
import { MEMORY_THEME } from './themes/memory';
import { NAMES_THEME } from './themes/names';
import { PIPES_THEME } from './themes/pipes';
import { PROCESS_THEME } from './themes/process';
import { INET_THEME, UNIX_THEME } from './themes/sockets';
import { WAITING_THEME } from './themes/waiting';

export const THEMES: Readonly<Record<string, Theme>> = {
  files: FILES_THEME,
  names: NAMES_THEME,
  data: DATA_THEME,
  pipes: PIPES_THEME,
  unix: UNIX_THEME,
  inet: INET_THEME,
  memory: MEMORY_THEME,
  waiting: WAITING_THEME,
  process: PROCESS_THEME,
};

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
