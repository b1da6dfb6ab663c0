/** Where settings, progress and drafts lie: beside the program when it is carried about, else where the system has them for each user. */
import { accessSync, constants, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Text } from '../model/words';

/** The folder that makes a program portable. */
export const PORTABLE_FOLDER = 'schedville-data';

export interface Running {
  isPackaged: boolean;
  platform: NodeJS.Platform;
  execPath: string;
  env: Readonly<Record<string, string | undefined>>;
  args: readonly string[];
}

/** Beside what a person sees as the program: the .app, the AppImage, the .exe. */
export function portableFolderOf({ platform, execPath, env }: Pick<Running, 'platform' | 'execPath' | 'env'>): string {
  const { dirname: up, join: under } = platform === 'win32' ? win32 : posix;
  // The AppImage itself: what runs lies in a folder that goes away with it.
  if (platform === 'linux' && env.APPIMAGE !== undefined && env.APPIMAGE !== '') return under(up(env.APPIMAGE), PORTABLE_FOLDER);
  // Schedville.app/Contents/MacOS/Schedville
  const program = platform === 'darwin' ? up(up(up(execPath))) : execPath;
  return under(up(program), PORTABLE_FOLDER);
}

/**
 * The folder beside the program, when there is one or `--portable` asks for it; null: data lie where the system has them. A folder that cannot be
 * written to is told, and not used: what is learned would be lost.
 */
export function portableData(running: Running): { folder: string | null; warning: Text | null } {
  const { isPackaged, args } = running;
  const isNamed = args.some((arg) => arg === '--user-data-dir' || arg.startsWith('--user-data-dir='));
  if (!isPackaged || isNamed) return { folder: null, warning: null };
  const folder = portableFolderOf(running);
  try {
    // None above it: the program may have been started from a drive that is gone by now.
    if (args.includes('--portable') && !isFolder(folder)) mkdirSync(folder);
    if (!isFolder(folder)) return { folder: null, warning: null };
    accessSync(folder, constants.W_OK);
    return { folder, warning: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { folder: null, warning: inEveryLanguage(({ installed }) => fill(installed.notPortable, { folder, why })) };
  }
}

/**
 * A temporary folder, with a warning that nothing in it outlives the session, where the system's data folder cannot be created (a home that is
 * full or read-only). `folder` null: the system's is there. `usual` gives the system's folder, or throws.
 */
export function passingData(usual: () => string, temporary = tmpdir()): { folder: string | null; warning: Text | null } {
  try {
    usual();
    return { folder: null, warning: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const folder = mkdtempSync(join(temporary, 'schedville-'));
    return { folder, warning: inEveryLanguage(({ installed }) => fill(installed.nothingStays, { why })) };
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The file of whoever looks after the machine. */
export function machineDefaultsFile({ platform, env }: Pick<Running, 'platform' | 'env'>): string {
  switch (platform) {
    case 'win32':
      return win32.join(env.ProgramData ?? 'C:\\ProgramData', 'Schedville', 'defaults.json');
    case 'darwin':
      return '/Library/Application Support/Schedville/defaults.json';
    default:
      return '/etc/schedville/defaults.json';
  }
}
