/** A fault as one line for a terminal: `file:line:column: message`, and the suggestion. */
import { fill, WORDS } from '../../assets/words/index';
import { type Fault, type Language, textOf } from '../model/words';

/** The same for what may be a mistake. */
export function hintText(hint: Fault, language: Language): string {
  const message = fill(WORDS[language].faults.hint, { text: hint.message[language] });
  return faultText({ ...hint, message: textOf(() => message) }, language);
}

export function faultText(fault: Fault, language: Language): string {
  const hint = fault.suggestion === null ? '' : fill(WORDS[language].window.didYouMean, { word: fault.suggestion });
  return `${fault.file}:${fault.line}:${fault.column}: ${fault.message[language]}${hint}`;
}
