/** `sim import`: a real execution trace of Go as a trace of ours. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fill, WORDS } from '../../assets/words/index';
import { NotUnpacked, readableCopy } from '../app/packed-file';
import { textOfError } from '../app/people-file';
import { isOurTrace } from '../app/trace-file';
import { faultLines } from '../formats/fault';
import { traceHeader } from '../formats/trace-jsonl';
import { BadTrace } from '../imports/bad-trace';
import { type ImportedTrace, importTrace, stepsOf } from '../imports/import-trace';
import type { Language, Text } from '../model/words';
import { inEveryLanguage } from '../../assets/words/index';
import { Interruption } from './interruption';
import type { Terminal } from './terminal';
import { TraceOutput } from './trace-output';

const PIECE = 1 << 20;

/** false: the file was refused, and nothing written. Rejects with CannotWrite, ReaderGone or Interrupted. */
export async function importFile({ file, out }: { file: string; out: string }, language: Language, terminal: Terminal): Promise<boolean> {
  const refuse = (message: Text, line = 1): false => {
    terminal.err(faultLines([{ file, line, column: 1, message, suggestion: null }], language));
    return false;
  };
  if (await isOurTrace(file)) return refuse(inEveryLanguage(({ recorded }) => recorded.isOurs));
  let handle: number;
  try {
    const { path, opened } = await readableCopy(file);
    try {
      handle = openSync(path, 'r');
    } finally {
      await opened();
    }
  } catch (error) {
    return refuse(error instanceof NotUnpacked ? error.text : textOfError(file, error));
  }
  try {
    // Only reading it would fail, and not say why.
    if (fstatSync(handle).isDirectory()) return refuse(inEveryLanguage(({ files }) => fill(files.isFolder, { path: file })));
    const made = importTrace(() => pieceOf(handle));
    const count = await write(made, out, terminal);
    if (made.cut) terminal.err(`${fill(WORDS[language].recorded.importedCut, { file, steps: count, why: made.cut[language] })}\n`);
    return true;
  } catch (error) {
    if (!(error instanceof BadTrace)) throw error;
    return refuse(error.text, error.line);
  } finally {
    closeSync(handle);
  }
}

function pieceOf(handle: number): Uint8Array | null {
  const piece = new Uint8Array(PIECE);
  const read = readSync(handle, piece);
  return read === 0 ? null : piece.subarray(0, read);
}

async function write(made: ImportedTrace, out: string, terminal: Terminal): Promise<number> {
  const output = await TraceOutput.open(out, traceHeader(null, made.first, made.recorded), terminal, true);
  const interruption = new Interruption(terminal);
  let count = 0;
  try {
    for (const step of stepsOf(made)) {
      count++;
      const written = output.add(step);
      if (written) await written;
      const turn = interruption.turn();
      if (turn) await turn;
    }
    await output.finish();
    return count;
  } catch (error) {
    await output.abandon();
    throw error;
  }
}
