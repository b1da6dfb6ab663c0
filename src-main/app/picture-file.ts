/** How pictures were made last, in a small file of its own beside the settings. A file that cannot be read is set aside, never lost. */
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
import { isLanguage, type Result } from '../model/words';
import { OwnFile, type Taken } from './own-file';

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
  private readonly file: OwnFile<PictureSettings>;

  constructor(folder: string) {
    this.file = new OwnFile(join(folder, 'pictures.json'), taken, 1);
  }

  /** null: nothing has been made yet. Refused once where the file is damaged, with what became of it. */
  read(): Promise<Result<PictureSettings | null>> {
    return this.file.asked((value) => value);
  }

  /** One write after the other, each whole. What cannot be kept is only asked for again: nobody has to be told. */
  async keep(settings: PictureSettings): Promise<void> {
    await this.file.keep(settings);
  }

  /** See OwnFile. */
  written(): Promise<void> {
    return this.file.written();
  }
}

/** A single setting that nobody can make is that of another version, as in the settings file: for it the usual one is taken. */
function taken(json: unknown): Taken<PictureSettings> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { value: null, wrong: '' };
  return { value: pictureSettingsFrom(json), wrong: null };
}
