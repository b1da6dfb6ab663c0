import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { LANGUAGES, WORDS } from '../../assets/words/index';
import { type CommandId, NAMED_COMMANDS } from '../contract/commands';
import { acceleratorOf, menuTemplate, textMenuTemplate } from './menu-template';

const nothing = { disabled: [], checked: [] };
const items = (template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  template
    .flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[])
    .flatMap((item) => [item, ...(item.id === 'export' ? (item.submenu as MenuItemConstructorOptions[]) : [])]);
const NO_RECENT = { files: [], open: () => undefined, clear: () => undefined };
const made = (wish: Partial<Parameters<typeof menuTemplate>[0]> = {}) =>
  menuTemplate({ language: 'en', state: nothing, isMac: false, tell: () => undefined, recent: NO_RECENT, ...wish });

test.each([
  ['Space', 'Space'],
  ['Shift →', 'Shift+Right'],
  ['Alt ←', 'Alt+Left'],
  ['Ctrl F', 'CommandOrControl+F'],
  ['−', '-'],
  ['F3', 'F3'],
])('%s is %s', (key, accelerator) => {
  expect(acceleratorOf(key)).toBe(accelerator);
});

test.each(LANGUAGES)('every command that has a place stands there once, with a key, and does it: %s', (language) => {
  const told: CommandId[] = [];
  const own = items(made({ language, tell: (command) => told.push(command) })).filter(
    ({ id }) => id !== undefined && id !== 'recent' && id !== 'export',
  );
  expect(own.map(({ id }) => id).sort()).toEqual([...NAMED_COMMANDS].sort());
  for (const item of own) {
    expect(item.label).toBe(WORDS[language].menu[item.id as (typeof NAMED_COMMANDS)[number]]);
    expect(item.accelerator, item.id).toBeDefined();
    (item.click as () => void)();
  }
  expect(told).toEqual(own.map(({ id }) => id));
});

test('a key that types something is shown and left to the page; macOS does not show it', () => {
  const find = (isMac: boolean, id: CommandId) => items(made({ isMac })).find((item) => item.id === id);
  expect(find(false, 'play')).toMatchObject({ accelerator: 'Space', registerAccelerator: false });
  expect(find(true, 'play')?.accelerator).toBeUndefined();
  expect(find(true, 'placeBack')?.accelerator).toBe('Alt+Left');
  expect(find(false, 'search')?.accelerator).toBe('CommandOrControl+F');
});

test('what would do nothing is grey, and what is on has a tick', () => {
  const own = items(made({ state: { disabled: ['placeBack'], checked: ['inWords', 'projectorTheme'] } }));
  expect(own.find(({ id }) => id === 'placeBack')?.enabled).toBe(false);
  expect(own.find(({ id }) => id === 'placeOn')?.enabled).toBe(true);
  expect(own.find(({ id }) => id === 'inWords')).toMatchObject({ type: 'checkbox', checked: true });
  expect(own.filter(({ type }) => type === 'radio').map(({ id, checked }) => [id, checked])).toEqual([
    ['lightTheme', false],
    ['darkTheme', false],
    ['projectorTheme', true],
  ]);
  expect(own.find(({ id }) => id === 'blank')).toMatchObject({ type: 'checkbox', checked: false });
});

test('the menus are those of a desktop program; on macOS the app’s own comes first, with the way out', () => {
  expect(made().map(({ label }) => label)).toEqual(['File', 'Edit', 'View', 'Playback', 'Lesson', 'Window', 'Help']);
  expect(made({ isMac: true })[0]?.label).toBe('Schedville');
  expect(items(made({ isMac: true })).filter(({ role }) => role === 'quit')).toHaveLength(1);
  expect(items(made()).filter(({ role }) => role === 'quit')).toHaveLength(1);
});

test('files that were opened last are opened again, or forgotten', () => {
  const done: string[] = [];
  const recent = { files: ['/a/R&D.yaml', '/b/x.trace.jsonl'], open: (file: string) => done.push(file), clear: () => done.push('clear') };
  const again = items(made({ recent })).find(({ id }) => id === 'recent');
  const own = again?.submenu as MenuItemConstructorOptions[];
  expect(own.map(({ label }) => label)).toEqual(['R&&D.yaml', 'x.trace.jsonl', undefined, 'Clear the list']);
  for (const { click } of own) (click as (() => void) | undefined)?.();
  expect(done).toEqual([...recent.files, 'clear']);
  expect(items(made()).find(({ id }) => id === 'recent')?.enabled).toBe(false);
});

test('over a text the other button offers what can be done with it, and over nothing nothing', () => {
  const offered = (isEditable: boolean, isSelected: boolean) =>
    textMenuTemplate('zh', { isEditable, isSelected })
      .filter(({ enabled, type }) => enabled !== false && type !== 'separator')
      .map(({ label }) => label);
  expect(offered(true, true)).toEqual(['剪切', '复制', '粘贴', '全选']);
  expect(offered(true, false)).toEqual(['粘贴', '全选']);
  expect(offered(false, true)).toEqual(['复制']);
  expect(textMenuTemplate('en', { isEditable: false, isSelected: false })).toEqual([]);
});
