/** The files that were opened last, the newest first: their paths and nothing of what is in them. A list that cannot be read is an empty one. */
import { join } from 'node:path';
import { readOwnFile } from './people-file';
import { writeOwnFile } from './write-file';

const MOST = 10;
const LONGEST_PATH = 4_096;

export class RecentFiles {
  private readonly path: string;
  private files: Promise<readonly string[]>;
  private writing: Promise<unknown> = Promise.resolve();
  /** Called whenever the list is another. */
  onChange: (files: readonly string[]) => void = () => undefined;

  constructor(folder: string) {
    this.path = join(folder, 'recent.json');
    this.files = readOwnFile(this.path)
      .then(filesFrom)
      .catch(() => []);
  }

  all(): Promise<readonly string[]> {
    return this.files;
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
    this.files = this.files.then(make);
    const files = await this.files;
    this.onChange(files);
    // Of a list that cannot be kept nobody is told: nothing is lost but a convenience.
    this.writing = this.writing.then(() => writeOwnFile(this.path, `${JSON.stringify(files, null, 1)}\n`).catch(() => undefined));
    await this.writing;
  }
}

function filesFrom(text: string): readonly string[] {
  const value: unknown = JSON.parse(text);
  const isPath = (each: unknown): each is string => typeof each === 'string' && each !== '' && each.length <= LONGEST_PATH;
  return Array.isArray(value) ? value.filter(isPath).slice(0, MOST) : [];
}
