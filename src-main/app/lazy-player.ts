/** The player as the main process sees it: its thread starts when it is first needed, and a prepared beginning saves that for the start. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findAssets } from './asset-folder';
import type { Progress } from './kept-run';
import type { Beginning, PlayerAsk, PlayerAsks } from './player';
import { PlayerLine } from './player-line';
import { readPrepared } from './prepared-beginning';

type Begin = PlayerAsks['begin']['ask'];

export class LazyPlayer {
  private line: PlayerLine | null = null;
  onProgress: (progress: Progress) => void = () => undefined;

  constructor(
    private readonly thread: URL,
    private readonly begin: Begin,
  ) {}

  /** What the window begins with. */
  async beginning(): Promise<Beginning> {
    return this.prepared() ?? (await this.open().ask('begin', this.begin));
  }

  /** Only the first lesson's first run is prepared. */
  private prepared(): Beginning | null {
    const { lesson, place } = this.begin;
    const found = this.assets() === null ? null : readPrepared(dirname(fileURLToPath(this.thread)), this.assets() ?? '');
    if (!found?.opened?.ok) return null;
    const { lesson: first, runs } = found.opened.value;
    if (lesson !== null && lesson !== first.id) return null;
    if (place === null || place.lesson !== first.id) return place === null || lesson === first.id ? found : null;
    return place.run === runs[0]?.name ? { ...found, place } : null;
  }

  private assets(): string | null {
    try {
      return findAssets(dirname(fileURLToPath(this.thread)));
    } catch {
      // The player's own thread will say what is missing.
      return null;
    }
  }

  private open(): PlayerLine {
    if (this.line) return this.line;
    this.line = new PlayerLine(this.thread);
    this.line.onProgress = (progress) => {
      this.onProgress(progress);
    };
    return this.line;
  }

  /** Asks the player; when its thread has to be started first, it opens what the window shows already. */
  async ask<N extends PlayerAsk>(name: N, ask: PlayerAsks[N]['ask']): Promise<PlayerAsks[N]['reply']> {
    const isFirst = this.line === null;
    const line = this.open();
    if (isFirst) this.beginAgain(line);
    return line.ask(name, ask);
  }

  /** Starts the thread and opens what the window shows: once the first picture is there. */
  warmUp(): void {
    if (this.line === null) this.beginAgain(this.open());
  }

  /** Opens what the window shows. What fails here fails again, and is told, when the window asks. */
  private beginAgain(line: PlayerLine): void {
    line.ask('begin', this.begin).catch(() => undefined);
  }
}
