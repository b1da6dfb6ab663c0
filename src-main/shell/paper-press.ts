/** Prints pages that need nothing else: in a window that nobody sees, without scripts, in a session of its own that fetches nothing. */
import { type BrowserWindow, session } from 'electron';
import { guardSession, newWindow } from './guard';

const ADDRESS = 'app://schedville/paper.html';

/** Letters and pictures are in the page itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** In the margin that the page's own style leaves; numbers only, so that any letters do. */
const FOOT =
  '<div style="width:100%;text-align:center;font-size:8px;color:#555"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

/** Pages of a PDF as Chromium writes it: each has its own object, which is not packed. */
export const pageCount = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

export class PaperPress {
  private window: BrowserWindow | null = null;
  private page = '';

  /** A PDF with tags and an outline by its headings. */
  async pdf(page: string): Promise<Buffer> {
    this.page = page;
    this.window ??= this.open();
    await this.window.loadURL(ADDRESS);
    return this.window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: FOOT,
    });
  }

  private open(): BrowserWindow {
    const own = session.fromPartition('papers');
    own.protocol.registerBufferProtocol('app', ({ url }, answer) => {
      const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY };
      answer(url === ADDRESS ? { data: Buffer.from(this.page), headers } : { data: Buffer.from('not found'), statusCode: 404 });
    });
    own.webRequest.onBeforeRequest(({ url }, decide) => {
      decide({ cancel: url !== ADDRESS && !url.startsWith('data:') });
    });
    own.setPermissionRequestHandler((_contents, _permission, decide) => {
      decide(false);
    });
    own.setPermissionCheckHandler(() => false);
    guardSession(own);
    return newWindow({ show: false, webPreferences: { session: own, javascript: false } });
  }

  close(): void {
    if (this.window && !this.window.isDestroyed()) this.window.destroy();
    this.window = null;
    const own = session.fromPartition('papers');
    if (own.protocol.isProtocolRegistered('app')) own.protocol.unregisterProtocol('app');
  }
}
