/** The map of the course, which lies over the lesson when the window has opened: unless whoever sits there has begun already. */

interface Page {
  isOpen(): boolean;
  toggle(): unknown;
}

/** Listens from now on. `ready` loads the page; `isFree`: nothing lies over the window. */
export function opensFirst(target: EventTarget): (ready: () => Promise<Page>, isFree: () => boolean) => Promise<void> {
  let isTouched = false;
  const touched = (): void => {
    isTouched = true;
  };
  const kinds = ['keydown', 'pointerdown', 'drop'] as const;
  for (const kind of kinds) target.addEventListener(kind, touched, { capture: true, once: true });
  return async (ready, isFree) => {
    const isWanted = (): boolean => !isTouched && isFree();
    const page = isWanted() ? await ready() : null;
    // Somebody may have begun while it was being loaded.
    if (page && isWanted() && !page.isOpen()) page.toggle();
    for (const kind of kinds) target.removeEventListener(kind, touched, { capture: true });
  };
}
