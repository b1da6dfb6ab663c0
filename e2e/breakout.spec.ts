/** A page that was taken over, and lessons that carry scripts, try to get out: everything is refused. What leaves by the network: no-network.spec.ts. */
import { expect } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerDialogs, ROOT, startedEach, test, windowsSeen } from './started-app';

const started = startedEach({ provoke: true });
let server: Server;
let heard = 0;

test.beforeAll(async () => {
  server = createServer((socket) => {
    heard++;
    socket.on('error', () => undefined).destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => {
  server.close();
});
const port = (): number => (server.address() as AddressInfo).port;

test('no permission is given, whatever is asked for', async () => {
  const answers = await started.page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'persistent-storage',
      'midi',
      'screen-wake-lock',
    ];
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => `${name} ${state}`,
          () => `${name} unknown`,
        ),
      ),
    );
    const refused = (what: string, asked: () => Promise<unknown>): Promise<string> =>
      Promise.resolve()
        .then(asked)
        .then(
          (got) => `${what} ${got === 'denied' || got === false || (Array.isArray(got) && got.length === 0) ? 'refused' : 'given'}`,
          () => `${what} refused`,
        );
    return [
      ...states,
      await refused('media', () => navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      await refused('screen', () => navigator.mediaDevices.getDisplayMedia()),
      await refused('notification', () => Notification.requestPermission()),
      await refused('place', () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
      await refused('clipboard', () => navigator.clipboard.readText()),
      await refused('persistent storage', () => navigator.storage.persist()),
      await refused('worker of our own', () => navigator.serviceWorker.register('app://schedville/index.html')),
    ];
  });
  for (const each of answers) expect(each).toMatch(/ (denied|unknown|refused)$/);
});

test('sockets, event streams, beacons and frames reach nobody', async () => {
  heard = 0;
  const answers = await started.page.evaluate(async (at) => {
    const closed = (what: EventTarget): Promise<string> =>
      new Promise((resolve) => {
        for (const name of ['open', 'load']) what.addEventListener(name, () => resolve(name));
        for (const name of ['error', 'close']) what.addEventListener(name, () => resolve('refused'));
      });
    // The policy throws for some and tells others by an event.
    const tried = (make: () => EventTarget): Promise<string> => {
      try {
        return closed(make());
      } catch {
        return Promise.resolve('refused');
      }
    };
    navigator.sendBeacon(`http://127.0.0.1:${at}/`, 'x');
    const image = new Image();
    const picture = closed(image);
    image.src = `http://127.0.0.1:${at}/x.png`;
    return Promise.all([
      tried(() => new WebSocket(`ws://127.0.0.1:${at}/`)),
      tried(() => new EventSource(`http://127.0.0.1:${at}/`)),
      picture,
    ]);
  }, port());
  expect(answers).toEqual(['refused', 'refused', 'refused']);
  expect(heard).toBe(0);
});

test('no script comes in by a string, a link, a worker, a frame or a module of bytes', async () => {
  const ran = await started.page.evaluate(async () => {
    const seen: string[] = [];
    Object.assign(window, { hacked: (by: string) => seen.push(by) });
    const add = (html: string): void => {
      const holder = document.createElement('div');
      holder.innerHTML = html;
      document.body.append(holder);
    };
    add('<img src=x onerror="hacked(\'img\')"><svg onload="hacked(\'svg\')"></svg><details open ontoggle="hacked(\'toggle\')"></details>');
    add('<iframe srcdoc="<script>parent.hacked(\'srcdoc\')</script>"></iframe><iframe src="javascript:parent.hacked(1)"></iframe>');
    add('<object data="data:text/html,<script>parent.hacked(2)</script>"></object><embed src="app://schedville/index.html">');
    const script = (set: (element: HTMLScriptElement) => void): void => {
      const element = document.createElement('script');
      set(element);
      document.head.append(element);
    };
    script((each) => (each.textContent = "hacked('inline')"));
    script((each) => (each.src = 'data:text/javascript,hacked("data")'));
    script((each) => (each.src = URL.createObjectURL(new Blob(["hacked('blob')"], { type: 'text/javascript' }))));
    const link = document.createElement('a');
    link.href = "javascript:hacked('link')";
    document.body.append(link);
    link.click();
    const worker = await new Promise((resolve) => {
      try {
        const made = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
        made.onmessage = () => resolve('ran');
        made.onerror = () => resolve('refused');
      } catch {
        resolve('refused');
      }
    });
    if (worker !== 'refused') seen.push('worker');
    await WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(
      () => seen.push('wasm'),
      () => undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    return seen;
  });
  expect(ran).toEqual([]);
});

test('a frame has no way to the main process, and the page cannot make one', async () => {
  const seen = await started.page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow as unknown as Record<string, unknown>;
    return ['schedville', 'require', 'process', 'ipcRenderer'].filter((name) => inner[name] !== undefined);
  });
  expect(seen).toEqual([]);
});

test('no other page, no file, no program of the system, no download', async () => {
  const { app, page } = started;
  const count = await app.evaluate(({ app: electron, session }) => {
    const told = { windows: 0, downloads: 0 };
    electron.on('browser-window-created', () => told.windows++);
    session.defaultSession.on('will-download', (_event, item) =>
      item.once('done', (_done, state) => (told.downloads += state === 'completed' ? 1 : 0)),
    );
    Object.assign(globalThis, { told });
    return electron.getAppMetrics().length > 0;
  });
  expect(count).toBe(true);
  await page.evaluate(async () => {
    for (const url of [
      'file:///etc/passwd',
      'mailto:a@b.c',
      'app://elsewhere/',
      'https://example.com/',
      'schedville://x',
      'chrome://gpu',
      'devtools://devtools/bundled/inspector.html',
    ])
      try {
        window.open(url);
        location.assign(url);
      } catch {
        // Chromium itself refuses some.
      }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'x.sh';
    document.body.append(link);
    link.click();
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  expect(page.url()).toMatch(/^app:\/\/schedville\//);
  expect(await windowsSeen(app)).toBe(1);
  expect(await app.evaluate(() => (globalThis as unknown as { told: object }).told)).toEqual({ windows: 0, downloads: 0 });
});

/** Chromium asks nobody about about:blank; the others never come. */
for (const [what, address] of [
  ['data:', "'data:text/html,<h1 id=out>out</h1>'"],
  ['blob:', "URL.createObjectURL(new Blob(['<h1 id=out>out</h1>'], { type: 'text/html' }))"],
  ['javascript:', '"javascript:void(document.body.id=\'out\')"'],
  ['about:blank', "'about:blank'"],
] as const)
  test(`the page cannot leave itself for ${what}`, async () => {
    const { app, page } = started;
    await page
      .evaluate(`setTimeout(() => { location.href = ${address}; }); window.open(${address}); new Promise((done) => setTimeout(done, 200))`)
      .catch(() => undefined);
    // Asked of the page itself: a locator would wait for the end of a navigation that never comes.
    const shown = (): Promise<unknown> =>
      page
        .evaluate(() => [
          location.href.startsWith('app://schedville/'),
          document.documentElement.dataset.ready,
          document.querySelector('#out') === null,
          document.querySelector('[data-testid=lesson-title]')?.textContent !== '',
        ])
        .catch(() => null);
    await expect.poll(shown).toEqual([true, 'true', true, true]);
    for (const window of app.windows()) expect(window.url()).toMatch(/^app:\/\/schedville\//);
    expect(await windowsSeen(app)).toBe(1);
  });

test('every request refuses what is not its shape, and the program lives on', async () => {
  const answers = await started.page.evaluate(async () => {
    const bridge = (window as unknown as { schedville: Record<string, (ask: unknown) => Promise<{ ok: boolean } | string>> }).schedville;
    const circle: Record<string, unknown> = {};
    circle.own = circle;
    const hostile: unknown[] = [
      7,
      'x',
      [],
      [{}],
      true,
      { path: '/etc/passwd' },
      { file: '../../etc/passwd', n: 1 },
      { __proto__: null, constructor: { prototype: { hacked: 1 } } },
      JSON.parse('{"__proto__":{"hacked":1},"x":1}'),
      { suggestedName: 'x'.repeat(1_000_000) },
      { n: Number.MAX_SAFE_INTEGER + 1, from: -1, to: NaN },
      circle,
      () => 1,
    ];
    const taken: string[] = [];
    for (const [name, ask] of Object.entries(bridge)) {
      if (name.startsWith('on') || name === 'zoomFactor') continue;
      // The first startUp of a page was asked by the preload.
      for (const [i, each] of hostile.entries()) {
        const told = await ask(each).catch(() => ({ ok: false }));
        const reply = typeof told === 'string' ? (JSON.parse(told) as { ok: boolean }) : told;
        if (reply.ok) taken.push(`${name} ${i}`);
      }
    }
    return { taken, polluted: 'hacked' in {} };
  });
  expect(answers).toEqual({ taken: [], polluted: false });
  await expect(started.page.getByTestId('lesson-title')).not.toBeEmpty();
});

/** In every text of a lesson. */
const HOSTILE =
  '<img src=x onerror=hacked(1)><script>hacked(2)</script><svg onload=hacked(3)><a href=\\"javascript:hacked(4)\\">x</a> [x](javascript:hacked(5)) ![x](http://127.0.0.1:1/x.png) {@html hacked(6)} ${hacked(7)}';

test('a lesson whose every text carries scripts shows them as text', async () => {
  const { app, page, folder } = started;
  const own = join(folder, 'hostile');
  mkdirSync(own, { recursive: true });
  const scenario = readFileSync(join(ROOT, 'assets/lessons/01-hunting/home.scenario.yaml'), 'utf8');
  writeFileSync(join(own, 'home.scenario.yaml'), scenario.replace(/^title: .*$/m, `title: { zh: "${HOSTILE}", en: "${HOSTILE}" }`));
  const both = `{ zh: "${HOSTILE}", en: "${HOSTILE}" }`;
  writeFileSync(
    join(own, 'lesson.yaml'),
    `schedville: 1
kind: lesson
id: hostile
title: ${both}
sources: ["004"]
goals: [${both}]
runs:
  home: { scenario: home.scenario.yaml, title: ${both} }
steps:
  - id: first
    run: home
    at: null
    title: ${both}
    story: ${both}
    technical: ${both}
    focus: [M0]
    ask: { question: ${both}, choices: [${both}, ${both}], answer: 1, because: ${both} }
`,
  );
  await page.evaluate(() => {
    Object.assign(window, { ran: [], hacked: (by: unknown) => (window as unknown as { ran: unknown[] }).ran.push(by) });
  });
  await answerDialogs(app, join(own, 'lesson.yaml'));
  await page.keyboard.press('o');
  await expect(page.getByTestId('lesson-title')).toContainText('<script>hacked(2)</script>');
  await page.keyboard.press('PageDown');
  await page.waitForTimeout(200);
  const found = await page.evaluate(() => ({
    ran: (window as unknown as { ran: unknown[] }).ran,
    foreign: [...document.querySelectorAll('img[src], a[href^="javascript"], iframe, script:not([src])')].map((each) => each.outerHTML),
  }));
  expect(found).toEqual({ ran: [], foreign: [] });
});

test('a lesson reaches no file outside its folder', async () => {
  const { app, page, folder } = started;
  const own = join(folder, 'outside');
  mkdirSync(own, { recursive: true });
  for (const scenario of ['../../../../etc/passwd', '/etc/passwd', '..\\\\..\\\\x.yaml']) {
    const text = `schedville: 1
kind: lesson
id: outside
title: { zh: a, en: a }
sources: ["004"]
goals: [{ zh: a, en: a }]
runs:
  home: { scenario: "${scenario}", title: { zh: a, en: a } }
steps:
  - { id: first, run: home, at: null, title: { zh: a, en: a }, story: { zh: a, en: a }, technical: { zh: a, en: a }, focus: [M0] }
`;
    writeFileSync(join(own, 'lesson.yaml'), text);
    await answerDialogs(app, join(own, 'lesson.yaml'));
    await page.keyboard.press('o');
    await expect(page.getByTestId('notice')).toContainText('lesson.yaml:8');
    await expect(page.getByTestId('lesson-title'), scenario).not.toHaveText('a');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('notice')).toBeHidden();
  }
});
