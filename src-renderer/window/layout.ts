/**
 * How the window is divided, from its size and zoom: panes side by side, or one thing at a time under tabs. Pure. Pixels are CSS pixels: a
 * page zoomed to 200 percent has half as many of them each way.
 */
import { type HeightClass, type View, VIEWS } from '../../src-main/contract/index';

/** What has a tab, in the order of the tabs. */
export const TABS = ['text', ...VIEWS, 'timeline'] as const;
export type Tab = (typeof TABS)[number];

export interface WindowSize {
  widthPx: number;
  heightPx: number;
  /** 1: nothing is enlarged. */
  zoom: number;
}

/** Names in the village are written in 15 of the scene's units; below this size they are not read from a chair. */
const NAME_UNITS = 15;
const LEAST_NAME_PX = 12;
/** The scene's least height and width, in its units: a container of this shape or wider is filled from top to bottom. */
const SCENE = { width: 900, height: 350 };
/** Type beside the village, relative to which its names keep their size on a large screen. */
const NAME_PER_TEXT = 0.9;

/** Lesson pane beside a village with legible names; toolbar, village, tables of some rows and the timeline below each other. */
const LEAST_PANES = { widthPx: 1_020, heightPx: 600 };
/** Whoever zooms in so far wants one thing large. */
const TABS_FROM_ZOOM = 1.5;

export function hasTabs({ widthPx, heightPx, zoom }: WindowSize): boolean {
  // Zoom factors are powers of 1.2, rounded by the browser.
  return widthPx < LEAST_PANES.widthPx || heightPx < LEAST_PANES.heightPx || zoom > TABS_FROM_ZOOM - 0.01;
}

/** Windows of one class are divided alike: a projector, a notebook, a screen on the desk, one of 3840 × 2160. */
const LOW_BELOW_PX = 700;
const MIDDLE_BELOW_PX = 950;
const HIGH_BELOW_PX = 1_500;

export function heightClassOf({ heightPx }: WindowSize): HeightClass {
  if (heightPx < LOW_BELOW_PX) return 'low';
  if (heightPx < MIDDLE_BELOW_PX) return 'middle';
  return heightPx < HIGH_BELOW_PX ? 'high' : 'huge';
}

/** In so many em of its own type the toolbar has room for all of its buttons, in either language. */
const TOOLBAR_EM = 100;

/** Whether the toolbar keeps what is needed less in a menu. `emPx`: size of its type. */
export function hasMenu(size: WindowSize, emPx: number): boolean {
  return hasTabs(size) || size.widthPx < TOOLBAR_EM * emPx;
}

/** The least height of a village that is wide enough: its names have their least size there. `textPx`: size of the small type around it. */
export function leastVillagePx(textPx: number): number {
  return Math.ceil((Math.max(LEAST_NAME_PX, NAME_PER_TEXT * textPx) / NAME_UNITS) * SCENE.height);
}

/** The share of the height that a splitter gives to the village, between what names need and what is left for the tables below, in percent. */
export function villageShare(wanted: number, heightPx: number, textPx: number): number {
  const most = 75;
  return Math.min(most, Math.max(wanted, heightPx > 0 ? (100 * leastVillagePx(textPx)) / heightPx : 0));
}

/** The timeline keeps room for some lanes, and leaves the views theirs, px and percent. */
const LEAST_TIMELINE_PX = 130;
const HIGHEST_TIMELINE_PERCENT = 60;

/** Where the timeline begins when that is wished for, in percent of the window's height. */
export function timelineTop(wanted: number, heightPx: number): number {
  const most = heightPx > 0 ? 100 - (100 * LEAST_TIMELINE_PX) / heightPx : 100;
  return Math.min(most, Math.max(wanted, 100 - HIGHEST_TIMELINE_PERCENT));
}

/** Registers of either architecture, as lessons name them: capitals, some with a number. */
const REGISTER = /^(?![MPG]\d)[A-Z][A-Z0-9]+$/;

/** Where to look for what a lesson step points at: the machine's registers, fields of the runtime, or somebody in the village. */
export function tabOf(focus: readonly string[]): Tab {
  if (focus.length === 0) return 'text';
  if (focus.some((each) => REGISTER.test(each) || each.startsWith('kernel.'))) return 'machine';
  return focus.some((each) => each.includes('.')) ? 'runtime' : 'village';
}

/** The tab that is shown: the one that the person has chosen; while nobody has, a question's text, then what the step is about. */
export function shownTab(chosen: Tab | null, focus: readonly string[], isAsked: boolean): Tab {
  return chosen ?? (isAsked ? 'text' : tabOf(focus));
}

export function isView(tab: Tab): tab is View {
  return tab !== 'text' && tab !== 'timeline';
}
