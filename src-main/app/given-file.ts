/** The file that the program was started with: by `--open`, by a double click, or handed over by a second start. */
import { resolve } from 'node:path';

const OURS = /\.(ya?ml|jsonl?)$/i;

/** The path in a command line, from the root; null: there is none. `folder`: where the command was given. */
export function givenFile(args: readonly string[], folder: string): string | null {
  const at = args.findIndex((arg) => arg === '--open' || arg.startsWith('--open='));
  const named = at < 0 ? undefined : args[at]?.includes('=') ? args[at].slice('--open='.length) : args[at + 1];
  const file = named ?? args.find((arg) => !arg.startsWith('-') && OURS.test(arg));
  return file === undefined || file === '' ? null : resolve(folder, file);
}
