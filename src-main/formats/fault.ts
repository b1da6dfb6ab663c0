/** One fault in a file that a person wrote: what was found where, what was expected, and the likely word. */
export interface Fault {
  file: string;
  /** From 1. */
  line: number;
  column: number;
  /** One sentence in each language, without file and place: what was found and what was expected. */
  message: { zh: string; en: string };
  /** The likely word, when there is one. */
  suggestion: string | null;
}

export type Language = 'zh' | 'en';

/** A fault as one line for a terminal: `file:line:column: message`, and the suggestion. */
export function faultText(fault: Fault, language: Language): string {
  const hint =
    fault.suggestion === null ? '' : language === 'zh' ? `（是不是 ${fault.suggestion}？）` : ` (did you mean ${fault.suggestion}?)`;
  return `${fault.file}:${fault.line}:${fault.column}: ${fault.message[language]}${hint}`;
}
