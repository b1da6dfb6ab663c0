/** Every dialog and every part of the window by axe (WCAG 2.2 AA, targets among it), and a lesson that is done without pictures and mouse. */
import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AxeFault, axeFaults } from './axe';
import { atRest, ROOT, startedEach, test } from './started-app';

const started = startedEach();

/** The commands that open a dialog, from their table itself: one that is new is looked at, too. */
function dialogs(): string[] {
  const table = readFileSync(join(ROOT, 'src-renderer/window/dialogs.svelte.ts'), 'utf8');
  return [...table.matchAll(/^ {2}(\w+): \{ load: /gm)].map(([, id = '']) => id);
}

/** As the menu does it. */
async function command(id: string): Promise<void> {
  await started.app.evaluate(({ BrowserWindow }, asked) => {
    BrowserWindow.getAllWindows()
      .find((each) => each.isVisible())
      ?.webContents.send('schedville:menuCommand', asked);
  }, id);
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const faults = (part: string): Promise<AxeFault[]> => axeFaults(started.page, [part], TAGS);

// Either language with one theme: names depend on the one, contrast on the other.
for (const [language, theme] of [
  ['zh', 'light'],
  ['en', 'dark'],
] as const)
  test(`in ${language} and ${theme} no dialog and no part of the window has a fault`, async () => {
    test.setTimeout(600_000);
    const { page } = started;
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme });
    if (language === 'en') await page.keyboard.press('l');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('PageDown');
      await atRest(page);
    }
    await page.mouse.move(2, 2);
    const found: Record<string, AxeFault[]> = {};
    found['window'] = await faults('.app');
    for (const [view, part] of [
      ['events', 'event-list'],
      ['why', 'why'],
      ['inWords', 'in-words'],
    ] as const) {
      await command(view);
      await expect(page.getByTestId(part)).toBeVisible();
      found[view] = await faults('main');
    }
    await command('inWords');
    await expect(page.getByTestId('in-words')).toHaveCount(0);
    const all = dialogs();
    expect(all.length).toBeGreaterThan(8);
    for (const id of all) {
      await command(id);
      const dialog = page.locator('dialog[open]');
      await expect(dialog, id).toHaveCount(1);
      await expect(dialog, id).toHaveAccessibleName(/\S/);
      found[id] = await faults('dialog[open]');
      await command(id);
      await expect(dialog, id).toHaveCount(0);
    }
    // The longest of the guides, which has its contents, tables and listings.
    await command('help');
    await page.getByTestId('guides').getByRole('button').nth(2).click();
    await expect(page.getByTestId('guide').getByRole('navigation')).toBeVisible();
    found['guide'] = await faults('[data-testid=guide]');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    expect(Object.entries(found).filter(([, each]) => each.length > 0)).toEqual([]);
  });

test('a lesson is done without pictures and mouse: text, question, reasons, and who is where', async () => {
  const { page } = started;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.keyboard.press('h');
  const words = page.getByTestId('in-words');
  await expect(words).toBeVisible();
  await expect(page.locator('.scene')).toHaveCount(0);
  while (!(await page.getByTestId('question').count())) {
    const before = await page.getByTestId('lesson-step').getAttribute('data-lesson-step');
    await page.keyboard.press('PageDown');
    await atRest(page);
    // What is read next has the focus.
    if (before !== (await page.getByTestId('lesson-step').getAttribute('data-lesson-step')))
      await expect(page.getByTestId('lesson-step')).toBeFocused();
  }
  await page.keyboard.press('1');
  await expect(page.getByTestId('why').first()).toBeVisible();
  const said = await words.innerText();
  for (const each of ['M0', 'G1', 'P0']) expect(said).toContain(each);
  // From the list to a thing's card, and back by Escape.
  await words.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(words.locator('[aria-pressed=true]').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(words.locator('[aria-pressed=true]')).toHaveCount(0);
  await page.keyboard.press('h');
  await expect(page.locator('.scene')).toHaveCount(1);
});
