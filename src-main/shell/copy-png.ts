/** A picture onto the clipboard, in the way of the Electron that runs: the pinned one takes items as a page does, the stand-in takes images. */
import * as electron from 'electron';

interface OlderClipboard {
  writeImage?: (image: electron.NativeImage) => void;
}

export async function copyPng(png: Uint8Array): Promise<void> {
  const older = electron.clipboard as OlderClipboard;
  if (older.writeImage) older.writeImage(electron.nativeImage.createFromBuffer(Buffer.from(png)));
  else
    await electron.clipboard.write([new electron.ClipboardItem({ 'image/png': new Blob([Uint8Array.from(png)], { type: 'image/png' }) })]);
}
