/** The app's own switches. Everything that Electron and Chromium understand besides is left alone. */
import { resolve } from 'node:path';
import { EVENT_GROUPS, type EventGroup } from '../ask/events/groups';
import { PICTURE_FORMATS, PICTURE_PARTS, PICTURE_SCALES, PICTURE_SIZES, type PictureSettings } from '../contract/picture';
import { PLAY_VIEWS, type PlayOrder } from '../contract/play';
import { FILM_FORMATS, FILM_HEIGHTS_PX, FILM_PER_STEP, FILM_STEP_MS, type FilmOrder } from '../contract/film';
import { isLanguage, type Language } from '../model/words';
import { type Theme, THEMES } from '../contract/themes';

export interface AppOptions {
  language: Language | null;
  theme: Theme | null;
  lesson: string | null;
  /** Folder of `--export`; null: none. */
  exportTo: string | null;
  /** How the pictures of `--export` are made, as far as that was said; null: nothing is exported. */
  pictures: Partial<PictureSettings> | null;
  /** Numbers of the lesson's steps, from 1, whose pictures are made; null: all. */
  steps: readonly number[] | null;
  /** Pictures of every step at which an event of this group is told, instead of the lesson's steps; null: of those. */
  events: EventGroup | null;
  /** Hand-outs, or the contact sheet of all lessons, instead of pictures and traces; null: neither. */
  handout: 'lesson' | 'contact' | null;
  /** Pages that play, instead of pictures and traces; null: none. */
  play: PlayOrder | null;
  /** A film instead of pictures and traces; null: none. */
  film: FilmOrder | null;
  /** Size of the window's content, in pixels; null: as it was last. */
  size: { widthPx: number; heightPx: number } | null;
}

function valueOf(args: readonly string[], name: string): string | null {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return null;
  const arg = args[at] ?? '';
  return arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : (args[at + 1] ?? null);
}

/** 2,5-7: the numbers from 1; null: nothing of the kind. */
function numbersOf(text: string | null): number[] | null {
  if (text === null || !/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/.test(text)) return null;
  const numbers = text.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function picturesFrom(args: readonly string[]): Partial<PictureSettings> {
  const one = <T extends string>(all: readonly T[], name: string): T | undefined => all.find((each) => each === valueOf(args, name));
  const views = valueOf(args, '--views')?.split(',') ?? [];
  const parts = PICTURE_PARTS.filter((part) => views.includes(part));
  const [format, size] = [one(PICTURE_FORMATS, '--format'), one(PICTURE_SIZES, '--paper')];
  const scale = Number(valueOf(args, '--scale') ?? NaN);
  return {
    ...(parts.length > 0 ? { parts } : {}),
    ...(format ? { format } : {}),
    ...(size ? { size } : {}),
    ...(PICTURE_SCALES.some((each) => each === scale) ? { scale } : {}),
    ...(valueOf(args, '--theme') === 'print' ? { theme: 'print' } : {}),
    ...(args.includes('--transparent') ? { isTransparent: true } : {}),
  };
}

/** `--range 3-7`, both included; null: not given, or not so. */
function rangeOf(args: readonly string[]): { from: number; to: number } | null {
  const [, from, to] = /^(\d{1,9})-(\d{1,9})$/.exec(valueOf(args, '--range') ?? '') ?? [];
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
}

/** --play; with --scorm also packages. */
function playFrom(args: readonly string[]): PlayOrder | null {
  if (!args.includes('--play')) return null;
  const wanted = valueOf(args, '--views')?.split(',') ?? [];
  const views = PLAY_VIEWS.filter((view) => wanted.includes(view));
  return {
    kinds: args.includes('--scorm') ? ['html', 'scorm12', 'scorm2004'] : ['html'],
    views: views.length > 0 ? views : [...PLAY_VIEWS],
    range: rangeOf(args),
  };
}

/** --film, with its settings and its range. */
function filmFrom(args: readonly string[]): FilmOrder | null {
  const format = FILM_FORMATS.find((each) => each === valueOf(args, '--film'));
  if (!format) return null;
  const number = <Key extends string>(key: Key, name: string, all: readonly number[]): Partial<Record<Key, number>> => {
    const found = all.find((each) => String(each) === valueOf(args, name));
    return found === undefined ? {} : ({ [key]: found } as Partial<Record<Key, number>>);
  };
  const { parts } = picturesFrom(args);
  return {
    settings: {
      format,
      ...(parts ? { parts } : {}),
      ...number('heightPx', '--height', FILM_HEIGHTS_PX),
      ...number('perStep', '--per-step', FILM_PER_STEP),
      ...number('stepMs', '--step-ms', FILM_STEP_MS),
    },
    range: rangeOf(args),
  };
}

export function appOptions(args: readonly string[]): AppOptions {
  const language = valueOf(args, '--lang');
  const theme = valueOf(args, '--theme');
  const exportTo = valueOf(args, '--export');
  const size = /^(\d{3,4})x(\d{3,4})$/.exec(valueOf(args, '--size') ?? '');
  return {
    language: isLanguage(language) ? language : null,
    theme: THEMES.find((each) => each === theme) ?? null,
    lesson: valueOf(args, '--lesson'),
    exportTo: exportTo === null ? null : resolve(exportTo),
    pictures: exportTo === null ? null : picturesFrom(args),
    handout: exportTo === null ? null : args.includes('--contact-sheet') ? 'contact' : args.includes('--handout') ? 'lesson' : null,
    film: exportTo === null ? null : filmFrom(args),
    steps: exportTo === null ? null : numbersOf(valueOf(args, '--steps')),
    events: exportTo === null ? null : (EVENT_GROUPS.find((each) => each === valueOf(args, '--events')) ?? null),
    play: exportTo === null ? null : playFrom(args),
    size: size ? { widthPx: Number(size[1]), heightPx: Number(size[2]) } : null,
  };
}
