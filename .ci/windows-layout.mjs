/**
 * The unpacked layout for Windows where no Electron for Windows can be had: built by electron-builder around an executable that is none, so
 * that our configuration for Windows is tried on every machine that packs. Files, names, icon, versions, fuses and app.asar are as they
 * will be; only the program itself is missing, and the folder's name says so.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configuration } from '../electron-builder.config.js';
import { readFuses, wrongFuses } from './fuses.mjs';

// What electron-builder itself edits executables with.
const { NtExecutable, NtExecutableResource, Resource } = createRequire(import.meta.url)('resedit');

/** What a reader of executables knows the processors by (IMAGE_FILE_MACHINE_AMD64, _ARM64). */
const MACHINES = { x64: 0x8664, arm64: 0xaa64 };

/** Where Electron has its fuses: a text to find them by, the version of the list, its length, and a character for each. */
const FUSE_WIRE = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 8]), Buffer.from('10110101')]);

/** An executable of Windows without a line of code, but with a place for fuses. */
function emptyExecutable(arch) {
  const executable = NtExecutable.createEmpty(false, false);
  executable.newHeader.fileHeader.machine = MACHINES[arch];
  // Electron's own words are there before ours.
  const resources = NtExecutableResource.from(executable);
  const versions = Resource.VersionInfo.createEmpty();
  versions.lang = 0x0409;
  versions.setStringValues({ lang: 0x0409, codepage: 1200 }, { ProductName: 'Electron', ProductVersion: '0.0.0' });
  versions.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  executable.setExtraData(new Uint8Array(FUSE_WIRE).buffer);
  return Buffer.from(executable.generate());
}

/** What an Electron for Windows has beside its executable, as far as electron-builder and we choose from it. */
function makeRuntime(folder, { arch, from, version }) {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  writeFileSync(join(folder, 'electron.exe'), emptyExecutable(arch));
  writeFileSync(join(folder, 'version'), version);
  cpSync(join(from, 'locales'), join(folder, 'locales'), { recursive: true });
  for (const name of ['LICENSES.chromium.html', 'icudtl.dat', 'resources.pak', 'resources/default_app.asar'])
    if (existsSync(join(from, name))) cpSync(join(from, name), join(folder, name));
}

/** What is not as a package for Windows has to be, in words. `asar`: of the package that was started and tried. */
async function wrongIn(folder, { version, asar }) {
  const wrong = [];
  const expect = (isSo, what) => {
    if (!isSo) wrong.push(what);
  };
  const executable = join(folder, 'Schedville.exe');
  const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(executable)));
  const [versions] = Resource.VersionInfo.fromEntries(entries);
  const texts = versions?.getStringValues(versions.getAllLanguagesForStringValues()[0] ?? { lang: 0, codepage: 0 }) ?? {};
  expect(texts.ProductName === 'Schedville', `its product is called ${texts.ProductName}`);
  expect(texts.ProductVersion?.startsWith(version), `its version is ${texts.ProductVersion}`);
  const [icons] = Resource.IconGroupEntry.fromEntries(entries);
  expect((icons?.icons.length ?? 0) > 3, `its icon has ${icons?.icons.length ?? 0} sizes`);
  const integrity = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
  expect(
    integrity !== undefined && Buffer.from(integrity.bin).toString().includes('resources\\\\app.asar'),
    'it does not hold the hash of app.asar',
  );
  wrong.push(...wrongFuses(await readFuses(executable)));
  const locales = readdirSync(join(folder, 'locales')).sort();
  expect(locales.join() === 'en-US.pak,zh-CN.pak,zh-TW.pak', `its languages are ${locales.join(', ')}`);
  expect(!existsSync(join(folder, 'resources', 'default_app.asar')), 'the loader of unpacked apps is in it');
  if (existsSync(asar))
    expect(
      readFileSync(join(folder, 'resources', 'app.asar')).equals(readFileSync(asar)),
      'app.asar is another one than in the package for here',
    );
  return wrong;
}

/**
 * Builds and looks at the layout for a processor; one line on it. `from`: the stand-in runtime of this system; `build`: as buildWith, for
 * this target. Throws in words where something is not as it has to be.
 */
export async function windowsLayout({ arch, version, standIn, from, output, asar, build }) {
  const runtime = mkdtempSync(join(tmpdir(), 'schedville-windows-'));
  try {
    makeRuntime(runtime, { arch, from, version: standIn });
    await build(configuration({ runtime, standIn }));
  } finally {
    rmSync(runtime, { recursive: true, force: true });
  }
  const built = join(output, arch === 'x64' ? 'win-unpacked' : `win-${arch}-unpacked`);
  const kept = `${built}-without-program`;
  renameSync(built, kept);
  const wrong = await wrongIn(kept, { version, asar });
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return `layout    win ${arch} dir, without the program: names, icon, versions, hash of app.asar, fuses and languages are as configured`;
}
