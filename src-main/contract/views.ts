/** The views of a run, in the window's order, each with the key of its command, which has its name and enlarges it. Tab, button, menu and help follow. */
const KEYS = { village: '1', runtime: '2', machine: '3' } as const;

export type View = keyof typeof KEYS;
export const VIEWS = Object.keys(KEYS) as readonly View[];

/** One value for each view. */
export function ofEachView<T>(make: (view: View, key: string) => T): Record<View, T> {
  return Object.fromEntries(VIEWS.map((view) => [view, make(view, KEYS[view])])) as Record<View, T>;
}
