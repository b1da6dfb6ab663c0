/** The three views of a run, in the window's order. Each has a command of the same name that enlarges it. */
export const VIEWS = ['village', 'runtime', 'machine'] as const;
export type View = (typeof VIEWS)[number];

/** One value for each view. */
export function ofEachView<T>(make: (view: View) => T): Record<View, T> {
  return Object.fromEntries(VIEWS.map((view) => [view, make(view)])) as Record<View, T>;
}
