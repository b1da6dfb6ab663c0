/** What is still there when the app is started again, however it ended. */
import { expect, type Page, test } from '@playwright/test';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeFaults } from './axe';
import { answerDialogs, newFolder, onward, removeFolder, shownStep, start, type Started } from './started-app';

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

/** Does `work`, closes the app, and hears no complaint of its page. */
async function closed({ app, complaints }: Started, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await app.close();
  }
  expect(complaints, 'the page complained on its console').toEqual([]);
}

/** The styles that the page has asked for: each of its later parts brings one. */
const styles = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].map(({ href }) => href));

/** The map of the course, and what comes after it, whether it is shown or not (App.svelte). */
const [MAP, AFTERWARDS] = [/\/CoursePage-.*css$/, /\/noto-sans-sc-.*css$/];

/** Language and theme of the page whenever either changes, from the very beginning of the page that is loaded next. */
async function lightsOf(page: Page): Promise<string[]> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      const { lang, dataset } = document.documentElement;
      if (lang !== '' && seen.at(-1) !== `${lang} ${dataset.theme}`) seen.push(`${lang} ${dataset.theme}`);
    }).observe(document, { subtree: true, childList: true, attributeFilter: ['lang', 'data-theme'] });
  });
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
  return page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
}

test('settings and place survive a kill, and the page begins in the language and the theme that were chosen', async () => {
  const { app, page } = await start(folder, ['--theme=light']);
  await page.keyboard.press('l');
  await page.keyboard.press('t');
  await onward(page);
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'birth');
  const step = await shownStep(page);
  await expect.poll(settingsText).toContain(`"n": ${step}`);
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await gone;
  const again = await start(folder);
  await closed(again, async () => {
    await expect(again.page.locator('html')).toHaveAttribute('lang', 'en');
    expect(await shownStep(again.page)).toBe(step);
    expect(await lightsOf(again.page)).toEqual(['en dark']);
  });
});

test('a first start shows the course over the lesson, Enter begins it, and so does a clicker; whoever wants it no more does not see it again', async () => {
  // Without settings (started-app.ts would switch it off).
  mkdirSync(join(folder, 'data'));
  const first = await start(folder);
  const course = first.page.getByTestId('course');
  await closed(first, async () => {
    const { app, page } = first;
    const begin = page.getByTestId('go-on');
    await expect(begin).toBeFocused();
    expect((await styles(page)).filter((each) => MAP.test(each))).toHaveLength(1);
    await expect(begin).toContainText('第 1 课');
    const before = await shownStep(page);
    // Nothing has been seen of what lies behind the map.
    const card = page.locator('[data-lesson=hunting]');
    await expect(card).toContainText(/0\/\d+/);
    await page.keyboard.press('Enter');
    await expect(course).toBeHidden();
    await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'village');
    expect(await shownStep(page)).toBe(before);
    await page.keyboard.press('m');
    await expect(card).toContainText(/[^\d]1\/\d+/);
    await expect(begin).toBeFocused();
    const part = page.getByTestId('pages');
    // Nor is a page of the text turned, where it has several.
    // Which one it is: how many there are may still change with the type.
    const text = (await part.count()) > 0 ? (await part.innerText()).split('/')[0] : '';
    await page.keyboard.press('PageDown');
    await expect(course).toBeHidden();
    expect(await shownStep(page)).toBe(before);
    if (text !== '') expect((await part.innerText()).split('/')[0]).toBe(text);
    await page.keyboard.press('m');
    await page.getByTestId('course-first').uncheck();
    await expect.poll(settingsText).toContain('"isCourseFirst": false');
    // What somebody opens from outside is what is to be seen.
    const file = join(folder, 'own.scenario.yaml');
    writeFileSync(
      file,
      'schedville: 1\nkind: scenario\nid: own\ntitle: { zh: 自己的, en: own }\ngoroutines: { main: [ { compute: 5us } ] }\n',
    );
    await expect(course).toBeVisible();
    await app.evaluate(({ app: electron }, given) => electron.emit('second-instance', {}, [], '', { file: given, link: null }), file);
    await expect(page.getByTestId('lesson-title')).toHaveText('自己的');
    await expect(course).toBeHidden();
  });
  const second = await start(folder);
  await closed(second, async () => {
    const { page } = second;
    await expect.poll(async () => (await styles(page)).filter((each) => AFTERWARDS.test(each)).length).toBe(1);
    expect((await styles(page)).filter((each) => MAP.test(each))).toEqual([]);
    await expect(page.getByTestId('course')).toHaveCount(0);
    await page.keyboard.press('m');
    await expect(page.getByTestId('course-first')).not.toBeChecked();
  });
});

test('a broken settings file is set aside', async () => {
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'settings.json'), '{');
  const started = await start(folder);
  await closed(started, async () => {
    await expect(started.page.getByTestId('notice')).toContainText('settings.json.broken');
  });
});

test('of several files that are damaged at once each is told and kept whole, also those of the gallery and of pictures', async () => {
  const data = join(folder, 'data');
  mkdirSync(join(data, 'learners'), { recursive: true });
  const names = ['settings.json', 'learners/me.json', 'bookmarks.json', 'recent.json', 'gallery.json', 'pictures.json'];
  for (const name of names) writeFileSync(join(data, name), `[ ${name}`);
  const started = await start(folder);
  const { page } = started;
  const told = new Set<string>();
  const readAndClose = async (): Promise<void> => {
    const text = (await page.getByTestId('notice').textContent()) ?? '';
    for (const name of names) if (text.includes(`${name.split('/').at(-1)}.broken-`)) told.add(name);
    await page.getByTestId('notice').getByRole('button').click();
  };
  await closed(started, async () => {
    for (let i = 0; i < 4; i++) await readAndClose();
    await expect(page.getByTestId('notice')).toBeHidden();
    for (const [key, dialog] of [
      ['g', 'gallery'],
      ['e', 'pictures'],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.getByTestId(dialog)).toBeVisible();
      await expect(page.getByTestId('notice')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByTestId(dialog)).toBeHidden();
      await readAndClose();
    }
    expect([...told].sort()).toEqual([...names].sort());
  });
  for (const name of names) {
    const [part = '', under = ''] = name.split('/').reverse();
    const aside = readdirSync(join(data, under)).filter((each) => each.startsWith(`${part}.broken-`));
    expect(aside.map((each) => readFileSync(join(data, under, each), 'utf8'))).toEqual([`[ ${name}`]);
  }
});

test('what was typed in the playground is there again; the lesson is where it was', async () => {
  const text = ({ page }: Started) => page.locator('[data-testid=listing-text]:visible');
  const first = await start(folder);
  await closed(first, async () => {
    const { page } = first;
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => shownStep(page)).toBe(1);
    await page.keyboard.press('p');
    await expect(page.getByTestId('entry')).toHaveValue('syscall.Syscall');
    await text(first).fill('TEXT ·mine(SB),NOSPLIT,$0-8\n\tMOVQ $7, r+0(FP)\n\tRET\n');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('playground')).toBeHidden();
    expect(await shownStep(page)).toBe(1);
    await expect.poll(() => existsSync(join(folder, 'data', 'playground.json'))).toBe(true);
  });
  const second = await start(folder);
  await closed(second, async () => {
    await second.page.keyboard.press('p');
    await expect(text(second)).toHaveValue(/·mine\(SB\)/);
  });
});

test('what is typed last is on the disk before the end, however slow that is', async () => {
  const bookmarks = join(folder, 'data', 'bookmarks.json');
  const started = await start(folder);
  const { app, page } = started;
  await closed(started, async () => {
    for (let n = 1; n <= 2; n++) {
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => shownStep(page)).toBe(n);
    }
    await page.keyboard.press('Control+d');
    const note = page.getByTestId('bookmarks').locator('textarea');
    await expect(note).toBeFocused();
    await expect.poll(() => existsSync(bookmarks)).toBe(true);
    await app.evaluate(() => {
      const { promises } = process.getBuiltinModule('node:fs');
      const { open } = promises;
      promises.open = (...args) =>
        new Promise((resolve) => {
          setTimeout(() => {
            resolve(open(...args));
          }, 1_000);
        });
      process.getBuiltinModule('node:module').syncBuiltinESMExports();
    });
    await note.fill('最后一句');
  });
  expect(readFileSync(bookmarks, 'utf8')).toContain('最后一句');
});

test('votes and classes survive a kill; a damaged class is named and kept, and a table brings it back', async () => {
  const first = await start(folder);
  const { page } = first;
  // Questions are come to three times: on the way there is nothing to be seen here.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.keyboard.press('r');
  await page.getByTestId('new-name').fill('高一（3）班');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('new-name')).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('learners')).toBeHidden();
  while (!(await page.getByTestId('question').count())) await onward(page);
  for (let i = 0; i < 3; i++) await page.keyboard.press('2');
  await page.keyboard.press('1');
  await page.keyboard.press('Shift+Digit2');
  await expect(page.getByTestId('hands').nth(1)).toHaveValue('2');
  const kept = join(folder, 'data', 'learners');
  const names = (): string[] => (existsSync(kept) ? readdirSync(kept).filter((name) => name.endsWith('.json')) : []);
  const text = (): string => names().reduce((all, name) => all + readFileSync(join(kept, name), 'utf8'), '');
  await expect.poll(() => text().replace(/\s/g, '')).toContain('"counts":[1,2,0]');
  const gone = new Promise((resolve) => first.app.process().once('exit', resolve));
  first.app.process().kill('SIGKILL');
  await gone;

  const second = await start(folder);
  const table = join(folder, 'a.csv');
  await closed(second, async () => {
    const again = second.page;
    await again.emulateMedia({ reducedMotion: 'reduce' });
    while (!(await again.getByTestId('question').count())) await onward(again);
    await expect(again.getByTestId('hands').nth(1)).toHaveValue('2');
    await again.getByTestId('reveal').click();
    await answerDialogs(second.app, table);
    await again.keyboard.press('r');
    expect(await axeFaults(again, ['[data-testid=learners]'])).toEqual([]);
    await again.getByTestId('export-answers').click();
    await expect.poll(() => existsSync(table)).toBe(true);
    expect(readFileSync(table, 'utf8')).toMatch(/^\ufefflearner,kind,lesson[^]*高一（3）班,class,hunting,locked/);
  });

  for (const name of names()) writeFileSync(join(kept, name), '{');
  const third = await start(folder);
  await closed(third, async () => {
    await expect(third.page.getByTestId('notice')).toContainText('.json.broken');
    await answerDialogs(third.app, table);
    await third.page.keyboard.press('r');
    await third.page.getByTestId('import-answers').click();
    await expect(third.page.getByTestId('beliefs').or(third.page.getByPlaceholder('高一（3）班'))).toBeVisible();
    await expect.poll(text).toContain('高一（3）班');
  });
});
