/** What may befall a program that runs: its drawing process dies, a lesson's folder goes away, the clock jumps. What befalls the page itself: robust.spec.ts. */
import { expect } from '@playwright/test';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerDialogs, atRest, ROOT, shownStep, startedEach, test } from './started-app';

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
  await page.keyboard.press('o');
  await expect(page.getByTestId('notice')).toContainText('lesson.yaml');
  await expect(page.getByTestId('lesson-step')).toBeVisible();
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
