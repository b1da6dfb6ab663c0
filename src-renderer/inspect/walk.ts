/** The things of a list by the keyboard: one stop of the tabulator, arrows from thing to thing; what has the focus gets its card. */

const THINGS = '[data-path]';

/** Attachment of a list whose things are no buttons. */
export function walkable(list: HTMLElement): () => void {
  const things = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(THINGS)];
  const go = (to: HTMLElement | undefined): void => {
    if (!to) return;
    to.tabIndex = -1;
    to.focus();
  };
  const onkeydown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = things();
    const at = all.findIndex((each) => each === document.activeElement);
    if (by !== undefined) go(at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, at + by))]);
    else if (event.key === 'Enter' && at >= 0) all[at]?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  list.tabIndex = 0;
  list.addEventListener('keydown', onkeydown);
  return () => {
    list.removeEventListener('keydown', onkeydown);
  };
}
