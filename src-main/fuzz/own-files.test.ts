/** Files that the program keeps or an administrator writes: whatever they have become, what is made of them can be used, and the rest is told. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LearnerFiles } from '../app/learner-files';
import { withoutPrivate } from '../app/log-file';
import { readMachineDefaults } from '../app/machine-defaults';
import { SettingsFile } from '../app/settings-file';
import type { Json } from '../model/state';
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
