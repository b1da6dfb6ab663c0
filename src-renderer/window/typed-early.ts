/** What is typed into a field that is still being loaded: it must neither get lost nor mean the window's commands. */

/**
 * Opens a field and gives it what was typed meanwhile, also when opening fails (which it then does, too).
 * `put`: takes the text once the field is there; not called when nothing was typed.
 */
export async function keepingTyped(open: () => Promise<void>, put: (text: string) => void): Promise<void> {
  let typed = '';
  const keep = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    typed += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // Before whoever else listens: the window's own keys are read on the way up.
  addEventListener('keydown', keep, { capture: true });
  try {
    await open();
  } finally {
    removeEventListener('keydown', keep, { capture: true });
  }
  if (typed !== '') put(typed);
}
