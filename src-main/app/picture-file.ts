/** How pictures were made last, in a small file of its own beside the settings. A file that cannot be read is as good as none. */
import { join } from 'node:path';
import {
  FIRST_PICTURE,
  PICTURE_FORMATS,
  PICTURE_PARTS,
  PICTURE_SCALES,
  PICTURE_SIZES,
  PICTURE_STEPS,
  PICTURE_THEMES,
  type PictureSettings,
} from '../contract/picture';
import { isLanguage } from '../model/words';
import { readOwnFile } from './people-file';
import { writeOwnFile } from './write-file';

/** Whatever is right of it, and for the rest what `first` says. Never throws. */
export function pictureSettingsFrom(value: unknown, first: PictureSettings = FIRST_PICTURE): PictureSettings {
  if (typeof value !== 'object' || value === null) return first;
  const given = value as Partial<Record<keyof PictureSettings, unknown>>;
  const parts = Array.isArray(given.parts) ? PICTURE_PARTS.filter((part) => (given.parts as unknown[]).includes(part)) : [];
  const one = <T>(all: readonly T[], wanted: unknown, otherwise: T): T => all.find((each) => each === wanted) ?? otherwise;
  const yes = (wanted: unknown, otherwise: boolean): boolean => (typeof wanted === 'boolean' ? wanted : otherwise);
  return {
    parts: parts.length > 0 ? parts : first.parts,
    steps: one(PICTURE_STEPS, given.steps, first.steps),
    format: one(PICTURE_FORMATS, given.format, first.format),
    scale: one<number>(PICTURE_SCALES, given.scale, first.scale),
    isTransparent: yes(given.isTransparent, first.isTransparent),
    theme: one(PICTURE_THEMES, given.theme, first.theme),
    language: isLanguage(given.language) ? given.language : first.language,
    size: one(PICTURE_SIZES, given.size, first.size),
    hasTitle: yes(given.hasTitle, first.hasTitle),
    hasLegend: yes(given.hasLegend, first.hasLegend),
    hasStory: yes(given.hasStory, first.hasStory),
  };
}

export class PictureFile {
  private readonly path: string;
  private latest: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.path = join(folder, 'pictures.json');
  }

  /** null: nothing has been made yet. */
  async read(): Promise<PictureSettings | null> {
    await this.latest;
    const text = await readOwnFile(this.path).catch(() => null);
    if (text === null) return null;
    try {
      return pictureSettingsFrom(JSON.parse(text));
    } catch {
      return null;
    }
  }

  /** One write after the other, each whole. What cannot be kept is only asked for again: nobody has to be told. */
  keep(settings: PictureSettings): Promise<void> {
    const next = this.latest.then(() => writeOwnFile(this.path, `${JSON.stringify(settings, null, 1)}\n`)).catch(() => undefined);
    this.latest = next;
    return next;
  }
}
