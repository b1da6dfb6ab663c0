/** Pictures of the window at twice its size: the page is really drawn anew at double resolution, not blown up. */
import type { WebContents } from 'electron';

const SCALE = 2;

/** A PNG of what the page shows. */
export async function pictureOf(contents: WebContents, size: { widthPx: number; heightPx: number }): Promise<Buffer> {
  const { debugger: protocol } = contents;
  const wasAttached = protocol.isAttached();
  if (!wasAttached) protocol.attach('1.3');
  try {
    await protocol.sendCommand('Emulation.setDeviceMetricsOverride', {
      width: size.widthPx,
      height: size.heightPx,
      deviceScaleFactor: SCALE,
      mobile: false,
    });
    const shot = (await protocol.sendCommand('Page.captureScreenshot', { format: 'png', captureBeyondViewport: false })) as {
      data: string;
    };
    return Buffer.from(shot.data, 'base64');
  } finally {
    await protocol.sendCommand('Emulation.clearDeviceMetricsOverride').catch(() => undefined);
    if (!wasAttached) protocol.detach();
  }
}
