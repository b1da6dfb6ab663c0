/**
 * What is answered in the terminal before anything begins: help, the version, what was typed wrongly, what an installed program refuses, and
 * that there is no desktop.
 */
import { app, dialog } from 'electron';
import { fill, type Language, WORDS, type Words } from '../../assets/words/index';
import { lacksDisplay, saidAtOnce } from '../app/program-switches';
import { refusedSwitch } from '../app/refused-switches';
import { languageOf } from '../app/terminal-language';

const NAME = '调度村 Schedville';

export interface AtOnce {
  /** In the language of whoever sits at the terminal. Asked for when something is said: to find out takes a tenth of what Electron's start does. */
  words: () => Words['program'];
  /** Says why, and ends. */
  leave: (why: string, status: number) => never;
}

/** Ends the program where there is nothing to begin. `args`: what stands behind the program's name. */
export function answerAtOnce(args: readonly string[]): AtOnce {
  // Windows and macOS say nothing of it in the environment.
  const language = (): Language => languageOf(args, { LANG: Intl.DateTimeFormat().resolvedOptions().locale, ...process.env });
  const words = (): Words['program'] => WORDS[language()].program;
  const leave = (why: string, status: number): never => {
    // Whoever has clicked on an icon sees no terminal; on Linux no window can be shown so early.
    if (process.platform === 'linux' || args.some((arg) => arg.startsWith('--export'))) console.error(`Schedville: ${why}`);
    else dialog.showErrorBox(NAME, why);
    process.exit(status);
  };
  // Whoever has come in through Node's inspector, which a release is built without, needs no further door.
  const isOpen = (): boolean => process.getBuiltinModule('node:inspector').url() !== undefined;
  const refused = app.isPackaged ? refusedSwitch(args) : null;
  // At once: what the switch asks for would come before the app is ready.
  if (refused !== null && !isOpen()) leave(fill(words().refused, { name: refused }), 2);
  const said = saidAtOnce(args, app.getVersion());
  if (said && said.status !== 0) leave(said.text[language()], said.status);
  if (said) {
    console.log(said.text[language()]);
    process.exit(0);
  }
  if (lacksDisplay({ platform: process.platform, env: process.env, args })) leave(words().noDisplay, 1);
  return { words, leave };
}
