/** Node, npm packages and the build: each part is skipped when a stamp says that it is done for what is in the checkout now. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { diskReason } from './disk.mjs';
import { Failure } from './failures.mjs';
import { sweepConfigs } from './leftovers.mjs';
import { offlineReason } from './offline.mjs';
import { quiet, ROOT, tool } from './processes.mjs';

/** In node_modules, so that they go where what they speak of goes. */
const STAMPS = join(ROOT, 'node_modules', '.schedville');

const hashOf = (...parts) => createHash('sha256').update(parts.join('\0')).digest('hex');

export const stampOf = (name) => (existsSync(join(STAMPS, name)) ? readFileSync(join(STAMPS, name), 'utf8') : '');

export function setStamp(name, value) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), value);
}

/**
 * Does `work` unless it is done for what is `wanted`. Until it has ended it counts as not done at all, whatever was there before: a kill in its
 * middle leaves something that looks whole.
 */
export async function once(name, wanted, work, isWhole = () => true) {
  if (stampOf(name) === wanted && isWhole()) return;
  if (stampOf(name) !== '') setStamp(name, '');
  await work();
  setStamp(name, wanted);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Failure(`Node ${process.versions.node} is too old: Schedville needs 20.19 or newer.`);
}

/** Whether each package that package.json names is still there: one that somebody has removed would fail every build from then on. */
export function hasPackages(root = ROOT) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) => existsSync(join(root, 'node_modules', name, 'package.json')));
}

export async function installPackages() {
  const wanted = hashOf(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'), process.version);
  await once(
    'packages',
    wanted,
    () =>
      quiet(
        'npm packages (npm ci)',
        'npm',
        ['ci', '--no-audit', '--no-fund'],
        process.env,
        (said) => offlineReason('The npm packages', said) ?? diskReason(said),
      ),
    () => hasPackages(),
  );
}

/** Names, sizes and times of everything that goes into the build. */
function sourcesHash() {
  const parts = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else {
        const { size, mtimeMs } = statSync(path);
        parts.push(`${relative(ROOT, path)} ${size} ${mtimeMs}`);
      }
    }
  };
  for (const folder of ['src-main', 'src-renderer', 'assets']) walk(join(ROOT, folder));
  for (const file of [
    'package.json',
    'chunks.config.ts',
    'electron.config.ts',
    'fonts.config.ts',
    'glossary.config.ts',
    'notices.config.ts',
    'play.config.ts',
    'svelte.config.js',
    'package-lock.json',
  ])
    parts.push(readFileSync(join(ROOT, file), 'utf8'));
  return hashOf(...parts.sort());
}

/** Names and sizes of all files in a folder, a line for each. */
export const sizesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name))
    .map((path) => `${statSync(path).size} ${relative(folder, path)}`)
    .sort()
    .join('\n');

/** Whether every file of `sizes` is still there, as long as it was. What has come besides does no harm. */
export function isAsMade(folder, sizes) {
  if (sizes === '' || !existsSync(folder)) return false;
  const now = new Set(sizesIn(folder).split('\n'));
  return sizes.split('\n').every((line) => now.has(line));
}

/** Without any one of these the app does not start, or the command line does not. */
const BUILT = [
  'main/index.js',
  'main/player-thread.js',
  'main/sim.js',
  'main/compare.js',
  'main/beginning.json',
  'preload/preload.cjs',
  'renderer/index.html',
  'player/player.js',
];

export async function build() {
  const wanted = sourcesHash();
  const out = join(ROOT, 'out');
  await once(
    'build',
    wanted,
    async () => {
      sweepConfigs(ROOT);
      await quiet('build', process.execPath, tool('electron-vite', ['build', '-c', 'electron.config.ts']), process.env, diskReason);
      await quiet('first lesson', process.execPath, [join(ROOT, 'out', 'main', 'prepare.js')], process.env, diskReason);
      setStamp('built', sizesIn(out));
    },
    // A file that was cut off (a full disk, a crash) stops Electron with a dialog that nobody sees where there is no display.
    () => BUILT.every((file) => existsSync(join(out, file))) && isAsMade(out, stampOf('built')),
  );
}
