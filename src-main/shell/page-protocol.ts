/** The page comes over a scheme of our own, under a strict policy, and nothing else is ever fetched. */
import { net, protocol, type Session } from 'electron';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

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
      const found = await net.fetch(pathToFileURL(file).href);
      const headers = new Headers(found.headers);
      headers.set('Content-Security-Policy', POLICY);
      headers.set('X-Content-Type-Options', 'nosniff');
      return new Response(found.body, { status: found.status, headers });
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
