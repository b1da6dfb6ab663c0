import { expect } from '@playwright/test';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeFaults } from './axe';
import { answerDialogs, atRest, onward, shownStep, startedEach, test, visit } from './started-app';

const started = startedEach();

test('names the Electron that really runs', async () => {
  const versions = await started.app.evaluate(() => process.versions);
  console.log(
    `Electron ${versions.electron ?? '?'}, Chrome ${versions.chrome ?? '?'}, Node ${versions.node}${process.env.SCHEDVILLE_STAND_IN === '1' ? ' (stand-in)' : ''}`,
  );
  await started.page.keyboard.press('?');
  await expect(started.page.getByRole('dialog')).toContainText(versions.electron ?? '?');
});

test('shows three views and the story, in step', async () => {
  const { page } = started;
  await expect(page.getByTestId('lesson-title')).toContainText('打猎');
  for (const view of ['village', 'runtime', 'machine']) await expect(page.getByTestId(view)).toBeVisible();
  await onward(page);
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'birth');
  await expect(page.getByTestId('runtime')).toContainText('m.locks--');
  await expect(page.getByTestId('village').getByRole('img')).toHaveAttribute('aria-label', /P0/);
});

test('walks the whole lesson to its last ending', async () => {
  const { page } = started;
  test.setTimeout(600_000);
  // What is on its way is none of this test's business.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const total = Number(
    await page
      .locator('.contents')
      .innerText()
      .then((text) => /\/ (\d+)/.exec(text)?.[1]),
  );
  expect(total).toBeGreaterThan(20);
  const seen = new Set<string>();
  for (let i = 0; i < total * 2; i++) {
    seen.add((await page.getByTestId('lesson-step').getAttribute('data-lesson-step')) ?? '');
    if (seen.has('summary')) break;
    await onward(page);
  }
  expect(seen.size).toBe(total);
});

test('asks before it shows what happens', async () => {
  const { page } = started;
  await page.getByTestId('speed').selectOption('8');
  await page.locator('.contents').click();
  await page.locator('.list button').nth(3).click();
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'address');
  const before = await shownStep(page);
  await onward(page);
  await expect(page.locator('.choices')).toBeVisible();
  expect(await shownStep(page)).toBe(before);
  await page.locator('.choices button').nth(1).click();
  await expect(page.locator('.choices .right')).toHaveCount(1);
  await onward(page);
  await expect.poll(() => shownStep(page)).toBeGreaterThan(before);
});

test('playing stops at a question, and the space bar does not run past it', async () => {
  const { page } = started;
  await page.getByTestId('speed').selectOption('8');
  await page.locator('.contents').click();
  await page.locator('.list button').nth(3).click();
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'address');
  const before = await shownStep(page);
  await page.getByTestId('play').click();
  await expect(page.getByTestId('question')).toBeVisible();
  for (let i = 0; i < 2; i++) await page.keyboard.press('Space');
  await atRest(page);
  await expect(page.getByTestId('question')).toBeVisible();
  expect(await shownStep(page)).toBe(before);
  await page.locator('.choices button').nth(1).click();
  await expect(page.locator('.because').first()).toContainText('不对。');
  await page.locator('body').press('Space');
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'locked');
  await expect(page.locator('.played')).toBeVisible();
  await expect(page.locator('.because').first()).toContainText('不对。');
});

test('at the end of one story the space bar goes on to the next', async () => {
  const { page } = started;
  await page.keyboard.press('End');
  await expect(page.locator('.played')).toContainText('放完了');
  await page.keyboard.press('Space');
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'two');
});

test('from a scenario of one’s own back to the place in the lesson', async () => {
  const { app, page, folder } = started;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await visit(page, 10);
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'taken');
  const place = await shownStep(page);
  const file = join(folder, 'own.scenario.yaml');
  writeFileSync(
    file,
    'schedville: 1\nkind: scenario\nid: own\ntitle: { zh: 自己的, en: My own }\ngoroutines: { main: [ { compute: 5us } ] }\n',
  );
  await answerDialogs(app, file);
  for (const back of [() => page.getByTestId('back-to-lesson').click(), () => page.keyboard.press('Escape')]) {
    await page.getByTestId('open-scenario').click();
    await expect(page.getByTestId('lesson-title')).toContainText('自己的');
    await page.keyboard.press('End');
    // What is kept for the next start is the place in the lesson.
    await expect
      .poll(() => (existsSync(join(folder, 'data', 'settings.json')) ? readFileSync(join(folder, 'data', 'settings.json'), 'utf8') : ''))
      .toContain(`"n": ${place}`);
    await back();
    await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'taken');
    await expect.poll(() => shownStep(page)).toBe(place);
  }
});

test('steps forward and back to the very same picture', async () => {
  const { page } = started;
  await page.getByTestId('speed').selectOption('8');
  for (let i = 1; i <= 4; i++) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => shownStep(page)).toBe(i);
  }
  await atRest(page);
  const picture = async (): Promise<string> => page.getByTestId('village').locator('.scene').innerHTML();
  const there = await picture();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => shownStep(page)).toBe(5);
  await atRest(page);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => shownStep(page)).toBe(4);
  await expect.poll(picture).toBe(there);
});

test('plays, pauses, and starts again', async () => {
  const { page } = started;
  await page.getByTestId('speed').selectOption('8');
  await page.getByTestId('play').click();
  // Playing stops at the next lesson step, and says so.
  await expect(page.locator('.played')).toBeVisible();
  await page.getByTestId('play').click();
  await expect.poll(() => shownStep(page)).toBeGreaterThan(3);
  await page.getByTestId('restart').click();
  await expect.poll(() => shownStep(page)).toBe(0);
});

test('travels by a click in the timeline', async () => {
  const { page } = started;
  const timeline = page.getByTestId('timeline');
  const box = await timeline.boundingBox();
  if (!box) throw new Error('the timeline has no place');
  // Up to the first question: what comes after it is not in sight.
  const end = Number(await timeline.getAttribute('data-to'));
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.6);
  await expect.poll(() => shownStep(page)).toBeGreaterThan(end * 0.45);
});

test('changes language and theme by key', async () => {
  const { page } = started;
  await page.keyboard.press('l');
  await expect(page.getByTestId('lesson-title')).toContainText('Going hunting');
  const theme = await page.locator('html').getAttribute('data-theme');
  await page.keyboard.press('t');
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', theme ?? '');
});

test('exports the trace', async () => {
  const { app, page, folder } = started;
  const trace = join(folder, 'a.trace.jsonl');
  await answerDialogs(app, trace);
  await page.getByTestId('export-trace').click();
  await expect(page.getByTestId('notice')).toContainText(trace);
  const lines = readFileSync(trace, 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ schedville: 1, kind: 'trace' });
  expect((JSON.parse(lines.at(-1) ?? '') as { n: number }).n).toBe(lines.length - 1);
});

test('an unwritable place is said, and nothing is left', async () => {
  const { app, page, folder } = started;
  // It is written beside the name; the rename onto a folder fails.
  const blocked = join(folder, 'blocked', 'a.jsonl');
  mkdirSync(join(blocked, 'full'), { recursive: true });
  await answerDialogs(app, blocked);
  await page.getByTestId('export-trace').click();
  await expect(page.getByTestId('notice')).toContainText('写不了');
  expect(readdirSync(join(folder, 'blocked'))).toEqual(['a.jsonl']);
  expect(readdirSync(blocked)).toEqual(['full']);
});

test('a broken scenario shows all of its faults and keeps the lesson', async () => {
  const { app, page, folder } = started;
  const file = join(folder, 'broken.scenario.yaml');
  writeFileSync(
    file,
    'schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 甲, en: a }\ngoroutines:\n  main:\n    - compyte: 5us\n    - sleep: long\n',
  );
  await answerDialogs(app, file);
  await page.getByTestId('open-scenario').click();
  const notice = page.getByTestId('notice');
  await expect(notice).toContainText('broken.scenario.yaml:7:7');
  await expect(notice).toContainText('compute');
  await expect(notice).toContainText('broken.scenario.yaml:8:14');
  await expect(page.getByTestId('lesson-title')).toContainText('打猎');
});

test('a scenario opened right after the start shows its own run', async () => {
  const { app, page, folder } = started;
  const file = join(folder, 'two.scenario.yaml');
  writeFileSync(
    file,
    'schedville: 1\nkind: scenario\nid: two\ntitle: { zh: 两座房子, en: Two houses }\nruntime: { gomaxprocs: 2 }\ngoroutines:\n  main:\n    - go: { name: w, times: 9 }\n    - spin: 2ms\n  w:\n    - compute: 100us\n',
  );
  await answerDialogs(app, file);
  await page.keyboard.press('o');
  await expect(page.getByTestId('lesson-title')).toContainText('两座房子');
  await page.keyboard.press('End');
  const timeline = page.getByTestId('timeline');
  await expect
    .poll(async () => (await shownStep(page)) > 0 && String(await shownStep(page)) === (await timeline.getAttribute('data-steps')))
    .toBe(true);
  await expect(page.getByTestId('runtime')).toContainText('exit(0)');
  await expect(page.getByTestId('village').getByRole('img')).toHaveAttribute('aria-label', /P1/);
});

test('a long run shows progress and can be cancelled, whatever else is said', async () => {
  const { app, page, folder } = started;
  // Bad news stays until it is read, and is as high as there are faults.
  const faulty = join(folder, 'faulty.scenario.yaml');
  writeFileSync(faulty, 'schedville: 1\nkind: scenario\nid: x\n' + Array.from({ length: 30 }, (_, i) => `unknown${i}: 1\n`).join(''));
  await answerDialogs(app, faulty);
  await page.getByTestId('open-scenario').click();
  await expect(page.getByTestId('notice')).toContainText('unknown');
  const file = join(folder, 'long.scenario.yaml');
  writeFileSync(
    file,
    'schedville: 1\nkind: scenario\nid: long\ntitle: { zh: 长, en: long }\nlimits: { time: 100s, steps: 1000000 }\ngoroutines:\n  main:\n    - repeat: { times: 1000000, do: [gosched] }\n',
  );
  await answerDialogs(app, file);
  // Pressed by the page itself as soon as there is something to press: nearly the whole run is still to be done then, however slow the
  // machine is. A click from outside might come after the end.
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const status = document.querySelector('[role=status]:has(progress)');
      const button = status?.querySelector('button');
      if (!button) return;
      observer.disconnect();
      document.documentElement.dataset.progress = status?.textContent ?? '';
      const { left, top, width, height } = button.getBoundingClientRect();
      // What lies there is what a click would reach.
      document.documentElement.dataset.onTop = String(document.elementFromPoint(left + width / 2, top + height / 2) === button);
      button.click();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.getByTestId('open-scenario').click();
  await expect(page.getByTestId('notice')).toContainText('取消');
  expect(await page.locator('html').getAttribute('data-progress')).toMatch(/\d/);
  expect(await page.locator('html').getAttribute('data-on-top')).toBe('true');
  await expect(page.getByTestId('lesson-title')).toContainText('打猎');
});

test('has no serious accessibility faults, by day, by night and for a pale projector', async () => {
  const { page } = started;
  await page.locator('.contents').click();
  await page.locator('.list button').nth(5).click();
  await expect(page.getByTestId('lesson-step')).toHaveAttribute('data-lesson-step', 'forest');
  for (let theme = 0; theme < 3; theme++) {
    const found = await axeFaults(page);
    expect(found.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    // For a pale picture everything that is written is held to 7 : 1.
    if ((await page.locator('html').getAttribute('data-theme')) === 'projector')
      expect(await axeFaults(page, [], ['wcag2aaa'])).toEqual([]);
    await page.keyboard.press('t');
  }
});
