/** Classes and persons: kept as they answer, and their answers as tables that a person saves and opens. */
import { dialog, type OpenDialogOptions } from 'electron';
import { basename } from 'node:path';
import { fill, WORDS } from '../../assets/words/index';
import { answersCsv, learnersFromCsv, merged } from '../app/answers-csv';
import { readPeopleFile } from '../app/people-file';
import { cannotWrite, done } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import type { Learner } from '../contract/requests';
import { type Result, type Text, textOf } from '../model/words';
import { type Session, target } from './session';

export async function keepLearner(session: Session, learner: Learner): Promise<Result<null>> {
  // An export changes nothing that a person has done.
  return session.options.exportTo === null ? session.learnerFiles.keep(learner) : done(null);
}

export async function dropLearner(session: Session, { id }: { id: string }): Promise<Result<null>> {
  return session.options.exportTo === null ? session.learnerFiles.drop(id) : done(null);
}

export async function exportAnswers(
  session: Session,
  { suggestedName, learner }: { suggestedName: string; learner: string | null },
): Promise<Result<string | null>> {
  const path = await target(session, suggestedName, 'csv');
  if (path === null) return done(null);
  // A damaged one is told at the next start.
  const { all } = await session.learnerFiles.read(false);
  try {
    const wanted = all.filter((each) => learner === null || each.id === learner);
    await writeFileWhole(path, answersCsv(wanted, session.settings.language));
    return done(path);
  } catch (error) {
    return cannotWrite(path, error);
  }
}

/** Years of a school. */
const MOST_BYTES = 32 * 1024 * 1024;

export async function importAnswers(session: Session): Promise<Result<Learner[] | null>> {
  const words = WORDS[session.settings.language].dialog;
  const options: OpenDialogOptions = {
    title: words.importAnswers,
    properties: ['openFile'],
    filters: [{ name: 'CSV', extensions: ['csv', 'txt'] }],
  };
  const window = session.window();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [file] = filePaths;
  if (canceled || file === undefined) return done(null);
  const read = await readPeopleFile(file, { mostBytes: MOST_BYTES });
  if (!read.ok) return notRead(file, read.fault);
  const table = learnersFromCsv(read.text);
  if (!table.ok) return notRead(file, table.fault);
  const { all } = await session.learnerFiles.read(false);
  const learners = merged(all, table.learners, () => crypto.randomUUID());
  for (const learner of learners) {
    const kept = await session.learnerFiles.keep(learner);
    if (!kept.ok) return kept;
  }
  return done(learners);
}

function notRead(file: string, { line, message }: { line: number; message: Text }): Result<never> {
  return {
    ok: false,
    message: textOf((language) => fill(WORDS[language].answers.unreadable, { file: basename(file), line, why: message[language] })),
  };
}
