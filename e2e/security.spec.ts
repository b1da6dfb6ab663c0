import { expect } from '@playwright/test';
import { startedEach, test, windowsSeen } from './started-app';

const started = startedEach({ provoke: true });

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
  // The page's own policy refuses before the session is asked: the session is asked from here.
  const fetched = await app.evaluate(
    ({ session }, urls) =>
      Promise.all(
        urls.map((url) =>
          session.defaultSession.fetch(url).then(
            () => 'fetched',
            (error: Error) => error.message,
          ),
        ),
      ),
    ['http://127.0.0.1:9/', 'https://example.com/'],
  );
  for (const each of fetched) expect(each).toContain('ERR_BLOCKED_BY_CLIENT');
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
  const navigated = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) =>
        BrowserWindow.getAllWindows()
          .find((each) => each.isVisible())
          ?.webContents.once('will-navigate', () => {
            resolve();
          }),
      ),
  );
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await navigated;
  expect(page.url()).toMatch(/^app:\/\/schedville\//);
  expect(await windowsSeen(app)).toBe(1);
});

test('a request of the wrong shape is refused', async () => {
  const reply = await started.page.evaluate(() =>
    (window as unknown as { schedville: { readSteps: (ask: unknown) => Promise<unknown> } }).schedville.readSteps({ from: -1, to: 'x' }),
  );
  expect(reply).toMatchObject({ ok: false });
});

test('nothing can be told of an export that is none', async () => {
  const reply = await started.page.evaluate(() =>
    (window as unknown as { schedville: { exportDone: (ask: unknown) => Promise<unknown> } }).schedville.exportDone({
      pictures: 1,
      failure: null,
    }),
  );
  expect(reply).toMatchObject({ ok: false, message: { en: 'nothing is being exported' } });
  expect(await windowsSeen(started.app)).toBe(1);
});

test('files outside the page’s folder cannot be had', async () => {
  const statuses = await started.page.evaluate(() =>
    Promise.all(
      // Dots between real slashes are gone before anybody is asked; behind %2f they arrive. %ff is no text at all.
      ['/index.html', '/..%2f..%2fpackage.json', '/..%2fmain%2findex.js', '/%ff', '/none.js', ''].map((path) =>
        fetch(`app://schedville${path}`).then((found) => found.status),
      ),
    ),
  );
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
});
