/** What a package is: its configuration, what a Linux desktop is told, and what is said of the targets that cannot be built. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

interface Target {
  os: string;
  arch: string;
  kind: string;
}

/** Scripts without types: what is used of each is said here. */
const load = async <T>(path: string): Promise<T> => (await import(pathToFileURL(join(ROOT, path)).href)) as T;
const builder = await load<{
  FUSES: Record<string, boolean>;
  DOCUMENTS: { mimeType: string; glob: string }[];
  DESKTOP_ENTRY: Record<string, string>;
  configuration: (given?: object) => {
    files: string[];
    publish: unknown;
    artifactName: string;
    extraMetadata: object;
    electronFuses: object;
    linux: { category: string; mimeTypes: string[] };
    nsis: { deleteAppDataOnUninstall: boolean; artifactName: string };
  };
}>('electron-builder.config.js');
const targets = await load<{
  TARGETS: Target[];
  nameOf: (target: Target) => string;
  missingFor: (target: Target, here: { platform: string; arch: string; standIn: boolean; hasDpkg: boolean }) => string | null;
}>('.ci/package-targets.mjs');
const linux = await load<{ desktopEntry: (of: object) => string; mimeXml: (documents: object[]) => string }>('.ci/linux-files.mjs');
const icons = await load<{
  icoOf: (pictures: object[]) => Buffer;
  icnsOf: (pictures: object[]) => Buffer;
  icoPictures: () => object[];
  icnsPictures: () => object[];
}>('.ci/make-icons.mjs');
const fuses = await load<{ wrongFuses: (found: object) => string[] }>('.ci/fuses.mjs');

/** What its command says, and how it ends. */
function packaging(...args: string[]): { out: string; err: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, '.ci', 'package.mjs'), ...args], { encoding: 'utf8' });
  return { out: stdout, err: stderr, status };
}

test.each(['--help', '-h'])('%s lists every package, and builds none', (help) => {
  const { out, err, status } = packaging(help);
  expect([err, status]).toEqual(['', 0]);
  expect(out).toContain('npm run package -- --test');
  for (const target of targets.TARGETS) expect(out.split('\n')).toContain(`  ${targets.nameOf(target)}`);
});

test.each([
  [['--tset'], '--tset is not a switch of npm run package.'],
  [['linux', '--quick'], '--quick is not a switch of npm run package.'],
  [['linux', 'deb'], 'npm run package takes --test and one word, found linux deb.'],
])('%j is refused before anything is set up', (args, why) => {
  const { out, err, status } = packaging(...args);
  expect([out, err.trim().split('\n'), status]).toEqual(['', [why, 'npm run package -- --help lists what there is.'], 2]);
});

test('nothing outside can make the program run something else', () => {
  expect(builder.configuration().electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(fuses.wrongFuses({ ...builder.FUSES, runAsNode: true })).toEqual(['runAsNode is true, not false']);
  expect(fuses.wrongFuses(builder.FUSES)).toEqual([]);
});

test('it asks for no newer version, and takes away nothing that a person has learned', () => {
  const { publish, nsis } = builder.configuration();
  expect(publish).toBeNull();
  expect(nsis.deleteAppDataOnUninstall).toBe(false);
});

test('a package on the stand-in runtime says so in every name of a file and to About', () => {
  const { artifactName, nsis, extraMetadata } = builder.configuration({ standIn: '33.2.1' });
  for (const name of [artifactName, nsis.artifactName]) expect(name).toContain('-stand-in-electron-33.2.1.');
  expect(extraMetadata).toEqual({ schedvilleStandIn: true });
  const release = builder.configuration();
  for (const name of [release.artifactName, release.nsis.artifactName]) expect(name).not.toContain('stand-in');
  expect(release.extraMetadata).toEqual({ schedvilleStandIn: false });
});

test('no tool of a checkout and no package of others is inside', () => {
  const { files } = builder.configuration();
  for (const tool of ['bench', 'compare', 'prepare', 'sim']) expect(files).toContain(`!out/main/${tool}.js`);
  expect(files).toContain('!node_modules/**');
});

/** What the packaged program reads from the assets when it runs; the rest has been bundled. */
test('whatever is read from the assets while the program runs is inside', () => {
  const { files } = builder.configuration();
  const sources = ['app', 'shell'].flatMap((folder) =>
    readdirSync(join(ROOT, 'src-main', folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(ROOT, 'src-main', folder, name), 'utf8')),
  );
  const read = sources.flatMap((text) => [...text.matchAll(/join\((?:assets|findAssets\(\)), '([\w.-]+)'/g)].map(([, name]) => name ?? ''));
  expect(read).toEqual(expect.arrayContaining(['fonts', 'lesson-template', 'listings', 'glossary.yaml', 'errata.yaml']));
  for (const name of read)
    expect(
      files.some((each) => each.startsWith(`assets/${name}/`) || (each === 'assets/*.yaml' && name.endsWith('.yaml'))),
      name,
    ).toBe(true);
});

test('each build has a configuration of its own: electron-builder writes into it', () => {
  const one = builder.configuration();
  const before = JSON.stringify(builder.configuration());
  one.files.length = 0;
  Object.assign(one.electronFuses, { runAsNode: true });
  one.linux.mimeTypes.length = 0;
  expect(JSON.stringify(builder.configuration())).toBe(before);
});

const ON_DEBIAN = { platform: 'linux', arch: 'x64', standIn: true, hasDpkg: true };
const built = (here: typeof ON_DEBIAN): string[] =>
  targets.TARGETS.filter((target) => targets.missingFor(target, here) === null).map(targets.nameOf);

test('every target of the plan is in the table, once', () => {
  const names = targets.TARGETS.map(targets.nameOf);
  expect(new Set(names).size).toBe(names.length);
  for (const each of ['linux x64 deb', 'linux arm64 AppImage', 'win x64 nsis', 'win arm64 msi', 'mac arm64 dmg', 'mac x64 zip'])
    expect(names).toContain(each);
});

test('what can be built where', () => {
  expect(built(ON_DEBIAN)).toEqual(['linux x64 dir', 'linux x64 tar.gz', 'linux x64 zip', 'linux x64 deb']);
  expect(built({ ...ON_DEBIAN, hasDpkg: false })).not.toContain('linux x64 deb');
  const official = built({ ...ON_DEBIAN, standIn: false });
  expect(official).toEqual(expect.arrayContaining(['linux arm64 AppImage', 'linux arm64 deb', 'win x64 zip', 'win arm64 zip']));
  expect(official.filter((name) => /nsis|msi|^mac/.test(name))).toEqual([]);
  expect(built({ platform: 'win32', arch: 'x64', standIn: false, hasDpkg: false })).toEqual(
    targets.TARGETS.filter(({ os }) => os === 'win').map(targets.nameOf),
  );
  expect(built({ platform: 'darwin', arch: 'arm64', standIn: false, hasDpkg: false })).toEqual(
    expect.arrayContaining(targets.TARGETS.filter(({ os }) => os === 'mac').map(targets.nameOf)),
  );
  for (const target of targets.TARGETS) expect(targets.missingFor(target, ON_DEBIAN)).not.toBe('');
});

/** The desktop entry specification: one group, keys once, no text with a line break, what the type needs. */
test('the desktop entry is a valid one, in both languages', () => {
  const { category, mimeTypes } = builder.configuration().linux;
  const text = linux.desktopEntry({
    entry: builder.DESKTOP_ENTRY,
    categories: category,
    mimeTypes,
    exec: '/usr/bin/schedville',
    icon: 'schedville',
  });
  const [head, ...lines] = text.trimEnd().split('\n');
  expect(head).toBe('[Desktop Entry]');
  const entries = new Map(lines.map((line) => /^([A-Za-z-]+(?:\[[a-zA-Z_@]+\])?)=(.*)$/.exec(line)?.slice(1) as [string, string]));
  expect(entries.size).toBe(lines.length);
  expect(entries.get('Type')).toBe('Application');
  expect(entries.get('Exec')).toBe('/usr/bin/schedville %U');
  for (const key of ['Name', 'GenericName', 'Comment', 'Keywords'])
    expect(entries.has(key) && entries.has(`${key}[zh_CN]`), key).toBe(true);
  for (const list of ['Categories', 'MimeType', 'Keywords']) expect(entries.get(list), list).toMatch(/^([^;]+;)+$/);
  expect(entries.get('MimeType')).toContain('x-scheme-handler/schedville;');
});

test('each kind of document has its MIME type, its whole ending and both names', () => {
  const xml = linux.mimeXml(builder.DOCUMENTS);
  for (const { mimeType, glob } of builder.DOCUMENTS) {
    expect(mimeType).toMatch(/^application\/x-schedville-[a-z+]+$/);
    expect(xml.split(`<mime-type type="${mimeType}">`)).toHaveLength(2);
    expect(xml.split(`<glob pattern="${glob}"`)).toHaveLength(2);
    expect(builder.configuration().linux.mimeTypes).toContain(mimeType);
  }
  expect(xml.match(/<comment/g)).toHaveLength(2 * builder.DOCUMENTS.length);
  expect(xml.match(/<mime-type /g)).toHaveLength(xml.match(/<\/mime-type>/g)?.length ?? -1);
});

test('the icons of Windows and macOS hold the pictures that Linux has', () => {
  const at = (name: string): Buffer => readFileSync(join(ROOT, 'assets', 'icon', name));
  expect(at('schedville.ico').equals(icons.icoOf(icons.icoPictures()))).toBe(true);
  expect(at('schedville.icns').equals(icons.icnsOf(icons.icnsPictures()))).toBe(true);
  expect(at('schedville.ico').readUInt16LE(4)).toBe(7);
  expect(at('256x256.png').readUInt32BE(16)).toBe(256);
});

test('one version everywhere, and the changelog tells of it', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { version: string };
  expect(lock.version).toBe(version);
  expect(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')).toContain(`\n## [${version}]`);
});

test('apt fetches nothing that the package could do without: a classroom has no network', async () => {
  const { control } = await load<{ control: (about: { version: string; arch: string; installedKib: number }) => string }>(
    '.ci/make-deb.mjs',
  );
  const fields = control({ version: '1.0.0', arch: 'x64', installedKib: 1 });
  expect(fields).toMatch(/^Suggests: fonts-noto-cjk$/m);
  expect(fields).not.toMatch(/^(Recommends|Pre-Depends):/m);
});
