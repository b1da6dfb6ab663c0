/** What the page may ask about pictures and hand-outs, and how they are made when nobody has said. */
import { done, refuse } from '../app/refusal';
import { FIRST_PICTURE, type PictureSettings } from '../contract/picture';
import type { Handlers } from '../contract/requests';
import type { Result } from '../model/words';
import { Pictures } from './pictures';
import type { Session } from './session';

/** A preview is looked at beside the settings, and has to be quick. */
const PREVIEW_SCALE = 1;

type PictureHandlers = Pick<
  Handlers,
  | 'pictureSettings'
  | 'makeFilm'
  | 'nextFrame'
  | 'makePapers'
  | 'makePlay'
  | 'makePictures'
  | 'previewPicture'
  | 'copyPicture'
  | 'cancelPictures'
  | 'showWritten'
  | 'nextPicture'
>;

export function pictureHandlers(session: Session): PictureHandlers {
  const pictures = new Pictures(session);
  return {
    pictureSettings: () => firstSettings(session),
    makePictures: (ask) => pictures.make(ask),
    previewPicture: ({ lesson, settings, place }) => pictures.one(lesson, { ...settings, scale: PREVIEW_SCALE, format: 'png' }, place),
    copyPicture: ({ lesson, settings, place }) => pictures.copy(lesson, settings, place),
    makeFilm: async (ask) => (await import('./film-maker')).makeFilm(session, pictures, ask),
    makePapers: async (ask) => (await import('./paper-handlers')).makePapers(session, pictures, ask),
    makePlay: async (ask) => (await import('./play-handlers')).makePlay(session, pictures, ask),
    cancelPictures: async () => {
      pictures.cancel();
      await session.player.ask('cancel', null);
      return done(null);
    },
    showWritten: () => {
      pictures.show();
      return Promise.resolve(done(null));
    },
    // The pages that draw and that pack ask their own windows' handlers (picture-studio.ts, film-maker.ts).
    nextFrame: () => Promise.resolve(refuse((words) => words.notThisWindow)),
    nextPicture: () => Promise.resolve(refuse((words) => words.notThisWindow)),
  };
}

/** As they were made last; an export asks the command line, and then what the window is like. */
async function firstSettings({ options, settings, pictureFile }: Session): Promise<Result<PictureSettings>> {
  const asShown = { ...FIRST_PICTURE, language: settings.language };
  if (options.exportTo === null) {
    const read = await pictureFile.read();
    return read.ok ? done(read.value ?? asShown) : read;
  }
  const theme = options.theme ?? (settings.stored.theme === 'system' ? 'light' : settings.stored.theme);
  return done({ ...asShown, theme, ...options.pictures });
}
