#!/usr/bin/env node
/**
 * The two commands of the README: `npm start` and `npm test`. Plain Node without dependencies: it brings everything else. Each part of
 * the set-up is skipped when it is done already, so a second start adds less than a second.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from './electron-runtime.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, 'node_modules', '.schedville');

const HELP = `Schedville 调度村

  npm start                 set everything up and open the app
  npm start -- --window     insist on a window (without a display: an error)
  npm start -- --export DIR play the first lesson and write pictures and its trace into DIR
      also: --lesson ID  --lang zh|en  --theme light|dark  --size 1366x768
  npm test                  set everything up and run every check
  npm run bench             start-up and model speed, as ratios within one run
  npm run sim -- --help     the model on the command line

Without a display, npm start plays the first lesson by itself under Xvfb and writes into exports/.
Environment: ELECTRON_OVERRIDE_DIST_PATH names a folder with an Electron distribution to use.
`;

/** Debian packages that Electron's libraries come from. */
const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libxtst6', 'libnotify4', 'libatspi2.0-0', 'libdrm2', 'libxkbcommon0', 'libsecret-1-0'];

const say = (text) => console.log(`▸ ${text}`);

class Failure extends Error {}

/** Runs something that may take long: a line at once, and every two seconds how long it has taken. */
async function busy(what, work) {
  const began = Date.now();
  let shown = false;
  const timer = setInterval(() => {
    shown = true;
    process.stdout.write(`\r▸ ${what} … ${Math.round((Date.now() - began) / 1000)} s `);
  }, 2000);
  if (process.stdout.isTTY) process.stdout.write(`▸ ${what} …`);
  else say(what);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (process.stdout.isTTY || shown) process.stdout.write(`\r▸ ${what}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  }
}

/** Chromium looks for a desktop bus that a server does not have; that says nothing about Schedville. */
const NOISE = /ERROR:(bus|object_proxy)\.cc/;

function spawned(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['inherit', 'inherit', 'pipe'], ...options });
    child.stderr?.on('data', (data) => process.stderr.write(String(data).split('\n').filter((line) => !NOISE.test(line)).join('\n')));
    const stop = (signal) => child.kill(signal);
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    child.on('error', (error) => {
      console.error(String(error));
      resolve(127);
    });
    child.on('close', (status, signal) => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(status ?? (signal ? 1 : 0));
    });
  });
}

/** Like spawned, but silent unless it fails. */
async function quiet(what, command, args) {
  const result = await busy(
    what,
    () =>
      new Promise((resolve) => {
        const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
        let said = '';
        child.stdout.on('data', (data) => (said += data));
        child.stderr.on('data', (data) => (said += data));
        child.on('error', (error) => resolve({ status: 127, said: String(error) }));
        child.on('close', (status) => resolve({ status, said }));
      }),
  );
  if (result.status !== 0) throw new Failure(`${what} failed (${command} ${args.join(' ')}):\n${result.said.trim()}`);
  return result.said;
}

const hashOf = (...parts) => createHash('sha256').update(parts.join('\0')).digest('hex');
const stampOf = (name) => (existsSync(join(STAMPS, name)) ? readFileSync(join(STAMPS, name), 'utf8') : '');

function setStamp(name, value) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), value);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Failure(`Node ${process.versions.node} is too old: Schedville needs 20.19 or newer.`);
}

async function installPackages() {
  const wanted = hashOf(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'), process.version);
  if (stampOf('packages') === wanted) return;
  await quiet('npm packages (npm ci)', 'npm', ['ci', '--no-audit', '--no-fund']);
  setStamp('packages', wanted);
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
  for (const file of ['package.json', 'electron.config.ts', 'svelte.config.js', 'package-lock.json']) parts.push(readFileSync(join(ROOT, file), 'utf8'));
  return hashOf(...parts.sort());
}

async function build() {
  const wanted = sourcesHash();
  if (stampOf('build') === wanted && existsSync(join(ROOT, 'out', 'main', 'index.js'))) return;
  await quiet('build', process.execPath, [join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '-c', 'electron.config.ts']);
  await quiet('first lesson', process.execPath, [join(ROOT, 'out', 'main', 'prepare.js')]);
  setStamp('build', wanted);
}

const isRoot = () => process.getuid?.() === 0;

/** Installs Debian packages when root; otherwise says which command would. */
async function apt(packages, why) {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!isRoot() || !hasApt) throw new Failure(`${why}\nInstall what is missing, then start again:\n  sudo ${command}`);
  await quiet('apt: package lists', 'apt-get', ['update', '-qq']);
  await quiet(`apt: ${packages.join(' ')}`, 'apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
}

async function checkLibraries(dist) {
  if (process.platform !== 'linux' || stampOf('libraries') === dist) return;
  const missing = () => {
    const { stdout } = spawnSync('ldd', [join(dist, 'electron')], { encoding: 'utf8', env: { ...process.env, LD_LIBRARY_PATH: dist } });
    return (stdout ?? '').split('\n').filter((line) => line.includes('not found'));
  };
  const before = missing();
  if (before.length > 0) await apt(LIBRARIES, `Electron needs system libraries that are not there: ${before.map((line) => line.trim().split(' ')[0]).join(', ')}`);
  const after = missing();
  if (after.length > 0) throw new Failure(`Electron still lacks: ${after.map((line) => line.trim()).join(', ')}`);
  setStamp('libraries', dist);
}

/** A display: the one that is there, else an Xvfb of our own on a free number. */
async function display() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return { env: {}, own: false, stop: () => undefined };
  if (spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error) await apt(['xvfb'], 'There is no display, and Xvfb, which would stand in for one, is not installed.');
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Failure('Xvfb ended at once')));
    child.stdio[3].once('data', (data) => resolve(String(data).trim()));
  });
  return { env: { DISPLAY: `:${number}` }, own: true, stop: () => child.kill() };
}

async function prepare() {
  checkNode();
  await installPackages();
  const electron = await findElectron(ROOT, { say, busy });
  await checkLibraries(electron.dist);
  await build();
  return electron;
}

function electronEnvironment({ dist, standIn }) {
  return { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist, SCHEDVILLE_STAND_IN: standIn ? '1' : '', ELECTRON_DISABLE_SECURITY_WARNINGS: '1' };
}

async function start(args) {
  const wantsWindow = args.includes('--window');
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (wantsWindow && !hasDisplay) throw new Failure('There is no display for a window. Set DISPLAY, or leave out --window: the first lesson then plays by itself.');
  const electron = await prepare();
  const screen = await display();
  const rest = args.filter((arg) => arg !== '--window');
  if (screen.own && !rest.includes('--export')) {
    say('no display: the first lesson plays by itself and writes into exports/');
    rest.push('--export', join(ROOT, 'exports'));
  }
  const flags = ['--disable-gpu'];
  if (isRoot()) {
    say('running as root: Chromium’s own sandbox is off (--no-sandbox)');
    flags.push('--no-sandbox');
  }
  try {
    return await spawned(join(electron.dist, process.platform === 'win32' ? 'electron.exe' : 'electron'), [ROOT, ...flags, ...rest], { env: { ...electronEnvironment(electron), ...screen.env } });
  } finally {
    screen.stop();
  }
}

const bin = (name) => join(ROOT, 'node_modules', '.bin', name);

async function test(args) {
  const electron = await prepare();
  const checks = [
    ['types: the model', bin('tsc'), ['-p', 'src-main/model/tsconfig.json']],
    ['types: main and tests', bin('tsc'), ['-p', 'tsconfig.json']],
    ['types: renderer', bin('svelte-check'), ['--tsconfig', 'src-renderer/tsconfig.json', '--output', 'human', '--fail-on-warnings']],
    ['lint', bin('eslint'), ['--max-warnings', '0', '.']],
    ['unit and property tests', bin('vitest'), ['run']],
    ['in a real Electron', bin('playwright'), ['test', '-c', 'e2e/playwright.config.ts', ...args]],
  ];
  const screen = await display();
  const failed = [];
  try {
    for (const [name, command, rest] of checks) {
      say(name);
      const status = await spawned(command, rest, { env: { ...electronEnvironment(electron), ...screen.env } });
      if (status !== 0) failed.push(name);
    }
  } finally {
    screen.stop();
  }
  console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join('; ')}`);
  console.log(`${checks.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

async function bench() {
  const electron = await prepare();
  const screen = await display();
  try {
    return await spawned(process.execPath, [join(ROOT, 'out', 'main', 'bench.js')], { env: { ...electronEnvironment(electron), ...screen.env } });
  } finally {
    screen.stop();
  }
}

const [command = 'start', ...args] = process.argv.slice(2);
const commands = { start, test, bench };
if (args.includes('--help') || args.includes('-h') || !Object.hasOwn(commands, command)) {
  console.log(HELP);
  process.exitCode = Object.hasOwn(commands, command) ? 0 : 2;
} else {
  try {
    process.exitCode = await commands[command](args);
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
