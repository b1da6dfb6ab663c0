import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LazyPlayer } from './lazy-player';
import type { Beginning } from './player-asks';
import { preparedText } from './prepared-beginning';
import type { WatchLimits } from './thread-watch';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-lazy-'));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

/** The patience of a test. */
const SHORT: WatchLimits = { tickMs: 10, patienceMs: 30_000, cancelMs: 20, growthMb: 4_096 };

/** A player with two lessons of two runs each that writes down what it is asked; `stateAt` 13 kills it, 17 hangs it. */
const THREAD = `
import { parentPort } from 'node:worker_threads';
import { appendFileSync, existsSync } from 'node:fs';
const lesson = (id) => ({ ok: true, value: { lesson: { id, steps: [{ run: 'home' }] }, runs: [{ name: 'home' }, { name: 'away' }] } });
const isBroken = () => existsSync(process.env.BROKEN);
const no = { ok: false, message: { zh: '坏了', en: 'the lesson is broken' } };
let isOpen = false;
const begin = (id, place) => (isBroken() ? { lessons: { ok: true, value: [] }, opened: no, run: null, steps: [], place: null }
    : (isOpen = true, { lessons: { ok: true, value: [] }, opened: lesson(id ?? place?.lesson ?? '01'), run: null, steps: [], place }));
const stateAt = (n) => (n === 13 ? process.exit(1) : isOpen ? { ok: true, value: n } : { ok: false, message: { zh: '没有', en: 'no run is open' } });
const hang = () => { for (;;); };
const answers = {
  begin: ({ lesson: id, place }) => (place?.lesson === 'endless' ? hang() : begin(id, place)),
  openLesson: ({ id }) => (isOpen = true, lesson(id)),
  openScenario: () => (isOpen = true, lesson('')),
  chooseRun: () => ({ ok: true, value: null }),
  cancel: () => null,
  ownLessons: () => ({ ok: true, value: [] }),
  stateAt: ({ n }) => (n === 17 ? hang() : stateAt(n)),
};
parentPort.on('message', ({ id, name, ask }) => {
  if (id === undefined) return;
  appendFileSync(process.env.ASKED, JSON.stringify([name, ask]) + '\\n');
  parentPort.postMessage({ id, reply: answers[name](ask) });
});
`;

function player(): { lazy: LazyPlayer; asked: () => unknown[] } {
  process.env.ASKED = join(folder, 'asked');
  process.env.BROKEN = join(folder, 'broken');
  writeFileSync(join(folder, 'thread.mjs'), THREAD);
  return {
    lazy: new LazyPlayer(pathToFileURL(join(folder, 'thread.mjs')), { lesson: null, place: null }, SHORT),
    asked: () =>
      readFileSync(join(folder, 'asked'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
  };
}

/** The thread dies, and the next question finds a new one. */
async function died({ lazy, asked }: ReturnType<typeof player>): Promise<unknown> {
  await expect(lazy.ask('stateAt', { n: 13 })).rejects.toThrow('status 1');
  const before = asked().length;
  expect(await lazy.ask('stateAt', { n: 3 })).toEqual({ ok: true, value: 3 });
  return asked()[before];
}

test('a new thread opens the lesson and the run that the window shows, from an ordinary start', async () => {
  const made = player();
  await made.lazy.beginning(null);
  expect(await died(made)).toEqual(['begin', { lesson: '01', place: { lesson: '01', run: 'home', n: 0 }, own: [] }]);
  await made.lazy.ask('chooseRun', { lesson: '01', run: 'away' });
  expect(await died(made)).toEqual(['begin', { lesson: '01', place: { lesson: '01', run: 'away', n: 0 }, own: [] }]);
});

test('… and from the place where the last start ended', async () => {
  const made = player();
  await made.lazy.beginning({ lesson: '02', run: 'away', n: 7 });
  expect(await died(made)).toEqual(['begin', { lesson: '02', place: { lesson: '02', run: 'away', n: 7 }, own: [] }]);
});

test('… and a lesson or a scenario that was opened later', async () => {
  const made = player();
  await made.lazy.beginning(null);
  await made.lazy.ask('openLesson', { id: '02', run: null });
  await made.lazy.ask('chooseRun', { lesson: '02', run: 'away' });
  expect(await died(made)).toEqual(['begin', { lesson: '02', place: { lesson: '02', run: 'away', n: 0 }, own: [] }]);
  await made.lazy.ask('openScenario', { file: '/x.yaml' });
  expect(await died(made)).toEqual(['openScenario', { file: '/x.yaml' }]);
});

test('another player opens what this one shows, goes its own ways, and is closed without a word', async () => {
  const { lazy, asked } = player();
  await lazy.beginning(null);
  await lazy.ask('openScenario', { file: '/x.yaml' });
  const shown = lazy.whatIsShown;
  const other = lazy.another();
  expect(await other.ask('stateAt', { n: 3 })).toEqual({ ok: true, value: 3 });
  expect(asked().slice(-2)).toEqual([
    ['openScenario', { file: '/x.yaml' }],
    ['stateAt', { n: 3 }],
  ]);
  await other.ask('openLesson', { id: '02', run: null });
  expect(lazy.whatIsShown).toBe(shown);
  const hanging = other.ask('stateAt', { n: 17 });
  other.close();
  await expect(hanging).rejects.toThrow('closed');
  expect(console.error).not.toHaveBeenCalled();
  expect(await lazy.ask('stateAt', { n: 3 })).toEqual({ ok: true, value: 3 });
});

test('… and it knows the folders of the teacher’s own lessons', async () => {
  const made = player();
  await made.lazy.beginning(null);
  await made.lazy.ask('ownLessons', { folders: ['/mine'] });
  expect(await died(made)).toMatchObject(['begin', { own: ['/mine'] }]);
  await made.lazy.ask('openScenario', { file: '/x.yaml' });
  expect(await died(made)).toEqual(['ownLessons', { folders: ['/mine'] }]);
});

test('… so does another player, also of those that have come on the list since the start', async () => {
  const { lazy, asked } = player();
  await lazy.beginning(null);
  await lazy.ask('ownLessons', { folders: ['/mine'] });
  const other = lazy.another();
  expect(other.ownFolders).toEqual(['/mine']);
  await other.ask('stateAt', { n: 3 });
  expect(asked().at(-2)).toMatchObject(['begin', { own: ['/mine'] }]);
  other.close();
});

test('a thread that hangs is ended when it is cancelled, and another one opens what was shown before anybody asks', async () => {
  const { lazy, asked } = player();
  await lazy.beginning(null);
  await lazy.ask('openScenario', { file: '/x.yaml' });
  const hanging = lazy.ask('stateAt', { n: 17 });
  await expect(Promise.all([hanging, lazy.ask('cancel', null)])).rejects.toThrow('Cancelled');
  await expect.poll(() => asked().at(-1)).toEqual(['openScenario', { file: '/x.yaml' }]);
  expect(await lazy.ask('stateAt', { n: 3 })).toEqual({ ok: true, value: 3 });
  expect(asked().filter((each) => JSON.stringify(each).startsWith('["openScenario'))).toHaveLength(2);
});

test('a lesson that hangs whenever it is opened is not opened again and again', async () => {
  const { lazy, asked } = player();
  const beginning = lazy.beginning({ lesson: 'endless', run: 'home', n: 0 });
  await expect.poll(() => existsSync(join(folder, 'asked'))).toBe(true);
  await expect(Promise.all([beginning, lazy.ask('cancel', null)])).rejects.toThrow('Cancelled');
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  expect(asked()).toHaveLength(1);
});

test('what cannot be opened again is said, until something else is opened', async () => {
  const { lazy } = player();
  await lazy.beginning(null);
  await expect(lazy.ask('stateAt', { n: 13 })).rejects.toThrow();
  writeFileSync(join(folder, 'broken'), '');
  const reply = { ok: false, message: { zh: '坏了', en: 'the lesson is broken' } };
  expect(await lazy.ask('stateAt', { n: 3 })).toEqual(reply);
  expect(await lazy.ask('stateAt', { n: 4 })).toEqual(reply);
  await lazy.ask('openLesson', { id: '02', run: null });
  expect(await lazy.ask('stateAt', { n: 5 })).toEqual({ ok: true, value: 5 });
});

test('a start in another lesson than the prepared one brings the prepared list of lessons along', async () => {
  const { lazy, asked } = player();
  const assets = join(folder, 'assets');
  for (const each of ['lessons', 'listings']) mkdirSync(join(assets, each), { recursive: true });
  for (const table of ['errata.yaml', 'misconceptions.yaml']) writeFileSync(join(assets, table), '');
  const lessons = { ok: true, value: { cards: [{ id: 'first' }] } };
  const opened = { ok: true, value: { lesson: { id: 'first', steps: [] }, runs: [{ name: 'home' }] } };
  const { file, text } = preparedText(assets, { lessons, opened, place: null } as unknown as Beginning);
  writeFileSync(join(folder, file), text);
  await lazy.beginning({ lesson: '02', run: 'away', n: 7 });
  expect(asked()).toEqual([['begin', { lesson: '02', place: { lesson: '02', run: 'away', n: 7 }, own: [], known: lessons }]]);
});

/** Prepares a beginning with one lesson, whose only step lies in the run `home`; the file that it stands in. */
function prepareFirst(): string {
  const assets = join(folder, 'assets');
  for (const each of ['lessons', 'listings']) mkdirSync(join(assets, each), { recursive: true });
  for (const table of ['errata.yaml', 'misconceptions.yaml']) writeFileSync(join(assets, table), '');
  const lesson = { lesson: { id: 'first', steps: [{ run: 'home' }] }, runs: [{ name: 'home' }] };
  const { file, text } = preparedText(assets, { lessons: [], opened: { ok: true, value: lesson }, place: null } as unknown as Beginning);
  const path = join(folder, file);
  writeFileSync(path, text);
  return path;
}

test('what is prepared may be read before anybody asks for it', async () => {
  const { lazy, asked } = player();
  const file = prepareFirst();
  lazy.prepare();
  rmSync(file);
  expect(await lazy.beginning(null)).toMatchObject({ opened: { value: { lesson: { id: 'first' } } } });
  // For one beginning: the next page finds what is there then.
  lazy.close();
  await lazy.beginning(null);
  expect(asked().at(-1)).toMatchObject(['begin', {}]);
});

test('a page that is loaded again begins in the thread that runs, whatever has been prepared', async () => {
  const { lazy, asked } = player();
  prepareFirst();
  // The first page needs no thread.
  expect(await lazy.beginning(null)).toMatchObject({ opened: { value: { lesson: { id: 'first' } } } });
  expect(existsSync(join(folder, 'asked'))).toBe(false);
  await lazy.ask('openScenario', { file: '/x.yaml' });
  // The thread that was started for it need not have read every lesson either.
  expect(asked()[0]).toEqual(['begin', { lesson: 'first', place: { lesson: 'first', run: 'home', n: 0 }, own: [], known: [] }]);
  await lazy.beginning(null);
  expect(asked().at(-1)).toEqual(['begin', { lesson: null, place: null, own: [], known: [] }]);
  // What has been changed since is read.
  writeFileSync(join(folder, 'assets', 'errata.yaml'), '# changed');
  await lazy.beginning(null);
  expect(asked().at(-1)).toEqual(['begin', { lesson: null, place: null, own: [] }]);
});
