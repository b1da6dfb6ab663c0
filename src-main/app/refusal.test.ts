import { expect, test } from 'vitest';
import { cannotWrite, whyNotWritten } from './refusal';

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
