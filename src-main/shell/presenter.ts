/**
 * The teacher's window, beside the projected one: on the other screen where there is one. It shows what the projected window tells it and has
 * done there what a person does in it. What goes between the two goes through here, each message in its shape and from its own window.
 */
import { type BrowserWindow, type Display, type Rectangle, screen } from 'electron';
import { WORDS } from '../../assets/words/index';
import { done } from '../app/refusal';
import type { PresenterAct, PresenterView } from '../contract/requests';
import { PRESENTER_ARGUMENT, PRESENTER_HASH } from '../contract/request-table';
import type { Result } from '../model/words';
import { newWindow } from './guard';
import { PAGE_URL } from './page-protocol';
import type { Session } from './session';
import { BACKGROUND, pagePreferences } from './window';
import { watchZoomKeys } from './zoom';

const SIZE = { widthPx: 1_100, heightPx: 720 };
const SMALLEST = { widthPx: 560, heightPx: 400 };

/** Where it opens: all of another screen, or a part of the only one. */
export function presenterPlace(
  displays: readonly Pick<Display, 'id' | 'workArea'>[],
  projected: Pick<Display, 'id' | 'workArea'>,
): Rectangle & { isWholeScreen: boolean } {
  const other = displays.find(({ id }) => id !== projected.id);
  if (other) return { ...other.workArea, isWholeScreen: true };
  const { x, y, width, height } = projected.workArea;
  const wide = Math.min(SIZE.widthPx, width);
  const high = Math.min(SIZE.heightPx, height);
  return { x: x + Math.round((width - wide) / 2), y: y + Math.round((height - high) / 2), width: wide, height: high, isWholeScreen: false };
}

/** Opens it, or closes it. Whether it is open now. */
export async function togglePresenter(session: Session): Promise<Result<boolean>> {
  const { presenter } = session;
  if (presenter.window) {
    presenter.window.close();
    return done(false);
  }
  const projected = session.window();
  // An export has no teacher.
  if (!projected || session.options.exportTo !== null) return done(false);
  open(session, projected);
  return Promise.resolve(done(true));
}

function open(session: Session, projected: BrowserWindow): void {
  const { presenter } = session;
  const { isWholeScreen, ...place } = presenterPlace(screen.getAllDisplays(), screen.getDisplayMatching(projected.getBounds()));
  const window = newWindow({
    ...place,
    minWidth: Math.min(SMALLEST.widthPx, place.width),
    minHeight: Math.min(SMALLEST.heightPx, place.height),
    show: false,
    title: WORDS[session.settings.language].presenter.title,
    backgroundColor: BACKGROUND[presenter.view?.theme ?? 'light'],
    webPreferences: { ...pagePreferences(presenter.preload), additionalArguments: [PRESENTER_ARGUMENT] },
  });
  presenter.window = window;
  // The menu's entries are done in the projected window; there they stand.
  window.removeMenu();
  watchZoomKeys(window);
  const tellPage = (isOpen: boolean): void => {
    if (!projected.isDestroyed()) projected.webContents.send('schedville:presenterOpen', isOpen);
  };
  const leave = (): void => {
    if (!window.isDestroyed()) window.close();
  };
  window.once('ready-to-show', () => {
    if (isWholeScreen) window.maximize();
    window.show();
  });
  // The page gives it another one: the product's, which the projected window has.
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    console.error(`the teacher's window died (${reason})`);
    if (!window.isDestroyed()) window.destroy();
  });
  // Whoever closes it while it loads ends the loading, and that is no fault.
  let isLeft = false;
  window.once('close', () => {
    isLeft = true;
  });
  // One without the other is of no use.
  projected.once('closed', leave);
  window.on('closed', () => {
    isLeft = true;
    presenter.window = null;
    presenter.view = null;
    projected.off('closed', leave);
    tellPage(false);
  });
  window.loadURL(`${PAGE_URL}${PRESENTER_HASH}`).catch((error: unknown) => {
    if (!isLeft) console.error('the teacher’s window cannot be loaded:', error);
    leave();
  });
  tellPage(true);
}

/** What the teacher's window shows from now on. */
export function tellPresenter({ presenter, settings }: Session, view: PresenterView): Promise<Result<null>> {
  presenter.view = view;
  presenter.window?.setTitle(WORDS[settings.language].presenter.title);
  presenter.window?.webContents.send('schedville:presenterView', view);
  return Promise.resolve(done(null));
}

export function act(session: Session, asked: PresenterAct): Promise<Result<null>> {
  session.window()?.webContents.send('schedville:presenterAct', asked);
  return Promise.resolve(done(null));
}
