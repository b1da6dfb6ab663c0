/** Where a person has put the window's splitters, for each class of window height: a projector must not undo what was set on a notebook. */
export const HEIGHT_CLASSES = ['low', 'middle', 'high', 'huge'] as const;
export type HeightClass = (typeof HEIGHT_CLASSES)[number];

export const SPLITTERS = ['village', 'timeline'] as const;
export type SplitterName = (typeof SPLITTERS)[number];

export type LayoutKey = `${HeightClass}.${SplitterName}`;
export const LAYOUT_KEYS: readonly LayoutKey[] = HEIGHT_CLASSES.flatMap((height) => SPLITTERS.map((name) => `${height}.${name}` as const));

/** How much lies above the splitter, in percent of what it divides. */
export type Layout = Readonly<Partial<Record<LayoutKey, number>>>;
