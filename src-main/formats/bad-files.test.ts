/**
 * Every file in testdata/bad and the exact faults it gives, in English and in Chinese, as a person would see them: NAME.yaml and NAME.faults.txt.
 * UPDATE_GOLDENS=1 writes the expected texts anew; read the difference before you keep it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faultText } from './fault';
import { parseLesson } from './lesson';
import { parseScenario } from './scenario';
import { tables } from './testdata/lesson-tables';

const folder = new URL('testdata/bad/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length));

describe('a bad file and its faults', () => {
  test.each(names)('%s', (name) => {
    const text = readFileSync(new URL(`${name}.yaml`, folder), 'utf8');
    const parsed = name.startsWith('lesson-') ? parseLesson(text, `${name}.yaml`, tables) : parseScenario(text, `${name}.yaml`);
    const faults = parsed.ok ? [] : parsed.faults;
    const seen = faults.flatMap((fault) => [faultText(fault, 'en'), faultText(fault, 'zh')]).join('\n');
    const expected = new URL(`${name}.faults.txt`, folder);
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(expected, `${seen}\n`);
    expect(`${seen}\n`).toBe(readFileSync(expected, 'utf8'));
    expect(faults.length).toBeGreaterThan(0);
    for (const { message } of faults) expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});
