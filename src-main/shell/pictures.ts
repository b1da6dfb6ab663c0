/** Pictures for files, previews and the clipboard: what is asked for in the dialog or by `--export`, drawn one after the other in the studio. */
import { app, dialog, type OpenDialogOptions, shell } from 'electron';
import { join } from 'node:path';
import { WORDS } from '../../assets/words/index';
import { fileName } from '../app/file-name';
import { done, notMade, refusalOf, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import type { DrawnPicture, MadePictures, PicturePlace, PictureSettings } from '../contract/picture';
import type { Requests } from '../contract/requests';
import type { Result } from '../model/words';
import { copyPng } from './copy-png';
import type { PictureStudio } from './picture-studio';
import { type Session, target } from './session';

/** Papers in CSS pixels. A4 is as high as its parts need: this is the room in which they are laid out. */
const SLIDE = { widthPx: 1_280, heightPx: 720 };
const A4 = { widthPx: 1_240, heightPx: 3_400 };

/** A drawing among others on a page: how wide the paper is that it is drawn on, and what stands in front of the names in it. */
export interface InPage {
  widthPx: number;
  prefix: string;
}

/** So long after the last picture its page and its player are kept for the next one. */
const IDLE_MS = 60_000;

type Asked = Requests['makePictures']['ask'];

export class Pictures {
  private studio: Promise<PictureStudio> | null = null;
  isCancelled = false;
  private latest: string | null = null;
  private idle: ReturnType<typeof setTimeout> | undefined;
  /** One picture at a time. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly session: Session) {
    // A window that nobody sees would keep the program alive.
    session.window()?.once('closed', () => void this.studio?.then((studio) => studio.close()));
  }

  /** Loaded when it is first needed. */
  opened(): Promise<PictureStudio> {
    this.studio ??= import('./picture-studio').then(
      ({ PictureStudio }) => new PictureStudio(this.session.player, this.session.presenter.preload),
    );
    return this.studio;
  }

  private room({ size }: PictureSettings, a4Px: number): { widthPx: number; heightPx: number } {
    if (size !== 'window') return size === 'slide' ? SLIDE : { ...A4, widthPx: a4Px };
    const [widthPx = SLIDE.widthPx, heightPx = SLIDE.heightPx] = this.session.window()?.getContentSize() ?? [];
    return { widthPx, heightPx };
  }

  private drawn(
    lesson: string,
    settings: PictureSettings,
    place: PicturePlace,
    inPage: InPage | null = null,
    between: { fraction: number; scale: number } | null = null,
  ): Promise<{ bytes: Buffer; drawn: DrawnPicture }> {
    const turn = this.queue.then(async () => {
      clearTimeout(this.idle);
      const studio = await this.opened();
      const room = this.room(settings, inPage?.widthPx ?? A4.widthPx);
      const drawn = await studio.draw(
        {
          lesson,
          settings,
          place,
          prefix: inPage?.prefix ?? null,
          fraction: between?.fraction ?? 1,
          isFrame: between !== null,
          paperPx: { width: room.widthPx, height: settings.size === 'a4' ? null : room.heightPx },
        },
        room,
        between?.scale ?? settings.scale,
      );
      return { bytes: drawn.svg === null ? await studio.png(drawn) : Buffer.from(drawn.svg), drawn };
    });
    this.queue = turn
      .catch(() => undefined)
      .then(() => {
        this.session.stir();
        clearTimeout(this.idle);
        this.idle = setTimeout(() => void this.studio?.then((studio) => studio.close()), IDLE_MS);
      });
    return turn;
  }

  async one(lesson: string, settings: PictureSettings, place: PicturePlace, inPage: InPage | null = null): Promise<Result<Uint8Array>> {
    try {
      return done((await this.drawn(lesson, settings, place, inPage)).bytes);
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** A picture of a film as a PNG. `scale`: its pixels for one of the paper, each way. Rejects with why it cannot be drawn. */
  async frame(
    lesson: string,
    settings: PictureSettings,
    place: PicturePlace,
    between: { fraction: number; scale: number },
  ): Promise<Buffer> {
    return (await this.drawn(lesson, settings, place, null, between)).bytes;
  }

  async copy(lesson: string, settings: PictureSettings, place: PicturePlace): Promise<Result<null>> {
    // Whatever takes a picture takes this; few take drawings.
    const made = await this.one(lesson, { ...settings, format: 'png' }, place);
    if (!made.ok) return made;
    await copyPng(made.value);
    await this.session.pictureFile.keep(settings);
    return done(null);
  }

  async make({ lesson, stem, settings, places }: Asked): Promise<Result<MadePictures | null>> {
    const { session } = this;
    const ending = settings.format;
    const nameOf = (place: PicturePlace, n: number): string =>
      fileName(`${stem}-${place.run}-${String(n).padStart(4, '0')}-${settings.language}.${ending}`);
    const [first] = places;
    if (!first) return refuse((words) => words.noPictures);
    // Of one its file is asked for, of several their folder.
    const isFileAsked = session.options.exportTo === null && places.length === 1;
    const where = isFileAsked ? await target(session, nameOf(first, first.n), ending) : await folder(session);
    if (where === null) return done(null);
    if (session.options.exportTo === null) await session.pictureFile.keep(settings);
    this.begin();
    let files = 0;
    for (const place of places) {
      let path = where;
      try {
        const { bytes, drawn } = await this.drawn(lesson, settings, place);
        if (!isFileAsked) path = join(where, nameOf(place, drawn.n));
        if (this.isCancelled) break;
        await writeFileWhole(path, bytes);
      } catch (error) {
        return notMade(path, error);
      }
      this.wrote(path);
      files++;
      session.window()?.webContents.send('schedville:exportProgress', { done: files, total: places.length });
    }
    return done({ path: where, files, asked: places.length });
  }

  /** Something new is made: what was cancelled before is over. */
  begin(): void {
    this.isCancelled = false;
  }

  wrote(path: string): void {
    this.latest = path;
  }

  cancel(): void {
    this.isCancelled = true;
  }

  show(): void {
    if (this.latest !== null) shell.showItemInFolder(this.latest);
  }
}

/** A folder for several files: asked in a dialog, or that of --export. null: cancelled. */
export async function folder(session: Session): Promise<string | null> {
  if (session.options.exportTo !== null) return session.options.exportTo;
  const options: OpenDialogOptions = {
    title: WORDS[session.settings.language].dialog.export,
    defaultPath: app.getPath('documents'),
    properties: ['openDirectory', 'createDirectory'],
  };
  const window = session.window();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}
