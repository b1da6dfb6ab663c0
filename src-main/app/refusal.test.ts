import { expect, test } from 'vitest';
import { cannotWrite, notMade, whyNotWritten } from './refusal';

test.each([
  ['ENOSPC: no space left on device, write', '磁盘满了（ENOSPC）', 'the disk is full (ENOSPC)'],
  ["EACCES: permission denied, open '/a/.part'", '没有往那里写的权限（EACCES）', 'you may not write there (EACCES)'],
  ["EROFS: read-only file system, open '/a'", '这个磁盘只能读（EROFS）', 'the disk can only be read (EROFS)'],
  ["EISDIR: illegal operation on a directory, rename 'a' -> 'b'", '那是一个文件夹（EISDIR）', 'it is a folder (EISDIR)'],
  // What nobody has words for is told as it is.
  ['EIO: i/o error, write', 'EIO: i/o error, write', 'EIO: i/o error, write'],
  ['Everything is broken', 'Everything is broken', 'Everything is broken'],
])('%s', (message, zh, en) => {
  expect(whyNotWritten(new Error(message))).toEqual({ zh, en });
  expect(cannotWrite('/a/b.png', new Error(message)).message.zh).toBe(`写不了 /a/b.png：${zh}。请换一个能写的文件夹（不是 /a）。`);
});

test.each([
  [
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    'cannot write /a/b.png: the disk is full (ENOSPC)',
  ],
  // Chromium's code of a page that died while it was loaded: another folder would not help.
  [Object.assign(new Error('ERR_FAILED (-2) loading'), { code: 'ERR_FAILED', errno: -2 }), 'ERR_FAILED (-2) loading'],
  [new Error('too many colours'), 'too many colours'],
])('of what was not made only the disk is told to be the cause where it is: %s', (error, said) => {
  const { message } = notMade('/a/b.png', error);
  expect(message.en).toContain(said);
  expect(message.en.includes('Choose a folder')).toBe(said.startsWith('cannot write'));
});
