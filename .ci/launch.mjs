#!/usr/bin/env node
/**
 * The two commands of the README: `npm start` and `npm test`. Plain Node without dependencies: it brings everything else. Each part of
 * the set-up is skipped when it is done already, so a second start adds less than a second.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ElectronMissing, findElectron } from './electron-runtime.mjs';
import { withoutNoise } from './noise.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, 'node_modules', '.schedville');

const HELP = `Schedville 调度村

  npm start                 set everything up and open the app
  npm start -- --window     insist on a window (without a display: an error)
  npm start -- --export DIR play the first lesson and write pictures and its trace into DIR
      also: --lesson ID  --lang zh|en  --theme light|dark  --size 1366x768
            --user-data-dir DIR (settings of its own)
  npm test                  set everything up and run every check
  npm test -- TEXT          the same, but only those checks whose name contains TEXT (types, lint, unit, e2e)
  npm run dev               the app with a page that changes as its sources do
  npm run soak              the laws over random scenarios until stopped; a broken law leaves the scenario as a file
  npm run bench             start-up and model speed, as ratios within one run
  npm run sim -- --help     the model on the command line

Without a display, npm start plays the first lesson by itself under Xvfb and writes into exports/.
Environment: ELECTRON_OVERRIDE_DIST_PATH names a folder with an Electron distribution to use.
`;

/** Debian packages that Electron's libraries come from. */
const LIBRARIES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libnotify4',
  'libatspi2.0-0',
  'libdrm2',
  'libxkbcommon0',
  'libsecret-1-0',
];

const say = (text) => console.log(`▸ ${text}`);

class Failure extends Error {}

/** The command was typed wrongly: exit status 2. */
class Misuse extends Error {}

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

function spawned(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['inherit', 'inherit', 'pipe'], ...options });
    const said = child.stderr ? withoutNoise(child.stderr, (line) => process.stderr.write(line)) : Promise.resolve();
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
      // Its last line may still be on its way.
      void said.finally(() => resolve(status ?? (signal ? 1 : 0)));
    });
  });
}

/** Like spawned, but silent unless it fails. */
async function quiet(what, command, args) {
  const result = await busy(
    what,
    () =>
      new Promise((resolve) => {
        const child = spawn(command, args, {
          cwd: ROOT,
          stdio: ['ignore', 'pipe', 'pipe'],
          shell: process.platform === 'win32' && command === 'npm',
        });
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
  if (major < 20 || (major === 20 && minor < 19))
    throw new Failure(`Node ${process.versions.node} is too old: Schedville needs 20.19 or newer.`);
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
  for (const file of ['package.json', 'electron.config.ts', 'svelte.config.js', 'package-lock.json'])
    parts.push(readFileSync(join(ROOT, file), 'utf8'));
  return hashOf(...parts.sort());
}

/** Without any one of these the app does not start, or the command line does not. */
const BUILT = [
  'main/index.js',
  'main/player-thread.js',
  'main/sim.js',
  'main/beginning.json',
  'preload/preload.cjs',
  'renderer/index.html',
];

async function build() {
  const wanted = sourcesHash();
  if (stampOf('build') === wanted && BUILT.every((file) => existsSync(join(ROOT, 'out', file)))) return;
  await quiet('build', process.execPath, tool('electron-vite', ['build', '-c', 'electron.config.ts']));
  await quiet('first lesson', process.execPath, [join(ROOT, 'out', 'main', 'prepare.js')]);
  setStamp('build', wanted);
}

/** The app's switches. With a value: what it may look like, and in words. */
const SWITCHES = {
  '--window': null,
  '--export': { form: /./, wanted: 'a folder' },
  '--lesson': { form: /^[a-z0-9]+(-[a-z0-9]+)*$/, wanted: 'the id of a lesson, such as hunting' },
  '--lang': { form: /^(zh|en)$/, wanted: 'zh or en' },
  '--theme': { form: /^(light|dark)$/, wanted: 'light or dark' },
  '--size': { form: /^\d{3,4}x\d{3,4}$/, wanted: 'width and height in pixels, such as 1366x768' },
  '--user-data-dir': { form: /./, wanted: 'a folder' },
};

/**
 * The switches as `--name=value`, so that Electron and the app cannot read them differently. A misspelt one is refused here: Chromium
 * would swallow it in silence. Paths are meant from where the command was typed, which npm tells.
 */
function startSwitches(args) {
  const found = new Map();
  for (let i = 0; i < args.length; i++) {
    const [, name, glued] = /^(--[^=]+)(?:=(.*))?$/.exec(args[i]) ?? [];
    if (name === undefined || !Object.hasOwn(SWITCHES, name)) throw new Misuse(`${args[i]} is no switch of npm start.`);
    const kind = SWITCHES[name];
    if (kind === null) {
      if (glued !== undefined) throw new Misuse(`${name} takes no value, found ${glued}.`);
      found.set(name, '');
      continue;
    }
    const value = glued ?? args[++i];
    if (value === undefined || value === '' || value.startsWith('--')) throw new Misuse(`${name} needs a value: ${kind.wanted}.`);
    if (!kind.form.test(value)) throw new Misuse(`${name} should be ${kind.wanted}, found ${value}.`);
    found.set(name, name === '--export' || name === '--user-data-dir' ? resolve(process.env.INIT_CWD ?? ROOT, value) : value);
  }
  return found;
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

async function checkLibraries({ dist, executable }) {
  if (process.platform !== 'linux' || stampOf('libraries') === dist) return;
  const missing = () => {
    const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8', env: { ...process.env, LD_LIBRARY_PATH: dist } });
    return (stdout ?? '').split('\n').filter((line) => line.includes('not found'));
  };
  const before = missing();
  if (before.length > 0)
    await apt(
      LIBRARIES,
      `Electron needs system libraries that are not there: ${before.map((line) => line.trim().split(' ')[0]).join(', ')}`,
    );
  const after = missing();
  if (after.length > 0) throw new Failure(`Electron still lacks: ${after.map((line) => line.trim()).join(', ')}`);
  setStamp('libraries', dist);
}

/** A display: the one that is there, else an Xvfb of our own on a free number. */
async function display() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
    return { env: {}, own: false, stop: () => undefined };
  if (spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error)
    await apt(['xvfb'], 'There is no display, and Xvfb, which would stand in for one, is not installed.');
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
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
  await checkLibraries(electron);
  await build();
  return electron;
}

function electronEnvironment({ dist, executable, standIn }) {
  return { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist, ELECTRON_EXEC_PATH: executable, SCHEDVILLE_STAND_IN: standIn ? '1' : '' };
}

/** What every Electron of ours is started with. */
function electronFlags() {
  if (!isRoot()) return ['--disable-gpu'];
  say('running as root: Chromium’s own sandbox is off (--no-sandbox)');
  return ['--disable-gpu', '--no-sandbox'];
}

async function start(args) {
  const switches = startSwitches(args);
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (switches.delete('--window') && !hasDisplay)
    throw new Failure('There is no display for a window. Set DISPLAY, or leave out --window: the first lesson then plays by itself.');
  const electron = await prepare();
  const screen = await display();
  if (screen.own && !switches.has('--export')) {
    say('no display: the first lesson plays by itself and writes into exports/');
    switches.set('--export', join(ROOT, 'exports'));
  }
  try {
    return await spawned(electron.executable, [ROOT, ...electronFlags(), ...[...switches].map(([name, value]) => `${name}=${value}`)], {
      env: { ...electronEnvironment(electron), ...screen.env },
    });
  } finally {
    screen.stop();
  }
}

/** A tool of node_modules, run by this Node. */
function tool(name, args) {
  const folder = join(ROOT, 'node_modules', name.startsWith('playwright') ? '@playwright/test' : name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [join(folder, typeof bin === 'string' ? bin : (bin[name] ?? Object.values(bin)[0])), ...args];
}

const tsc = (project) => ['node_modules/typescript/bin/tsc', '-p', project];

/** The checks of npm test, in the order in which they are the quickest to fail. */
const CHECKS = () => [
  ['types: model', tsc('src-main/model/tsconfig.json')],
  ['types: main', tsc('tsconfig.json')],
  ['types: e2e', tsc('e2e/tsconfig.json')],
  ['types: renderer', tool('svelte-check', ['--tsconfig', 'src-renderer/tsconfig.json', '--output', 'human', '--fail-on-warnings'])],
  ['lint', tool('eslint', ['--max-warnings', '0', '.'])],
  ['unit, layer and property tests', tool('vitest', ['run'])],
  ['e2e in a real Electron', tool('playwright', ['test', '-c', 'e2e/playwright.config.ts'])],
];

/** Runs those checks whose name contains `wanted`, all of them even when one fails. */
async function runChecks(wanted, env) {
  const checks = CHECKS().filter(([name]) => name.includes(wanted));
  if (checks.length === 0)
    throw new Misuse(
      `No check is called ${wanted}. There are: ${CHECKS()
        .map(([name]) => name)
        .join('; ')}.`,
    );
  const failed = [];
  for (const [name, args] of checks) {
    say(name);
    if ((await spawned(process.execPath, args, { env })) !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join('; ')}`);
  console.log(`${checks.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

async function test([wanted = '']) {
  const electron = await prepare();
  const screen = await display();
  try {
    return await runChecks(wanted, { ...electronEnvironment(electron), ...screen.env });
  } finally {
    screen.stop();
  }
}

/** Types only: no Electron, no build, no display. */
async function typecheck() {
  checkNode();
  await installPackages();
  return runChecks('types', process.env);
}

/** The page comes from Vite, which renews it while its sources change. A window is what it is for, so a display is needed. */
async function dev() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Failure('There is no display for a window. Set DISPLAY.');
  const electron = await prepare();
  const [, ...flags] = electronFlags();
  return spawned(
    process.execPath,
    [...tool('electron-vite', ['dev', '-c', 'electron.config.ts']), ...(flags.length > 0 ? ['--noSandbox'] : []), '--', '--disable-gpu'],
    {
      // Vite's page has no policy, as Electron would say each time.
      env: { ...electronEnvironment(electron), ELECTRON_DISABLE_SECURITY_WARNINGS: '1' },
    },
  );
}

async function bench() {
  const electron = await prepare();
  const screen = await display();
  try {
    return await spawned(process.execPath, [join(ROOT, 'out', 'main', 'bench.js')], {
      env: { ...electronEnvironment(electron), ...screen.env },
    });
  } finally {
    screen.stop();
  }
}

const [command = 'start', ...args] = process.argv.slice(2);
const SOAK_SCENARIOS = 20_000;

/** The laws over random scenarios, round after round with new seeds, until one is broken or somebody stops it. */
async function soak() {
  checkNode();
  await installPackages();
  for (let round = 1; ; round++) {
    say(`round ${round}: ${SOAK_SCENARIOS} random scenarios (Ctrl+C ends)`);
    const status = await spawned(
      process.execPath,
      tool('vitest', ['run', '--project', 'main', 'src-main/model/laws/laws.test.ts', '-t', 'keep every law']),
      { env: { ...process.env, SOAK_RUNS: String(SOAK_SCENARIOS) } },
    );
    if (status !== 0) return status;
  }
}

const commands = { start, test, typecheck, dev, bench, soak };
if (args.includes('--help') || args.includes('-h') || !Object.hasOwn(commands, command)) {
  console.log(HELP);
  process.exitCode = Object.hasOwn(commands, command) ? 0 : 2;
} else {
  try {
    process.exitCode = await commands[command](args);
  } catch (error) {
    const isPlain = error instanceof Failure || error instanceof Misuse || error instanceof ElectronMissing;
    console.error(isPlain ? `\n${error.message}` : error);
    if (error instanceof Misuse) console.error('npm start -- --help lists what there is.');
    process.exitCode = error instanceof Misuse ? 2 : 1;
  }
}
