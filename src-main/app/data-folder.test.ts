import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineDefaultsFile, passingData, portableData, portableFolderOf, type Running } from './data-folder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville 便携 '));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const running = (over: Partial<Running> = {}): Running => ({
  isPackaged: true,
  platform: 'linux',
  execPath: join(folder, 'schedville'),
  env: {},
  args: [],
  ...over,
});
const data = (): string => join(folder, 'schedville-data');

test.each([
  ['linux', '/media/usb/Schedville 1/schedville', {}, '/media/usb/Schedville 1/schedville-data'],
  ['linux', '/tmp/.mount_x/schedville', { APPIMAGE: '/media/usb/Schedville.AppImage' }, '/media/usb/schedville-data'],
  ['darwin', '/Volumes/USB/Schedville.app/Contents/MacOS/Schedville', {}, '/Volumes/USB/schedville-data'],
  ['win32', 'E:\\调度村\\Schedville.exe', {}, 'E:\\调度村\\schedville-data'],
] as const)('on %s beside %s', (platform, execPath, env, wanted) => {
  expect(portableFolderOf({ platform, execPath, env })).toBe(wanted);
});

test('data lie beside the program only where their folder is, or is asked for', () => {
  expect(portableData(running())).toEqual({ folder: null, warning: null });
  expect(portableData(running({ args: ['--portable'] }))).toEqual({ folder: data(), warning: null });
  expect(existsSync(data())).toBe(true);
  expect(portableData(running())).toEqual({ folder: data(), warning: null });
});

test('no folder comes to be where the program’s own is gone', () => {
  const gone = running({ execPath: join(folder, 'drive', 'schedville'), args: ['--portable'] });
  expect(portableData(gone).folder).toBeNull();
  expect(portableData(gone).warning?.en).toContain('cannot be written to');
  expect(existsSync(join(folder, 'drive'))).toBe(false);
});

test('a checkout is never portable, and a folder that is named goes first', () => {
  mkdirSync(data());
  expect(portableData(running({ isPackaged: false })).folder).toBeNull();
  expect(portableData(running({ args: ['--user-data-dir=/tmp/x'] })).folder).toBeNull();
});

test('where the system’s folder cannot be created a temporary one is used, with a warning', () => {
  expect(passingData(() => folder, folder)).toEqual({ folder: null, warning: null });
  const passing = passingData(() => {
    throw new Error("Failed to get 'userData' path");
  }, folder);
  expect(existsSync(passing.folder ?? '')).toBe(true);
  expect(passing.warning?.en).toContain("Data cannot be stored (Failed to get 'userData' path)");
});

test('a file of that name is no folder', () => {
  writeFileSync(data(), '');
  expect(portableData(running()).folder).toBeNull();
  expect(portableData(running({ args: ['--portable'] })).warning?.en).toContain('cannot be written to');
});

test('the machine’s file lies where each system keeps such', () => {
  expect(machineDefaultsFile({ platform: 'linux', env: {} })).toBe('/etc/schedville/defaults.json');
  expect(machineDefaultsFile({ platform: 'darwin', env: {} })).toBe('/Library/Application Support/Schedville/defaults.json');
  expect(machineDefaultsFile({ platform: 'win32', env: { ProgramData: 'D:\\Data' } })).toBe('D:\\Data\\Schedville\\defaults.json');
});
