import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { currentLine, entersKernel, placeOf } from './listing-lines';
import { decimalOf } from './machine-rows';
import { KNOWN_FUNCTIONS, pseudocodeOf } from './pseudocode';

/** Every row of the model's tables, read from its source: rows('fn', { at: 'cost', … }). */
function modelRows(): { fn: string; at: string }[] {
  const folder = join(import.meta.dirname, '../../src-main/model/runtime');
  return readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/rows\('(\w+)',\s*\{([\s\S]*?)\}\)/g)].flatMap(([, fn = '', body = '']) =>
      [...body.matchAll(/(?:'([^']+)'|(\w+)):\s*'/g)].map(([, quoted, plain]) => ({ fn, at: quoted ?? plain ?? '' })),
    ),
  );
}

const ALL = modelRows();

test('the model’s rows are found', () => {
  expect(ALL.length).toBeGreaterThan(250);
});

test('every row of the model has its line of pseudo-code', () => {
  const missing = ALL.filter(({ fn, at }) => !pseudocodeOf(fn)?.lines.some((line) => line.at === at)).map(({ fn, at }) => `${fn}/${at}`);
  // Taking a lock again after a look, and rows that only hand something over, are told by the lines around them.
  const PLAIN = new Set(['unlock', 'lock']);
  expect(missing.filter((each) => !PLAIN.has(each.split('/')[1] ?? ''))).toEqual([]);
});

test('every line that explains itself does so in both languages', () => {
  for (const fn of KNOWN_FUNCTIONS) {
    for (const line of pseudocodeOf(fn)?.lines ?? []) expect(line.zh === '', `${fn}/${line.at}: ${line.zh} | ${line.en}`).toBe(line.en === '');
  }
});

test('the current line of a listing', () => {
  const lines = [
    { offset: null, code: 'TEXT ·Syscall(SB),NOSPLIT,$0-56', zh: '', en: '' },
    { offset: 0, code: 'CALL runtime·entersyscall(SB)', zh: '', en: '' },
    { offset: 25, code: 'SYSCALL', zh: '', en: '' },
    { offset: 27, code: 'CMPQ AX, $0xfffffffffffff001', zh: '', en: '' },
  ];
  expect(placeOf('syscall.Syscall+25')).toEqual({ symbol: 'syscall.Syscall', offset: 25 });
  expect(currentLine(lines, { pc: 'syscall.Syscall+27', text: 'CMPQ AX, $0xfffffffffffff001' })).toBe(3);
  expect(currentLine(lines, { pc: 'syscall.Syscall+27', text: 'SYSRET' })).toBe(2);
  expect(entersKernel(lines)).toBe(2);
});

test.each([
  ['0x10', '16'],
  ['0xfffffffffffffff7', '-9'],
  ['0xc000100000', ''],
  ['0x3', ''],
])('%s in decimal: %s', (hex, decimal) => {
  expect(decimalOf(hex)).toBe(decimal);
});
