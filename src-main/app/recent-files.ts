/**
 * The files that were opened last, the newest first: their paths and nothing of what is in them. What of the list cannot be read is set aside, never
 * lost.
 */
import { join } from 'node:path';
import type { Text } from '../model/words';
import { OwnFile, type Taken } from './own-file';

const MOST = 10;
const LONGEST_PATH = 4_096;

export class RecentFiles {
  private readonly file: OwnFile<readonly string[]>;
  private files: Promise<readonly string[]> | null = null;
  private damage: Text | null = null;
  /** Called whenever the list is another. */
  onChange: (files: readonly string[]) => void = () => undefined;

  constructor(folder: string) {
    this.file = new OwnFile(join(folder, 'recent.json'), taken, 1);
  }

  /** Read once, when it is first asked for. */
  all(): Promise<readonly string[]> {
    this.files ??= this.file.read().then(({ value, told }) => {
      this.damage = told;
      return value ?? [];
    });
    return this.files;
  }

  /** What became of a damaged list; null: it was none. */
  async damaged(): Promise<Text | null> {
    await this.all();
    return this.damage;
  }

  /** It was opened now. */
  add(file: string): Promise<void> {
    return this.change((files) => [file, ...files.filter((each) => each !== file)].slice(0, MOST));
  }

  /** It is not there any more. */
  drop(file: string): Promise<void> {
    return this.change((files) => files.filter((each) => each !== file));
  }

  clear(): Promise<void> {
    return this.change(() => []);
  }

  private async change(make: (files: readonly string[]) => readonly string[]): Promise<void> {
    this.files = this.all().then(make);
    const files = await this.files;
    this.onChange(files);
    // Of a list that cannot be kept nobody is told: nothing is lost but a convenience.
    await this.file.keep(files);
  }

  /** See OwnFile. */
  written(): Promise<void> {
    return this.file.written();
  }
}

function taken(json: unknown): Taken<readonly string[]> {
  if (!Array.isArray(json)) return { value: null, wrong: '' };
  const isPath = (each: unknown): each is string => typeof each === 'string' && each !== '' && each.length <= LONGEST_PATH;
  const paths = json.filter(isPath).slice(0, MOST);
  const at = json.findIndex((each) => !isPath(each));
  return { value: paths, wrong: at < 0 ? null : `[${at}]` };
}
