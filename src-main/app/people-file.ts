/**
 * The one reader of files that people hand over: scenarios, lessons, listings. A file is looked at before it is read: what is no plain file
 * could keep the reader waiting for ever, and a very large one would fill the memory before it is refused.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { fill } from '../../assets/words/index';
import { type Encoding, peopleText } from '../formats/people-text';
import { MAX_BYTES } from '../formats/most-bytes';
import type { Fault, Text } from '../model/words';
import { isPackedBytes, textOf } from './packed-file';

export interface PeopleFile {
  text: string;
  encoding: Encoding;
}

/** `isForeign`: it is there, but nothing that anybody has written: no text, too much of it, a folder. */
export type PeopleFileRead = ({ ok: true } & PeopleFile) | { ok: false; fault: Fault; isForeign: boolean };

interface Kinds {
  mostBytes: number;
  /** Whether it may be a pipe, as `<(…)` of a shell gives one: whoever typed that waits for it. */
  mayBePipe?: boolean;
}

/** Reads a text file of at most `mostBytes`; otherwise the fault says what is wrong and how to mend it. Never throws. */
export async function readPeopleFile(file: string, kinds: Kinds): Promise<PeopleFileRead> {
  const bytes = await readBytes(file, kinds).catch((error: unknown) => ({ why: textOfError(file, error) }));
  if ('why' in bytes) return { ok: false, fault: faultAt(file, 1, 1, bytes.why), isForeign: false };
  if (!ArrayBuffer.isView(bytes)) return { ok: false, fault: faultAt(file, 1, 1, bytes), isForeign: true };
  if (isPackedBytes(bytes))
    return {
      ok: false,
      fault: faultAt(
        file,
        1,
        1,
        textOf((words) => words.packed),
      ),
      isForeign: true,
    };
  const read = peopleText(bytes);
  if (read.ok) return read;
  const [line, column] = read.why === 'damaged' ? [read.line, read.column] : [1, 1];
  const said = { binary: 'notText', unknown: 'unknownEncoding', damaged: 'damagedText' } as const;
  return {
    ok: false,
    fault: faultAt(
      file,
      line,
      column,
      textOf((words) => words[said[read.why]]),
    ),
    isForeign: read.why === 'binary',
  };
}

/** A scenario, a lesson or a table. */
export const readYamlFile = (file: string): Promise<PeopleFileRead> => readPeopleFile(file, { mostBytes: MAX_BYTES });

/** A pipe that nobody writes into would keep even the opening from ending. */
const WITHOUT_WAITING = constants.O_RDONLY | constants.O_NONBLOCK;

/** Settings and drafts are small. */
const MOST_OWN_BYTES = 4 * 1024 * 1024;

/** Why a file of one's own cannot be read, in both languages. */
export class OwnFileRefused extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/**
 * The text of a file that the product keeps for itself; people edit those, too. Throws where there is none or it cannot be read. At once, because the
 * start waits for some: opened, looked at, read and closed turn by turn, while Chromium starts as well, a small file takes fifteen milliseconds.
 */
export function readOwnFileAtOnce(file: string): string {
  const handle = openSync(file, WITHOUT_WAITING);
  try {
    const found = fstatSync(handle);
    const fault = faultOfKind(file, found, MOST_OWN_BYTES);
    if (fault) throw new OwnFileRefused(fault);
    const read = peopleText(readFileSync(handle));
    if (!read.ok) throw new OwnFileRefused(textOf((words) => words.notText));
    return read.text;
  } finally {
    closeSync(handle);
  }
}

/** Why what was opened is not read at all; null: it is a plain file of at most `mostBytes`. */
function faultOfKind(path: string, found: Stats, mostBytes: number): Text | null {
  if (found.isDirectory()) return textOf((words) => fill(words.isFolder, { path }));
  if (!found.isFile()) return textOf((words) => fill(words.notPlain, { path }));
  return found.size > mostBytes ? tooLarge(path, mostBytes) : null;
}

const tooLarge = (path: string, mostBytes: number): Text =>
  textOf((words) => fill(words.fileTooLarge, { path, most: sizeText(mostBytes) }));

/** The bytes of a plain file, or why it is not read. Throws what the system says. */
async function readBytes(file: string, { mostBytes, mayBePipe = false }: Kinds): Promise<Uint8Array | Text> {
  const handle = await open(file, mayBePipe ? constants.O_RDONLY : WITHOUT_WAITING);
  try {
    const found = await handle.stat();
    const fault = mayBePipe && found.isFIFO() ? null : faultOfKind(file, found, mostBytes);
    if (fault) return fault;
    const chunks: Uint8Array[] = [];
    let size = 0;
    // Also while it is read: it may grow, and a pipe has no size.
    for await (const chunk of handle.createReadStream({ autoClose: false, end: found.isFile() ? mostBytes : Infinity })) {
      chunks.push(chunk as Uint8Array);
      size += (chunk as Uint8Array).length;
      if (size > mostBytes) return tooLarge(file, mostBytes);
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

/** 1048576 → 1 MiB, 400000 → 391 KiB. */
function sizeText(bytes: number): string {
  const mib = bytes / 1024 / 1024;
  return mib >= 1 ? `${Number(mib.toFixed(1))} MiB` : `${Math.round(bytes / 1024)} KiB`;
}

const faultAt = (file: string, line: number, column: number, message: Text): Fault => ({ file, line, column, message, suggestion: null });

/** Why a path cannot be opened, from what the system says. */
export function textOfError(path: string, error: unknown): Text {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return textOf((words) => fill(words.noFile, { path }));
    case 'EACCES':
    case 'EPERM':
      return textOf((words) => fill(words.mayNotRead, { path }));
    // Windows says so of a folder when it is opened.
    case 'EISDIR':
      return textOf((words) => fill(words.isFolder, { path }));
    case 'ENXIO':
      return textOf((words) => fill(words.notPlain, { path }));
    default:
      return textOf((words) => fill(words.cannotRead, { path, why: message }));
  }
}
