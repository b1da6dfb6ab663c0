/** The menu. What the page can do is only named here; the page does it, as for its own keys. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../contract/requests';
import type { Language } from '../model/words';

const WORDS = {
  zh: {
    file: '文件',
    open: '打开情景…',
    picture: '导出图片…',
    trace: '导出轨迹…',
    quit: '退出',
    view: '视图',
    restart: '从头开始',
    full: '全屏',
    bigger: '放大',
    smaller: '缩小',
    normal: '实际大小',
    help: '帮助',
    keys: '按键与关于',
  },
  en: {
    file: 'File',
    open: 'Open scenario…',
    picture: 'Export picture…',
    trace: 'Export trace…',
    quit: 'Quit',
    view: 'View',
    restart: 'From the beginning',
    full: 'Full screen',
    bigger: 'Zoom in',
    smaller: 'Zoom out',
    normal: 'Actual size',
    help: 'Help',
    keys: 'Keys and about',
  },
};

export function setMenu(language: Language, tell: (command: MenuCommand) => void): void {
  const words = WORDS[language];
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => {
      tell(command);
    },
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: words.file,
        submenu: [
          item(words.open, 'openScenario', 'CommandOrControl+O'),
          { type: 'separator' },
          item(words.picture, 'exportPicture', 'CommandOrControl+E'),
          item(words.trace, 'exportTrace', 'CommandOrControl+Shift+E'),
          { type: 'separator' },
          { role: 'quit', label: words.quit },
        ],
      },
      {
        label: words.view,
        submenu: [
          item(words.restart, 'restart'),
          { type: 'separator' },
          { role: 'togglefullscreen', label: words.full },
          { role: 'zoomIn', label: words.bigger },
          { role: 'zoomOut', label: words.smaller },
          { role: 'resetZoom', label: words.normal },
        ],
      },
      { label: words.help, role: 'help', submenu: [item(words.keys, 'help', 'F1')] },
    ]),
  );
}
