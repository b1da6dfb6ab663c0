/**
 * Writing a file so that it is there whole or not at all. What is no regular file (a pipe, /dev/null) is written straight into: a
 * rename would put a file in its place. Behind a symbolic link it is the file that is replaced, not the link.
 */
import { writeSync } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { signOf } from './data-mark';

/** Linux follows so many links, too. */
const MAX_LINKS = 40;
const NEW_FILE_MODE = 0o666;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The path that is written to in the end; a link may lead to a file that is still to be made. */
async function linkedPath(path: string, linksLeft = MAX_LINKS): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error) || linksLeft === 0) throw error;
    const link = await lstat(path).catch(() => null);
    return link?.isSymbolicLink() ? linkedPath(resolve(dirname(path), await readlink(path)), linksLeft - 1) : path;
  }
}

/** Where the data goes: `part` is renamed to `path` at the end; null: written straight into `path`. */
interface Target {
  path: string;
  part: string | null;
  mode: number;
}

/** A part that has not grown for so long is nobody's any more. */
const OLD_MS = 60 * 60_000;
const PART = /^\.[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.part$/;

/** Removes what writers that were killed have left in a folder, by the name that ours have. Never rejects. */
export async function sweepParts(folder: string, olderThanMs: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!PART.test(name)) continue;
    const path = join(folder, name);
    const part = await lstat(path).catch(() => null);
    if (part?.isFile() && Date.now() - part.mtimeMs > olderThanMs) await rm(path, { force: true }).catch(() => undefined);
  }
}

/**
 * Makes a folder and those above it that are missing. Each by itself: `recursive` of Node 20 goes on for ever below a folder in which
 * none can be made and that answers as if it were missing, such as /proc.
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(folder); !(await isThere(at)); at = dirname(at)) missing.unshift(at);
  for (const each of missing)
    await mkdir(each).catch((error: unknown) => {
      // Somebody else was quicker.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
}

/** Whatever it is: what is no folder is told when something is written below it. The root is there, or nothing is. */
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => {
      if (!isMissing(error) || dirname(path) === path) throw error;
      return false;
    },
  );

async function targetOf(wanted: string): Promise<Target> {
  const there = await stat(wanted).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (there && !there.isFile() && !there.isDirectory()) return { path: wanted, part: null, mode: there.mode };
  const path = await linkedPath(wanted);
  await makeFolder(dirname(path));
  await sweepParts(dirname(path), OLD_MS);
  // A folder is not replaced: the rename says so.
  return {
    path,
    part: join(dirname(path), `.${crypto.randomUUID()}.part`),
    mode: there?.isFile() ? there.mode & 0o777 : NEW_FILE_MODE,
  };
}

/** Writes beside the file, then renames. Makes the folder if it is missing. */
export async function writeFileWhole(wanted: string, data: string | Uint8Array): Promise<void> {
  const { path, part, mode } = await targetOf(wanted);
  try {
    const file = part === null ? await open(path, 'w') : await open(part, 'wx', mode);
    try {
      await file.writeFile(data);
      if (part !== null) await file.sync();
    } finally {
      await file.close();
    }
    if (part !== null) await rename(part, path);
  } catch (error) {
    if (part !== null) await rm(part, { force: true });
    throw error;
  }
}

/**
 * The same for a file of the program's own. `dataFolder`, mostly the folder that the file lies in, is never made; throws where it is gone (a stick
 * that has been pulled out, a network drive that has gone away): what was made in its place would lie below the mount point, in nobody's sight once
 * the drive is back.
 */
export async function writeOwnFile(wanted: string, data: string, dataFolder = dirname(wanted)): Promise<void> {
  await stat(signOf(dataFolder));
  await writeFileWhole(wanted, data);
}

/** A file that grows piece by piece and appears under its name only when it is done. */
export class GrowingFile {
  private constructor(
    private readonly target: Target,
    private readonly file: FileHandle,
  ) {}

  static async create(wanted: string): Promise<GrowingFile> {
    const target = await targetOf(wanted);
    const { path, part, mode } = target;
    return new GrowingFile(target, part === null ? await open(path, 'w') : await open(part, 'wx', mode));
  }

  /** Adds a text, or bytes that are good until it is awaited. Pieces should be large: each is a call of the system. */
  async write(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    for (let at = 0; at < bytes.length;) {
      // A disk takes its piece at once, sooner than another thread would have begun with it; a pipe's reader may let wait.
      at += this.target.part === null ? (await this.file.write(bytes, at)).bytesWritten : writeSync(this.file.fd, bytes, at);
    }
  }

  async finish(): Promise<void> {
    await this.file.close();
    const { path, part } = this.target;
    if (part !== null) await rename(part, path);
  }

  /** As if it had never been begun. May be called after anything else has failed. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined);
    if (this.target.part !== null) await rm(this.target.part, { force: true });
  }
}
