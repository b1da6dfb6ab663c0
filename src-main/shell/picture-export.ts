/** Pictures of the window at twice its size: the page is really drawn anew at double resolution, not blown up. */
import type { WebContents } from 'electron';

const SCALE = 2;

interface Look {
  /** Of the window's content. */
  widthPx: number;
  heightPx: number;
  /** More pictures follow and nobody looks at the window: the page stays at double resolution, instead of being drawn four times for each. */
  isOneOfMany: boolean;
}

/** What of Electron is needed. */
export type Pictured = Pick<WebContents, 'debugger'>;

/** A PNG of what the page shows. */
export async function pictureOf({ debugger: protocol }: Pictured, { widthPx, heightPx, isOneOfMany }: Look): Promise<Buffer> {
  const wasAttached = protocol.isAttached();
  if (!wasAttached) protocol.attach('1.3');
  try {
    // The same again changes nothing.
    await protocol.sendCommand('Emulation.setDeviceMetricsOverride', {
      width: widthPx,
      height: heightPx,
      deviceScaleFactor: SCALE,
      mobile: false,
    });
    const shot = (await protocol.sendCommand('Page.captureScreenshot', {
      format: 'png',
      captureBeyondViewport: false,
      // The same pixels, packed a little less tightly in a fraction of the time.
      optimizeForSpeed: true,
    })) as { data: string };
    return Buffer.from(shot.data, 'base64');
  } finally {
    if (!isOneOfMany) {
      await protocol.sendCommand('Emulation.clearDeviceMetricsOverride').catch(() => undefined);
      if (!wasAttached) protocol.detach();
    }
  }
}
