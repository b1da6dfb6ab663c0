/** A fault as one line for a terminal: `file:line:column: message`, and the suggestion. */
import { fill, WORDS } from '../../assets/words/index';
import type { Fault, Language } from '../model/words';

export function faultText(fault: Fault, language: Language): string {
  const hint = fault.suggestion === null ? '' : fill(WORDS[language].window.didYouMean, { word: fault.suggestion });
  return `${fault.file}:${fault.line}:${fault.column}: ${fault.message[language]}${hint}`;
}
