/** Settings and progress in one small file. A file that cannot be read is set aside, never lost. */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message, Settings } from '../contract/requests';
import { writeFileWhole } from './write-file';

export const DEFAULT_SETTINGS: Settings = { language: 'zh', theme: 'system', speed: 1, place: null };

export class SettingsFile {
  private readonly path: string;
  private writing: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.path = join(folder, 'settings.json');
  }

  /** The settings, and what was wrong with the file, if anything was. */
  async read(): Promise<{ settings: Settings; warning: Message | null }> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch {
      return { settings: DEFAULT_SETTINGS, warning: null };
    }
    try {
      return { settings: settingsFrom(JSON.parse(text)), warning: null };
    } catch (error) {
      const aside = `${this.path}.broken-${Date.now()}`;
      await rename(this.path, aside).catch(() => undefined);
      const why = error instanceof Error ? error.message : String(error);
      return {
        settings: DEFAULT_SETTINGS,
        warning: { zh: `设置文件读不了（${why}），已改名为 ${aside}，先用默认设置。`, en: `The settings could not be read (${why}); the file was renamed to ${aside}, and the defaults are used.` },
      };
    }
  }

  /** One write after the other; each is whole. */
  write(settings: Settings): Promise<void> {
    const next = this.writing.catch(() => undefined).then(() => writeFileWhole(this.path, `${JSON.stringify(settings, null, 1)}\n`));
    this.writing = next;
    return next;
  }
}

/** Takes what is right of a settings file; throws when it is no settings file at all. */
function settingsFrom(value: unknown): Settings {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
  const { language, theme, speed, place } = value as Partial<Record<keyof Settings, unknown>>;
  return {
    language: language === 'en' ? 'en' : 'zh',
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    speed: typeof speed === 'number' && speed >= 0.25 && speed <= 8 ? speed : 1,
    place: placeFrom(place),
  };
}

function placeFrom(value: unknown): Settings['place'] {
  if (typeof value !== 'object' || value === null) return null;
  const { lesson, run, n } = value as Record<string, unknown>;
  return typeof lesson === 'string' && typeof run === 'string' && typeof n === 'number' && Number.isSafeInteger(n) && n >= 0 ? { lesson, run, n } : null;
}
