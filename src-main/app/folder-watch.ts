/** Tells when something in one of some folders has changed, once it has come to rest; also when a folder goes, and when it is back. */
import { type FSWatcher, watch } from 'node:fs';
import { access } from 'node:fs/promises';

/** Editors write a file in several goes. */
const SETTLED_MS = 150;
/** How often a folder that is gone is looked for: a stick that was pulled out, a share that is away. */
const AGAIN_MS = 2_000;

interface Watched {
  watcher: FSWatcher | null;
  timer: ReturnType<typeof setTimeout> | null;
}

export class FolderWatch {
  private readonly all = new Map<string, Watched>();

  constructor(
    private readonly changed: (folder: string) => void,
    private readonly settledMs = SETTLED_MS,
    private readonly againMs = AGAIN_MS,
  ) {}

  /** These from now on, and no others. */
  set(folders: readonly string[]): void {
    for (const folder of [...this.all.keys()]) if (!folders.includes(folder)) this.leave(folder);
    for (const folder of folders) {
      if (this.all.has(folder)) continue;
      this.all.set(folder, { watcher: null, timer: null });
      this.begin(folder);
    }
  }

  close(): void {
    this.set([]);
  }

  private leave(folder: string): void {
    const watched = this.all.get(folder);
    this.all.delete(folder);
    watched?.watcher?.close();
    if (watched?.timer) clearTimeout(watched.timer);
  }

  private later(folder: string, ms: number, then: () => void): void {
    const watched = this.all.get(folder);
    if (!watched) return;
    if (watched.timer) clearTimeout(watched.timer);
    watched.timer = setTimeout(() => {
      watched.timer = null;
      then();
    }, ms);
    // Nobody has to wait for it at the end.
    watched.timer.unref();
  }

  private begin(folder: string): void {
    const watched = this.all.get(folder);
    if (!watched) return;
    const lost = (): void => {
      watched.watcher?.close();
      watched.watcher = null;
      this.later(folder, this.againMs, () => void this.lookAgain(folder));
    };
    try {
      watched.watcher = watch(folder, { persistent: false }, () => {
        this.later(folder, this.settledMs, () => void this.tell(folder, lost));
      });
      watched.watcher.on('error', lost);
    } catch {
      lost();
    }
  }

  private async tell(folder: string, lost: () => void): Promise<void> {
    const isThere = await exists(folder);
    if (!this.all.has(folder)) return;
    if (!isThere) lost();
    this.changed(folder);
  }

  private async lookAgain(folder: string): Promise<void> {
    if (!(await exists(folder))) {
      this.later(folder, this.againMs, () => void this.lookAgain(folder));
      return;
    }
    if (!this.all.has(folder)) return;
    this.begin(folder);
    this.changed(folder);
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
