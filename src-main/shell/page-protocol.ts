/** The page comes over a scheme of our own, under a strict policy, and nothing else is ever fetched. */
import { app, protocol, type ProtocolResponse, type Session } from 'electron';
import { readFileSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import { type PageRoot, withRoot } from '../app/page-root';

const SCHEME = 'app';
const HOST = 'schedville';

/** npm run dev: the page comes from Vite on this machine, under Vite's own policy. A packaged product never looks. */
const devUrl = app.isPackaged ? undefined : /^http:\/\/(localhost|127\.0\.0\.1):\d+/.exec(process.env.ELECTRON_RENDERER_URL ?? '')?.[0];

export const isServedByVite = devUrl !== undefined;
export const PAGE_ORIGIN = devUrl ?? `${SCHEME}://${HOST}`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves `folder` over our scheme. `root`: what the page begins with, asked anew whenever it is loaded. */
export function servePage(folder: string, root: () => PageRoot): void {
  // The older way to answer: protocol.handle speaks in Request and Response, for which Node loads all that it has of HTTP, a tenth of the start.
  protocol.registerBufferProtocol(SCHEME, ({ url }, answer) => {
    answer(fileOf(folder, url, root));
  });
}

/** The answer to a request for `url`, read at once: by turns of the event loop it would come ten times as late. Why there is none the page does not learn. */
function fileOf(folder: string, url: string, root: () => PageRoot): ProtocolResponse {
  try {
    const { hostname, pathname } = new URL(url);
    const file = normalize(join(folder, decodeURIComponent(pathname)));
    if (hostname !== HOST || !file.startsWith(folder + sep)) throw new Error('not of the page');
    const headers = {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    };
    const data = readFileSync(file);
    return { data: extname(file) === '.html' ? Buffer.from(withRoot(data.toString(), root())) : data, headers };
  } catch {
    return { data: Buffer.from('not found'), statusCode: 404 };
  }
}

/** No network at all, no permissions. */
export function closeSession(session: Session): void {
  const allowed = [
    `${SCHEME}://${HOST}/`,
    'devtools://',
    ...(devUrl === undefined ? [] : [`${devUrl}/`, `${devUrl.replace('http', 'ws')}/`]),
  ];
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !allowed.some((each) => url.startsWith(each)) });
  });
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
}
