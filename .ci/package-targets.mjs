/** Every package that there is, and what it takes to build it: decided from where we are, before anything is tried. */

/** In the order in which they are built and told. `unpacked`: the folder that the others are made of. */
export const TARGETS = [
  ...['x64', 'arm64'].flatMap((arch) => ['dir', 'tar.gz', 'zip', 'deb', 'AppImage'].map((kind) => ({ os: 'linux', arch, kind }))),
  ...['x64', 'arm64'].flatMap((arch) => ['dir', 'zip', 'nsis', 'msi'].map((kind) => ({ os: 'win', arch, kind }))),
  ...['x64', 'arm64'].flatMap((arch) => ['dir', 'zip', 'dmg'].map((kind) => ({ os: 'mac', arch, kind }))),
];

export const nameOf = ({ os, arch, kind }) => `${os} ${arch} ${kind}`;

/** What `npm run package -- --help` says. */
export const PACKAGE_HELP = `npm run package builds packages of the program into dist/, and says of each other one what it needs.

  npm run package                 every package that can be built where it runs
  npm run package -- WORD         only those whose name contains WORD, such as linux, arm64 or deb; a name of several words in quotes: 'linux x64 deb'
  npm run package -- --test       also starts what was built, as its users would
  npm run package -- --help       this text

node .ci/package.mjs does the same, and takes the same without the -- in front.

Packages:
${TARGETS.map((target) => `  ${nameOf(target)}`).join('\n')}
`;

const SYSTEM = { linux: 'linux', win: 'win32', mac: 'darwin' };
const CALLED = { linux: 'Linux', win: 'Windows', mac: 'macOS' };

/**
 * What is missing for a target, in words; null: it can be built. `standIn`: only the stand-in runtime of this system could be had, so
 * nothing can be downloaded either. `hasDpkg`: Debian's own packager is there.
 */
export function missingFor({ os, arch, kind }, { platform, arch: own, standIn, hasDpkg }) {
  const isOwnSystem = SYSTEM[os] === platform;
  if (os === 'mac' && !isOwnSystem) return 'macOS (signing, links and disk images)';
  if (os === 'win' && !isOwnSystem && (kind === 'nsis' || kind === 'msi')) return 'Windows';
  if (os === 'linux' && platform === 'win32') return 'Linux or macOS (modes of files)';
  if (kind === 'deb' && !hasDpkg) return 'dpkg-deb, on a Debian or Ubuntu';
  if (standIn && (!isOwnSystem || arch !== own)) return `the official Electron for ${CALLED[os]} ${arch}, from the network`;
  if (standIn && kind === 'AppImage') return 'the AppImage runtime, which electron-builder fetches from the network';
  return null;
}
