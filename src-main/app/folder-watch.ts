/**
 * Tells when something in one of some folders has changed, once it has come to rest; also when a folder goes, and when it is back. Nothing is told
 * of a folder whose parent, or a folder further up, is renamed or moved: so those are watched as well, for the name that leads down.
 */
import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** Editors write a file in several goes. */
const SETTLED_MS = 150;
/** How often a folder that is gone is looked for: a stick that was pulled out, a share that is away. */
const AGAIN_MS = 2_000;

interface Watched {
  /** Of the folder itself, and of those above it. */
  watchers: FSWatcher[];
  timer: ReturnType<typeof setTimeout> | null;
  /** Which folder lay there when it began to be watched; null: not known yet. */
  identity: string | null;
  /** Something in it has changed, and that has not been told. */
  isTouched: boolean;
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
      this.all.set(folder, { watchers: [], timer: null, identity: null, isTouched: false });
      this.begin(folder);
    }
  }

  close(): void {
    this.set([]);
  }

  private leave(folder: string): void {
    const watched = this.all.get(folder);
    this.all.delete(folder);
    if (!watched) return;
    unwatch(watched);
    if (watched.timer) clearTimeout(watched.timer);
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
    unwatch(watched);
    const look = (): void => {
      this.later(folder, this.settledMs, () => void this.look(folder));
    };
    try {
      const watcher = watch(folder, { persistent: false }, () => {
        watched.isTouched = true;
        look();
      });
      watcher.on('error', () => {
        this.lost(folder);
      });
      watched.watchers.push(watcher);
    } catch {
      this.lost(folder);
      return;
    }
    watchAbove(folder, look, watched.watchers);
    void identityOf(folder).then((identity) => (watched.identity = identity));
  }

  private lost(folder: string): void {
    const watched = this.all.get(folder);
    if (!watched) return;
    unwatch(watched);
    this.later(folder, this.againMs, () => void this.lookAgain(folder));
  }

  /** Something has happened in the folder, or to a name on the way to it. */
  private async look(folder: string): Promise<void> {
    const identity = await identityOf(folder);
    const watched = this.all.get(folder);
    if (!watched) return;
    const isAnother = identity !== watched.identity;
    if (identity === null) this.lost(folder);
    // Another one lies in its place: what is watched is the one that went.
    else if (isAnother) this.begin(folder);
    if (isAnother || watched.isTouched) {
      watched.isTouched = false;
      this.changed(folder);
    }
  }

  private async lookAgain(folder: string): Promise<void> {
    if ((await identityOf(folder)) === null) {
      this.later(folder, this.againMs, () => void this.lookAgain(folder));
      return;
    }
    if (!this.all.has(folder)) return;
    this.begin(folder);
    this.changed(folder);
  }
}

function unwatch(watched: Watched): void {
  for (const watcher of watched.watchers) watcher.close();
  watched.watchers = [];
}

/** `look`: called for whatever happens to the folders on the way down, and for nothing else that happens beside them. */
function watchAbove(folder: string, look: () => void, watchers: FSWatcher[]): void {
  for (let at = folder; dirname(at) !== at; at = dirname(at)) {
    const name = basename(at);
    try {
      const watcher = watch(dirname(at), { persistent: false }, (_, about) => {
        if (about === null || about === name) look();
      });
      // That one cannot be watched any more; the folder itself still is.
      watcher.on('error', () => {
        watcher.close();
      });
      watchers.push(watcher);
    } catch {
      // Nobody may look into it, or it lies on a drive that tells nothing.
    }
  }
}

/** Which folder lies there, however it is called; null: none. */
const identityOf = (folder: string): Promise<string | null> =>
  stat(folder, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => null,
  );
