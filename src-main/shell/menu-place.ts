/** What stands where the menu will be. */
import { Menu } from 'electron';

/**
 * A bar with nothing in it: a window that got its menu later would change its size then, and its page would be laid out and drawn twice. On macOS
 * the menu is not the window's, and null keeps Electron from building one of its own, which nobody would see.
 */
export const placeOfMenu = (): Menu | null =>
  process.platform === 'darwin' ? null : Menu.buildFromTemplate([{ label: ' ', submenu: [] }]);
