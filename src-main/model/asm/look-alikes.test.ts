/** What only looks like Plan 9 assembly is named at its character, and nothing else is said because of it. Sizes are refused while reading. */
import { describe, expect, test } from 'vitest';
import { textOfMessage } from '../../formats/messages';
import { meantBy } from '../look-alikes';
import { parseListing } from './parse-listing';
import { routineSlots } from './routine-slots';
import { routineOf } from './testdata/run-code';

function faultsOf(text: string): string[] {
  const parsed = parseListing(text, 'x.s', 'amd64');
  return parsed.ok
    ? []
    : parsed.faults.map(({ line, column, message, suggestion }) => `${line}:${column} ${textOfMessage(message).en} → ${suggestion ?? ''}`);
}

const TEXT = 'TEXT ·f(SB),NOSPLIT,$0-8\n';

describe('what an input method writes', () => {
  test.each([
    ['a comma', 'MOVQ $1，AX\nRET', '2:8 here stands ， (U+FF0C), which only looks like ,; write , → ,'],
    ['a parenthesis', 'MOVQ 8（SP), AX\nRET', '2:7 here stands （ (U+FF08), which only looks like (; write ( → ('],
    ['a dollar', 'MOVQ ＄1, AX\nRET', '2:6 here stands ＄ (U+FF04), which only looks like $; write $ → $'],
    ['a colon', 'ok：RET', '2:3 here stands ： (U+FF1A), which only looks like :; write : → :'],
    ['a semicolon', 'NOP；RET', '2:4 here stands ； (U+FF1B), which only looks like ;; write ; → ;'],
    ['a digit', 'MOVQ $１, AX\nRET', '2:7 here stands １ (U+FF11), which only looks like 1; write 1 → 1'],
    ['a letter', 'MOVＱ $1, AX\nRET', '2:4 here stands Ｑ (U+FF31), which only looks like Q; write Q → Q'],
    ['a dash', 'MOVQ $–1, AX\nRET', '2:7 here stands – (U+2013), which only looks like -; write - → -'],
    ['a slash', 'RET ／/ done', '2:5 here stands ／ (U+FF0F), which only looks like /; write / → /'],
  ])('%s', (_, code, fault) => {
    expect(faultsOf(TEXT + code)).toEqual([fault]);
  });

  test.each([
    ['katakana', 'TEXT ・f(SB),NOSPLIT,$0-8\nRET', '1:6 here stands ・ (U+30FB), which only looks like ·; write · → ·'],
    ['bullet', 'TEXT ∙f(SB),NOSPLIT,$0-8\nRET', '1:6 here stands ∙ (U+2219), which only looks like ·; write · → ·'],
  ])('another dot: %s', (_, code, fault) => {
    expect(faultsOf(code)).toEqual([fault]);
  });

  test.each([
    ['no-break', '\u00a0', ' '],
    ['ideographic', '\u3000', ' '],
    ['thin', '\u2009', ' '],
    ['of no width', '\u200b', ''],
    ['the mark of byte order within', '\ufeff', ''],
  ])('a blank that is none: %s', (_, blank, instead) => {
    const code = blank.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
    expect(faultsOf(`${TEXT}MOVQ $1,${blank}AX\nRET`)).toEqual([
      `2:9 here stands the invisible character U+${code}, which is no blank to the assembler; delete it or write a space → ${instead}`,
    ]);
  });

  test('comments, strings, letters and a mark of byte order in front may be anything', () => {
    const code = `\ufeff${TEXT}MOVQ $1, AX // 一，二\u3000三\n/* ：（） */ MOVQ $'，', BX\n完: 名・: RET`;
    expect(faultsOf(code)).toEqual(['4:5 here stands ・ (U+30FB), which only looks like ·; write · → ·']);
    expect(faultsOf(`\ufeff${TEXT}MOVQ $1, AX // 一，二\u3000三\n/* ：（） */ MOVQ $'，', BX\n完: RET\n#define S "，"`)).toEqual([]);
  });

  test('what Go takes is itself', () => {
    for (const character of ['·', '∕', '，'.normalize('NFKC'), 'A', '9', '名', 'ー', 'é']) expect(meantBy(character)).toBeNull();
  });
});

describe('sizes', () => {
  test('arguments beyond all use are refused while the listing is read', () => {
    expect(faultsOf('TEXT ·f(SB),4,$0-100000000\n\tRET\n')).toEqual([
      '1:15 arguments and results take 100000000 bytes; at most 4096 are allowed here → ',
    ]);
    const many = Array.from({ length: 20 }, (_, i) => `TEXT ·f${i}(SB),4,$0-4096\nRET\n`).join('');
    expect(faultsOf(many)).toEqual([
      '33:17 the arguments and results of all routines take too much together: at most 65536 bytes are allowed → ',
    ]);
  });

  test('slots cost as much as there are of them', () => {
    const routine = { ...routineOf('RET'), argBytes: 800_000 };
    // A search for each of a hundred thousand slots would not end before tomorrow.
    expect(routineSlots(routine).slots).toHaveLength(100_000);
  });
});
