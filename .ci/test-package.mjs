/**
 * npm run package -- --test: starts what was built as its users would. The unpacked program is driven through its window; the tar.gz and the
 * .deb are started as they are, as an ordinary user where we are root. Each check is one line.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { display } from './display.mjs';
import { driveWindow } from './drive-window.mjs';
import { OUTPUT, unpackedFolder } from './build-packages.mjs';
import { ROOT, say } from './processes.mjs';
import { builtAgain } from './reproduce.mjs';
import { isRoot } from './system.mjs';

const PATIENCE_MS = 300_000;
const LOOK_MS = 250;
const STAYS_MS = 3_000;
/** Until a window is whole and Chromium has written what it keeps. */
const USED_MS = 6_000;

/** Whom the program is started as: whoever we are, or a user that is made for it. */
function makeUser() {
  if (!isRoot()) return { uid: process.getuid(), gid: process.getgid(), home: process.env.HOME, remove: () => undefined };
  const name = `schedville-${process.pid}`;
  const made = spawnSync('useradd', ['--create-home', '--user-group', name], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`useradd failed: ${made.stderr}`);
  const idOf = (flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g'), home: `/home/${name}`, remove: () => spawnSync('userdel', ['--remove', name]) };
}

class Report {
  failed = 0;

  async check(what, work) {
    try {
      const detail = await work();
      say(`ok     ${what}${typeof detail === 'string' ? `: ${detail}` : ''}`);
    } catch (error) {
      this.failed++;
      say(`FAILED ${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function expect(isSo, what) {
  if (!isSo) throw new Error(what);
}

/** The release as it is, started by a user. */
class Program {
  constructor(executable, user, env) {
    this.executable = executable;
    this.user = user;
    this.env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: user.home, XDG_RUNTIME_DIR: '', ...env };
  }

  start(args, env = {}, always = ['--disable-gpu']) {
    const { uid, gid, home } = this.user;
    return spawn(this.executable, [...always, ...args], {
      uid,
      gid,
      cwd: home,
      env: { ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** To its end: status and what it said. */
  async run(args, env) {
    const child = this.start(args, env);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    const status = await new Promise((resolve) => child.once('close', resolve));
    clearTimeout(timer);
    return { status, said };
  }

  /** Does `work` while its window is open, once it has a page. */
  async whileOpen(args, work, always) {
    const child = this.start(args, {}, always);
    const gone = new Promise((resolve) => child.once('close', resolve));
    try {
      for (let waited = 0; waited < PATIENCE_MS && child.exitCode === null && child.signalCode === null; waited += LOOK_MS) {
        const renderer = childrenOf(child.pid).find((pid) => commandOf(pid).includes('--type=renderer'));
        if (renderer !== undefined) return await work(renderer, child);
        await after(LOOK_MS);
      }
      throw new Error(`no page has come (${child.exitCode ?? child.signalCode ?? 'it runs'})`);
    } finally {
      child.kill('SIGTERM');
      await gone;
    }
  }
}

const commandOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

/** All descendants of a process. */
function childrenOf(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return [Number(name), Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1])];
      } catch {
        return [Number(name), 0];
      }
    });
  const of = (one) => parents.filter(([, parent]) => parent === one).flatMap(([child]) => [child, ...of(child)]);
  return of(pid);
}

const statusLine = (pid, key) => new RegExp(`^${key}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';

/** A page is in a namespace of its own and may call only what Chromium's filter lets through. */
function sandboxOf(renderer) {
  const [seccomp, filters, pids] = ['Seccomp', 'Seccomp_filters', 'NSpid'].map((key) => statusLine(renderer, key));
  expect(seccomp === '2', `Seccomp is ${seccomp}, not 2`);
  expect(pids.split(/\s+/).length > 1, `the page sees the machine's processes (NSpid ${pids})`);
  return `Seccomp ${seccomp} (${filters} filters), NSpid ${pids.replace(/\s+/g, ' ')}`;
}

async function playsAndExports(program, extra = []) {
  const to = mkdtempSync(join(tmpdir(), 'schedville-exported-'));
  try {
    chmodSync(to, 0o777);
    const target = join(to, '图 片');
    const { status, said } = await program.run([`--export=${target}`, `--user-data-dir=${join(to, 'data')}`, ...extra]);
    expect(
      status === 0,
      `ended with ${status}: ${said
        .split('\n')
        .filter((line) => !line.includes(':bus.cc'))
        .slice(-5)
        .join(' | ')}`,
    );
    const files = readdirSync(target);
    const pictures = files.filter((name) => name.endsWith('.png')).length;
    const traces = files.filter((name) => name.endsWith('.jsonl')).length;
    expect(pictures > 15 && traces > 0, `${pictures} pictures, ${traces} traces`);
    return `${pictures} pictures, ${traces} traces`;
  } finally {
    rmSync(to, { recursive: true, force: true });
  }
}

/** As a teacher prints for a class: every hand-out of the first lesson, with its letters. */
async function handsOut(program) {
  const to = mkdtempSync(join(tmpdir(), 'schedville-printed-'));
  try {
    chmodSync(to, 0o777);
    const target = join(to, '讲义');
    const { status, said } = await program.run([`--export=${target}`, '--handout', '--lang=zh', `--user-data-dir=${join(to, 'data')}`]);
    expect(status === 0, `ended with ${status}: ${said.trim().split('\n').at(-1)}`);
    const files = readdirSync(target);
    const ends = ['.pdf', '.html', '.pptx'];
    for (const end of ends)
      expect(
        files.some((name) => name.endsWith(end)),
        `no ${end} among ${files.join(', ')}`,
      );
    const page = files.find((name) => name.endsWith('.html'));
    expect(readFileSync(join(target, page), 'utf8').includes('font/woff2;base64,'), 'the page has no letters of its own');
    return ends.map((end) => `${files.filter((name) => name.endsWith(end)).length} ${end}`).join(', ');
  } finally {
    rmSync(to, { recursive: true, force: true });
  }
}

/** The unpacked program, driven through its window. A debugger can only come in through a copy in which that one fuse is switched on. */
async function testUnpacked(report, folder, env) {
  const copy = mkdtempSync(join(tmpdir(), 'schedville-package-'));
  try {
    const product = join(copy, 'Schedville');
    cpSync(folder, product, { recursive: true });
    const executable = join(product, 'schedville');
    const { flipFuses, FuseV1Options, FuseVersion } = createRequire(import.meta.url)('@electron/fuses');
    await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
    await driveWindow(report, executable, join(copy, 'data'), env);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** What the fuses and the program refuse, tried from outside. */
async function testShut(report, program) {
  for (const args of [['--remote-debugging-port=0'], ['--inspect=0'], ['--js-flags=--expose-gc']])
    await report.check(`${args[0]} is refused`, async () => {
      const { status, said } = await program.run([...args, '--export=/nonexistent/x']);
      expect(status === 2 && said.includes('is refused'), `ended with ${status}: ${said.slice(0, 200)}`);
      expect(!said.includes('listening on'), 'a debugger was let in');
    });
  await report.check('it cannot be run as Node', async () => {
    const { said } = await program.run(['-p', '"ran as " + "node"', '--export=/nonexistent/x'], { ELECTRON_RUN_AS_NODE: '1' });
    expect(!said.includes('ran as node'), 'it ran as Node');
  });
  await report.check('NODE_OPTIONS changes nothing', async () => {
    const { said } = await program.run(['--js-flags=x'], { NODE_OPTIONS: '--require=/nonexistent/schedville-probe.js' });
    expect(!said.includes('schedville-probe'), 'Node has looked for the file');
  });
}

/** What somebody at a terminal is told, and the status for a script. */
async function testSwitches(report, program) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const [args, wanted, text] of [
    [['--version'], 0, `schedville ${version}`],
    [['--help', '--lang=zh'], 0, '退出码'],
    [['--help', '--lang=en'], 0, 'Exit status'],
    [['--handout'], 2, '--handout goes with --export'],
    [['--export=/nonexistent/x', '--handuot', '--lang=zh'], 2, '是不是 --handout'],
    [['--export=/nonexistent/x', '/nonexistent/a.scenario.yaml'], 1, 'There is no such file: /nonexistent/a.scenario.yaml'],
    [['--export=/nonexistent/x', '--lang=en'], 1, 'cannot write'],
  ])
    await report.check(`schedville ${args.join(' ')} ends with ${wanted}`, async () => {
      const { status, said } = await program.run(args);
      expect(status === wanted && said.includes(text), `ended with ${status}: ${said.slice(0, 300)}`);
    });
  await report.check('without a desktop it says so, and does not crash', async () => {
    const { status, said } = await program.run(['--export=/nonexistent/x', '--lang=en'], { DISPLAY: '' });
    expect(status === 1 && said.includes('There is no desktop here'), `ended with ${status}: ${said.slice(0, 300)}`);
  });
}

/** V8 puts another in the place of what it does not believe, and Chromium sweeps away what is no cache of its own. */
async function testCodeCache(report, program, brought) {
  await report.check('what V8 has made of the scripts is brought along, and a first start believes it', async () => {
    const names = readdirSync(brought);
    const data = mkdtempSync(join(tmpdir(), 'schedville-data-'));
    try {
      chmodSync(data, 0o777);
      await program.whileOpen([`--user-data-dir=${data}`], () => after(USED_MS));
      const kept = join(data, 'Code Cache', 'js');
      // Beside each there is a small file with the time at which it was read last.
      const code = names.filter((name) => statSync(join(brought, name)).size > 1024);
      const isSame = (name) => existsSync(join(kept, name)) && readFileSync(join(kept, name)).equals(readFileSync(join(brought, name)));
      const other = code.filter((name) => !isSame(name));
      expect(other.length === 0, `${other.length} of ${code.length} are others after the first start`);
      expect(code.length > 0, 'there is none');
      return `${code.length} scripts`;
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });
}

/** In a folder that nobody may write into, with blanks and Chinese characters in its path; then beside data of its own. */
async function testArchive(report, archive, user, env) {
  const base = mkdtempSync(join(tmpdir(), 'schedville-archive-'));
  try {
    const place = join(base, '目录 with 空格');
    mkdirSync(place);
    expect(spawnSync('tar', ['-xzf', archive, '-C', place, '--no-same-owner']).status === 0, 'tar failed');
    const [top] = readdirSync(place);
    const folder = join(place, top);
    for (const each of [base, place]) chmodSync(each, 0o755);
    const program = new Program(join(folder, 'schedville'), user, env);
    await testShut(report, program);
    await testSwitches(report, program);
    spawnSync('chmod', ['-R', 'a-w', folder]);
    await testCodeCache(report, program, join(folder, 'resources', 'code-cache'));
    await report.check(
      'tar.gz in a read-only folder with blanks and Chinese characters: the first lesson plays, pictures and trace are exported',
      () => playsAndExports(program),
    );
    spawnSync('chmod', ['-R', 'u+w', folder]);
    const data = join(folder, 'schedville-data');
    mkdirSync(data);
    chmodSync(data, 0o777);
    // Of the starts before.
    rmSync(join(user.home, '.config'), { recursive: true, force: true });
    await report.check('portable: data are kept beside the program, and nothing in the home', () =>
      program.whileOpen([], async () => {
        const log = join(data, 'logs', 'schedville.log');
        for (let waited = 0; waited < PATIENCE_MS && !existsSync(log); waited += LOOK_MS) await after(LOOK_MS);
        expect(existsSync(log), 'no log');
        expect(!readFileSync(log, 'utf8').includes(user.home), 'the log names the user’s home');
        expect(!existsSync(join(user.home, '.config', 'Schedville')), '~/.config/Schedville was made');
      }),
    );
  } finally {
    spawnSync('chmod', ['-R', 'u+w', base]);
    rmSync(base, { recursive: true, force: true });
  }
}

const apt = (args) =>
  spawnSync('apt-get', ['-y', '-q', ...args], { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });

/** A home on a disk that is full, or that may not be written to: the class has its lesson all the same. */
async function testUnwritable(report, program, user) {
  for (const [what, make] of [
    ['that may not be written to', (home) => spawnSync('mount', ['-o', 'remount,ro', home])],
    ['on a full disk', (home) => spawnSync('dd', ['if=/dev/zero', `of=${join(home, 'fill')}`, 'bs=4k'])],
  ]) {
    const home = mkdtempSync(join(tmpdir(), 'schedville-home-'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=1m,mode=755,uid=${user.uid}`, 'tmpfs', home]).status !== 0) {
      rmSync(home, { recursive: true });
      say(`not tested: a home ${what} (nothing can be mounted here)`);
      continue;
    }
    try {
      make(home);
      const there = new Program(program.executable, { ...user, home }, program.env);
      there.env.HOME = home;
      await report.check(`with a home ${what} it opens its window`, () =>
        there.whileOpen([], async (renderer, child) => {
          await after(STAYS_MS);
          expect(child.exitCode === null, `it has ended with ${child.exitCode}`);
          expect(statusLine(renderer, 'State') !== '', 'its page has gone');
        }),
      );
    } finally {
      spawnSync('umount', [home]);
      rmSync(home, { recursive: true, force: true });
    }
  }
}

/** As an administrator installs it and a pupil starts it; afterwards nothing is left but what the pupil has made. */
async function testDeb(report, deb, user, env) {
  // apt's own user has to read it.
  const copy = join(mkdtempSync(join(tmpdir(), 'schedville-deb-')), 'schedville.deb');
  copyFileSync(deb, copy);
  chmodSync(join(copy, '..'), 0o755);
  try {
    let isInstalled = false;
    await report.check('the .deb is installed with apt', () => {
      const { status, stdout, stderr } = apt(['install', '--no-install-recommends', copy]);
      expect(status === 0, (stderr || stdout).trim().split('\n').at(-1));
      isInstalled = true;
    });
    if (!isInstalled) return;
    const installed = spawnSync('dpkg', ['-L', 'schedville'], { encoding: 'utf8' }).stdout.trim().split('\n');
    const program = new Program('/usr/bin/schedville', user, env);
    if (spawnSync('desktop-file-validate', ['--version']).status === 0)
      await report.check('its desktop entry is valid', () => {
        const { status, stdout } = spawnSync('desktop-file-validate', ['/usr/share/applications/schedville.desktop'], { encoding: 'utf8' });
        expect(status === 0, stdout);
      });
    await report.check('started by an ordinary user, its page is in the full sandbox', () =>
      program.whileOpen([], (renderer) => sandboxOf(renderer)),
    );
    await report.check('without a graphics card, and without being told so, it opens its window', () =>
      program.whileOpen(
        [],
        async (_renderer, child) => {
          await after(STAYS_MS);
          expect(child.exitCode === null, `it has ended with ${child.exitCode}`);
        },
        [],
      ),
    );
    await report.check('it plays and exports as an ordinary user', () => playsAndExports(program));
    await report.check('it makes hand-outs as an ordinary user', () => handsOut(program));
    await testUnwritable(report, program, user);
    await report.check('removed without a trace but the user’s data', () => {
      const { status, stderr } = apt(['purge', 'schedville']);
      expect(status === 0, stderr);
      const left = installed.filter((path) => path.includes('chedville') && existsSync(path));
      expect(left.length === 0, `left: ${left.join(', ')}`);
      expect(existsSync(join(user.home, '.config', 'Schedville')), 'the user’s data are gone');
    });
  } finally {
    rmSync(join(copy, '..'), { recursive: true, force: true });
  }
}

/** `electron`: what the packages were built with. */
export async function testPackages(electron) {
  if (process.platform !== 'linux') {
    say('packages are tested on Linux only; here start them by hand');
    return 0;
  }
  const report = new Report();
  const screen = await display();
  const env = { DISPLAY: screen.env.DISPLAY ?? process.env.DISPLAY };
  const user = makeUser();
  try {
    const folder = unpackedFolder({ os: 'linux', arch: process.arch });
    if (existsSync(folder))
      await report.check('built again in another folder, app.asar has the same bytes', async () => `sha256 ${await builtAgain(electron)}`);
    if (existsSync(folder)) await testUnpacked(report, folder, { ...process.env, ...env });
    const files = readdirSync(OUTPUT).filter((name) => name.includes(`-linux-${process.arch}`));
    const archive = files.find((name) => name.endsWith('.tar.gz'));
    if (archive) await testArchive(report, join(OUTPUT, archive), user, env);
    const deb = files.find((name) => name.endsWith('.deb'));
    if (deb && isRoot()) await testDeb(report, join(OUTPUT, deb), user, env);
    else if (deb) say('not tested: the .deb (installing it needs root)');
  } finally {
    user.remove();
    screen.stop();
  }
  say(report.failed === 0 ? 'all packages work' : `${report.failed} checks failed`);
  return report.failed === 0 ? 0 : 1;
}
