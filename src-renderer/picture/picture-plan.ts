/** How a picture is laid out and what it may show: from what was asked for and the paper alone. Pure. */
import type { LessonStep, LessonStop, PicturePart, PictureSettings } from '../../src-main/contract/index';

/** A row of the paper: one part, or two beside each other. `grows`: its share of the height that is left; null: as high as it needs. */
export interface PaperRow {
  parts: readonly PicturePart[];
  grows: number | null;
  /** On a paper that has no height of its own, px. */
  highPx: number;
}

/** What the height is shared by. */
const GROWS: Readonly<Record<PicturePart, number | null>> = { village: 52, runtime: 34, machine: 34, timeline: 20, text: null };
/** Of the paper's width. */
const HIGH: Readonly<Record<PicturePart, number>> = { village: 0.42, runtime: 0.3, machine: 0.34, timeline: 0.17, text: 0 };

/** The rows from top to bottom. The runtime and the machine stand beside each other; a machine that does nothing takes a line. */
export function paperRows(parts: readonly PicturePart[], widthPx: number, isMachineIdle: boolean): PaperRow[] {
  const has = (part: PicturePart): boolean => parts.includes(part);
  const row = (...each: PicturePart[]): PaperRow[] => {
    const [first] = each;
    if (first === undefined) return [];
    // Alone it is as high as the village: beside each other on a sheet of pictures all have one height, and more of its registers are seen.
    const isAlone = first === 'machine' && parts.every((part) => part === 'machine' || part === 'text');
    const high = isAlone ? HIGH.village : Math.max(...each.map((part) => HIGH[part]));
    return [{ parts: each, grows: GROWS[first], highPx: Math.round(high * widthPx) }];
  };
  const isLine = isMachineIdle && parts.some((part) => part !== 'machine' && part !== 'text');
  const tables = (['runtime', 'machine'] as const).filter((part) => has(part) && !(part === 'machine' && isLine));
  return [
    ...(has('village') ? row('village') : []),
    ...row(...tables),
    ...(has('machine') && isLine ? [{ parts: ['machine' as const], grows: null, highPx: 0 }] : []),
    ...(has('timeline') ? row('timeline') : []),
    ...(has('text') ? row('text') : []),
  ];
}

/** The unit of the window's type (`--step` of app.css) on a paper of this size, px. */
export function typeStepPx(widthPx: number, heightPx: number | null): number {
  return heightPx === null ? widthPx / 100 : Math.min(widthPx, 1.78 * heightPx) / 100;
}

/**
 * The last step that a picture may show; null: all of them. What comes behind the next question of the run answers it, whoever has or has not
 * been asked: the same picture for everybody. While the question is open nothing behind the step itself is shown.
 */
export function pictureHorizon(
  n: number,
  isAsked: boolean,
  stops: readonly LessonStop[],
  steps: readonly Pick<LessonStep, 'id' | 'ask'>[],
): number | null {
  if (isAsked) return n;
  const ahead = stops.find((stop) => stop.n > n && steps.find(({ id }) => id === stop.id)?.ask);
  return ahead ? ahead.n - 1 : null;
}

/** What is said of the step above its picture. */
export const hasHead = ({ hasTitle, hasLegend, hasStory }: PictureSettings): boolean => hasTitle || hasLegend || hasStory;
