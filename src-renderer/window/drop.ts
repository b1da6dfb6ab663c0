/** What is dropped onto the window: scenarios, traces and folders of lessons are opened, one at a time; everything else is refused in words. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Text } from '../../src-main/contract/index';

interface Taker {
  open: (file: File) => Promise<void>;
  /** Why something was not opened. */
  warn: (message: Text) => void;
}

/** By its name alone; what is in it is looked at when it is opened. A folder has no ending, and may hold a lesson. */
export function kindOfDropped(name: string, isFolder: boolean): 'scenario' | 'trace' | 'lessonFolder' | null {
  if (isFolder) return 'lessonFolder';
  if (/\.jsonl$/i.test(name)) return 'trace';
  return /\.(ya?ml|json)$/i.test(name) ? 'scenario' : null;
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
    const isFolder = item?.webkitGetAsEntry()?.isDirectory ?? false;
    if (kindOfDropped(file.name, isFolder) === null) {
      warn(inEveryLanguage(({ window }) => fill(window.cannotDrop, { file: file.name })));
      return;
    }
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
