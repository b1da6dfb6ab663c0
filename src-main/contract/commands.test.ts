import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES, WORDS } from '../../assets/words/index';
import { COMMANDS, type CommandId, commandOf, helpLines, menuCommands } from './commands';
import { EXPORT_IDS, exportName, EXPORTS } from './exports';

const ids = Object.keys(COMMANDS) as CommandId[];

test.each([
  [' ', false, 'play'],
  ['ArrowRight', false, 'stepForward'],
  ['ArrowRight', true, 'lessonNext'],
  ['ArrowLeft', true, 'lessonPrevious'],
  ['PageDown', true, 'lessonNext'],
  ['=', false, 'faster'],
  ['+', true, 'faster'],
  ['-', false, 'slower'],
  ['l', false, 'language'],
  ['L', false, 'language'],
  ['L', true, null],
  ['e', false, 'exportPicture'],
  ['E', true, 'exportTrace'],
  ['e', true, 'exportTrace'],
  ['?', true, 'help'],
  ['Escape', false, 'back'],
  ['toString', false, null],
  ['m', false, 'course'],
  ['z', false, null],
  ['x', false, 'exercises'],
] as const)('the key %j, Shift: %s, means %s', (key, shiftKey, command) => {
  expect(commandOf({ key, code: '', shiftKey })).toBe(command);
});

test.each([
  ['a full-width question mark', { key: '？', code: 'Slash', shiftKey: true }, 'help'],
  ['a full-width plus', { key: '＋', code: 'Equal', shiftKey: true }, 'faster'],
  ['a Chinese full stop', { key: '。', code: 'Period', shiftKey: false }, 'blank'],
  ['a Russian letter', { key: 'у', code: 'KeyE', shiftKey: false }, 'exportPicture'],
  ['a Russian letter with Shift', { key: 'У', code: 'KeyE', shiftKey: true }, 'exportTrace'],
  ['a Chinese bracket', { key: '【', code: 'BracketLeft', shiftKey: false }, 'previousChange'],
  ['what an input method took', { key: 'Process', code: 'KeyL', shiftKey: false }, 'language'],
  ['a digit of a French keyboard', { key: '&', code: 'Digit1', shiftKey: false }, 'village'],
  ['a sign typed with Shift', { key: '!', code: 'Digit1', shiftKey: true }, null],
  ['the plus of the keypad', { key: '+', code: 'NumpadAdd', shiftKey: false }, 'faster'],
  ['a letter that lies elsewhere', { key: 'a', code: 'KeyQ', shiftKey: false }, null],
  ['an arrow with Alt', { key: 'ArrowLeft', code: 'ArrowLeft', shiftKey: false, altKey: true }, 'placeBack'],
  ['a letter with Alt', { key: 'l', code: 'KeyL', shiftKey: false, altKey: true }, null],
  ['a German umlaut', { key: 'ö', code: 'Semicolon', shiftKey: false }, null],
] as const)('%s', (_, pressed, command) => {
  expect(commandOf(pressed)).toBe(command);
});

test('no key and no accelerator has two commands', () => {
  const keys = ids.flatMap((id) => [...COMMANDS[id].keys, ...(COMMANDS[id].also ?? [])]);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  const accelerators = ids.flatMap((id) => COMMANDS[id].menu?.accelerator ?? []);
  expect(accelerators.filter((each, i) => accelerators.indexOf(each) !== i)).toEqual([]);
});

test('the help has a line for every key, and keys of one sense stand together', () => {
  const lines = helpLines();
  expect(lines.slice(0, 4).map(({ keys }) => keys)).toEqual(['Space', '→ ←', 'PageDown PageUp', 'Shift → ←']);
  const shown = lines
    .map(({ keys }) => keys)
    .join(' ')
    .split(' ');
  for (const key of ids.flatMap((id) => COMMANDS[id].keys)) expect(shown).toContain(key.split(' ').at(-1));
});

test('the menu names its commands in the table’s order', () => {
  expect(menuCommands('file').map(({ command }) => command)).toEqual([
    'openScenario',
    'gallery',
    'openLesson',
    'newLesson',
    'exportPicture',
    'film',
    'papers',
    'playable',
  ]);
  expect(menuCommands('export').map(({ command }) => command)).toEqual(EXPORT_IDS.map(exportName));
  expect(menuCommands('edit').map(({ command }) => command)).toEqual(['search', 'palette', 'searchNext', 'searchPrevious']);
  expect(menuCommands('help').at(-1)).toEqual({ command: 'help', accelerator: 'F1', mark: null });
});

test('each export has its row, its command and its key', () => {
  for (const id of EXPORT_IDS) expect(COMMANDS[exportName(id)].menu?.place).toBe('export');
  expect(COMMANDS.exportTrace).toMatchObject({ keys: ['Shift E'], words: 'exportTrace' });
  expect(COMMANDS.exportGo126).toMatchObject({ keys: [], words: null });
});

/** README lists every key of the help, in each language, in one table, and no other. */
test.each(LANGUAGES)('README’s table of keys is the help’s: %s', (language) => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const rows = helpLines().map(({ keys, words }) => fillRow(keys, WORDS[language].keys[words]));
  expect(readme).toContain(`| --- | --- |\n${rows.join('\n')}\n\n`);
});

/** README names every export, in each language, as the menu and `sim export --help` do. */
test.each(LANGUAGES)('README’s table of exports is the menu’s and sim’s: %s', (language) => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const { menu, exports } = WORDS[language];
  const rows = EXPORT_IDS.map(
    (id) => `| ${menu[exportName(id)].replace(/…$/, '')} | \`${id}\` | \`.${EXPORTS[id].ending}\` | ${exports.about[id]} |`,
  );
  expect(readme).toContain(`| --- | --- | --- | --- |\n${rows.join('\n')}\n\n`);
});

const fillRow = (keys: string, words: string): string => `| \`${keys}\` | ${words} |`;
