/**
 * For {@attach} on an element of the class `cut-title` (cut-title.css): whoever points at a title that its lines have cut off is shown the whole of
 * it. Whoever is read to hears it anyway: nothing of it is taken away.
 */
export function cutTitle(title: HTMLElement): () => void {
  const look = (): void => {
    if (title.scrollHeight > title.clientHeight + 1) title.title = title.textContent.trim();
    else title.removeAttribute('title');
  };
  title.addEventListener('pointerenter', look);
  return () => {
    title.removeEventListener('pointerenter', look);
  };
}
