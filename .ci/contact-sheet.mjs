/**
 * npm run sheet -- FOLDER FILE…: what the window shows of scenarios, side by side: each at its moments, in both languages, by day, by night and for a pale projector, at
 * 1366 × 768 and 1920 × 1080. `--before PICTURES`: a folder with earlier pictures, `…NAME-0_3.png` of the scenario NAME at three tenths of its
 * run; they stand first in their rows and say which moments are taken. A picture that is called otherwise is given as `--before NAME-0_3=PICTURE`.
 * Both as often as wanted; without a picture each run is shown at half and at its end.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './processes.mjs';

const { _electron } = createRequire(import.meta.url)('@playwright/test');

const LOOKS = [
  { language: 'zh', theme: 'light', size: [1366, 768] },
  { language: 'en', theme: 'dark', size: [1366, 768] },
  { language: 'en', theme: 'light', size: [1920, 1080] },
  { language: 'zh', theme: 'dark', size: [1920, 1080] },
  { language: 'zh', theme: 'projector', size: [1366, 768] },
  { language: 'en', theme: 'projector', size: [1920, 1080] },
];
const ROWS_A_PAGE = 6;
const PATIENCE = { timeout: 110_000 };

const nameOf = (file) => basename(file).replace(/\.scenario\.yaml$|\.yaml$/, '');

/**
 * The earlier pictures that one `--before` gives, each with what it is called: `NAME-0_3=PICTURE`, or a folder, whose files `list` names. Paths
 * may have any signs in them: only what could be called so in front of the first `=` is a name.
 */
export function earlierIn(given, list = (folder) => readdirSync(folder)) {
  const [, called, picture] = /^([^/\\=]+-[01]_\d+)=(.+)$/s.exec(given) ?? [];
  if (picture !== undefined) return [{ called, picture: resolve(picture) }];
  return list(given).map((file) => ({ called: file.replace(/\.png$/, ''), picture: resolve(given, file) }));
}

/** Which parts of its run a scenario is shown at, each with its earlier picture, if there is one. */
export function momentsOf(name, earlier) {
  const found = earlier.flatMap(({ called, picture }) => {
    const [own, part] = /^(.+)-([01]_\d+)$/s.exec(called)?.slice(1) ?? [];
    return own === name || own?.endsWith(`-${name}`) ? [{ part: Number(part.replace('_', '.')), before: picture }] : [];
  });
  return found.length > 0 ? found.sort((a, b) => a.part - b.part) : [0.5, 1].map((part) => ({ part, before: null }));
}

async function opened(folder) {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ isCourseFirst: false }));
  const app = await _electron.launch({
    args: [ROOT, '--no-sandbox', '--disable-gpu', `--user-data-dir=${data}`, '--size=1366x768', '--lang=zh', '--theme=light'],
    ...PATIENCE,
  });
  const page = await app.firstWindow(PATIENCE);
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return { app, page };
}

const steps = (page) => page.evaluate(() => Number(document.querySelector('[data-testid=timeline]')?.dataset.steps ?? 0));

async function open({ app, page }, file) {
  const before = await page.evaluate(() => document.querySelector('.pane h2, .pane')?.textContent ?? '');
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  await page.keyboard.press('o');
  await page.waitForFunction((was) => (document.querySelector('.pane h2, .pane')?.textContent ?? '') !== was, before, PATIENCE);
  // The run is known from its first frame on; how long it is, a little later.
  for (let last = -1, now = await steps(page); now !== last || now === 0; last = now, now = await steps(page))
    await page.waitForTimeout(400);
}

async function goTo(page, part) {
  const n = Math.round((await steps(page)) * part);
  // Before the first step there is nothing to be found.
  if (n === 0) return page.keyboard.press('Home');
  await page.keyboard.press('/');
  const field = page.getByTestId('search-text');
  await field.fill(`n == ${n}`);
  await page.waitForFunction(() => document.querySelector('[data-testid=search-hits]')?.dataset.count === '1', null, PATIENCE);
  await field.press('Enter');
  await page.waitForFunction((to) => document.querySelector('[data-testid=timeline]')?.dataset.step === String(to), n, PATIENCE);
  await field.press('Escape');
  await page.evaluate(() => document.activeElement?.blur());
}

/** A look is changed only where it is another. */
async function dressed({ app, page }, look, worn) {
  if (look.language !== worn.language) await page.keyboard.press('l');
  // The key goes from one theme to the next.
  for (const shown = page.locator('html'); (await shown.getAttribute('data-theme')) !== look.theme;) await page.keyboard.press('t');
  const [width, height] = look.size;
  await app.evaluate(
    ({ BrowserWindow }, size) =>
      BrowserWindow.getAllWindows()
        .find((each) => each.isVisible())
        ?.setContentSize(...size),
    look.size,
  );
  await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height], PATIENCE);
  await page.waitForFunction(() => document.documentElement.dataset.atRest === 'true', null, PATIENCE);
  await page.waitForTimeout(400);
}

const escaped = (text) => text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);

const PICTURE = { width: 620, height: 349, gap: 8, title: 30, margin: 12 };

/** A page of rows as HTML, and how large it is. */
function pageOf(rows) {
  const { width, height, gap, title, margin } = PICTURE;
  const picture = (file) => (file === null ? '<i></i>' : `<img decoding="sync" src="${pathToFileURL(file).href}">`);
  const row = (each) => `<h2>${escaped(each.title)}</h2><div>${each.pictures.map(picture).join('')}</div>`;
  const html = `<!doctype html><meta charset="utf-8"><style>
    body { margin: ${margin}px; background: #fff; }
    h2 { height: ${title}px; margin: 0; font: 600 18px/${title}px sans-serif; }
    div { display: flex; gap: ${gap}px; height: ${height}px; }
    img, i { width: ${width}px; height: ${height}px; object-fit: contain; background: #ddd; }
  </style>${rows.map(row).join('')}`;
  const across = Math.max(...rows.map(({ pictures }) => pictures.length));
  return { html, width: 2 * margin + across * (width + gap) - gap, height: 2 * margin + rows.length * (height + title) };
}

/** The pages of the sheet, painted in a window that nobody sees. */
async function printed({ app }, folder, pages, to) {
  for (const [i, { html, width, height }] of pages.entries()) {
    const file = join(folder, `page-${i + 1}.html`);
    writeFileSync(file, html);
    const png = await app.evaluate(
      async ({ BrowserWindow }, at) => {
        const window = new BrowserWindow({ show: false, webPreferences: { offscreen: true, partition: 'sheet' } });
        window.setContentSize(at.width, at.height);
        await window.loadFile(at.file);
        // Pictures of whole windows take their time: a page that is captured before they are decoded has gaps.
        await window.webContents.executeJavaScript(
          `Promise.all([...document.images].map((each) => each.decode()))
            .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))`,
        );
        const picture = await window.webContents.capturePage();
        window.destroy();
        return picture.toPNG().toString('base64');
      },
      { file, width, height },
    );
    writeFileSync(join(to, `sheet-${i + 1}.png`), Buffer.from(png, 'base64'));
  }
}

async function sheet(args) {
  const isGiven = (_, i) => args[i - 1] === '--before';
  const [to, ...files] = args.filter((each, i) => each !== '--before' && !isGiven(each, i));
  const given = args.filter(isGiven);
  if (to === undefined || files.length === 0)
    throw new Error('npm run sheet -- FOLDER FILE… [--before PICTURES] [--before NAME-0_3=PICTURE]');
  const earlier = given.flatMap((each) => earlierIn(each));
  const out = resolve(to);
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'schedville-sheet-'));
  const rows = [];
  try {
    const window = await opened(folder);
    let worn = LOOKS[0];
    for (const file of files) {
      const name = nameOf(file);
      await open(window, resolve(file));
      for (const { part, before } of momentsOf(name, earlier)) {
        await goTo(window.page, part);
        const pictures = [];
        for (const look of LOOKS) {
          await dressed(window, look, worn);
          worn = look;
          const path = join(out, `${name}-${String(part).replace('.', '_')}-${look.size[0]}-${look.language}-${look.theme}.png`);
          await window.page.screenshot({ path });
          pictures.push(path);
        }
        rows.push({ title: `${name} · ${part}`, pictures: [...(given.length === 0 ? [] : [before]), ...pictures] });
        console.log(`${name} ${part}`);
      }
    }
    const pages = Array.from({ length: Math.ceil(rows.length / ROWS_A_PAGE) }, (_, i) =>
      pageOf(rows.slice(i * ROWS_A_PAGE, (i + 1) * ROWS_A_PAGE)),
    );
    await printed(window, folder, pages, out);
    await window.app.close();
    console.log(`${out}: ${pages.length} sheets, ${rows.length} rows`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await sheet(process.argv.slice(2));
