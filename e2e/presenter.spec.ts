/** What a teacher has beside the course: a window of one's own beside the projected one, and lessons of one's own. */
import { expect, type Page } from '@playwright/test';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeFaults } from './axe';
import { answerDialogs, PATIENCE, pressed, removeFolder, start, type Started, test } from './started-app';

let started: Started;
let teacher: Page;

test.beforeAll(async () => {
  started = await start();
});
test.afterAll(async () => {
  await started.app.close();
  removeFolder(started.folder);
});

test('a new lesson is opened, followed while it is edited, dropped, remembered, and taken off the list', async () => {
  const { folder } = started;
  const lesson = join(folder, 'night');
  let mine = started;
  await answerDialogs(mine.app, lesson);
  await mine.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('schedville:menuCommand', 'newLesson');
  });
  const title = mine.page.getByTestId('lesson-title');
  await expect(title).toHaveText('我的第一课');
  const edit = (from: string, to: string): void => {
    const file = join(lesson, 'lesson.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };
  // Its question is open; what is edited comes in at the same place.
  await expect(mine.page.getByTestId('question')).toContainText('房子怎么办');
  edit('张三要出门，房子怎么办？', '张三要出门了，房子归谁？');
  await expect(mine.page.getByTestId('question')).toContainText('房子归谁');
  // A fault has its place and what is meant, and the last good version stays.
  edit('minutes: 5', 'minuts: 5');
  await expect(mine.page.getByTestId('notice')).toContainText('lesson.yaml:15:1');
  await expect(mine.page.getByTestId('notice')).toContainText('minutes');
  await expect(mine.page.getByTestId('question')).toContainText('房子归谁');
  edit('minuts: 5', 'minutes: 5');
  await expect(mine.page.getByTestId('notice')).toHaveCount(0);
  // What it says of its runs is held against them each time; while its question is open, nobody is told more than where it is.
  edit('is: _Psyscall', 'is: _Pidle');
  await mine.page.getByTestId('lesson-wrong').click();
  await expect(mine.page.getByTestId('lesson-check')).toContainText('lesson.yaml:67:11');
  await expect(mine.page.getByTestId('lesson-check')).not.toContainText('_Pidle');
  expect(await axeFaults(mine.page, ['[data-testid=lesson-check]', '.pane'], ['wcag2a', 'wcag2aa', 'wcag22aa', 'best-practice'])).toEqual(
    [],
  );
  await mine.page.keyboard.press('Escape');
  await expect(mine.page.getByTestId('question')).toContainText('房子归谁');
  edit('is: _Pidle', 'is: _Psyscall');
  await expect(mine.page.getByTestId('lesson-wrong')).toHaveCount(0);
  // A folder that goes away is told, and costs nothing.
  renameSync(lesson, `${lesson}-away`);
  await expect(mine.page.getByTestId('notice')).toContainText(`文件夹不在了：${lesson}`);
  renameSync(`${lesson}-away`, lesson);
  await expect(mine.page.getByTestId('notice')).toHaveCount(0);
  await mine.app.close();
  mine = started = await start(folder);
  await expect(mine.page.getByTestId('lesson-title')).toHaveText('我的第一课');
  await expect(mine.page.locator('.lessons optgroup option')).toHaveText(['我的第一课']);
  await mine.page.keyboard.press('m');
  await mine.page.getByTestId('course-tab-own').click();
  await mine.page.getByTestId('forget').click();
  await expect(mine.page.getByTestId('own-lesson')).toHaveCount(0);
  await mine.page.keyboard.press('Escape');
  // Handed over by a second start: on the list, and followed from then on.
  await mine.app.evaluate(
    ({ app }, file) => {
      app.emit('second-instance', {}, [], '', { file, link: null });
    },
    join(lesson, 'lesson.yaml'),
  );
  await expect(mine.page.locator('.lessons optgroup option')).toHaveText(['我的第一课']);
  edit('我的第一课', '我的第二课');
  await expect(mine.page.getByTestId('lesson-title')).toHaveText('我的第二课');
  edit('我的第二课', '我的第一课');
  await expect(mine.page.getByTestId('lesson-title')).toHaveText('我的第一课');
  await mine.page.keyboard.press('m');
  await mine.page.getByTestId('forget').click();
  await mine.page.keyboard.press('Escape');
  await expect(mine.page.locator('.lessons optgroup option')).toHaveCount(0);
  // Chosen among files of all kinds: the same.
  await answerDialogs(mine.app, join(lesson, 'lesson.yaml'));
  await mine.page.keyboard.press('o');
  await expect(mine.page.locator('.lessons optgroup option')).toHaveText(['我的第一课']);
  edit('我的第一课', '我的第三课');
  await expect(mine.page.getByTestId('lesson-title')).toHaveText('我的第三课');
  edit('我的第三课', '我的第一课');
  await expect(mine.page.getByTestId('lesson-title')).toHaveText('我的第一课');
  await mine.page.keyboard.press('m');
  await mine.page.getByTestId('forget').click();
  await mine.page.keyboard.press('Escape');
  await expect(mine.page.locator('.lessons optgroup option')).toHaveCount(0);
  // Dropped on the window, as a file manager does it: the page never learns of more than the file.
  await mine.page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'dropped' });
    document.body.append(input);
  });
  await mine.page.locator('#dropped').setInputFiles(join(lesson, 'lesson.yaml'));
  await mine.page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#dropped');
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    input?.remove();
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(mine.page.locator('.lessons optgroup option')).toHaveText(['我的第一课']);
  expect(mine.complaints).toEqual([]);
});

test('the teacher’s window opens beside the projected one', async () => {
  const { app, page } = started;
  // What is on its way is none of these tests' business.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.locator('.toolbar .lessons').selectOption('hunting');
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'village');
  const opened = app.waitForEvent('window', PATIENCE);
  await page.keyboard.press('n');
  teacher = await opened;
  await expect(teacher.getByTestId('presenter')).toBeVisible();
});

const projectedStep = (): Promise<string | null> => started.page.getByTestId('lesson-step').getAttribute('data-lesson-step');

/** Through the pages of a text to another step, press by press: what is pressed in the teacher’s window is done in the other one a moment later. */
async function turn(of: Page, key: string): Promise<void> {
  const { page } = started;
  const before = await projectedStep();
  while ((await projectedStep()) === before) await pressed(page, () => of.keyboard.press(key));
  // And told to the teacher’s.
  const shown = (await page.locator('[data-testid=lesson-step] h2').first().textContent()) ?? '';
  await expect(teacher.getByTestId('presented-step')).toHaveText(shown);
}

test('a clicker works in either window, and both stay in step', async () => {
  const { page } = started;
  const title = teacher.getByTestId('presented-step');
  await expect(teacher.getByTestId('notes')).not.toBeEmpty();
  const first = await title.textContent();
  await turn(teacher, 'PageDown');
  const second = await projectedStep();
  await expect(page.locator('[data-testid=lesson-step] h2').first()).toHaveText((await title.textContent()) ?? '');
  await turn(page, 'PageUp');
  await expect(title).toHaveText(first ?? '');
  // A blank screen for the class; any key brings it back.
  await teacher.keyboard.press('b');
  await expect(page.getByTestId('blank')).toBeVisible();
  await teacher.keyboard.press('PageDown');
  await expect(page.getByTestId('blank')).toHaveCount(0);
  await expect(title).toHaveText(first ?? '');
  await turn(teacher, 'PageDown');
  expect(await projectedStep()).toBe(second);
});

test('at a question the teacher sees the answer, the class does not; hands count in both', async () => {
  const { page } = started;
  for (let i = 0; i < 30 && (await page.getByTestId('question').count()) === 0; i++)
    await pressed(page, () => teacher.getByTestId('presenter-next').click());
  await expect(page.getByTestId('question')).toBeVisible();
  await expect(teacher.locator('[data-testid=presented-question] li.right')).toHaveCount(1);
  await expect(page.locator('.choice > .right')).toHaveCount(0);
  await page.getByTestId('hands-on').click();
  await teacher.keyboard.press('1');
  await page.keyboard.press('1');
  await expect(page.getByTestId('hands').first()).toHaveValue('2');
  await expect(teacher.getByTestId('presented-hands').first()).toContainText('2');
  await teacher.getByTestId('presenter-reveal').click();
  await expect(page.locator('.choice > .right')).toHaveCount(1);
  await expect(teacher.getByTestId('presenter-reveal')).toBeDisabled();
});

test('the clock is stopped and begins again; the teacher’s window can ask for nothing else', async () => {
  await teacher.getByTestId('clock-toggle').click();
  await teacher.getByTestId('clock-reset').click();
  await expect(teacher.getByTestId('elapsed')).toHaveText('0:00');
  const seen = await teacher.evaluate(() => {
    const { schedville } = window as unknown as { schedville: object };
    return [
      ...['require', 'process', 'electron'].filter((name) => name in window),
      ...Object.keys(schedville).filter((name) => !/^on[A-Z]/.test(name)),
    ];
  });
  expect(seen.sort()).toEqual(['presenterAct', 'presenterView', 'zoomFactor']);
  const reply = await started.page.evaluate(() =>
    (window as unknown as { schedville: { tellPresenter: (ask: unknown) => Promise<unknown> } }).schedville.tellPresenter({ html: '<b>' }),
  );
  expect(reply).toMatchObject({ ok: false });
});

test('spotlight, large type, and either window closes cleanly', async () => {
  const { page, complaints } = started;
  await teacher.keyboard.press('k');
  await expect(page.getByTestId('spotlight')).toHaveCount(1);
  await page.mouse.move(300, 200);
  await expect(page.getByTestId('spotlight')).toHaveAttribute('style', /300px.*200px/);
  await teacher.keyboard.press('k');
  await expect(page.getByTestId('spotlight')).toHaveCount(0);
  await page.keyboard.press('y');
  await expect(page.getByTestId('village')).toHaveCount(0);
  await page.keyboard.press('y');
  await expect(page.getByTestId('village')).toBeVisible();
  // The key is up again only after the window has gone.
  await teacher.keyboard.press('n').catch(() => undefined);
  await expect.poll(() => started.app.windows().length).toBe(1);
  const opened = started.app.waitForEvent('window', PATIENCE);
  await page.keyboard.press('n');
  teacher = await opened;
  await expect(teacher.getByTestId('presenter')).toBeVisible();
  const over = teacher.waitForEvent('close');
  await started.app.evaluate(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows()) if (!each.webContents.getURL().includes('#presenter')) each.close();
  });
  await over;
  expect(complaints).toEqual([]);
});
