/** The menu: little, and what the page does itself by keys is not repeated here. */
import { Menu, type MenuItemConstructorOptions } from 'electron';

const WORDS = {
  zh: { file: '文件', quit: '退出', view: '视图', full: '全屏', bigger: '放大', smaller: '缩小', normal: '实际大小' },
  en: { file: 'File', quit: 'Quit', view: 'View', full: 'Full screen', bigger: 'Zoom in', smaller: 'Zoom out', normal: 'Actual size' },
};

export function setMenu(language: 'zh' | 'en'): void {
  const words = WORDS[language];
  const template: MenuItemConstructorOptions[] = [
    { label: words.file, submenu: [{ role: 'quit', label: words.quit }] },
    {
      label: words.view,
      submenu: [
        { role: 'togglefullscreen', label: words.full },
        { role: 'zoomIn', label: words.bigger },
        { role: 'zoomOut', label: words.smaller },
        { role: 'resetZoom', label: words.normal },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
