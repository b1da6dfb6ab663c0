import { expect, test } from 'vitest';
import { stepped, writtenTime } from './times';

test('up doubles a time, down halves it, in a unit that keeps it whole', () => {
  expect([stepped('5us', 'up'), stepped('5us', 'down'), stepped('1ms', 'down'), stepped('512ms', 'up')]).toEqual([
    '10us',
    '2500ns',
    '500us',
    '1024ms',
  ]);
  expect([stepped('0ns', 'up'), stepped('1ns', 'down'), stepped('soon', 'up')]).toEqual(['1ns', '0s', 'soon']);
});

test('what people type is written as the formats do', () => {
  expect([writtenTime('0.5 ms'), writtenTime('30 毫秒'), writtenTime('30'), writtenTime('')]).toEqual(['500us', '30ms', null, null]);
});
