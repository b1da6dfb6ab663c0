/**
 * What a place of the window shows of the state. A thing of its own says so by `data-path`; a picture, which is drawn of few pieces, has an
 * area that knows what lies where.
 */

/** Of the window, px. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Pointed {
  /** Its place in the state. */
  path: string;
  rect: Rect;
  /** The step that is meant, where it is another than the one shown: a span of the timeline. */
  n?: number;
  /** What is written there: a lesson step's title, a bookmark's note. */
  about?: string;
}

export interface Area {
  at: (x: number, y: number) => Pointed | null;
  /** Where the thing is drawn now; null: it is not. */
  of: (path: string) => Rect | null;
  /** What is meant by whoever has the focus on the picture itself; left out: nothing. */
  focused?: () => Pointed | null;
}

/** In the order in which the views were made: the village comes first. */
const areas = new Map<Element, Area>();

/** Attachment: the element's picture can be pointed at. */
export const pointable =
  (area: Area) =>
  (element: Element): (() => void) => {
    areas.set(element, area);
    return () => {
      areas.delete(element);
    };
  };

/** Nothing is looked for behind these. */
const OVER = '[data-inspector], dialog, .notice';

function rectOf(element: Element): Rect {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

/** What lies at a point of the window; null: nothing that can be told of. `target`: the topmost element there. */
export function pointedAt(x: number, y: number, target: Element): Pointed | null {
  if (target.closest(OVER)) return null;
  const near = target.closest('[data-path]');
  if (near) {
    // A row's button lies over its fields.
    const under = document.elementsFromPoint(x, y).find((each) => each.matches('[data-path]') && near.contains(each));
    return pointedBy(under ?? near);
  }
  for (let at: Element | null = target; at; at = at.parentElement) {
    const area = areas.get(at);
    if (area) return area.at(x, y);
  }
  return null;
}

/** What an element shows that has the focus. */
export function pointedBy(element: Element): Pointed | null {
  const own = element.closest<HTMLElement>('[data-path]');
  const path = own?.dataset.path;
  if (!own || path === undefined) return null;
  // The list behind a picture stands for the figures in it.
  const rect = own.dataset.drawn === undefined ? rectOf(own) : (drawnAt(path) ?? rectOf(own));
  // A mark of the timeline is of its own step.
  const { n, about } = own.dataset;
  return { path, rect, ...(n === undefined ? {} : { n: Number(n) }), ...(about === undefined || about === '' ? {} : { about }) };
}

/** What whoever has the focus means by asking for a card: the line of a list that the keys are at; of a picture, what that says. */
export function meantBy(element: Element): Pointed | null {
  const line = element.getAttribute('aria-activedescendant');
  const at = line === null ? null : document.getElementById(line);
  return pointedBy(at ?? element) ?? areas.get(element)?.focused?.() ?? null;
}

function drawnAt(path: string): Rect | null {
  for (const area of areas.values()) {
    const found = area.of(path);
    if (found) return found;
  }
  return null;
}

const isInWindow = ({ x, y, width, height }: Rect): boolean =>
  width > 0 && height > 0 && x < innerWidth && y < innerHeight && x + width > 0 && y + height > 0;

/** Where a thing is shown now: in the village, else wherever it stands in the window; null: nowhere. */
export function shownAt(path: string): Rect | null {
  const drawn = drawnAt(path);
  if (drawn && isInWindow(drawn)) return drawn;
  // What is of another step is told of by it, and is not the thing.
  for (const element of document.querySelectorAll(`[data-path="${CSS.escape(path)}"]:not([data-drawn], [data-n])`)) {
    const rect = rectOf(element);
    if (!element.closest(OVER) && isInWindow(rect)) return rect;
  }
  return null;
}
