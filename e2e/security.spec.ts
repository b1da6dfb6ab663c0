import { expect, test } from '@playwright/test';
import { removeFolder, start, type Started } from './started-app';

let started: Started;

test.beforeAll(async () => {
  started = await start();
});

test.afterAll(async () => {
  await started.app.close();
  removeFolder(started.folder);
});

test('the page has nothing of Node or Electron', async () => {
  const seen = await started.page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window));
  expect(seen).toEqual([]);
});

test('code from strings is refused', async () => {
  const refused = await started.page.evaluate(
    () =>
      new Promise((resolve) => {
        // In a timer, because what a debugger evaluates is not under the page's policy.
        setTimeout(() => {
          try {
            resolve(new Function('return 1')() as unknown);
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      }),
  );
  expect(refused).toBe('EvalError');
});

test('no network, no new windows, no navigation', async () => {
  const { app, page } = started;
  expect(
    await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'fetched',
        () => 'refused',
      ),
    ),
  ).toBe('refused');
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await page.waitForTimeout(300);
  expect(page.url()).toMatch(/^app:\/\/schedville\//);
  expect(app.windows()).toHaveLength(1);
});

test('a request of the wrong shape is refused', async () => {
  const reply = await started.page.evaluate(() => (window as unknown as { schedville: { readSteps: (ask: unknown) => Promise<unknown> } }).schedville.readSteps({ from: -1, to: 'x' }));
  expect(reply).toMatchObject({ ok: false });
});

test('files outside the page’s folder cannot be had', async () => {
  const statuses = await started.page.evaluate(() => Promise.all(['/../package.json', '/%2e%2e/%2e%2e/package.json', '/none.js'].map((path) => fetch(`app://schedville${path}`).then((found) => found.status))));
  expect(statuses).toEqual([404, 404, 404]);
});
