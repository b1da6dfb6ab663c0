/** npm run package: builds what can be built where it runs, and says of each other target in one line what it needs. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { configuration } from '../electron-builder.config.js';
import { makeCodeCache } from './code-cache.mjs';
import { display } from './display.mjs';
import { Failure } from './failures.mjs';
import { readFuses, wrongFuses } from './fuses.mjs';
import { makeDeb } from './make-deb.mjs';
import { missingFor, nameOf, TARGETS } from './package-targets.mjs';
import { busy, ROOT, say } from './processes.mjs';
import { windowsLayout } from './windows-layout.mjs';

const require = createRequire(import.meta.url);
export const OUTPUT = join(ROOT, 'dist');

/** The program may add so much to Electron. */
const MOST_ADDED_BYTES = 15 * 1024 * 1024;

/** Beside app.asar. */
const CODE_CACHE = 'code-cache';

const MIB = 1024 * 1024;
const mib = (bytes) => `${(bytes / MIB).toFixed(1)} MiB`;

export function bytesBelow(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? bytesBelow(path) : lstatSync(path).size;
  }
  return bytes;
}

/** Where electron-builder leaves a target's folder. */
export const unpackedFolder = ({ os, arch }) =>
  join(OUTPUT, os === 'mac' ? (arch === 'x64' ? 'mac' : `mac-${arch}`) : `${os}${arch === 'x64' ? '' : `-${arch}`}-unpacked`);

/** The time of the commit, so that the same commit gives the same files. */
function commitSeconds() {
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT, encoding: 'utf8' });
  return Number(stdout?.trim()) || Math.floor(statSync(join(ROOT, 'package.json')).mtimeMs / 1000);
}

/** 7-Zip as its npm package brings it, without the right to be run. */
function sevenZip() {
  const { path7za } = require('7zip-bin');
  if (process.platform !== 'win32') chmodSync(path7za, 0o755);
  return path7za;
}

/** Builds the kinds of one system and processor in one go, as electron-builder does best. */
export async function buildWith(builder, { os, arch }, kinds, config, projectDir = ROOT) {
  const { build, Platform, Arch } = builder;
  const platform = { linux: Platform.LINUX, win: Platform.WINDOWS, mac: Platform.MAC }[os];
  await build({ projectDir, targets: platform.createTarget(kinds, Arch[arch]), config, publish: 'never' });
}

/** Those of one system and processor, which are built in one go. `electron`: what findElectron found; `told`: what has been said and has failed so far. */
async function buildGroup(builder, able, { electron, standIn, version, told }) {
  const [first] = able;
  const isOwn = first.os === { linux: 'linux', win32: 'win', darwin: 'mac' }[process.platform] && first.arch === process.arch;
  const packed = isOwn ? (folder) => bringCodeCache(first, folder, told) : null;
  const config = configuration({ runtime: isOwn ? electron.dist : null, standIn, packed });
  const kinds = able.map(({ kind }) => kind).filter((kind) => kind !== 'deb');
  try {
    await busy(`${first.os} ${first.arch}: ${able.map(({ kind }) => kind).join(', ')}`, async () => {
      await buildWith(builder, first, kinds.length > 0 ? kinds : ['dir'], config);
      if (!able.some(({ kind }) => kind === 'deb')) return;
      const mark = standIn === null ? '' : `-stand-in-electron-${standIn}`;
      const to = join(OUTPUT, `schedville-${version}-linux-${first.arch}${mark}.deb`);
      makeDeb({ unpacked: unpackedFolder(first), to, version, arch: first.arch, seconds: commitSeconds(), isQuick: standIn !== null });
    });
    told.lines.push(...(await toldOf(first, isOwn ? electron.dist : null, told.failed)));
    told.lines.push(...able.map((target) => `built     ${nameOf(target)}`));
  } catch (error) {
    told.failed.push(`${first.os} ${first.arch}`);
    told.lines.push(`FAILED    ${first.os} ${first.arch}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`);
  }
}

/** Puts beside the program what V8 makes of its scripts. Where it cannot be started a package has none, and a first start takes somewhat longer. */
async function bringCodeCache(target, folder, told) {
  try {
    const screen = await display();
    try {
      const [executable, resources] = [executableIn(target, folder), resourcesIn(target, folder)];
      const bytes = await makeCodeCache(executable, [], { env: screen.env, to: join(resources, CODE_CACHE) });
      told.lines.push(`${target.os} ${target.arch} brings ${mib(bytes)} that V8 has made of its scripts`);
    } finally {
      screen.stop();
    }
  } catch (error) {
    told.lines.push(
      `${target.os} ${target.arch} brings nothing that V8 has made of its scripts: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** With the stand-in runtime Windows has no program of its own: the folder of one is laid out and looked at. */
async function layOut(builder, target, { electron, standIn, version, told }) {
  const build = (config) => buildWith(builder, target, ['dir'], config);
  try {
    const asar = join(unpackedFolder({ os: 'linux', arch: process.arch }), 'resources', 'app.asar');
    const { arch } = target;
    told.lines.push(await windowsLayout({ arch, version, standIn, from: electron.dist, output: OUTPUT, asar, build }));
  } catch (error) {
    told.failed.push(nameOf(target));
    told.lines.push(`FAILED    layout of ${nameOf(target)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The packages that lie in the output now, with their sizes. */
function sizesOfPackages() {
  const packages = readdirSync(OUTPUT)
    .sort()
    .filter((name) => name.startsWith('schedville-') && statSync(join(OUTPUT, name)).isFile());
  return packages.map((name) => `${name}: ${mib(statSync(join(OUTPUT, name)).size)}`);
}

/**
 * `electron`: what findElectron found; `wanted`: only targets with the word in their names. What failed is told and does not keep the others from
 * being built. Resolves to the exit status.
 */
export async function buildPackages(electron, wanted) {
  const standIn = electron.standIn ? readFileSync(join(electron.dist, 'version'), 'utf8').trim() : null;
  const here = {
    platform: process.platform,
    arch: process.arch,
    standIn: electron.standIn,
    hasDpkg: spawnSync('dpkg-deb', ['--version'], { stdio: 'ignore' }).status === 0,
  };
  const chosen = TARGETS.filter((target) => nameOf(target).includes(wanted));
  if (chosen.length === 0) throw new Failure(`No target is called ${wanted}. There are: ${TARGETS.map(nameOf).join(', ')}.`);
  if (standIn !== null)
    say(`built on the stand-in runtime (Electron ${standIn}): for tests only, file names and About say so. This is no release.`);
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  process.env.ELECTRON_BUILDER_7ZIP_PATH ??= sevenZip();
  process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ??= standIn === null ? '9' : '1';
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const builder = require('electron-builder');
  const told = { lines: [], failed: [] };
  const how = { electron, standIn, version, told };
  const groups = Map.groupBy?.(chosen, groupOf) ?? grouped(chosen);
  for (const group of groups.values()) {
    const able = group.filter((target) => missingFor(target, here) === null);
    for (const target of group)
      if (!able.includes(target)) told.lines.push(`not built ${nameOf(target)}: it needs ${missingFor(target, here)}`);
    if (able.length > 0) await buildGroup(builder, able, how);
  }
  if (standIn !== null && process.platform !== 'win32')
    for (const target of chosen.filter(({ os, kind }) => os === 'win' && kind === 'dir')) await layOut(builder, target, how);
  for (const line of [...told.lines, ...sizesOfPackages()]) say(line);
  return told.failed.length === 0 ? 0 : 1;
}

const groupOf = ({ os, arch }) => `${os} ${arch}`;

function grouped(targets) {
  const groups = new Map();
  for (const target of targets) groups.set(groupOf(target), [...(groups.get(groupOf(target)) ?? []), target]);
  return groups;
}

/** How large the unpacked program is beside its runtime, and whether its fuses are what they are to be. */
async function toldOf(target, runtime, failed) {
  const folder = unpackedFolder(target);
  const resources = resourcesIn(target, folder);
  const asar = join(resources, 'app.asar');
  const code = join(resources, CODE_CACHE);
  const added = statSync(asar).size + (existsSync(code) ? bytesBelow(code) : 0);
  const hash = createHash('sha256').update(readFileSync(asar)).digest('hex');
  const lines = [
    `${target.os} ${target.arch} unpacked: ${mib(bytesBelow(folder))}, of it the program ${mib(added)} (at most ${mib(MOST_ADDED_BYTES)})`,
  ];
  lines.push(`app.asar: sha256 ${hash}`);
  if (runtime !== null && existsSync(runtime)) lines.push(`the runtime by itself, with all its languages: ${mib(bytesBelow(runtime))}`);
  if (added > MOST_ADDED_BYTES) failed.push('too large');
  const wrong = wrongFuses(await readFuses(executableOf(target)));
  if (wrong.length > 0) failed.push('fuses');
  lines.push(wrong.length === 0 ? 'fuses: as configured, read back from the executable' : `FAILED    fuses: ${wrong.join(', ')}`);
  return lines;
}

export function executableOf(target) {
  const folder = unpackedFolder(target);
  return target.os === 'mac' ? join(folder, 'Schedville.app') : executableIn(target, folder);
}

/** What is started of a target that lies unpacked in `folder`. */
function executableIn({ os }, folder) {
  if (os === 'mac') return join(folder, 'Schedville.app', 'Contents', 'MacOS', 'Schedville');
  return join(folder, os === 'win' ? 'Schedville.exe' : 'schedville');
}

const resourcesIn = ({ os }, folder) =>
  os === 'mac' ? join(folder, 'Schedville.app', 'Contents', 'Resources') : join(folder, 'resources');
