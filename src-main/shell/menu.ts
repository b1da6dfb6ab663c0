/** The menu. What the page can do is only named here; the page does it, as for its own keys. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import { type Language, WORDS } from '../../assets/words/index';
import { menuCommands, type MenuCommand } from '../contract/commands';

export function setMenu(language: Language, tell: (command: MenuCommand) => void): void {
  const words = WORDS[language].menu;
  const items = (place: Parameters<typeof menuCommands>[0]): MenuItemConstructorOptions[] =>
    menuCommands(place).map(({ command, accelerator }) => ({
      label: words[command],
      ...(accelerator === null ? {} : { accelerator }),
      click: () => {
        tell(command);
      },
    }));
  const [open, ...exports] = items('file');
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: words.file,
        submenu: [...(open ? [open] : []), { type: 'separator' }, ...exports, { type: 'separator' }, { role: 'quit', label: words.quit }],
      },
      {
        label: words.edit,
        submenu: [
          { role: 'undo', label: words.undo },
          { role: 'redo', label: words.redo },
          { type: 'separator' },
          { role: 'cut', label: words.cut },
          { role: 'copy', label: words.copy },
          { role: 'paste', label: words.paste },
          { role: 'selectAll', label: words.selectAll },
        ],
      },
      {
        label: words.view,
        submenu: [
          ...items('view'),
          { type: 'separator' },
          { role: 'togglefullscreen', label: words.full },
          // Their keys are read by the window itself (zoom.ts): a menu knows one accelerator only, and = and the keypad are further ones.
          { role: 'zoomIn', label: words.bigger, registerAccelerator: false },
          { role: 'zoomOut', label: words.smaller, registerAccelerator: false },
          { role: 'resetZoom', label: words.normal, registerAccelerator: false },
        ],
      },
      { label: words.helpMenu, role: 'help', submenu: items('help') },
    ]),
  );
}
