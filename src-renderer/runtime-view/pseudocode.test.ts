import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pseudocodeOf, sourcePlace } from './pseudocode';

/** Every row of the model's tables, read from its source: rows('fn', { at: 'cost', … }) and row('fn', 'at', …). */
function modelRows(): { fn: string; at: string }[] {
  const model = join(import.meta.dirname, '../../src-main/model');
  const files = ['runtime', 'operations'].flatMap((folder) =>
    readdirSync(join(model, folder))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(model, folder, file)),
  );
  return files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const tables = [...source.matchAll(/rows\('(\w+)',\s*\{([\s\S]*?)\}\)/g)].flatMap(([, fn = '', body = '']) =>
      [...body.matchAll(/(?:'([^']+)'|(\w+)):\s*'/g)].map(([, quoted, plain]) => ({ fn, at: quoted ?? plain ?? '' })),
    );
    return [...tables, ...[...source.matchAll(/\brow\('(\w+)', '([^']+)'/g)].map(([, fn = '', at = '']) => ({ fn, at }))];
  });
}

const ALL = modelRows();

test('the model’s rows are found', () => {
  expect(ALL.length).toBeGreaterThan(260);
  expect(ALL).toContainEqual({ fn: 'schedule', at: 'lockedm?' });
  expect(ALL).toContainEqual({ fn: 'gopanic', at: 'fatalpanic' });
});

test('every row of the model has its line of pseudo-code', () => {
  const missing = ALL.filter(({ fn, at }) => !pseudocodeOf('1.14', fn)?.lines.some((line) => line.at === at)).map(
    ({ fn, at }) => `${fn}/${at}`,
  );
  expect(missing).toEqual([]);
});

test('a version without pseudo-code has none', () => {
  expect(pseudocodeOf('1.13', 'schedule')).toBeNull();
});

test('a line is called by its file and number', () => {
  const schedule = pseudocodeOf('1.14', 'schedule');
  const top = schedule?.lines.find(({ at }) => at === 'top');
  expect(sourcePlace(schedule?.file ?? '', top?.line ?? null)).toBe('proc.go:2466');
  expect(sourcePlace('runtime/mgc.go', null)).toBe('');
});
