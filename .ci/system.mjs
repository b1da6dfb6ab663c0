/** What comes from Debian: the libraries that Electron needs, and the Xvfb that stands in for a display. */
import { spawnSync } from 'node:child_process';
import { Failure } from './failures.mjs';
import { quiet } from './processes.mjs';
import { setStamp, stampOf } from './set-up.mjs';

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

/** What packages run while they are installed is looked up in root's usual places, whatever the PATH of the checks is. */
const APT_ENVIRONMENT = {
  ...process.env,
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  DEBIAN_FRONTEND: 'noninteractive',
};

export const isRoot = () => process.getuid?.() === 0;

/** Installs Debian packages when root; otherwise says which command would. */
export async function apt(packages, why) {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!isRoot() || !hasApt) throw new Failure(`${why}\nInstall what is missing, then start again:\n  sudo apt-get ${install.join(' ')}`);
  await quiet('apt: package lists', 'apt-get', ['update', '-qq'], APT_ENVIRONMENT);
  await quiet(`apt: ${packages.join(' ')}`, 'apt-get', install, APT_ENVIRONMENT);
}

/** Every library that Electron's executable is linked with is there, or is installed. */
export async function checkLibraries({ dist, executable }) {
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
