/** Habits of a desktop program: looking for something in time. */
import { expect } from '@playwright/test';
import { shownStep, startedEach, test } from './started-app';

const started = startedEach();

test('a search leads from hit to hit, tells its faults at their character, and Escape closes it', async () => {
  const { page } = started;
  await page.keyboard.press('/');
  const field = page.getByTestId('search-text');
  await expect(field).toBeFocused();
  await field.fill('P0.status = _Psyscall');
  await expect(page.getByTestId('search-fault')).toContainText('==');
  await page.getByRole('button', { name: '改成 ==' }).click();
  await expect(page.getByTestId('search-fault')).toBeEmpty();
  await field.fill('n == 3 || n == 5');
  // What was looked for before has other hits.
  await expect(page.getByTestId('search-hits')).toHaveAttribute('data-count', '2');
  await expect(page.getByTestId('search-told')).toContainText('2');
  await field.press('Enter');
  await expect.poll(() => shownStep(page)).toBe(3);
  await field.press('Enter');
  await expect.poll(() => shownStep(page)).toBe(5);
  await page.keyboard.press('Shift+F3');
  await expect.poll(() => shownStep(page)).toBe(3);
  await expect(page.getByTestId('search-hits')).toHaveAttribute('data-count', '2');
  await field.press('Escape');
  await expect(page.getByTestId('search')).toHaveCount(0);
  await expect(page.getByTestId('search-hits')).toHaveCount(0);
});

test('the palette finds a command by its initials and does it; the menu says what would do nothing', async () => {
  const { app, page } = started;
  const item = (id: string): Promise<{ enabled: boolean; checked: boolean } | null> =>
    app.evaluate(({ Menu }, wanted) => {
      const found = Menu.getApplicationMenu()?.getMenuItemById(wanted);
      return found ? { enabled: found.enabled, checked: found.checked } : null;
    }, id);
  await expect.poll(() => item('stepBack')).toMatchObject({ enabled: false });
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-text').fill('qjyb');
  await page.keyboard.press('Enter');
  await expect.poll(() => shownStep(page)).toBe(1);
  await expect.poll(() => item('stepBack')).toMatchObject({ enabled: true });
  await page.keyboard.press('b');
  await expect.poll(() => item('blank')).toMatchObject({ checked: true });
  await page.keyboard.press('b');
  await expect.poll(() => item('blank')).toMatchObject({ checked: false });
});

test('the menu has one theme marked, whether it was chosen there or by key; what is chosen twice stays', async () => {
  const { app, page } = started;
  const marked = (): Promise<string[]> =>
    app.evaluate(({ Menu }) =>
      ['lightTheme', 'darkTheme', 'projectorTheme'].filter((id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.checked),
    );
  for (let i = 0; i < 2; i++) {
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('projectorTheme')?.click());
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector');
    await expect.poll(marked).toEqual(['projectorTheme']);
  }
  for (const theme of ['light', 'dark', 'projector']) {
    await page.keyboard.press('t');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect.poll(marked).toEqual([`${theme}Theme`]);
  }
});
