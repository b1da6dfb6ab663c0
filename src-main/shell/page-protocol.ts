/** The page comes over a scheme of our own, under a strict policy, and nothing else is ever fetched. */
import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const SCHEME = 'app';
export const PAGE_ORIGIN = `${SCHEME}://schedville`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Serves `folder` over our scheme. */
export function servePage(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const { hostname, pathname } = new URL(request.url);
    const file = normalize(join(folder, decodeURIComponent(pathname)));
    if (hostname !== 'schedville' || !file.startsWith(folder + sep)) return new Response('not found', { status: 404 });
    try {
      const headers = { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' };
      return new Response(await readFile(file), { headers });
    } catch {
      return new Response('not found', { status: 404 });
    }
  });
}

/** No network at all, no permissions. */
export function closeSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !/^(app|file|devtools|data|blob):/.test(details.url) });
  });
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
}
