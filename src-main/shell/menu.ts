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
        label: words.view,
        submenu: [
          ...items('view'),
          { type: 'separator' },
          { role: 'togglefullscreen', label: words.full },
          { role: 'zoomIn', label: words.bigger },
          { role: 'zoomOut', label: words.smaller },
          { role: 'resetZoom', label: words.normal },
        ],
      },
      { label: words.helpMenu, role: 'help', submenu: items('help') },
    ]),
  );
}
