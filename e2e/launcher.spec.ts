/** The parts of npm start that need no start. */
import { expect, test } from '@playwright/test';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { newFolder, removeFolder, ROOT } from './started-app';

/** Runs a module of plain Node whose standard input is `pieces`, one after the other. */
async function said(code: string, pieces: readonly Buffer[] = [], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answer = text(child.stdout);
  for (const piece of pieces) {
    child.stdin.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.stdin.end();
  return answer;
}

test('what is said in pieces arrives in whole characters, without the noise', async () => {
  const all = Buffer.from('轨迹写好了\n[1:1] ERROR:bus.cc(399) Failed to connect\r\nthe end');
  const code = `import { withoutNoise } from './.ci/noise.mjs'; await withoutNoise(process.stdin, (line) => process.stdout.write(line));`;
  expect(await said(code, [all.subarray(0, 4), all.subarray(4, 25), all.subarray(25)])).toBe('轨迹写好了\nthe end\n');
});

test('a switch that needs another one is refused without it', async () => {
  const code = `import { startSwitches } from './.ci/switches.mjs';
    for (const line of ['--export x --film webm --range 20-60 --height 360 --per-step 2 --step-ms 400', '--export x --play --scorm --range 3-7', '--range 3-7', '--play --height 360', '--film gif --scorm'])
      try { console.log(String(startSwitches(line.split(' ')).size)); } catch ({ message }) { console.log(message); }`;
  const lines = (await said(code)).trimEnd().split('\n');
  expect(lines).toEqual(['6', '4', '--range goes with --play or --film.', '--height goes with --film.', '--scorm goes with --play.']);
});

test('a stand-in that was prepared before is named at every start', async () => {
  const cache = newFolder();
  try {
    const dist = join(cache, 'schedville', 'electron-33.2.1-stand-in-1');
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, 'electron'), '');
    writeFileSync(`${dist}.ready`, '');
    const code = `import { findElectron } from './.ci/electron-runtime.mjs'; await findElectron(${JSON.stringify(cache)}, { say: console.log, busy: () => { throw new Error('downloads') } });`;
    expect(await said(code, [], { XDG_CACHE_HOME: cache, ELECTRON_OVERRIDE_DIST_PATH: '' })).toContain('stands in for the official one');
  } finally {
    removeFolder(cache);
  }
});

test('a damaged stand-in is named and removed; work of a killed fetch is swept', async () => {
  const cache = newFolder();
  const folder = join(cache, 'schedville');
  const dist = join(folder, 'electron-33.2.1-stand-in-1');
  const find = () =>
    said(
      `import { findElectron } from './.ci/electron-runtime.mjs'; await findElectron(${JSON.stringify(cache)}, { say: console.log, busy: () => { throw new Error('downloads') } }).catch(({ message }) => console.log(message));`,
      [],
      { XDG_CACHE_HOME: cache, ELECTRON_OVERRIDE_DIST_PATH: '' },
    );
  try {
    mkdirSync(join(dist, 'locales'), { recursive: true });
    writeFileSync(join(dist, 'electron'), 'all of it');
    writeFileSync(join(dist, 'locales', 'zh-CN.pak'), 'words');
    writeFileSync(`${dist}.ready`, 'a mark without sizes');
    for (const name of ['work-999999999-a', `work-${process.pid}-b`]) mkdirSync(join(folder, name));
    expect(await find()).toContain('stands in for the official one');
    expect(existsSync(join(folder, 'work-999999999-a'))).toBe(false);
    expect(existsSync(join(folder, `work-${process.pid}-b`))).toBe(true);
    expect(await find()).not.toContain('damaged');
    writeFileSync(join(dist, 'locales', 'zh-CN.pak'), 'wo');
    expect(await find()).toMatch(/is damaged \(locales.zh-CN\.pak has 2 bytes instead of 5\): it is removed and prepared again\ndownloads/);
    expect(existsSync(dist)).toBe(false);
  } finally {
    removeFolder(cache);
  }
});

test('the configuration that a killed build has left is removed when it is old', async () => {
  const root = newFolder();
  try {
    const [old, fresh, own] = ['electron.config.ts.1.mjs', 'electron.config.ts.2.mjs', 'electron.config.ts'].map((name) =>
      join(root, name),
    );
    for (const path of [old!, fresh!, own!]) writeFileSync(path, '');
    for (const path of [old!, own!]) utimesSync(path, 0, 0);
    await said(`import { sweepConfigs } from './.ci/leftovers.mjs'; sweepConfigs(${JSON.stringify(root)});`);
    expect([old, fresh, own].map((path) => existsSync(path!))).toEqual([false, true, true]);
  } finally {
    removeFolder(root);
  }
});

test('without a network one sentence says what to do', async () => {
  const code = `import { offlineReason } from './.ci/offline.mjs';
    console.log(offlineReason('The npm packages', 'npm error code ENOTFOUND\\nnpm error network request to x failed'));
    console.log(String(offlineReason('The npm packages', 'npm error code EUSAGE')));`;
  const [offline, other] = (await said(code)).trimEnd().split('\n');
  expect(offline).toContain('The npm packages cannot be fetched: the npm registry cannot be reached (ENOTFOUND)');
  expect(other).toBe('null');
});

test('a full disk, or one that may not be written to, is told in a sentence; anything else is not', async () => {
  const code = `import { diskReason } from './.ci/disk.mjs';
    for (const said of ['npm error code ENOSPC', 'tar: x: Cannot write: No space left on device', "EACCES: permission denied, mkdir '/opt/a b/node_modules'", 'TypeError: x'])
      console.log(String(diskReason(said)));`;
  const lines = (await said(code)).trimEnd().split('\n');
  expect(lines[0]).toContain('There is no space left on the disk. Schedville needs about 1.5 GB');
  expect(lines[1]).toBe(lines[0]);
  expect(lines[2]).toContain('/opt/a b/node_modules cannot be written to (EACCES)');
  expect(lines[3]).toBe('null');
});

/** The launcher in a checkout of its own, of which nothing is set up. */
function copyOfLauncher(folder: string): string {
  const copy = join(folder, '目录 with 空格');
  mkdirSync(copy);
  cpSync(join(ROOT, '.ci'), join(copy, '.ci'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'electron-builder.config.js']) cpSync(join(ROOT, file), join(copy, file));
  return copy;
}

/** A folder for each package that package.json names, as npm ci leaves them. */
function packagesIn(copy: string): void {
  const { devDependencies } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
  for (const name of Object.keys(devDependencies)) {
    mkdirSync(join(copy, 'node_modules', name), { recursive: true });
    writeFileSync(join(copy, 'node_modules', name, 'package.json'), '{}');
  }
}

test('a package that has gone from node_modules is missed, though all was fetched before', () => {
  const folder = newFolder();
  try {
    const copy = copyOfLauncher(folder);
    const has = (): string =>
      spawnSync(
        process.execPath,
        ['--input-type=module', '-e', `import { hasPackages } from './.ci/set-up.mjs'; process.stdout.write(String(hasPackages()));`],
        { cwd: copy, encoding: 'utf8' },
      ).stdout;
    expect(has()).toBe('false');
    packagesIn(copy);
    expect(has()).toBe('true');
    rmSync(join(copy, 'node_modules', 'svelte'), { recursive: true });
    expect(has()).toBe('false');
  } finally {
    removeFolder(folder);
  }
});

test('a folder with Chinese characters and blanks, and a cache that cannot be one: the reason, without a stack', () => {
  const folder = newFolder();
  try {
    const copy = copyOfLauncher(folder);
    // As npm ci leaves it: nothing is to be fetched here.
    packagesIn(copy);
    const code = `import { createHash } from 'node:crypto'; import { readFileSync } from 'node:fs'; import { setStamp } from './.ci/set-up.mjs';
      setStamp('packages', createHash('sha256').update([readFileSync('package-lock.json', 'utf8'), process.version].join('\\0')).digest('hex'));`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: copy, encoding: 'utf8' }).stderr).toBe('');
    writeFileSync(join(folder, 'file'), '');
    const dist = join(folder, '电子');
    mkdirSync(dist);
    const start = (environment: NodeJS.ProcessEnv): { status: number | null; stderr: string } =>
      spawnSync(process.execPath, [join(copy, '.ci', 'launch.mjs'), 'start'], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, ...environment },
      });
    const named = start({ ELECTRON_OVERRIDE_DIST_PATH: dist });
    expect(named.stderr).toContain(`ELECTRON_OVERRIDE_DIST_PATH is ${dist}, but there is no`);
    const shut = start({ ELECTRON_OVERRIDE_DIST_PATH: '', XDG_CACHE_HOME: join(folder, 'file') });
    expect(shut.stderr).toContain('file/schedville cannot be written to (ENOTDIR)');
    for (const { status, stderr } of [named, shut]) {
      expect(status).toBe(1);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  } finally {
    removeFolder(folder);
  }
});

test('an ordinary user, in a checkout of somebody else’s: the reason, without a stack', () => {
  const folder = newFolder();
  const copy = copyOfLauncher(folder);
  try {
    const stamps = join(copy, 'node_modules', '.schedville');
    mkdirSync(stamps, { recursive: true });
    writeFileSync(join(stamps, 'packages'), 'of another lockfile');
    spawnSync('chmod', ['-R', 'a+rX,a-w', folder]);
    const { status, stderr } = spawnSync(process.execPath, [join(copy, '.ci', 'launch.mjs'), 'start'], {
      cwd: copy,
      encoding: 'utf8',
      // Nobody, where we are root: root may write everywhere.
      ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
    });
    expect(stderr).toMatch(/目录 with 空格.*packages cannot be written to \(EACCES\)/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
  } finally {
    spawnSync('chmod', ['-R', 'u+w', folder]);
    removeFolder(folder);
  }
});

test('a part of the set-up that was killed in its middle is done again, though all was as wanted before', () => {
  const folder = newFolder();
  try {
    const copy = copyOfLauncher(folder);
    const run = (code: string): { stdout: string; signal: NodeJS.Signals | null } =>
      spawnSync(process.execPath, ['--input-type=module', '-e', `import { once } from './.ci/set-up.mjs'; ${code}`], {
        cwd: copy,
        encoding: 'utf8',
      });
    const does = `await once('build', 'now', () => console.log('works'));`;
    expect(run(does).stdout).toBe('works\n');
    expect(run(does).stdout).toBe('');
    expect(run(`await once('build', 'changed', () => process.kill(process.pid, 'SIGKILL'));`).signal).toBe('SIGKILL');
    expect(run(does).stdout).toBe('works\n');
    expect(run(`await once('build', 'now', () => console.log('works'), () => false);`).stdout).toBe('works\n');
  } finally {
    removeFolder(folder);
  }
});

test('a build of which a file was cut off or has gone is not taken for whole', () => {
  const folder = newFolder();
  try {
    const copy = copyOfLauncher(folder);
    const made = join(folder, 'made', 'main');
    mkdirSync(made, { recursive: true });
    writeFileSync(join(made, 'index.js'), 'console.log(1);\n');
    writeFileSync(join(made, 'sim.js'), 'console.log(2);\n');
    const run = (code: string): string =>
      spawnSync(process.execPath, ['--input-type=module', '-e', `import { isAsMade, sizesIn } from './.ci/set-up.mjs'; ${code}`], {
        cwd: copy,
        encoding: 'utf8',
      }).stdout;
    const sizes = run(`process.stdout.write(sizesIn('../made'));`);
    expect(sizes).toBe('16 main/index.js\n16 main/sim.js');
    const isWhole = (of = sizes): string => run(`process.stdout.write(String(isAsMade('../made', ${JSON.stringify(of)})));`);
    expect([isWhole(), isWhole('')]).toEqual(['true', 'false']);
    writeFileSync(join(made, 'more.js'), '');
    expect(isWhole()).toBe('true');
    writeFileSync(join(made, 'index.js'), 'console.');
    expect(isWhole()).toBe('false');
    writeFileSync(join(made, 'index.js'), 'console.log(1);\n');
    rmSync(join(made, 'sim.js'));
    expect(isWhole()).toBe('false');
  } finally {
    removeFolder(folder);
  }
});

test('checks run side by side, each one’s output in one piece, and all of them when one fails', async () => {
  // Each waits for the other's file, so that neither could end alone.
  const folder = newFolder();
  const check = (name: string, other: string, status: number) => ({
    name,
    args: [
      '-e',
      `const { existsSync, writeFileSync } = require('node:fs');
       console.log('${name} begins');
       writeFileSync(${JSON.stringify(join(folder, name))}, '');
       const timer = setInterval(() => {
         if (!existsSync(${JSON.stringify(join(folder, other))})) return;
         clearInterval(timer);
         console.log('${name} ends');
         process.exitCode = ${status};
       }, 10);`,
    ],
  });
  const all = [check('one', 'two', 1), check('two', 'one', 0), { name: 'three', args: ['-e', ''], needsApp: true }];
  const code = `import { sideBySide } from './.ci/checks.mjs';
    process.exitCode = await sideBySide(${JSON.stringify(all)}, () => { throw new Error('no app here'); });
    console.log(\`status \${process.exitCode}\`);`;
  try {
    const lines = (await said(code)).trimEnd().split('\n');
    expect(lines.indexOf('one ends') - lines.indexOf('one begins')).toBe(1);
    expect(lines.indexOf('two ends') - lines.indexOf('two begins')).toBe(1);
    expect(lines).toContain('▸ no app here');
    // The reasons stand once more at the end, and nothing of what passed.
    const again = lines.slice(lines.indexOf('▸ one, once more how it ended:'));
    expect(again).toEqual(expect.arrayContaining(['one ends', '▸ no app here']));
    expect(again).not.toContain('two ends');
    expect(lines.slice(-2)).toEqual(['1 passed, 2 failed', 'status 1']);
  } finally {
    removeFolder(folder);
  }
});
