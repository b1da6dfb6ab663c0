/**
 * Scrolls what a step is about into sight. All views are measured together, once all of them show the step, before any of them is scrolled:
 * asking for a place right after each change of the document would make the page lay itself out every time. It is done before the step is
 * painted, or that would be done twice.
 */

/** A stretch of a scrolled content, in its own pixels from the top. */
export interface Stretch {
  top: number;
  height: number;
}

/** Where a scroller goes so that `mark` is in sight, by the shortest way: `shown.top` when it is, or when it fills the scroller. */
export function nearestScroll(shown: Stretch, mark: Stretch): number {
  const low = { shown: shown.top + shown.height, mark: mark.top + mark.height };
  const isAbove = mark.top < shown.top;
  const isBelow = low.mark > low.shown;
  if (isAbove === isBelow) return shown.top;
  // What is higher than the scroller is shown from the edge that comes into sight first.
  const fits = mark.height <= shown.height;
  return isAbove === fits ? mark.top : low.mark - shown.height;
}

/** In a low scroller a mark is kept clear of less, rather than cut: what is left beside it is shared. */
export function paddingFor({ top, bottom }: Padding, markHeight: number, height: number): Padding {
  const room = Math.max(0, height - markHeight);
  const share = Math.min(1, room / Math.max(1, top + bottom));
  return { top: top * share, bottom: bottom * share };
}

/** Pixels at the top and the bottom that a mark is kept clear of. */
interface Padding {
  top: number;
  bottom: number;
}

/** The parts of the views that scroll are regions, so that the keyboard reaches them. */
const SCROLLER = '[role=region]';

/** px from a computed style; `auto` is none. */
const pixels = (length: string): number => Number.parseFloat(length) || 0;

interface Scroller {
  padding: Padding;
  /** Of the scroller's first visible pixel, in the window. */
  windowTop: number;
  height: number;
  was: number;
  scrollTop: number;
}

function measure(scroller: Element): Scroller {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(scroller);
  const { scrollTop, clientHeight, clientTop } = scroller;
  const windowTop = scroller.getBoundingClientRect().top + clientTop;
  const padding = { top: pixels(scrollPaddingTop), bottom: pixels(scrollPaddingBottom) };
  return { padding, windowTop, height: clientHeight, was: scrollTop, scrollTop };
}

type Roots = Map<Element, readonly string[]>;

/** Roots whose marks are to be looked for when the views show the step, with the selectors of the marks. */
const waiting: Roots = new Map();
/** Those that are looked at once more when no step has followed for a while: a view that has measured its room may have filled it otherwise. */
const settling: Roots = new Map();
const SETTLED_MS = 100;
let settled: ReturnType<typeof setTimeout> | undefined;

function scrollAll(roots: Roots): void {
  const scrollers = new Map<Element, Scroller>();
  for (const [root, marks] of roots)
    for (const mark of marks.flatMap((selector) => root.querySelector(selector) ?? [])) {
      const element = mark.closest(SCROLLER);
      if (!element) continue;
      const scroller = scrollers.get(element) ?? measure(element);
      scrollers.set(element, scroller);
      const { windowTop, height, was, scrollTop } = scroller;
      const { top, height: markHeight } = mark.getBoundingClientRect();
      const padding = paddingFor(scroller.padding, markHeight, height);
      const shown = { top: scrollTop + padding.top, height: height - padding.top - padding.bottom };
      scroller.scrollTop = Math.max(0, nearestScroll(shown, { top: top - windowTop + was, height: markHeight }) - padding.top);
    }
  roots.clear();
  for (const [element, { was, scrollTop }] of scrollers) if (scrollTop !== was) element.scrollTop = scrollTop;
}

/**
 * Attachment of a view: whenever what `changed` reads has changed, the first element of each selector comes into sight, one after the other;
 * where not all have room, the last ones win.
 */
export function keepInSight(marks: readonly string[], changed: () => unknown): (root: Element) => () => void {
  return (root) => {
    changed();
    if (waiting.size === 0)
      queueMicrotask(() => {
        scrollAll(waiting);
      });
    waiting.set(root, marks);
    settling.set(root, marks);
    clearTimeout(settled);
    settled = setTimeout(() => {
      scrollAll(settling);
    }, SETTLED_MS);
    return () => {
      waiting.delete(root);
      settling.delete(root);
    };
  };
}
