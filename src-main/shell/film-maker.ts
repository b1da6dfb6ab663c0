/** Makes a film: the studio draws one picture after the other, while a page in a hidden window packs the one before. */
import type { BrowserWindow } from 'electron';
import { fill } from '../../assets/words/index';
import { done, notMade, Refusal, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import {
  FILM_HASH,
  FILM_PAPER_PX,
  type FilmAsk,
  type FilmFrame,
  filmFrames,
  type FilmJob,
  filmLength,
  type MadeFilm,
  MOST_FILM_FRAMES,
} from '../contract/film';
import { FIRST_PICTURE, type PictureSettings } from '../contract/picture';
import type { Result, Text } from '../model/words';
import { newWindow } from './guard';
import { PAGE_ORIGIN, PAGE_URL } from './page-protocol';
import type { Pictures } from './pictures';
import { shaped } from './request-shapes';
import { type Session, target } from './session';
import { pagePreferences } from './window';

interface Told {
  file: Uint8Array | null;
  failure: Text | null;
}

const hangs = (): Refusal => Refusal.of((words) => words.pictureHangs);

/** The page that packs the pictures of one film. */
export class FilmPress {
  private readonly window: BrowserWindow;
  /** The page waits for its next job. */
  private ask: ((job: FilmJob) => void) | null = null;
  private waiting: FilmJob | null = null;
  private answer: { resolve: (told: Uint8Array | null) => void; reject: (why: Error) => void } | null = null;
  /** The page died: whatever it is given from then on would wait for ever. */
  private isDead = false;

  constructor(preload: string) {
    this.window = newWindow({ show: false, webPreferences: pagePreferences(preload) });
    const { webContents } = this.window;
    webContents.on('render-process-gone', (_event, { reason }) => {
      console.error(`the page that packs films died (${reason})`);
      this.isDead = true;
      this.answer?.reject(hangs());
    });
    webContents.ipc.handle('schedville:nextFrame', async ({ senderFrame }, ask: unknown) => {
      const asked = shaped('nextFrame', ask ?? {});
      if (!asked || senderFrame?.url.startsWith(`${PAGE_ORIGIN}/`) !== true) return refuse((words) => words.notThisWindow);
      this.heard(asked.data as Told);
      const { waiting } = this;
      this.waiting = null;
      return { ok: true, value: waiting ?? (await new Promise<FilmJob>((resolve) => (this.ask = resolve))) };
    });
  }

  async open(): Promise<void> {
    await this.window.loadURL(`${PAGE_URL}${FILM_HASH}`).catch((error: unknown) => {
      console.error(error);
      throw hangs();
    });
  }

  private heard({ file, failure }: Told): void {
    const { answer } = this;
    this.answer = null;
    if (failure) answer?.reject(new Refusal(failure));
    else answer?.resolve(file);
  }

  /** Resolves when the page has done the job: with the file after `end`, else with null. Rejects when it fails. */
  give(job: FilmJob): Promise<Uint8Array | null> {
    if (this.isDead) return Promise.reject(hangs());
    return new Promise((resolve, reject) => {
      this.answer = { resolve, reject };
      const { ask } = this;
      this.ask = null;
      if (ask) ask(job);
      else this.waiting = job;
    });
  }

  close(): void {
    this.answer?.reject(Refusal.of((words) => words.windowClosed));
    if (!this.window.isDestroyed()) this.window.destroy();
  }
}

const asPicture = ({ settings: { parts, theme, language, hasTitle, hasStory } }: FilmAsk): PictureSettings => ({
  ...FIRST_PICTURE,
  ...{ parts, theme, language, hasTitle, hasStory, hasLegend: false, size: 'slide', scale: 1 },
});

/** Both even, as the colours of video are stored for squares of 2 × 2 pixels. */
export function filmPx({ settings: { heightPx } }: FilmAsk): { widthPx: number; heightPx: number } {
  return { widthPx: 2 * Math.round((heightPx * FILM_PAPER_PX.width) / FILM_PAPER_PX.height / 2), heightPx };
}

export interface FilmWork {
  ask: FilmAsk;
  frames: readonly FilmFrame[];
  pictures: Pictures;
  press: FilmPress;
  /** So many pictures are done. */
  tell: (done: number) => void;
}

/** The film as a file; null: it was cancelled. Rejects with why it cannot be drawn or packed. */
export async function filmOf({ ask, frames, pictures, press, tell }: FilmWork): Promise<Uint8Array | null> {
  const size = filmPx(ask);
  const settings = asPicture(ask);
  const scale = size.heightPx / FILM_PAPER_PX.height;
  await press.give({ kind: 'begin', format: ask.settings.format, ...size });
  let packed: Promise<unknown> = Promise.resolve();
  for (const [i, { n, fraction, atMs, forMs }] of frames.entries()) {
    const png = await pictures.frame(ask.lesson, settings, { run: ask.run, stop: null, n, isAsked: ask.isVeiled }, { fraction, scale });
    await packed;
    if (pictures.isCancelled) return null;
    packed = press.give({ kind: 'frame', png, atMs, forMs });
    // A failure is thrown where it is awaited; until then it must not count as unhandled.
    packed.catch(() => undefined);
    tell(i + 1);
  }
  await packed;
  const file = await press.give({ kind: 'end' });
  return pictures.isCancelled ? null : file;
}

/** A dialog says where, or the folder of `--export`. null: cancelled. */
export async function makeFilm(session: Session, pictures: Pictures, ask: FilmAsk): Promise<Result<MadeFilm | null>> {
  const { settings, from, to } = ask;
  const total = filmLength(ask, settings);
  if (total > MOST_FILM_FRAMES) return refuse((_, { film }) => fill(film.tooLong, { n: total, most: MOST_FILM_FRAMES }));
  const name = `${ask.stem}-${ask.run}-${from}-${to}-${settings.language}.${settings.format}`;
  const path = await target(session, name, settings.format);
  if (path === null) return done(null);
  const frames = filmFrames(ask, settings);
  const press = new FilmPress(session.presenter.preload);
  session.window()?.once('closed', () => {
    press.close();
  });
  pictures.begin();
  try {
    await press.open();
    const file = await filmOf({
      ...{ ask, frames, pictures, press },
      tell: (each) => session.window()?.webContents.send('schedville:exportProgress', { done: each, total }),
    });
    if (!file) return done(null);
    await writeFileWhole(path, file);
    pictures.wrote(path);
    const last = frames.at(-1);
    return done({ path, bytes: file.length, pictures: frames.length, lastsMs: last ? last.atMs + last.forMs : 0 });
  } catch (error) {
    return notMade(path, error);
  } finally {
    press.close();
  }
}
