/**
 * What a package of Schedville is, for electron-builder. `npm run package` (.ci/build-packages.mjs) gives it the runtime and says which of the
 * targets can be built where it runs.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Chromium's own words: menus of text fields, dialogs. The window's words are the product's. */
const LOCALES = ['zh-CN', 'zh-TW', 'en-US'];

/**
 * What the executable can still be made to do from outside. Read back from what was built by npm run package.
 * Cookies are encrypted, though there are none; the app is loaded from its archive only, which macOS and Windows check by its hash.
 */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  // No snapshot of our own is shipped.
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

export const ID = 'org.schedville.Schedville';

/** Everything that the packaged program reads, and nothing of what only a checkout needs. */
const FILES = [
  'package.json',
  'LICENSE',
  'out/main/**',
  'out/preload/**',
  'out/renderer/**',
  'out/player/**',
  ...['bench', 'compare', 'prepare', 'sim'].map((tool) => `!out/main/${tool}.js`),
  // Believed in a checkout only: it says when files were written.
  '!out/main/beginning.stamp',
  'assets/*.yaml',
  'assets/lesson.schema.json',
  'assets/examples/**',
  // Hand-outs carry their letters in themselves.
  'assets/fonts/*.woff2',
  'assets/lesson-template/**',
  'assets/lessons/**',
  'assets/listings/**',
  'assets/sentences/**',
  // Nothing is needed from node_modules: whatever is used has been bundled.
  '!node_modules/**',
];

const CATEGORIES = 'Education;ComputerScience;';

export const DESKTOP_ENTRY = {
  Name: 'Schedville',
  'Name[zh_CN]': '调度村',
  GenericName: 'Course on Go’s scheduler',
  'GenericName[zh_CN]': 'Go 调度器课程',
  Comment: 'Go’s scheduler and system calls, played as a village',
  'Comment[zh_CN]': '把 Go 的调度器和系统调用演成一个村子',
  Keywords: 'Go;goroutine;scheduler;syscall;',
  'Keywords[zh_CN]': 'Go;协程;调度;系统调用;',
  StartupNotify: 'true',
  StartupWMClass: 'Schedville',
};

/** What the system opens with the program. `globs`: whole endings, where the system knows such (Linux); the others know the last part only. */
export const DOCUMENTS = [
  {
    mimeType: 'application/x-schedville-scenario+yaml',
    glob: '*.scenario.yaml',
    is: 'application/yaml',
    en: 'Schedville scenario',
    zh: '调度村情景',
  },
  {
    mimeType: 'application/x-schedville-trace+jsonl',
    glob: '*.trace.jsonl',
    is: 'application/json',
    en: 'Schedville trace',
    zh: '调度村轨迹',
  },
];
export const SCHEME = 'schedville';

/**
 * `runtime`: a folder with the Electron to build with, null: electron-builder fetches the official one. `standIn`: its version when it is the
 * stand-in, which file names and About then say; such a package is for tests, never a release. `packed`: done with the folder that was packed, before
 * anything is made of it.
 */
export function configuration({ runtime = null, standIn = null, output = 'dist', packed = null } = {}) {
  const mark = standIn === null ? '' : `-stand-in-electron-${standIn}`;
  return {
    appId: ID,
    productName: 'Schedville',
    copyright: 'MIT licence',
    directories: { output, buildResources: 'assets/icon' },
    // electron-builder writes into what it is given: each build has lists of its own.
    files: [...FILES],
    asar: true,
    electronLanguages: [...LOCALES],
    electronFuses: { ...FUSES },
    ...(runtime === null ? {} : { electronDist: runtime }),
    ...(standIn === null ? {} : { electronVersion: standIn }),
    extraMetadata: { schedvilleStandIn: standIn !== null },
    artifactName: `schedville-\${version}-\${os}-\${arch}${mark}.\${ext}`,
    npmRebuild: false,
    // No update feed, no publishing: the program never asks for a newer one.
    publish: null,
    afterPack: async ({ appOutDir }) => {
      // A custom runtime is copied whole, with its loader of unpacked apps and a snapshot that the fuses switch off.
      for (const name of ['resources/default_app.asar', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'])
        rmSync(join(appOutDir, name), { force: true });
      await packed?.(appOutDir);
    },
    protocols: [{ name: 'Schedville', schemes: [SCHEME] }],
    linux: {
      executableName: 'schedville',
      icon: 'assets/icon',
      category: CATEGORIES,
      desktop: { entry: { ...DESKTOP_ENTRY } },
      mimeTypes: [...DOCUMENTS.map(({ mimeType }) => mimeType), `x-scheme-handler/${SCHEME}`],
      target: ['dir', 'tar.gz', 'zip', 'AppImage'],
    },
    win: {
      icon: 'assets/icon/schedville.ico',
      // Without a certificate of one's own nothing is signed; with one, electron-builder finds it in CSC_LINK.
      target: ['nsis', 'zip', 'msi'],
    },
    nsis: {
      artifactName: `schedville-\${version}-win-\${arch}-setup${mark}.\${ext}`,
      oneClick: false,
      perMachine: false,
      allowElevation: true,
      allowToChangeInstallationDirectory: true,
      // What a person has learned stays.
      deleteAppDataOnUninstall: false,
      include: '.ci/windows-setup.nsh',
      installerLanguages: ['en_US', 'zh_CN'],
      differentialPackage: false,
    },
    msi: { oneClick: true, perMachine: true },
    mac: {
      icon: 'assets/icon/schedville.icns',
      category: 'public.app-category.education',
      target: ['dmg', 'zip'],
      fileAssociations: [
        { ext: 'yaml', name: 'Schedville scenario', role: 'Viewer', rank: 'Alternate' },
        { ext: 'jsonl', name: 'Schedville trace', role: 'Viewer', rank: 'Alternate' },
      ],
      electronLanguages: ['zh_CN', 'zh_TW', 'en'],
    },
    dmg: { writeUpdateInfo: false },
  };
}
