/**
 * What is dropped onto the window is opened, one at a time, whatever its name is: a recording may have any. What it is, and whether it can be
 * opened, is seen by whoever reads it.
 */
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Text } from '../../src-main/contract/index';

interface Taker {
  open: (file: File) => Promise<void>;
  /** That something was not opened. */
  warn: (message: Text) => void;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Attachment of the window: what it returns takes it away again. */
export function takesDrops({ open, warn }: Taker): () => void {
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    // Else Chromium would leave the page for the file.
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const [item, ...others] = event.dataTransfer?.items ?? [];
    const file = item?.getAsFile();
    if (!file) return;
    void open(file).then(() => {
      if (others.length > 0) warn(inEveryLanguage(({ window }) => fill(window.droppedMany, { file: file.name })));
    });
  };
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  };
}
