import { expect, test } from 'vitest';
import { childName } from './names';

const cast = { M: [], P: [], G: { main: '小明', reader: 'Ada' } };

test.each([
  ['main', '小明', 'Ming'],
  ['reader', 'Ada', 'Ada'],
  ['constructor', '小红', 'Hong'],
  ['toString', '小红', 'Hong'],
  ['__proto__', '小红', 'Hong'],
])('the goroutine %s is called %s, %s', (name, zh, en) => {
  expect([childName('G2', name, cast, 'zh'), childName('G2', name, cast, 'en')]).toEqual([zh, en]);
});
