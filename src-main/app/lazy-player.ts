/** The player as the main process sees it: its thread starts when it is first needed, and a prepared beginning saves that for the start. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findAssets } from './asset-folder';
import type { Progress } from './kept-run';
import type { Beginning, PlayerAsk, PlayerAsks } from './player';
import { PlayerLine } from './player-line';
import { readPrepared } from './prepared-beginning';

type Begin = PlayerAsks['begin']['ask'];
type Shown = Begin & { file: string | null };

export class LazyPlayer {
  private line: PlayerLine | null = null;
  /** What the window shows: a new thread opens it again. */
  private shown: Shown;
  onProgress: (progress: Progress) => void = () => undefined;

  constructor(
    private readonly thread: URL,
    private readonly begin: Begin,
  ) {
    this.shown = { file: null, ...begin };
  }

  /** What the window begins with. A page that is loaded again begins at the place where it was left. */
  async beginning(place: Begin['place']): Promise<Beginning> {
    const begin = { lesson: place === this.begin.place ? this.begin.lesson : (place?.lesson ?? null), place };
    this.shown = { file: null, ...begin };
    return this.prepared(begin) ?? (await this.open().ask('begin', begin));
  }

  /** Only the first lesson's first run is prepared. */
  private prepared({ lesson, place }: Begin): Beginning | null {
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
    const line = new PlayerLine(this.thread);
    line.onProgress = (progress) => {
      this.onProgress(progress);
    };
    line.onEnd = () => {
      if (this.line === line) this.line = null;
    };
    this.line = line;
    return line;
  }

  /** Asks the player; when its thread has to be started first, it opens what the window shows already. */
  async ask<N extends PlayerAsk>(name: N, ask: PlayerAsks[N]['ask']): Promise<PlayerAsks[N]['reply']> {
    const isFirst = this.line === null;
    const line = this.open();
    if (isFirst) this.beginAgain(line);
    const reply = await line.ask(name, ask);
    this.remember(name, ask, reply);
    return reply;
  }

  private remember<N extends PlayerAsk>(name: N, ask: PlayerAsks[N]['ask'], reply: PlayerAsks[N]['reply']): void {
    if (reply === null || !('ok' in reply) || !reply.ok) return;
    // The ask belongs to the name; the compiler does not follow.
    if (name === 'openLesson') this.shown = { file: null, lesson: (ask as PlayerAsks['openLesson']['ask']).id, place: null };
    if (name === 'openScenario') this.shown = { file: (ask as PlayerAsks['openScenario']['ask']).file, lesson: null, place: null };
    if (name === 'chooseRun') this.shown.place = { lesson: this.shown.lesson ?? '', run: (ask as PlayerAsks['chooseRun']['ask']).run, n: 0 };
  }

  /** Starts the thread and opens what the window shows: once the first picture is there. */
  warmUp(): void {
    if (this.line === null) this.beginAgain(this.open());
  }

  /** Opens what the window shows. What fails here fails again, and is told, when the window asks. */
  private beginAgain(line: PlayerLine): void {
    const { file, lesson, place } = this.shown;
    const opening = file === null ? line.ask('begin', { lesson, place }) : line.ask('openScenario', { file });
    opening.catch(() => undefined);
  }
}
