/** All that answering needs, as one module: it is loaded while the window is already opening. */
import type { MenuCommand } from '../contract/requests';
import { keepSettings, makeHandlers, type Session } from './handlers';
import type { Served } from './ipc-server';
import { setMenu } from './menu';
import { shaped } from './request-shapes';
import { watchPlace } from './window';

export function served(parts: Omit<Session, 'onLanguage'>): Served {
  const tell = (command: MenuCommand): void => {
    parts.window()?.webContents.send('schedville:menuCommand', command);
  };
  const session: Session = {
    ...parts,
    onLanguage: (language) => {
      setMenu(language, tell);
    },
  };
  session.onLanguage(session.options.language ?? session.settings.language);
  const window = session.window();
  // A size given on the command line is meant for this once.
  if (window && session.options.size === null) {
    watchPlace(window, (place) => {
      void keepSettings(session, { ...session.settings, window: place });
    });
  }
  return { handlers: makeHandlers(session), shaped };
}
