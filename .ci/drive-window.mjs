/** An installed program driven through its window, as a person does: the first lesson, an export, the “?” window. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './processes.mjs';

const require = createRequire(import.meta.url);
const { _electron } = require('@playwright/test');
const { parse } = require('yaml');

function expect(isSo, what) {
  if (!isSo) throw new Error(what);
}

/** The packages that the sources import: each is bundled, and nothing else of them is there. */
function bundled() {
  const found = spawnSync(
    'git',
    [
      'grep',
      '-hoE',
      "^import [^t][^;]* from '[@a-z][^']*'",
      '--',
      'src-main',
      'src-renderer',
      ':!src-main/cli',
      ':!*.test.ts',
      ':!*/testdata/*',
      ':!src-main/fuzz',
    ],
    { cwd: ROOT, encoding: 'utf8' },
  );
  const names = found.stdout.split('\n').map((line) => /'((@[^/']+\/)?[^/']+)/.exec(line)?.[1]);
  return [...new Set(names)].filter(
    (name) => name && !name.startsWith('node:') && name !== 'electron' && existsSync(join(ROOT, 'node_modules', name)),
  );
}

const PATIENCE_MS = 60_000;
const MOST_PRESSES = 20;
const PLAYED_MS = 500;

/** `report.check(what, work)` tells each check; `data`: a folder for the program's data. */
export async function driveWindow(report, executable, data, env) {
  const complaints = [];
  let app = null;
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ isCourseFirst: false }));
  await report.check('the unpacked program opens its window', async () => {
    app = await _electron.launch({
      executablePath: executable,
      args: ['--disable-gpu', '--size=1366x768', '--lang=en', `--user-data-dir=${data}`],
      env,
      timeout: PATIENCE_MS,
    });
    const page = await app.firstWindow();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await page.waitForFunction(() => document.documentElement.dataset.whole === 'true');
    expect(page.url() === 'app://schedville/index.html', page.url());
    expect(await app.evaluate(({ app: electron }) => electron.isPackaged), 'it does not count as packaged');
  });
  if (app === null) return;
  try {
    const page = await app.firstWindow();
    await report.check('the first lesson plays', async () => {
      const stepOf = () => page.getByTestId('timeline').getAttribute('data-step');
      const before = Number(await stepOf());
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((n) => Number(document.querySelector('[data-testid=timeline]').dataset.step) === n + 1, before);
      const shownStep = () => page.getByTestId('lesson-step').getAttribute('data-lesson-step');
      const shown = await shownStep();
      // The text of a step may have pages, and the village plays what leads to the next.
      for (let presses = 0; presses < MOST_PRESSES && (await shownStep()) === shown; presses++) {
        await page.getByTestId('lesson-next').click();
        await page.waitForTimeout(PLAYED_MS);
      }
      expect((await shownStep()) !== shown, `still at ${shown}`);
      return (await page.getByTestId('lesson-title').textContent()).trim();
    });
    await report.check('a trace is exported through the dialog', async () => {
      const to = `${data}-trace.jsonl`;
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      }, to);
      await page.keyboard.press('Shift+E');
      await page.getByTestId('notice').waitFor();
      expect(existsSync(to) && JSON.parse(readFileSync(to, 'utf8').split('\n')[0]).kind === 'trace', 'there is no trace');
    });
    await report.check('a lesson of one’s own is begun, and opens', async () => {
      const to = `${data} 我的课`;
      await app.evaluate(({ BrowserWindow, dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
        BrowserWindow.getAllWindows()[0].webContents.send('schedville:menuCommand', 'newLesson');
      }, to);
      const { title } = parse(readFileSync(join(ROOT, 'assets', 'lesson-template', 'lesson.yaml'), 'utf8'));
      await page.getByTestId('lesson-title').filter({ hasText: title.en }).waitFor();
      expect(readdirSync(to).length > 1, 'there is no scenario');
      return title.en;
    });
    await report.check('the “?” window tells version, runtime and licences', async () => {
      await page.keyboard.press('?');
      const about = page.getByTestId('about');
      await about.waitFor();
      const text = await about.textContent();
      const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
      expect(text.includes(`Schedville ${version}`), text);
      const isStandIn = executable.includes('stand-in') || (await app.evaluate(() => process.versions.electron)).startsWith('33.');
      expect((await page.getByTestId('stand-in').count()) === (isStandIn ? 1 : 0), 'the stand-in is not told, or told of another');
      await page.getByTestId('show-licences').click();
      const licences = await page.getByTestId('licence-texts').textContent();
      for (const each of ['MIT', 'SIL OPEN FONT LICENSE', ...bundled()])
        expect(each.includes(' ') || each === 'MIT' ? licences.includes(each) : licences.includes(`\n${each} `), `${each} is missing`);
      return text.trim().split('  ')[0].slice(0, 80);
    });
    await report.check('the page has complained of nothing', () => expect(complaints.length === 0, complaints.join(' | ')));
  } finally {
    await app.close();
  }
}
