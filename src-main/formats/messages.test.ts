import { expect, test } from 'vitest';
import { LANGUAGES, type Words } from '../../assets/words/index';
import type { Message, Messages } from '../model/message';
import { faultOfModel, textOfMessage } from './messages';

test('a message is put into words, with the messages inside of it and its lists', () => {
  expect(textOfMessage({ key: 'diedAt', line: 2, instruction: 'RET', why: { key: 'noCodeAt', address: '0x0' } })).toMatchObject({
    zh: '第 2 行 RET：0x0 没有代码',
    en: 'line 2, RET: there is no code at 0x0',
  });
  expect(textOfMessage({ key: 'wrongOperand', op: 'ADDQ', n: 1, found: 'x', expected: [{ key: 'memoryOperand' }, 'CX'] })).toMatchObject({
    zh: 'ADDQ 的第 1 个操作数不能是 x，要：内存、CX',
    en: 'operand 1 of ADDQ cannot be x; expected: memory, CX',
  });
  expect(textOfMessage({ key: 'immediateRange', value: 1n << 63n, least: 0n, most: 5n }).en).toContain('9223372036854775808');
  // A language that counts picks the word by the number.
  expect(textOfMessage({ key: 'operandCount', op: 'RET', want: '1', n: 2 }).en).toBe('RET takes 1 operand, found 2');
  expect(textOfMessage({ key: 'operandCount', op: 'CMPQ', want: '2', n: 1 }).en).toBe('CMPQ takes 2 operands, found 1');
});

test('a fault keeps its place and its suggestion', () => {
  const fault = faultOfModel({ file: 'f.s', line: 3, column: 4, message: { key: 'noLabel', label: 'loop' }, suggestion: 'loops' });
  expect(fault).toMatchObject({ file: 'f.s', line: 3, column: 4, suggestion: 'loops', message: { en: 'unknown label loop' } });
  expect(Object.keys(fault.message).sort()).toEqual([...LANGUAGES].sort());
});

/** Never called: the type check is the test, and each line that it must refuse says so. */
export function refusedByTheTypeCheck(): Message[] {
  return [
    // @ts-expect-error there is no such message
    { key: 'notThere' },
    // @ts-expect-error a value is left out
    { key: 'noLabel' },
    // @ts-expect-error a value of the wrong kind
    { key: 'noLabel', label: 5 },
    { key: 'noLabel', label: 'loop' },
  ];
}

test('no words of the model are left over', () => {
  type Unasked = Exclude<keyof Words['model'], keyof Messages>;
  const none: [Unasked] extends [never] ? true : false = true;
  expect(none).toBe(true);
});
