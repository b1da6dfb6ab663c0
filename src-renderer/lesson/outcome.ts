/** How a run ended, in words. */
import { fill, type Language, WORDS } from '../../assets/words/index';
import { type OpenedRun, unreachable } from '../../src-main/contract/index';

export function outcomeText({ kind, code: status, message }: NonNullable<OpenedRun['outcome']>, language: Language): string {
  const words = WORDS[language].outcome;
  const code = String(status);
  switch (kind) {
    case 'exit':
      return status === 0 ? words.exit : fill(words.exitCode, { code });
    case 'deadlock':
      // Go says it where main itself has called Goexit: nobody waits, because nobody is there.
      return fill(message.includes('no goroutines') ? words.nobodyLeft : words.deadlock, { code });
    case 'fatal':
      return fill(words.fatal, { code });
    case 'panic':
      return fill(words.panic, { code });
    case 'limit':
      return words.limit;
    default:
      return unreachable(kind);
  }
}
