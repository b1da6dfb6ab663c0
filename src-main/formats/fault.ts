/** A fault as one line for a terminal: `file:line:column: message`, and the suggestion. */
import type { Fault, Language } from '../model/words';

export function faultText(fault: Fault, language: Language): string {
  const hint =
    fault.suggestion === null ? '' : language === 'zh' ? `（是不是 ${fault.suggestion}？）` : ` (did you mean ${fault.suggestion}?)`;
  return `${fault.file}:${fault.line}:${fault.column}: ${fault.message[language]}${hint}`;
}
