/**
 * Where pictures for files are drawn: a window that nobody sees, with a page and a player of its own. What the person's window shows, how
 * large it is and how it is divided makes no difference, and nothing of it moves. It is opened when it is first needed and closed with the window.
 */
import type { BrowserWindow } from 'electron';
import type { LazyPlayer, Shown } from '../app/lazy-player';
import { done, Refusal, refuse } from '../app/refusal';
import { type DrawnPicture, PICTURE_HASH, type PictureJob } from '../contract/picture';
import { type RequestName, REQUEST_NAMES } from '../contract/request-table';
import type { Handlers, OpenedLesson, StepAnswers } from '../contract/requests';
import type { Result, Text } from '../model/words';
import { newWindow } from './guard';
import { PAGE_ORIGIN, PAGE_URL } from './page-protocol';
import { shaped } from './request-shapes';
import { pagePreferences } from './window';

/** A picture that has not been drawn after so long never will be: the largest lesson is computed in less. */
const PATIENCE_MS = Number(process.env.SCHEDVILLE_EXPORT_PATIENCE_MS ?? 120_000);
/** Of the window itself; its page is as large as each picture. */
const FIRST_PX = { width: 1_366, height: 768 };

type Work = Omit<PictureJob, 'source'> & { lesson: string };

export class PictureStudio {
  private window: BrowserWindow | null = null;
  private player: LazyPlayer | null = null;
  /** What the person's window showed when the player was made, and how often that was. */
  private shown: Shown | null = null;
  /** Which lessons of somebody's own were on the list then. */
  private own = '';
  private opening = 0;
  /** The page waits for its next job. */
  private ask: ((job: PictureJob) => void) | null = null;
  /** The next job, when the page is not there yet. */
  private waiting: PictureJob | null = null;
  /** Somebody waits for a job's end. */
  private answer: { resolve: (drawn: DrawnPicture) => void; reject: (why: Error) => void } | null = null;

  constructor(
    private readonly original: LazyPlayer,
    private readonly preload: string,
  ) {}

  /** Has the page draw a place; then it shows nothing else until the next one. `widthPx` × `heightPx`: room for it, in CSS pixels. */
  async draw({ lesson, ...work }: Work, room: { widthPx: number; heightPx: number }, scale: number): Promise<DrawnPicture> {
    this.readied(lesson);
    const window = (this.window ??= await this.open());
    const { webContents } = window;
    if (!webContents.debugger.isAttached()) webContents.debugger.attach('1.3');
    await webContents.debugger.sendCommand('Emulation.setDeviceMetricsOverride', {
      width: room.widthPx,
      height: room.heightPx,
      deviceScaleFactor: scale,
      mobile: false,
    });
    // Else white lies behind whatever is transparent.
    await webContents.debugger.sendCommand('Emulation.setDefaultBackgroundColorOverride', { color: { r: 0, g: 0, b: 0, a: 0 } });
    const job = { ...work, source: { lesson, opening: this.opening } };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.end(Refusal.of((words) => words.pictureHangs));
      }, PATIENCE_MS);
      this.answer = {
        resolve: (drawn) => {
          clearTimeout(timer);
          resolve(drawn);
        },
        reject: (why) => {
          clearTimeout(timer);
          reject(why);
        },
      };
      if (this.ask) this.give(job);
      else this.waiting = job;
    });
  }

  private give(job: PictureJob): void {
    const { ask } = this;
    this.ask = null;
    ask?.(job);
  }

  /** A PNG of what is drawn. */
  async png({ widthPx, heightPx }: DrawnPicture): Promise<Buffer> {
    if (!this.window) throw Refusal.of((words) => words.windowClosed);
    const shot = (await this.window.webContents.debugger.sendCommand('Page.captureScreenshot', {
      format: 'png',
      clip: { x: 0, y: 0, width: widthPx, height: heightPx, scale: 1 },
      captureBeyondViewport: false,
      // The same pixels in a third of the time, and for drawings such as ours in no more bytes.
      optimizeForSpeed: true,
    })) as { data: string };
    return Buffer.from(shot.data, 'base64');
  }

  /** A lesson, or with '' what the person's window has open, as it is on the disk now. */
  async lesson(id: string): Promise<Result<OpenedLesson>> {
    const player = this.readied(id);
    // Another run is open now than the page may think.
    this.opening++;
    return id === '' ? player.ask('openedLesson', null) : player.ask('openLesson', { id, run: null });
  }

  /** Of a step of the lesson that was opened last. */
  answers(lesson: string, step: string): Promise<Result<StepAnswers>> {
    return this.readied(lesson).ask('stepAnswers', { lesson, step });
  }

  private readied(lesson: string): LazyPlayer {
    // A file or a text of one's own may be another by now, or have changed; a lesson of the course is the same for whoever opens it.
    const { whatIsShown, ownFolders } = this.original;
    const own = ownFolders.join('\n');
    const mayBeAnother = (lesson === '' || whatIsShown.file !== null) && this.shown !== whatIsShown;
    if (this.player && !mayBeAnother && this.own === own) return this.player;
    this.player?.close();
    this.shown = whatIsShown;
    this.own = own;
    this.opening++;
    this.player = this.original.another();
    return this.player;
  }

  private async open(): Promise<BrowserWindow> {
    const window = newWindow({
      ...FIRST_PX,
      useContentSize: true,
      show: false,
      // A window that is not shown paints nothing; without a screen it does.
      webPreferences: { ...pagePreferences(this.preload), offscreen: true },
    });
    const { webContents } = window;
    webContents.on('render-process-gone', (_event, { reason }) => {
      this.end(Refusal.of((words) => words.pictureHangs));
      console.error(`the page that draws pictures died (${reason})`);
    });
    this.serve(window);
    try {
      await window.loadURL(`${PAGE_URL}${PICTURE_HASH}`);
      return window;
    } catch (error) {
      // It is nobody's window yet, and would stay as long as the program does.
      if (!window.isDestroyed()) window.destroy();
      console.error(error);
      throw Refusal.of((words) => words.pictureHangs);
    }
  }

  /** Its requests are answered by its own player. What it has no business with is refused. */
  private serve({ webContents }: BrowserWindow): void {
    const own = this.handlers();
    for (const name of REQUEST_NAMES) {
      webContents.ipc.handle(`schedville:${name}`, async ({ senderFrame }, ask: unknown) => {
        const handler = own[name] as ((ask: unknown) => Promise<unknown>) | undefined;
        const asked = shaped(name as RequestName, ask ?? {});
        if (!handler || !asked || senderFrame?.url.startsWith(`${PAGE_ORIGIN}/`) !== true) return refuse((words) => words.notThisWindow);
        return handler(asked.data);
      });
    }
  }

  private handlers(): Partial<Handlers> {
    const player = (): LazyPlayer => this.player ?? this.original;
    return {
      openLesson: (ask) => player().ask('openLesson', ask),
      openGiven: () => player().ask('openedLesson', null),
      openRun: (ask) => player().ask('chooseRun', ask),
      readSteps: (ask) => player().ask('readSteps', ask),
      lanes: (ask) => player().ask('lanes', ask),
      laneRows: (ask) => player().ask('laneRows', ask),
      links: (ask) => player().ask('links', ask),
      runLine: () => player().ask('runLine', null),
      stateAt: (ask) => player().ask('stateAt', ask),
      nextPicture: async ({ drawn, failure }) => {
        this.settle(drawn, failure);
        const { waiting } = this;
        this.waiting = null;
        return done(
          waiting ??
            (await new Promise<PictureJob>((resolve) => {
              this.ask = resolve;
            })),
        );
      },
    };
  }

  private settle(drawn: DrawnPicture | null, failure: Text | null): void {
    // The page's first call only says that it is there; whoever came before it still waits.
    if (!drawn && !failure) return;
    const { answer } = this;
    this.answer = null;
    if (failure) answer?.reject(new Refusal(failure));
    else if (drawn) answer?.resolve(drawn);
  }

  private end(why: Error): void {
    const { answer } = this;
    this.answer = null;
    this.close();
    answer?.reject(why);
  }

  /** Everything goes; it is opened again when it is needed again. */
  close(): void {
    const { window, player } = this;
    this.window = null;
    this.player = null;
    this.shown = null;
    this.ask = null;
    this.waiting = null;
    player?.close();
    if (window && !window.isDestroyed()) window.destroy();
  }
}
