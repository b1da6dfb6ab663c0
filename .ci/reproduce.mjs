/**
 * Whether the same sources give the same bytes: they are built a second time, in another folder, and the two app.asar are compared. Whoever
 * doubts a package can build it from its commit and look.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { configuration } from '../electron-builder.config.js';
import { buildWith, OUTPUT, unpackedFolder } from './build-packages.mjs';
import { ROOT, tool } from './processes.mjs';

const require = createRequire(import.meta.url);

/** What git knows of, and what is new and not ignored. Not in the order of the folder. */
function sources() {
  const { stdout, status } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('this is no checkout of git');
  return stdout.split('\0').filter(Boolean).reverse();
}

function run(cwd, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'Asia/Shanghai' },
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${(stderr || stdout).trim().split('\n').at(-1)}`);
}

const { extractFile, listPackage, statFile } = require('@electron/asar');
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Path -> hash of what is in it; null: a folder. */
const contentsOf = (archive) =>
  new Map(
    listPackage(archive).map((path) => {
      const inside = statFile(archive, path.slice(1));
      return [path, inside.files ? null : hashOf(extractFile(archive, path.slice(1)))];
    }),
  );

/** The files in which two archives differ. */
function differing(one, two) {
  const [ours, theirs] = [contentsOf(one), contentsOf(two)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].filter((path) => ours.get(path) !== theirs.get(path));
}

/** As npm ci would bring it, in no time: the same files under another name, where the folder is on the same disk. */
function linkPackages(folder) {
  const [from, to] = [ROOT, folder].map((each) => join(each, 'node_modules'));
  if (spawnSync('cp', ['-al', from, to]).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** Builds again and compares with what was built before; the hash of both. Throws with what differs. */
export async function builtAgain(electron) {
  const first = join(unpackedFolder({ os: 'linux', arch: process.arch }), 'resources', 'app.asar');
  const folder = realpathSync(mkdtempSync(join(tmpdir(), '又一次-again-')));
  try {
    for (const path of sources()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      copyFileSync(join(ROOT, path), join(folder, path));
    }
    linkPackages(folder);
    run(folder, tool('electron-vite', ['build', '-c', 'electron.config.ts']));
    run(folder, [join(folder, 'out', 'main', 'prepare.js')]);
    const standIn = electron.standIn ? readFileSync(join(electron.dist, 'version'), 'utf8').trim() : null;
    const output = join(folder, 'dist');
    const config = configuration({ runtime: electron.dist, standIn, output });
    await buildWith(require('electron-builder'), { os: 'linux', arch: process.arch }, ['dir'], config, folder);
    const second = join(output, unpackedFolder({ os: 'linux', arch: process.arch }).slice(OUTPUT.length + 1), 'resources', 'app.asar');
    const [a, b] = [first, second].map((archive) => hashOf(readFileSync(archive)));
    if (a !== b) throw new Error(`they differ in ${differing(first, second).slice(0, 8).join(', ') || 'their order'}`);
    return a;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
