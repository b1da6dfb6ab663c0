/**
 * What happened, for whoever is asked for help: a small file that can be sent as it is. Nothing personal gets in: folders, names of files, the
 * user's name and the machine's are left out, and what was typed or answered is never written.
 */
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { signOf } from './data-mark';

/** The file and the one before it: together at most twice as much. */
const MOST_BYTES = 256 * 1024;
const MOST_LINE_CHARACTERS = 4_000;

export interface Private {
  /** What is replaced, and by what: folders, the user's name, the machine's. Longest first. */
  readonly names: readonly (readonly [found: string, said: string])[];
}

/** A quoted path, and one that stands alone, on any system. */
const QUOTED = /(['"“‘])(?=[^'"”’\n]*[/\\])[^'"”’\n]*(['"”’])/g;
const BARE = /(?<![\w<>.])(?:[A-Za-z]:[\\/]|\\\\|\/(?=[^\s/]+\/)|file:\/\/)[^\s'"“”()]*/g;

/** A text without what is private in it. Places in the program's own code stay, as `<program>/out/…`. */
export function withoutPrivate(text: string, { names }: Private): string {
  let said = text;
  for (const [found, instead] of names) if (found.length > 1) said = said.replaceAll(found, instead);
  // Frames of a stack: the program's own are worth keeping, and have lost their folder already.
  return said
    .replace(QUOTED, (all: string, open: string, close: string) => (all.includes('<program>') ? all : `${open}<path>${close}`))
    .replace(BARE, '<path>');
}

export class LogFile {
  private isBroken = false;

  constructor(
    private readonly path: string,
    private readonly secret: Private,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Its own folder, and none above it: where the data folder is gone nothing is made in its place (`writeOwnFile` says why). */
  private makeFolder(): void {
    try {
      mkdirSync(dirname(this.path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }

  /** Adds one entry. A disk that is full, may not be written to or is gone costs the entry, never the program. */
  add(kind: string, text: string): void {
    // A drive that is gone may come back.
    if (this.isBroken || !existsSync(signOf(dirname(dirname(this.path))))) return;
    const line = withoutPrivate(text, this.secret).slice(0, MOST_LINE_CHARACTERS).replaceAll('\n', '\n  ');
    try {
      this.makeFolder();
      if ((statSync(this.path, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(this.path, `${this.path}.old`);
      appendFileSync(this.path, `${this.now().toISOString()} ${kind}: ${line}\n`);
    } catch {
      this.isBroken = true;
    }
  }
}
