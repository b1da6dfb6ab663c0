/** Files that the program keeps or an administrator writes: whatever they have become, what is made of them can be used, and the rest is told. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BookmarkFile } from '../app/bookmark-file';
import { GalleryFile } from '../app/gallery-file';
import { LearnerFiles } from '../app/learner-files';
import { withoutPrivate } from '../app/log-file';
import { readMachineDefaults } from '../app/machine-defaults';
import { PictureFile } from '../app/picture-file';
import { RecentFiles } from '../app/recent-files';
import { ScenarioDraftFile } from '../app/scenario-draft';
import { SettingsFile } from '../app/settings-file';
import { FIRST_PICTURE } from '../contract/picture';
import type { RequestName } from '../contract/requests';
import type { Json } from '../model/state';
import type { Result } from '../model/words';
import { shaped } from '../shell/request-shapes';
import { fuzz } from './testdata/fuzzed';

const scratch = mkdtempSync(join(tmpdir(), 'schedville-fuzz-own-'));
/** npm run soak leaves thousands of files that were set aside. */
const SWEPT_MS = 120_000;
afterAll(() => {
  rmSync(scratch, { recursive: true });
}, SWEPT_MS);

const LEARNER: Json = {
  name: '三班',
  isClass: true,
  place: { lesson: 'hunting', run: 'home', n: 7 },
  lessons: {
    hunting: {
      seen: ['village'],
      asked: {
        first: {
          question: { zh: '第几次？', en: 'Which visit?' },
          choices: [{ text: { zh: '一', en: 'one' }, believes: null }],
          answer: 0,
          votes: [{ counts: [3], timeMs: 1_000 }],
          isRevealed: true,
        },
      },
    },
  },
};

test('learners: what is read can be kept again, and what cannot be read is set aside', async () => {
  const folder = join(scratch, 'learners');
  const check = async (text: string): Promise<boolean> => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(join(folder, 'three.json'), text);
    const { all, damaged } = await new LearnerFiles(scratch).read();
    expect(all.length + damaged.length).toBe(1);
    for (const learner of all)
      if (!shaped('keepLearner', learner)) throw new Error(`the window could not keep ${JSON.stringify(learner).slice(0, 300)}`);
    // Nothing is lost either way.
    expect(readdirSync(folder)).toHaveLength(1);
    return all.length === 1;
  };
  await fuzz('learner.json', 40, (m) => m.text([JSON.stringify(LEARNER)]), check);
  await fuzz('learner-values.json', 60, (m) => JSON.stringify(m.json(LEARNER, ['seen', 'asked', 'n'])), check);
});

/** The reader of a small file: `ask`, what the window would send to have it kept again. */
interface Kept {
  name: string;
  good: Json;
  read: () => Promise<Result<unknown>>;
  request: RequestName;
  ask: (value: never) => unknown;
}

const MARK: Json = {
  id: 'a',
  lesson: 'hunting',
  run: 'home',
  scenario: 'hunting-still-his',
  title: { zh: '打猎', en: 'hunting' },
  place: { n: 3, t: 12, who: 'main', op: 1, visit: 2, fn: 'exitsyscall', at: 'oldp' },
  note: '在这里',
};
const PICTURE_PLACE = { run: 'home', stop: null, n: 0, isAsked: false };

const KEPT: readonly Kept[] = [
  {
    name: 'bookmarks.json',
    good: [MARK, { ...MARK, id: 'b' }],
    read: () => new BookmarkFile(scratch).read(),
    request: 'keepBookmarks',
    // As stores/bookmarks.svelte.ts sends them.
    ask: (all: readonly object[]) => ({ all: all.map((mark) => ({ ...mark })) }),
  },
  {
    name: 'scenario-draft.json',
    good: { name: 'a.scenario.yaml', text: 'id: a\n' },
    read: () => new ScenarioDraftFile(scratch).read(),
    request: 'keepScenarioDraft',
    ask: (draft: unknown) => ({ draft }),
  },
  {
    name: 'gallery.json',
    good: { last: 'no-house', reached: ['no-house', 'spinning'] },
    read: () => new GalleryFile(scratch).read(),
    request: 'keepGalleryMemory',
    ask: (memory: unknown) => memory,
  },
  {
    name: 'pictures.json',
    good: { ...FIRST_PICTURE, parts: [...FIRST_PICTURE.parts] },
    read: () => new PictureFile(scratch).read(),
    request: 'makePictures',
    ask: (settings: unknown) => ({ lesson: '', stem: 'a', settings: settings ?? FIRST_PICTURE, places: [PICTURE_PLACE] }),
  },
  {
    name: 'recent.json',
    good: ['/home/me/a.scenario.yaml', '/home/me/lesson.yaml'],
    read: async () => {
      const recent = new RecentFiles(scratch);
      const [files, told] = [await recent.all(), await recent.damaged()];
      return told ? { ok: false, message: told } : { ok: true, value: files };
    },
    // The menu hands a path to whatever opens it.
    request: 'openDropped',
    ask: (files: readonly string[]) => ({ path: files[0] ?? '' }),
  },
];

test.each(KEPT)('$name: what is read can be kept again; what cannot be read lies beside it, whole, and is told', async (kept) => {
  const path = join(scratch, kept.name);
  const aside = (): string[] => readdirSync(scratch).filter((name) => name.startsWith(`${kept.name}.broken-`));
  const check = async (text: string): Promise<boolean> => {
    for (const name of aside()) rmSync(join(scratch, name));
    writeFileSync(path, text);
    const first = await kept.read();
    const moved = aside();
    if (first.ok) expect(moved).toEqual([]);
    else {
      expect(moved.map((name) => readFileSync(join(scratch, name), 'utf8'))).toEqual([Buffer.from(text).toString()]);
      for (const said of [first.message.zh, first.message.en])
        expect([said.includes(path), /undefined|\[object/.test(said)]).toEqual([true, false]);
    }
    const again = first.ok ? first : await kept.read();
    if (!again.ok) throw new Error('told twice');
    const ask = kept.ask(again.value as never);
    if (!shaped(kept.request, ask)) throw new Error(`the window could not keep ${JSON.stringify(ask).slice(0, 300)}`);
    return first.ok;
  };
  await fuzz(kept.name, 40, (m) => m.text([JSON.stringify(kept.good)]), check);
  await fuzz(`values-${kept.name}`, 60, (m) => JSON.stringify(m.json(kept.good, ['note', 'n', 'place'])), check);
});

const DEFAULTS: Json = { language: 'en', theme: 'dark', speed: 2, lesson: 'hunting' };

test('a machine’s defaults: what is taken can be stored as settings, and what is not is told', async () => {
  const file = join(scratch, 'defaults.json');
  const check = async (text: string): Promise<boolean> => {
    writeFileSync(file, text);
    const made = readMachineDefaults(file);
    if (made === null) throw new Error('the file is there');
    const { settings } = await new SettingsFile(join(scratch, 'nobody'), made.settings).read();
    const { language, theme, speed, place, learner, layout, isInWords, isCourseFirst, hasLetterKeys } = settings;
    if (!shaped('saveSettings', { language, theme, speed, place, learner, layout, isInWords, isCourseFirst, hasLetterKeys }))
      throw new Error('they cannot be stored');
    if (made.lesson !== null) expect(shaped('openLesson', { id: made.lesson, run: null })).not.toBeNull();
    for (const { zh, en } of made.faults) expect([/\S/.test(zh), /\S/.test(en)]).toEqual([true, true]);
    return made.faults.length === 0;
  };
  await fuzz('defaults.json', 60, (m) => m.text([JSON.stringify(DEFAULTS)]), check);
  await fuzz('defaults-values.json', 60, (m) => JSON.stringify(m.json(DEFAULTS, ['hunting'])), check);
});

test('the log names nobody, whatever goes wrong', async () => {
  const names = [
    ['/home/zhangsan', '<home>'],
    ['zhangsan', '<user>'],
  ] as const;
  await fuzz(
    'log.txt',
    100,
    (m) => m.text(["Error: ENOENT, open '/home/zhangsan/三班 成绩.yaml'\n  at f (/opt/x/index.js:3:4)\n  C:\\Users\\zhangsan\\a.yaml"]),
    (text) => {
      const said = withoutPrivate(text, { names });
      expect(said).not.toContain('zhangsan');
      return true;
    },
  );
});
