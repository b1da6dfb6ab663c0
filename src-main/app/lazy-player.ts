/** The player as the main process sees it: its thread starts when it is first needed, and a prepared beginning saves that for the start. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TryAsk } from '../contract/requests';
import { findAssets } from './find-assets';
import type { Progress } from './kept-run';
import type { Beginning, ExportProgress, PlayerAsk, PlayerAsks } from './player-asks';
import { Ended, PlayerLine } from './player-line';
import { readPrepared } from './prepared-beginning';
import { refusalOf } from './refusal';
import { WATCH, type WatchLimits } from './thread-watch';
import type { Refused, Result } from '../model/words';

type Begin = PlayerAsks['begin']['ask'];
/** What a player has opened: a file, or a text that is in none, beside the lesson. */
export type Shown = Begin & { file: string | null; text?: Pick<TryAsk, 'name' | 'text'> };

/** What is asked of the lesson that is open. */
const OF_THE_OPEN: ReadonlySet<PlayerAsk> = new Set<PlayerAsk>([
  'openedLesson',
  'chooseRun',
  'scenarioText',
  'compareRuns',
  'compareWith',
  'placeAt',
  'findPlaces',
  'readSteps',
  'lanes',
  'laneRows',
  'links',
  'events',
  'why',
  'runLine',
  'stateAt',
  'find',
  'runAnchors',
  'stepAnswers',
  'checkLesson',
  'writeExport',
  'playFiles',
]);

export class LazyPlayer {
  private line: PlayerLine | null = null;
  private early: Beginning | null = null;
  /** What the window shows: a new thread opens it again. */
  private shown: Shown;
  /** Why a new thread could not open it; null: it could, or something else has been opened since. */
  private reopening: Promise<Refused | null> = Promise.resolve(null);
  /** Folders of the teacher's own lessons: a new thread has to know them before it opens one. */
  private own: readonly string[];
  /** The lessons of the course, as they were when a page began last; null: they were not prepared as they are. */
  private list: Beginning['lessons'] | null = null;
  onProgress: (progress: Progress) => void = () => undefined;
  onExport: (progress: ExportProgress) => void = () => undefined;

  constructor(
    private readonly thread: URL,
    private readonly begin: Begin,
    private readonly watch: WatchLimits = WATCH,
  ) {
    this.shown = { file: null, ...begin };
    this.own = begin.own ?? [];
  }

  /** Another object whenever something else has been opened. */
  get whatIsShown(): Shown {
    return this.shown;
  }

  get ownFolders(): readonly string[] {
    return this.own;
  }

  /** A player of its own for whoever must not disturb this one: its thread, when it is started, opens the same. */
  another(): LazyPlayer {
    const other = new LazyPlayer(this.thread, this.begin, this.watch);
    // A copy: where each of them goes from here is its own business.
    other.shown = { ...this.shown };
    // Lessons that have come on the list since the start, too.
    other.own = this.own;
    return other;
  }

  /** Ends the thread; whoever still waits for it is told. */
  close(): void {
    const { line } = this;
    this.line = null;
    line?.close();
  }

  /** Reads what is prepared for the first beginning, while nobody waits for it yet. */
  prepare(): void {
    this.early = this.prepared();
  }

  /** What the window begins with. A page that is loaded again begins at the place where it was left. */
  async beginning(place: Begin['place']): Promise<Beginning> {
    const begin = { lesson: place === this.begin.place ? this.begin.lesson : (place?.lesson ?? null), place, own: this.own };
    this.shown = { file: null, ...begin };
    const found = this.early ?? this.prepared();
    this.early = null;
    this.list = found?.lessons ?? null;
    // A running thread may have something else open: it must open the beginning as well, but need not read every lesson for that.
    const ready = found !== null && this.line === null ? beginningOf(found, begin) : null;
    const beginning = ready ?? (await this.open().ask('begin', { ...begin, ...this.known() }));
    if (beginning.opened?.ok) {
      // The lesson by its name: a later start of the thread must not choose anew.
      const { lesson, runs } = beginning.opened.value;
      this.show({
        file: null,
        lesson: lesson.id,
        place: beginning.place ?? { lesson: lesson.id, run: lesson.steps[0]?.run ?? runs[0]?.name ?? '', n: 0 },
      });
    }
    return beginning;
  }

  private prepared(): Beginning | null {
    const assets = this.assets();
    return assets === null ? null : readPrepared(dirname(fileURLToPath(this.thread)), assets);
  }

  /** For a thread that is to open a lesson: which ones there are, where that is known. */
  private known(): Pick<Begin, 'known'> {
    return this.list ? { known: this.list } : {};
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
    const line = new PlayerLine(this.thread, undefined, this.watch);
    line.onProgress = (progress) => {
      this.onProgress(progress);
    };
    line.onExport = (progress) => {
      this.onExport(progress);
    };
    line.onEnd = (why) => {
      console.error(`the player's thread ended: ${why.message}`);
      if (this.line !== line) return;
      this.line = null;
      // What the window shows is there again before it is asked for; not where just that could not be opened, again and again.
      if (why instanceof Ended && line.hasAnswered) this.warmUp();
    };
    this.line = line;
    return line;
  }

  /** Asks the player; when its thread has to be started first, it opens what the window shows already. */
  async ask<N extends PlayerAsk>(name: N, ask: PlayerAsks[N]['ask']): Promise<PlayerAsks[N]['reply']> {
    if (name === 'ownLessons') this.own = (ask as PlayerAsks['ownLessons']['ask']).folders;
    this.warmUp();
    const { reopening } = this;
    const reply = await this.open().ask(name, ask);
    this.remember(name, ask, reply);
    const isRefused = reply !== null && 'ok' in reply && !reply.ok;
    // Without what should be open the player can only say that nothing is; why it is not says more.
    return isRefused && OF_THE_OPEN.has(name) ? ((await reopening) ?? reply) : reply;
  }

  private remember<N extends PlayerAsk>(name: N, ask: PlayerAsks[N]['ask'], reply: PlayerAsks[N]['reply']): void {
    if (reply === null || !('ok' in reply) || !reply.ok) return;
    // The ask belongs to the name; the compiler does not follow.
    if (name === 'openLesson') this.show({ file: null, lesson: (ask as PlayerAsks['openLesson']['ask']).id, place: null });
    if (name === 'openScenario') this.show({ file: (ask as PlayerAsks['openScenario']['ask']).file, lesson: null, place: null });
    if (name === 'tryScenario') {
      const tried = (reply as PlayerAsks['tryScenario']['reply'] & { ok: true }).value;
      this.show({ file: null, text: { name: tried.name, text: tried.text }, lesson: null, place: null });
    }
    if (name === 'chooseRun') {
      const { lesson, run } = ask as PlayerAsks['chooseRun']['ask'];
      this.shown.place = { lesson, run, n: 0 };
    }
  }

  private show(shown: Shown): void {
    this.shown = shown;
    this.reopening = Promise.resolve(null);
  }

  /** Starts the thread and opens what the window shows: once the first picture is there. */
  warmUp(): void {
    if (this.line === null) this.reopening = this.reopen(this.open());
  }

  private async reopen(line: PlayerLine): Promise<Refused | null> {
    const { file, text, lesson, place } = this.shown;
    try {
      // Where a lesson is opened it hears of them with that. Not waited for: what is asked of the open run must find that asked for before.
      if ((text || file !== null) && this.own.length > 0) line.ask('ownLessons', { folders: this.own }).catch(() => undefined);
      if (text) {
        const tried = await line.ask('tryScenario', { name: text.name, text: text.text, changes: [], n: 0, listings: null });
        return tried.ok ? null : tried;
      }
      const opened =
        file === null
          ? openedBy(await line.ask('begin', { lesson, place, own: this.own, ...this.known() }))
          : await line.ask('openScenario', { file });
      return opened.ok ? null : opened;
    } catch (error) {
      return refusalOf(error);
    }
  }
}

/** Only the first lesson's first run is prepared; null: something else is to be opened. */
function beginningOf(found: Beginning, { lesson, place }: Begin): Beginning | null {
  if (!found.opened?.ok) return null;
  const { lesson: first, runs } = found.opened.value;
  if (lesson !== null && lesson !== first.id) return null;
  if (place === null || place.lesson !== first.id) return place === null || lesson === first.id ? found : null;
  return place.run === runs[0]?.name ? { ...found, place } : null;
}

/** What became of opening the lesson and its run. */
function openedBy({ lessons, opened, run }: Beginning): Result<unknown> {
  return [lessons, opened, run].find((each) => each?.ok === false) ?? { ok: true, value: null };
}
