import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { ReaderGone, writerTo } from './standard-output';

/** Takes so many texts, then fails. */
function taking(count: number, code: string): { stream: Writable; texts: string[] } {
  const texts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (text: string, _, done) => {
      if (texts.length >= count) done(Object.assign(new Error(`${code}: no`), { code }));
      else {
        texts.push(text);
        done();
      }
    },
  });
  return { stream, texts };
}

test('a reader that leaves ends the writing, then and afterwards', async () => {
  const { stream, texts } = taking(1, 'EPIPE');
  const write = writerTo(stream);
  await write('a');
  await expect(write('b')).rejects.toBeInstanceOf(ReaderGone);
  await expect(write('c')).rejects.toBeInstanceOf(ReaderGone);
  expect(texts).toEqual(['a']);
});

test('any other failure is told as it is', async () => {
  const write = writerTo(taking(0, 'ENOSPC').stream);
  await expect(write('a')).rejects.toThrow('ENOSPC: no');
  await expect(write('b')).rejects.toThrow('ENOSPC: no');
});
