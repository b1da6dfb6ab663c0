import { inflateSync, unzipSync } from 'fflate';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fromPlayBytes } from '../contract/play-bytes';
import { MOST_PLAY_STEPS, type PlayAsk } from '../contract/play';
import type { PlayFile } from '../contract/play-content';
import { Player } from './player';

const player = new Player(() => undefined);
const folder = mkdtempSync(join(tmpdir(), 'schedville-play-'));
writeFileSync(join(folder, 'player.js'), 'const a = "</script><!--";');
writeFileSync(join(folder, 'player.css'), 'p{}');
writeFileSync(join(folder, 'third-party-notices.txt'), 'MIT <one@two>');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ASK: PlayAsk & { program: string } = {
  lesson: 'hunting',
  stem: 'hunting-play',
  kinds: ['html'],
  views: ['village', 'machine'],
  language: 'en',
  theme: 'dark',
  range: null,
  program: folder,
};

async function made(ask: Partial<typeof ASK>): Promise<{ name: string; data: Uint8Array }[]> {
  const files = await player.handlers.playFiles({ ...ASK, ...ask });
  if (!files.ok) throw new Error(files.message.en);
  return files.value;
}

function dataIn(html: Uint8Array): PlayFile {
  const [, packed = ''] = /<script type="application\/octet-stream" id="play-data">([^<]*)</.exec(Buffer.from(html).toString()) ?? [];
  return fromPlayBytes(inflateSync(Buffer.from(packed, 'base64'))) as PlayFile;
}

test('a page has the whole lesson in it, and nothing of this machine', async () => {
  const [page] = await made({});
  expect(page?.name).toBe('hunting-play.html');
  const text = Buffer.from(page?.data ?? []).toString();
  expect(text).toContain('<html lang="en" data-theme="dark">');
  expect(text).toContain(`default-src 'none'; script-src 'sha256-`);
  // What the program says ends no script, and notices are text.
  expect(text.match(/<\/script>/g)).toHaveLength(2);
  expect(text).not.toContain('<!--');
  expect(text).toContain('MIT &lt;one@two&gt;');
  const file = dataIn(page?.data ?? new Uint8Array());
  expect(file.views).toEqual(['village', 'machine']);
  expect(file.platform).toBeNull();
  const runs = Object.values(file.runs);
  expect(runs.length).toBeGreaterThan(1);
  expect(runs.flatMap(({ stops }) => stops.map(({ id }) => id))).toEqual(file.opened.lesson.steps.map(({ id }) => id));
  for (const { steps, stepCount } of runs) expect(steps.reduce((sum, { t }) => sum + t.length, 0)).toBe(stepCount);
  expect(JSON.stringify(file.opened)).not.toContain(process.cwd());
});

test('a part begins where the lesson stood before it, and ends before what comes next', async () => {
  const whole = dataIn((await made({}))[0]?.data ?? new Uint8Array());
  const part = dataIn((await made({ range: { from: 3, to: 4 } }))[0]?.data ?? new Uint8Array());
  const ids = whole.opened.lesson.steps.map(({ id }) => id);
  expect(part.opened.lesson.steps.map(({ id }) => id)).toEqual(ids.slice(2, 4));
  const [all] = Object.values(whole.runs);
  const [run] = Object.values(part.runs);
  if (!all || !run) throw new Error('no run');
  const at = (id: string | undefined): number => all.stops.find((stop) => stop.id === id)?.n ?? -1;
  expect(run.base).toBe(at(ids[1]));
  expect(run.stops.map(({ n }) => n + run.base)).toEqual([at(ids[2]), at(ids[3])]);
  expect(run.base + run.stepCount).toBe(at(ids[4]) - 1);
  expect(run.outcome).toBeNull();
  expect(run.steps[0]?.first).toBe(1);
});

test('packages hold the page and their manifest, the same bytes each time', async () => {
  const [old, newer] = await made({ kinds: ['scorm12', 'scorm2004'] });
  expect([old?.name, newer?.name]).toEqual(['hunting-play-scorm12.zip', 'hunting-play-scorm2004.zip']);
  for (const [file, version, platform] of [
    [old, '1.2', 'scorm12'],
    [newer, '2004 4th Edition', 'scorm2004'],
  ] as const) {
    const inside = unzipSync(file?.data ?? new Uint8Array());
    expect(Object.keys(inside).sort()).toEqual(['imsmanifest.xml', 'index.html']);
    expect(Buffer.from(inside['imsmanifest.xml'] ?? []).toString()).toContain(`<schemaversion>${version}</schemaversion>`);
    expect(dataIn(inside['index.html'] ?? new Uint8Array()).platform).toBe(platform);
  }
  expect(Buffer.from((await made({ kinds: ['scorm12'] }))[0]?.data ?? []).equals(Buffer.from(old?.data ?? []))).toBe(true);
});

test.each([
  ['there is no step 99', { range: { from: 99, to: 120 } }],
  ['runs backwards', { range: { from: 5, to: 2 } }],
  ['nothing to write', { kinds: [] }],
  ['nothing to write', { views: [] }],
  ['build Schedville again', { program: join(folder, 'elsewhere') }],
  ['no lesson', { lesson: 'nowhere' }],
] as const)('what cannot be made is told: %s', async (said, ask) => {
  await expect(made(ask as Partial<typeof ASK>)).rejects.toThrow(said);
});

test('of a scenario of one’s own: steps of its run, no package, and not too many of them', async () => {
  const file = join(folder, 'mine.scenario.yaml');
  writeFileSync(
    file,
    'schedville: 1\nkind: scenario\nid: mine\ntitle: { zh: <b>我的</b>, en: <b>mine</b> }\ngoroutines:\n  main:\n    - compute: 400us\nlimits: { time: 1ms }\n',
  );
  const opened = await player.handlers.openScenario({ file });
  expect(opened).toMatchObject({ ok: true });
  const [page] = await made({ lesson: '', range: { from: 5, to: 9 } });
  const { runs, opened: inside } = dataIn(page?.data ?? new Uint8Array());
  expect(runs.run).toMatchObject({ base: 5, stepCount: 4 });
  expect(JSON.stringify(inside)).not.toContain(folder);
  expect(Buffer.from(page?.data ?? []).toString()).toContain('<title>&lt;b&gt;mine&lt;/b&gt;</title>');
  await expect(made({ lesson: '', kinds: ['scorm12'] })).rejects.toThrow('needs a lesson');
  await expect(made({ lesson: '', range: { from: MOST_PLAY_STEPS, to: 2 * MOST_PLAY_STEPS } })).rejects.toThrow('there is no step');
});
