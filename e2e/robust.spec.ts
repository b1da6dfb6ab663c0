/** What goes wrong around the window: a crashed page, a missing asset, a dead thread, an export without a person. */
import { _electron, expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { newFolder, onward, PATIENCE, removeFolder, ROOT, shownStep, start, type Started } from './started-app';

let folder: string;

test.beforeEach(() => {
  folder = newFolder();
});
test.afterEach(() => {
  removeFolder(folder);
});

/** The settings file as it is now. */
function settingsText(): string {
  const file = join(folder, 'data', 'settings.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The product's built files in a folder of their own, to be damaged. */
function copyOfProduct(): string {
  const copy = join(folder, 'product');
  for (const part of ['out', 'assets', 'package.json']) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  return copy;
}

async function closed({ app }: Started, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await app.close();
  }
}

test('the window comes back where it was, as large as it was, even when it was closed at once', async () => {
  const sizeOf = ({ app }: Started): Promise<number[]> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize() ?? []);
  const first = await start(folder, [], null);
  await closed(first, async () => {
    await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1200, 700));
    await expect.poll(() => settingsText()).toContain('"widthPx": 1200');
  });
  const second = await start(folder, [], null);
  await closed(second, async () => {
    expect(await sizeOf(second)).toEqual([1200, 700]);
    // What is changed last is kept when the window closes at once.
    await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1150, 690));
    await expect.poll(() => second.page.evaluate(() => outerWidth)).toBe(1150);
    await second.page.keyboard.press('l');
    await expect(second.page.getByTestId('lesson-title')).toContainText('hunting', { ignoreCase: true });
  });
  expect(settingsText()).toContain('"language": "en"');
  expect(settingsText()).toContain('"widthPx": 1150');
});

test('the window has its size from its first moment on, so that the page is laid out once', async () => {
  const witness = join(folder, 'witness.cjs');
  writeFileSync(
    witness,
    `require('electron').app.on('browser-window-created', (_event, window) => {
      global.sizes = [window.getContentSize()];
      window.on('resize', () => global.sizes.push(window.getContentSize()));
    });`,
  );
  const app = await _electron.launch({
    args: ['-r', witness, ROOT, '--disable-gpu', '--size=1000x600', `--user-data-dir=${join(folder, 'data')}`],
    ...PATIENCE,
  });
  try {
    const page = await app.firstWindow(PATIENCE);
    await page.waitForFunction(() => document.documentElement.dataset.whole === 'true', null, PATIENCE);
    await expect.poll(() => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.length ?? 0)).toBeGreaterThan(3);
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1000, 600]);
    const sizes = await app.evaluate(() => (globalThis as unknown as { sizes: number[][] }).sizes);
    expect(sizes).toEqual([[1000, 600]]);
  } finally {
    await app.close();
  }
});

test('a page that dies is loaded again at its place', async () => {
  const started = await start(folder);
  await closed(started, async () => {
    const { app, page } = started;
    await onward(page);
    await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'birth');
    const step = await shownStep(page);
    await expect.poll(() => settingsText()).toContain(`"n": ${step}`);
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    // The page's own handle died with it, and so does a question that is asked while the page is away: the window is asked, again and again.
    const shown = (): Promise<unknown> =>
      app.evaluate(({ BrowserWindow }) => {
        const asked = BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `document.documentElement.dataset.ready + document.querySelector('[data-testid=timeline]')?.dataset.step`,
        );
        return Promise.race([asked?.catch(() => null), new Promise((resolve) => setTimeout(resolve, 500))]);
      });
    await expect.poll(shown, { timeout: 60_000 }).toBe(`true${step}`);
  });
});

/** Starts an export of the product in a folder that ends by itself: its exit status and what it says. */
async function exported(
  product: string,
  environment: NodeJS.ProcessEnv = {},
  args: readonly string[] = [],
): Promise<{ status: number; said: string }> {
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const all = [
    product,
    '--disable-gpu',
    ...noSandbox,
    ...args,
    '--lang=en',
    `--user-data-dir=${join(folder, 'data')}`,
    `--export=${join(folder, 'exported')}`,
  ];
  return new Promise((resolve) => {
    execFile(
      process.env.ELECTRON_EXEC_PATH ?? '',
      all,
      { env: { ...process.env, ...environment }, timeout: 120_000 },
      (error, stdout, stderr) => {
        resolve({ status: error ? Number(error.code ?? -1) : 0, said: stdout + stderr });
      },
    );
  });
}

for (const [what, missing, said] of [
  ['page', 'out/renderer/index.html', 'index.html cannot be loaded'],
  ['preload', 'out/preload/preload.cjs', 'preload.cjs cannot be loaded'],
] as const) {
  test(`an export without its ${what} ends and says so`, async () => {
    const product = copyOfProduct();
    rmSync(join(product, missing));
    const ended = await exported(product);
    expect(ended.said).toContain(said);
    expect(ended.status).toBe(1);
  });
}

test('an export whose page never begins is given up', async () => {
  const product = copyOfProduct();
  const assets = join(product, 'out', 'renderer', 'assets');
  for (const script of readdirSync(assets).filter((name) => name.endsWith('.js'))) rmSync(join(assets, script));
  const { status, said } = await exported(product, { SCHEDVILLE_EXPORT_PATIENCE_MS: '2000' });
  expect(said).toContain('stood still for 2 s');
  expect(status).toBe(1);
});

test('an export that cannot write says so, and ends', async () => {
  writeFileSync(join(folder, 'exported'), '');
  const { status, said } = await exported(ROOT);
  expect(said).toContain('cannot write');
  expect(status).toBe(1);
});

test('help and mistakes in what was typed are answered before anything begins', async () => {
  for (const [args, status, said] of [
    [['--help'], 0, 'schedville --lesson hunting'],
    [['--handuot'], 2, 'There is no switch --handuot (did you mean --handout?)'],
    [['--range=1-2'], 2, '--range goes with --play or --film.'],
    [['--lang=zh', '--film=mp4'], 2, '--film 应该是 webm 或 gif'],
    [[`--open=${join(folder, 'none.scenario.yaml')}`], 1, `There is no such file: ${join(folder, 'none.scenario.yaml')}`],
  ] as const) {
    const ended = await exported(ROOT, {}, args);
    expect(ended.said).toContain(said);
    expect(ended.status, args.join(' ')).toBe(status);
    expect(existsSync(join(folder, 'exported'))).toBe(false);
  }
});

test('in development the page comes from a server of this machine, and from no other', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const file = join(ROOT, 'out', 'renderer', request.url ?? '');
    const type = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }[extname(file)];
    response.setHeader('Content-Type', type ?? 'application/octet-stream');
    response.end(existsSync(file) ? readFileSync(file) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    process.env.ELECTRON_RENDERER_URL = `http://127.0.0.1:${port}`;
    const served = await start(folder);
    await closed(served, () => expect(served.page.getByTestId('lesson-title')).not.toBeEmpty());
    expect(asked).toContain('/index.html');
    process.env.ELECTRON_RENDERER_URL = 'http://example.com:80';
    const own = await start(folder);
    await closed(own, async () => {
      expect(own.page.url()).toBe('app://schedville/index.html');
    });
  } finally {
    delete process.env.ELECTRON_RENDERER_URL;
    server.close();
  }
});

test('a missing listing is said in the window', async () => {
  const product = copyOfProduct();
  rmSync(join(product, 'assets', 'listings'), { recursive: true });
  rmSync(join(product, 'out', 'main', 'beginning.json'), { force: true });
  const app = await _electron.launch({
    args: [product, '--disable-gpu', '--lang=en', `--user-data-dir=${join(folder, 'data')}`],
    ...PATIENCE,
  });
  try {
    const page = await app.firstWindow(PATIENCE);
    await expect(page.getByTestId('notice')).toContainText('the assets folder is missing');
  } finally {
    await app.close();
  }
});

test('a broken lesson is named with its line, and the window stays alive', async () => {
  const product = copyOfProduct();
  const [lesson = ''] = readdirSync(join(product, 'assets', 'lessons'));
  writeFileSync(join(product, 'assets', 'lessons', lesson, 'lesson.yaml'), 'schedville: 1\nkind: lesson\nid: [\n');
  const app = await _electron.launch({
    args: [product, '--disable-gpu', '--lang=en', `--user-data-dir=${join(folder, 'data')}`],
    ...PATIENCE,
  });
  try {
    const page = await app.firstWindow(PATIENCE);
    await expect(page.getByTestId('notice')).toContainText('lesson.yaml');
    await page.keyboard.press('?');
    await expect(page.getByTestId('help')).toBeVisible();
  } finally {
    await app.close();
  }
});

test('--export writes pictures and traces without a person, and ends', async () => {
  test.setTimeout(600_000);
  const target = join(folder, 'exported');
  const electron = process.env.ELECTRON_EXEC_PATH ?? '';
  const { stdout } = await promisify(execFile)(electron, [
    ROOT,
    '--disable-gpu',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(folder, 'data')}`,
    '--size=1366x768',
    `--export=${target}`,
  ]);
  const files = readdirSync(target);
  const pictures = files.filter((file) => file.endsWith('.png'));
  expect(pictures.length).toBeGreaterThan(20);
  expect(stdout).toContain(`${pictures.length} 张图片`);
  expect(files.filter((file) => file.endsWith('.jsonl'))).toHaveLength(3);
  // A picture's head names its size: twice the window's.
  const head = readFileSync(join(target, pictures[0] ?? ''));
  expect([head.readUInt32BE(16), head.readUInt32BE(20)]).toEqual([2732, 1536]);
});
