import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { defaultsFrom, readMachineDefaults } from './machine-defaults';
import { SettingsFile } from './settings-file';

const folder = mkdtempSync(join(tmpdir(), 'schedville-defaults-'));
const file = join(folder, 'defaults.json');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string | Buffer): ReturnType<typeof readMachineDefaults> {
  writeFileSync(file, text);
  return readMachineDefaults(file);
}

test('what is right is taken', () => {
  expect(read('{"language":"en","theme":"dark","speed":2,"lesson":"watchman"}')).toEqual({
    file,
    settings: { language: 'en', theme: 'dark', speed: 2 },
    lesson: 'watchman',
    faults: [],
  });
});

test.each(['zh', 'en'])('the guide for teachers names every lesson of the course, in its order: %s', (language) => {
  const lessons = readdirSync('assets/lessons', { withFileTypes: true }).filter((each) => each.isDirectory());
  const ids = lessons.map(({ name }) => /^id: (.+)$/m.exec(readFileSync(join('assets/lessons', name, 'lesson.yaml'), 'utf8'))?.[1]);
  const line = readFileSync(`assets/guides/teacher.${language}.md`, 'utf8').match(/^.*`watchman`.*$/m)?.[0] ?? '';
  const named = [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  expect(named.slice(named.indexOf('hunting'), named.indexOf('?'))).toEqual(ids);
});

test('Notepad’s mark at the beginning is no fault', () => {
  expect(read('\ufeff{"language":"en"}')?.faults).toEqual([]);
});

test('what is wrong is told by its key, and the rest is taken', () => {
  const made = read('{"language":"fr","theme":"pink","speed":99,"lesson":"../x","colour":1,"speed2":1}');
  expect(made?.settings).toEqual({});
  expect(made?.lesson).toBeNull();
  expect(made?.faults.map(({ en }) => en.split(' ')[0])).toEqual(['language', 'theme', 'speed', 'lesson', 'colour', 'speed2']);
  expect(made?.faults[4]?.en).toBe('colour is not known; there are language, theme, speed, lesson');
});

test.each([['{'], ['[]'], ['null'], ['"x"'], [Buffer.from([0, 1, 2, 255])], ['x'.repeat(70_000)]])('no defaults at all: %#', (text) => {
  const made = read(text);
  expect(made).toMatchObject({ settings: {}, lesson: null });
  expect(made?.faults).toHaveLength(1);
});

test('no file, no defaults; a folder is told', () => {
  expect(readMachineDefaults(join(folder, 'none.json'))).toBeNull();
  mkdirSync(join(folder, 'd'));
  expect(readMachineDefaults(join(folder, 'd'))?.faults).toHaveLength(1);
});

test('a name of the prototype is only an unknown key', () => {
  const made = defaultsFrom('x', JSON.parse('{"__proto__":{"language":"en"},"constructor":1}'));
  expect(made.faults).toHaveLength(2);
  expect(({} as { language?: string }).language).toBeUndefined();
});

test('they hold until a person has settings of their own', async () => {
  const data = join(folder, 'data');
  // Electron makes it before anything is written.
  mkdirSync(data);
  const settings = new SettingsFile(data, { language: 'en', speed: 2 });
  const first = await settings.read();
  expect(first.settings).toMatchObject({ language: 'en', speed: 2, theme: 'system' });
  await settings.write({ ...first.settings, language: 'zh' });
  expect((await new SettingsFile(data, { language: 'en', theme: 'dark' }).read()).settings).toMatchObject({
    language: 'zh',
    theme: 'system',
    speed: 2,
  });
});
