import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Encoding, peopleText } from './people-text';

const bytesOf = (text: string, encoding: Encoding): Uint8Array =>
  encoding === 'utf-8'
    ? new TextEncoder().encode(text)
    : encoding === 'utf-16le'
      ? Buffer.from(text, 'utf16le')
      : encoding === 'utf-16be'
        ? Buffer.from(text, 'utf16le').swap16()
        : Buffer.concat([...text].map((character) => Buffer.from(tableOf(encoding).get(character) ?? [])));

const tables = new Map<string, Map<string, number[]>>();

/** The platform only decodes: what each pair of bytes stands for, turned round. */
function tableOf(encoding: Encoding): Map<string, number[]> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map(
    Array.from({ length: 0x80 }, (_, byte) => [String.fromCharCode(byte), [byte]] as const).map(([key, value]) => [key, [...value]]),
  );
  const decoder = new TextDecoder(encoding);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, [lead, trail]);
    }
  }
  tables.set(encoding, table);
  return table;
}

const SIMPLIFIED = readFileSync(join(import.meta.dirname, '../../assets/lessons/01-hunting/lesson.yaml'), 'utf8');
const TRADITIONAL =
  '第一課：兩座房子，一條路。家長出門打獵的時候，把門鎖上，把門牌號碼抄在手裡。更夫走過，看見門鎖著、燈滅著，就在石板上記下這一次；' +
  '下一次再來，還是同一個號碼，就把房子交給別的家長。孩子們在板凳上等，誰也不說話。回來的家長先看原來的房子，再看有沒有空房子，最後把孩子送到托兒所。';

function isUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== '';
  } catch {
    return false;
  }
}

/** Pieces of `source` that the encoding can write, as a scenario has them: some Chinese among keys. */
function* samples(source: string, encoding: Encoding): Generator<string> {
  const table = encoding === 'gb18030' || encoding === 'big5' ? tableOf(encoding) : null;
  const characters = [...source].filter((each) => table === null || table.has(each)).filter((each) => /[\p{sc=Han}：，。]/u.test(each));
  for (let from = 0, n = 0; from < characters.length && n < 400; from += 7, n++) {
    const words = characters.slice(from, from + 2 + (n % 30)).join('');
    yield `schedville: 1\nkind: scenario\nid: one\ntitle: { zh: ${words}, en: One }\n`;
  }
}

test.each<[Encoding, string]>([
  ['utf-8', SIMPLIFIED],
  ['gb18030', SIMPLIFIED],
  ['big5', TRADITIONAL],
  ['utf-16le', SIMPLIFIED],
  ['utf-16be', SIMPLIFIED],
])('%s is read as it was written, or refused', (encoding, source) => {
  let right = 0;
  let refused = 0;
  for (const text of samples(source, encoding)) {
    const bytes = bytesOf(text, encoding);
    const read = peopleText(bytes);
    // Two characters of GBK may be two of UTF-8 (也没 is Ҳû): nobody can tell.
    if (!read.ok || (encoding === 'gb18030' && isUtf8(bytes))) refused++;
    else {
      expect(read, text).toEqual({ ok: true, text, encoding });
      right++;
    }
  }
  // Two or three characters may be everyday ones in both encodings.
  expect(right).toBeGreaterThan(8 * refused);
});

test('a whole lesson in GBK', () => {
  const table = tableOf('gb18030');
  const text = [...SIMPLIFIED].filter((each) => table.has(each)).join('');
  expect(peopleText(bytesOf(text, 'gb18030'))).toEqual({ ok: true, text, encoding: 'gb18030' });
});

test('a byte order mark is taken off', () => {
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
    expect(peopleText(bytesOf('\ufeffid: 一\n', encoding))).toEqual({ ok: true, text: 'id: 一\n', encoding });
  }
});

test('UTF-8 with a wrong byte is damaged there, not GBK', () => {
  const bytes = Buffer.from('id: one\ntitle: { zh: 两座房子和一条路 }\n');
  bytes[bytes.indexOf('和') + 1] = 0x20;
  expect(peopleText(bytes)).toEqual({ ok: false, why: 'damaged', line: 2, column: 18 });
  expect(peopleText(Buffer.from('两座房子').subarray(0, 11))).toMatchObject({ why: 'damaged', line: 1, column: 4 });
});

test.each([
  ['an empty file', '', 'utf-8'],
  ['ASCII', 'MOVQ AX, BX\n', 'utf-8'],
])('%s is UTF-8', (_, text, encoding) => {
  expect(peopleText(Buffer.from(text))).toEqual({ ok: true, text, encoding });
});

test.each([
  ['Latin-1', Buffer.from('title: caf\u00e9 d\u00e9j\u00e0\n', 'latin1'), 'unknown'],
  ['one character that both have', Buffer.from([0xb0, 0xa1]), 'unknown'],
  ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 0, 0]), 'binary'],
  ['zeros', Buffer.alloc(64), 'binary'],
  ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46]), 'binary'],
])('%s is refused', (_, bytes, why) => {
  expect(peopleText(bytes)).toMatchObject({ ok: false, why });
});
