/** What holds for every page that is ever opened, whoever opens it: it stays where it is, opens nothing, and brings nothing in. */
import type { App, Session } from 'electron';
import { PAGE_ORIGIN } from './page-protocol';

/** Chromium's own tools, in a checkout. */
const OWN = [`${PAGE_ORIGIN}/`, 'devtools://'];

const isOwn = (url: string): boolean => OWN.some((each) => url.startsWith(each));

/** Must run before the first window is opened. Whoever opens a window that may do more says so after that. */
export function guardPages(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    const stay = (event: { url: string; preventDefault: () => void }): void => {
      if (!isOwn(event.url)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    // Of the page itself it is told above; whoever waits for that would never hear of what is stopped here.
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) stay(event);
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

/** Files are written by the product's own exports only; devices are none of its business (their choosers need a permission, of which there is none). */
export function guardSession(session: Pick<Session, 'on' | 'setDevicePermissionHandler'>): void {
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.setDevicePermissionHandler(() => false);
}
