/** Memory of calls, numbered through a whole sequence, and which of it is looked at after each. */
import { expect, test } from 'vitest';
import { placed } from './sequence';

test('what a call points at is looked at after it, also where an earlier call has brought it along', () => {
  const [first, second, third] = placed([
    { name: 'read', args: [0, { buf: 4 }, 4] },
    { name: 'write', args: [1, { call: 0, arg: 1, plus: 2 }, { text: 'a' }] },
    { name: 'close', args: [{ result: 1 }] },
  ]);
  expect(first).toMatchObject({ watched: [0], args: [{ value: 0n }, { slot: 0, plus: 0 }, { value: 4n }] });
  expect(second).toMatchObject({ watched: [0, 1], args: [{ value: 1n }, { slot: 0, plus: 2 }, { slot: 1, plus: 0 }] });
  expect(second?.slots.map(({ bytes }) => bytes)).toEqual([[97, 0]]);
  expect(third).toMatchObject({ slots: [], watched: [], args: [{ result: 1, plus: 0 }] });
});

test('memory that points to other memory stands behind it, each looked at once', () => {
  const [call] = placed([{ name: 'readv', args: [{ bytes: '0000000000000000', pointers: [[0, { buf: 8 }]] }] }]);
  expect(call?.slots.map(({ bytes }) => bytes.length)).toEqual([8, 8]);
  expect(call?.slots[1]?.pointers).toEqual([{ at: 0, to: { slot: 0, plus: 0 } }]);
  expect(call?.watched).toEqual([0, 1]);
});

test('an argument that is no memory cannot be named', () => {
  expect(() =>
    placed([
      { name: 'getpid', args: [1] },
      { name: 'read', args: [{ call: 0, arg: 0 }] },
    ]),
  ).toThrow('is no memory');
});
