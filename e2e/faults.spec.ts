/** What may befall a program that runs: its drawing process dies, a lesson's folder goes away, the clock jumps. What befalls the page itself: robust.spec.ts. */
import { expect } from '@playwright/test';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answerDialogs, atRest, onward, ROOT, shownStep, startedEach, test } from './started-app';

const started = startedEach({ provoke: true });

test('the process that draws dies: another one draws on, and the log says so without a name', async () => {
  const { app, page, folder } = started;
  const killed = await app.evaluate(({ app: electron }) => {
    const { pid } = electron.getAppMetrics().find(({ type }) => type === 'GPU') ?? {};
    if (pid === undefined) return null;
    process.kill(pid, 'SIGKILL');
    return pid;
  });
  expect(killed).not.toBeNull();
  await expect
    .poll(() => app.evaluate(({ app: electron }) => electron.getAppMetrics().find(({ type }) => type === 'GPU')?.pid ?? 0))
    .not.toBe(killed);
  const before = await shownStep(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => shownStep(page)).toBe(before + 1);
  expect((await page.screenshot()).length).toBeGreaterThan(10_000);
  const log = join(folder, 'data', 'logs', 'schedville.log');
  await expect.poll(() => (existsSync(log) ? readFileSync(log, 'utf8') : '')).toContain('died: GPU');
  expect(readFileSync(log, 'utf8')).not.toContain(folder);
});

test('a lesson’s folder goes away: what is open stays, and opening it again is refused with the reason', async () => {
  const { app, page, folder } = started;
  const own = join(folder, '我的课');
  cpSync(join(ROOT, 'assets', 'lessons', '01-hunting'), own, { recursive: true });
  const file = join(own, 'lesson.yaml');
  // By its title it is known that the copy is open, and no longer the lesson of the course.
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, 'title: { zh: 我的打猎, en: My hunting }'));
  await answerDialogs(app, file);
  await page.keyboard.press('o');
  await expect(page.getByTestId('lesson-title')).toHaveText('我的打猎');
  rmSync(own, { recursive: true });
  const before = await shownStep(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => shownStep(page)).toBe(before + 1);
  // Told by itself first; later it would take the place of what opening says.
  await expect(page.getByTestId('notice')).toContainText('文件夹不在了');
  await page.keyboard.press('o');
  await expect(page.getByTestId('notice')).toContainText('lesson.yaml');
  await expect(page.getByTestId('lesson-step')).toBeVisible();
});

test('a folder above the lesson’s is renamed: that is told at once, with what to do, nothing is lost, and renamed back it is followed again', async () => {
  const { app, page, folder } = started;
  const shelf = join(folder, '课件');
  const file = join(shelf, '我的课', 'lesson.yaml');
  cpSync(join(ROOT, 'assets', 'lesson-template'), dirname(file), { recursive: true });
  // So long a title takes two lines, and all of it is there for whoever is read to.
  const title = '一个很长很长的题目'.repeat(22);
  const named = (zh: string): void => {
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, `title: { zh: ${zh}, en: My hunting }`));
  };
  named(title);
  await answerDialogs(app, file);
  await page.keyboard.press('o');
  const shown = page.getByTestId('lesson-title');
  await expect(shown).toHaveText(title);
  const high = await shown.evaluate((each) => each.getBoundingClientRect().height / parseFloat(getComputedStyle(each).lineHeight));
  expect(high).toBeLessThan(3);
  const cut = shown.locator('.cut-title');
  await cut.hover();
  await expect(cut).toHaveAttribute('title', title);
  renameSync(shelf, `${shelf} 旧`);
  const notice = page.getByTestId('notice');
  await expect(notice).toContainText('这一课的文件夹不在了');
  await expect(notice).toContainText('打开课程文件夹…');
  // Nobody could save it where it lay.
  await expect(notice).not.toContainText('改好存盘');
  await page.keyboard.press('Escape');
  await expect(shown).toHaveText(title);
  renameSync(`${shelf} 旧`, shelf);
  named('回来了');
  await expect(shown).toHaveText('回来了');
});

test('the folder above two lessons is moved: whoever points to one of them goes on there, with progress and bookmarks, and the other one has come along', async () => {
  const { app, page, folder } = started;
  const [shelf, moved] = [join(folder, '课件'), join(folder, '新课件')];
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const name of ['课一', '课二']) {
    cpSync(join(ROOT, 'assets', 'lesson-template'), join(shelf, name), { recursive: true });
    const file = join(shelf, name, 'lesson.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, `title: { zh: 我的${name}, en: Mine }`));
  }
  const open = (): Promise<void> => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('openLesson')?.click());
  for (const name of ['课二', '课一']) {
    await answerDialogs(app, join(shelf, name));
    await open();
    await expect(page.getByTestId('lesson-title')).toHaveText(`我的${name}`);
    await atRest(page);
    // Its question stands before its step.
    while ((await shownStep(page)) === 0) await onward(page);
    await page.keyboard.press('Control+d');
    await expect(page.getByTestId('bookmarks')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('bookmarks')).toBeHidden();
  }
  const kept = (name: string): string => {
    const file = join(folder, 'data', ...name.split('/'));
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  const keys = (text: string): string[] => [...new Set(text.match(/@[0-9a-f]{8}/g))].sort();
  await expect.poll(() => [keys(kept('bookmarks.json')).length, keys(kept('learners/me.json')).length]).toEqual([2, 2]);
  const before = keys(kept('bookmarks.json'));
  renameSync(shelf, moved);
  await expect(page.getByTestId('notice')).toContainText('进度和书签会跟过去');
  await answerDialogs(app, join(moved, '课一'));
  await open();
  await expect(page.getByTestId('notice')).toContainText('进度和书签都跟过来了');
  await expect(page.getByTestId('lesson-title')).toHaveText('我的课一');
  await expect.poll(() => keys(kept('bookmarks.json')).filter((key) => before.includes(key))).toEqual([]);
  await expect.poll(() => keys(kept('learners/me.json'))).toEqual(keys(kept('bookmarks.json')));
  const { ownFolders } = JSON.parse(kept('settings.json')) as { ownFolders: string[] };
  expect(ownFolders.sort()).toEqual([join(moved, '课一'), join(moved, '课二')].sort());
  await page.keyboard.press('Control+b');
  await expect(page.getByTestId('bookmark')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('bookmarks')).toBeHidden();
  // Its file chosen among files of all kinds: the same, and at the same step.
  const at = await shownStep(page);
  expect(at).toBeGreaterThan(0);
  renameSync(moved, shelf);
  await expect(page.getByTestId('notice')).toContainText('进度和书签会跟过去');
  await answerDialogs(app, join(shelf, '课一', 'lesson.yaml'));
  await page.keyboard.press('o');
  await expect(page.getByTestId('notice')).toContainText('进度和书签都跟过来了');
  await expect.poll(() => shownStep(page)).toBe(at);
  await expect.poll(() => keys(kept('bookmarks.json'))).toEqual(before);
  await expect.poll(() => keys(kept('learners/me.json'))).toEqual(before);
});

test('the clock jumps by a year, there and back: playing goes on', async () => {
  const { page } = started;
  for (const jumpMs of [365 * 86_400_000, -365 * 86_400_000]) {
    await page.evaluate((by) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + by;
    }, jumpMs);
    const before = await shownStep(page);
    await page.keyboard.press('Space');
    await expect.poll(() => shownStep(page)).toBeGreaterThan(before);
    // Not by the space bar: on a slow machine playing may have come to a lesson step by now, and would begin anew.
    await page.keyboard.press('Home');
    await expect.poll(() => shownStep(page)).toBe(0);
    await atRest(page);
  }
});

for (const [what, code] of [
  ['that is full', 'ENOSPC'],
  ['that may not be written to', 'EROFS'],
] as const)
  test(`on a disk ${what} the lesson goes on, and says what is not kept; with room again it is`, async () => {
    const { app, page, folder } = started;
    const settings = join(folder, 'data', 'settings.json');
    await app.evaluate((_electron, why) => {
      const { promises } = process.getBuiltinModule('node:fs');
      const { syncBuiltinESMExports } = process.getBuiltinModule('node:module');
      const { open } = promises;
      Object.assign(globalThis, {
        makeRoom: () => {
          promises.open = open;
          syncBuiltinESMExports();
        },
      });
      promises.open = () => Promise.reject(Object.assign(new Error(`${why}: no room`), { code: why }));
      syncBuiltinESMExports();
    }, code);
    await page.keyboard.press('l');
    await expect(page.getByTestId('notice')).toContainText(code);
    const shown = await shownStep(page);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => shownStep(page)).toBe(shown + 1);
    expect(readFileSync(settings, 'utf8')).not.toContain('"language": "en"');
    await app.evaluate(() => {
      (globalThis as unknown as { makeRoom: () => void }).makeRoom();
    });
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await expect.poll(() => readFileSync(settings, 'utf8')).toContain('"language": "en"');
  });
