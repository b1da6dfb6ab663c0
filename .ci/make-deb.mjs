/**
 * A .deb from the unpacked folder with Debian's own packager. It has no scripts: caches of menus and kinds of documents are renewed by the
 * triggers of their own packages, and what is installed is what dpkg lists and removes.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { DESKTOP_ENTRY, DOCUMENTS, configuration } from '../electron-builder.config.js';
import { Failure } from './failures.mjs';
import { desktopEntry, mimeXml } from './linux-files.mjs';
import { PNG_SIZES } from './make-icons.mjs';
import { ROOT } from './processes.mjs';

/** What Electron's libraries come from; Ubuntu since 24.04 has renamed some. */
const DEPENDS = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libasound2 | libasound2t64',
  'libgbm1',
  'libxtst6',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libdrm2',
  'libxkbcommon0',
  'xdg-utils',
];

const ARCH = { x64: 'amd64', arm64: 'arm64' };
const PROGRAM = 'opt/Schedville';
/** Every Debian and Ubuntu in use unpacks the small one; the quick one takes seconds instead of a minute. */
const [SMALL, QUICK] = [
  ['-Zxz', '-z6'],
  ['-Zzstd', '-z3'],
];
const [FILE, FOLDER, SET_USER_ID] = [0o644, 0o755, 0o4755];

/** Nothing that is only recommended: apt would fetch it, and give the whole installation up in a classroom without a network. */
export const control = ({ version, arch, installedKib }) => `Package: schedville
Version: ${version}
Section: education
Priority: optional
Architecture: ${ARCH[arch]}
Maintainer: Schedville <schedville@localhost>
Installed-Size: ${installedKib}
Depends: ${DEPENDS.join(', ')}
Suggests: fonts-noto-cjk
Description: course on Go's scheduler and system calls
 How Go's runtime makes system calls and schedules goroutines, played step
 by step as a village, as a runtime and as a machine, in Chinese and English.
 It works without a network and never asks for one.
`;

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    yield { path, entry };
  }
}

/** Writes the package to `to`. `seconds`: the time that its files bear, so that the same commit gives the same package. */
export function makeDeb({ unpacked, to, version, arch, seconds, isQuick }) {
  const tree = mkdtempSync(join(tmpdir(), 'schedville-deb-'));
  try {
    cpSync(unpacked, join(tree, PROGRAM), { recursive: true });
    const put = (path, text) => {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    };
    const { linux } = configuration();
    put(
      'usr/share/applications/schedville.desktop',
      desktopEntry({
        entry: DESKTOP_ENTRY,
        categories: linux.category,
        mimeTypes: linux.mimeTypes,
        exec: '/usr/bin/schedville',
        icon: 'schedville',
      }),
    );
    put('usr/share/mime/packages/schedville.xml', mimeXml(DOCUMENTS));
    const icons = join(ROOT, 'assets', 'icon');
    for (const size of PNG_SIZES.filter((each) => each <= 512))
      put(`usr/share/icons/hicolor/${size}x${size}/apps/schedville.png`, readFileSync(join(icons, `${size}x${size}.png`)));
    put('usr/share/icons/hicolor/scalable/apps/schedville.svg', readFileSync(join(icons, 'schedville.svg')));
    put('usr/share/doc/schedville/copyright', readFileSync(join(ROOT, 'LICENSE')));
    mkdirSync(join(tree, 'usr/bin'), { recursive: true });
    symlinkSync(`/${PROGRAM}/schedville`, join(tree, 'usr/bin/schedville'));

    let [bytes, sums] = [0, ''];
    for (const { path, entry } of filesBelow(tree)) {
      if (entry.isSymbolicLink()) continue;
      if (entry.isDirectory()) chmodSync(path, FOLDER);
      else {
        const { mode, size } = statSync(path);
        chmodSync(path, mode & 0o100 ? FOLDER : FILE);
        bytes += size;
        sums += `${createHash('md5').update(readFileSync(path)).digest('hex')}  ${relative(tree, path)}\n`;
      }
    }
    chmodSync(tree, FOLDER);
    // Chromium's sandbox where a kernel lets no ordinary user make namespaces (Ubuntu since 24.04, hardened kernels).
    chmodSync(join(tree, PROGRAM, 'chrome-sandbox'), SET_USER_ID);
    put('DEBIAN/control', control({ version, arch, installedKib: Math.ceil(bytes / 1024) }));
    put('DEBIAN/md5sums', sums);
    chmodSync(join(tree, 'DEBIAN'), FOLDER);
    const made = spawnSync('dpkg-deb', ['--root-owner-group', ...(isQuick ? QUICK : SMALL), '--build', tree, to], {
      encoding: 'utf8',
      env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) },
    });
    if (made.status !== 0) throw new Failure(`dpkg-deb failed:\n${made.stderr}`);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
