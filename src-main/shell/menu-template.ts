/** The menu as data, made of the table of commands: each stands there with its keys, in the language of the window. */
import type { MenuItemConstructorOptions } from 'electron';
import { basename, dirname } from 'node:path';
import { type Language, WORDS } from '../../assets/words/index';
import { COMMANDS, menuCommands, type MenuCommand, type MenuPlace, type MenuState } from '../contract/commands';

/** Signs of the table that Electron calls otherwise. */
const NAMED: Readonly<Record<string, string>> = {
  '→': 'Right',
  '←': 'Left',
  '+': 'Plus',
  '−': '-',
  Esc: 'Escape',
  Ctrl: 'CommandOrControl',
};

/** A key of the table as an accelerator: `Shift →` is `Shift+Right`. */
export const acceleratorOf = (key: string): string =>
  key
    .split(' ')
    .map((part) => NAMED[part] ?? part)
    .join('+');

/** A key that types nothing: the menu may take it, too. */
const isHeld = (key: string): boolean => /^(Ctrl|Alt) /.test(key) || /^F\d+$/.test(key);

function keysOf(command: MenuCommand, accelerator: string | null, isMac: boolean): MenuItemConstructorOptions {
  if (accelerator !== null) return { accelerator };
  const [key] = [...COMMANDS[command].keys].sort((a, b) => Number(isHeld(b)) - Number(isHeld(a)));
  // macOS would take every key that stands in the menu, and with it the letters that are typed into a field.
  if (key === undefined || (isMac && !isHeld(key))) return {};
  // The page reads it: what it does depends on where the focus is.
  return { accelerator: acceleratorOf(key), registerAccelerator: false };
}

export interface RecentActions {
  open: (file: string) => void;
  clear: () => void;
}

export interface MenuWish {
  recent: { files: readonly string[] } & RecentActions;
  language: Language;
  state: MenuState;
  isMac: boolean;
  tell: (command: MenuCommand) => void;
}

/** What can be done with the text under the pointer; empty: there is none. */
export function textMenuTemplate(language: Language, text: { isEditable: boolean; isSelected: boolean }): MenuItemConstructorOptions[] {
  const { cut, copy, paste, selectAll } = WORDS[language].menu;
  const copies: MenuItemConstructorOptions = { role: 'copy', label: copy, enabled: text.isSelected };
  if (!text.isEditable) return text.isSelected ? [copies] : [];
  return [
    { role: 'cut', label: cut, enabled: text.isSelected },
    copies,
    { role: 'paste', label: paste },
    { type: 'separator' },
    { role: 'selectAll', label: selectAll },
  ];
}

/** A sign after & would be underlined, and typed with Alt. */
const plain = (label: string): string => label.replaceAll('&', '&&');

export function menuTemplate({ language, state, isMac, tell, recent }: MenuWish): MenuItemConstructorOptions[] {
  const words = WORDS[language].menu;
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const items = (place: MenuPlace): MenuItemConstructorOptions[] =>
    menuCommands(place).map(({ command, accelerator, mark }) => ({
      id: command,
      label: words[command],
      ...(mark ? { type: mark, checked: state.checked.includes(command) } : {}),
      enabled: !state.disabled.includes(command),
      ...keysOf(command, accelerator, isMac),
      click: () => {
        tell(command);
      },
    }));
  const [open, ...files] = items('file');
  const again: MenuItemConstructorOptions = {
    id: 'recent',
    label: words.openRecent,
    enabled: recent.files.length > 0,
    submenu: [
      ...recent.files.map((file) => ({
        label: plain(basename(file)),
        sublabel: dirname(file),
        toolTip: file,
        click: () => {
          recent.open(file);
        },
      })),
      line,
      { label: words.clearRecent, click: recent.clear },
    ],
  };
  const data: MenuItemConstructorOptions = { id: 'export', label: words.exportData, submenu: items('export') };
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit };
  const ofMac: MenuItemConstructorOptions = {
    label: 'Schedville',
    submenu: [
      { role: 'about', label: words.aboutApp },
      line,
      { role: 'services', label: words.services },
      line,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      line,
      quit,
    ],
  };
  return [
    ...(isMac ? [ofMac] : []),
    { label: words.file, submenu: [...(open ? [open] : []), again, line, ...files, data, ...(isMac ? [] : [line, quit])] },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        line,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
        line,
        ...items('edit'),
      ],
    },
    {
      label: words.view,
      submenu: [
        ...items('view'),
        line,
        { role: 'togglefullscreen', label: words.full },
        // Their keys are read by the window itself (zoom.ts): a menu knows one accelerator only, and = and the keypad are further ones.
        { role: 'zoomIn', label: words.bigger, registerAccelerator: false },
        { role: 'zoomOut', label: words.smaller, registerAccelerator: false },
        { role: 'resetZoom', label: words.normal, registerAccelerator: false },
      ],
    },
    { label: words.playback, submenu: items('playback') },
    { label: words.lesson, submenu: items('lesson') },
    {
      label: words.window,
      role: 'window',
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.closeWindow },
        ...(isMac ? [line, { role: 'front' as const, label: words.front }] : []),
      ],
    },
    { label: words.helpMenu, role: 'help', submenu: items('help') },
  ];
}
