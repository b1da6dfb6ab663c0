/** What holds for every page that is ever opened, whoever opens it: it stays where it is, opens nothing, and brings nothing in. */
import { type App, BrowserWindow, type BrowserWindowConstructorOptions, type Session, type WebPreferences } from 'electron';
import { closeWebRtc } from './no-network';
import { PAGE_ORIGIN } from './page-protocol';

/** A page with these has nothing but what its preload exposes. */
const SHUT = { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, spellcheck: false } as const;

/** What a window may choose for its page. */
type Chosen = Pick<WebPreferences, 'preload' | 'session' | 'offscreen' | 'javascript' | 'additionalArguments' | 'backgroundThrottling'>;

export const shut = (chosen: Chosen): WebPreferences => ({ ...chosen, ...SHUT });

/** The only place where a window is made, so that nobody can forget or change what keeps its page shut. */
export function newWindow({
  webPreferences,
  ...options
}: Omit<BrowserWindowConstructorOptions, 'webPreferences'> & { webPreferences: Chosen }): BrowserWindow {
  return new BrowserWindow({ ...options, webPreferences: shut(webPreferences) });
}

/** Chromium's own tools, in a checkout. */
const TOOLS = 'devtools://';

/** Must run before the first window is opened. Whoever opens a window that may do more says so after that. */
export function guardPages(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => {
    closeWebRtc(contents);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    const isOwn = (url: string): boolean =>
      url.startsWith(`${PAGE_ORIGIN}/`) || (url.startsWith(TOOLS) && contents.getURL().startsWith(TOOLS));
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
    // No event asks before about:blank is opened. It can do no harm, but a class would face an empty window.
    let last: string | null = null;
    contents.on('did-navigate', (_navigated, url) => {
      if (isOwn(url)) last = url;
      else if (last !== null) contents.loadURL(last).catch(() => undefined);
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
