/** Files of scenarios that are written in the window, and what is asked before a text that is saved nowhere is left. */
import { type BrowserWindow, dialog } from 'electron';
import { basename } from 'node:path';
import { type Language, WORDS } from '../../assets/words/index';
import { cannotWrite, done } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import type { SaveScenarioAsk } from '../contract/requests';
import type { Result } from '../model/words';
import { type Session, target } from './session';

/** Where the scenario of that name has been saved last; the page does not learn paths. */
let last: { name: string; path: string } | null = null;

/** `isAgain`: to where it was saved last, if it was. The file's name; null: cancelled. */
export async function saveScenario(session: Session, { suggestedName, text, isAgain }: SaveScenarioAsk): Promise<Result<string | null>> {
  const path = isAgain && last?.name === suggestedName ? last.path : await target(session, suggestedName, 'yaml');
  if (path === null) return done(null);
  try {
    await writeFileWhole(path, text);
    last = { name: basename(path), path };
    await session.scenarioDraft.keep(null);
    return done(basename(path));
  } catch (error) {
    return cannotWrite(path, error);
  }
}

/** A page that does not want to be left has a text that is saved nowhere; its draft is kept in any case. */
export function askBeforeLeaving(window: BrowserWindow, language: () => Language): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const words = WORDS[language()].editor;
    const choice = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: words.leave,
      detail: words.leaveDetail,
      buttons: [words.stay, words.leaveAnyway],
      defaultId: 0,
      cancelId: 0,
    });
    if (choice === 1) event.preventDefault();
  });
}
