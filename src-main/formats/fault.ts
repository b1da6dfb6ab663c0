/** A fault as one line for a terminal: `file:line:column: message`, and the suggestion. */
import { fill, WORDS } from '../../assets/words/index';
import { MOST_FAULTS, visibleLine } from '../model/visible-text';
import { type Fault, type Language, textOf } from '../model/words';

/** The same for what may be a mistake. */
export function hintText(hint: Fault, language: Language): string {
  const message = fill(WORDS[language].faults.hint, { text: hint.message[language] });
  return faultText({ ...hint, message: textOf(() => message) }, language);
}

export function faultText(fault: Fault, language: Language): string {
  const hint = fault.suggestion === null ? '' : fill(WORDS[language].window.didYouMean, { word: fault.suggestion });
  return visibleLine(`${fault.file}:${fault.line}:${fault.column}: ${fault.message[language]}${hint}`);
}

/** The faults of one file, a line each; of very many the first, and how many more there are. */
export function faultLines(faults: readonly Fault[], language: Language): string {
  const more = faults.length - MOST_FAULTS;
  const lines = faults.slice(0, MOST_FAULTS).map((fault) => faultText(fault, language));
  return [...lines, ...(more > 0 ? [fill(WORDS[language].model.moreFaults, { n: more })] : []), ''].join('\n');
}
