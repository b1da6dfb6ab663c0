/**
 * Characters of a listing that look like one of Plan 9 assembly's and are another. Go's assembler takes none of them, and says of none what it is.
 */
import { characterName, meantBy } from '../look-alikes';
import type { FaultList } from './listing';

const SUSPECT = /[^\t\n\r\x20-\x7e·∕]/u;
const KEPT = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;

/**
 * The text with each such character replaced by the one that was meant, at the same column, so that what follows is read as its writer
 * sees it; each is a fault of its own. Comments and strings may hold anything.
 */
export function withoutLookAlikes(text: string, faults: FaultList): string {
  if (!SUSPECT.test(text)) return text;
  let out = '';
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length;) {
    KEPT.lastIndex = at;
    const kept = KEPT.exec(text)?.[0];
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const passed = kept ?? character;
    const meant = kept === undefined && !(at === 0 && character === '\ufeff') ? meantBy(character) : null;
    if (meant !== null) {
      const found = characterName(character);
      const message =
        meant === '' || meant === ' ' ? ({ key: 'lookAlikeBlank', found } as const) : ({ key: 'lookAlike', found, meant } as const);
      faults.add({ line, column: at - lineStart + 1 }, message, meant === '' ? null : meant);
    }
    out += meant === null ? passed : meant.padEnd(meant === '' ? 0 : character.length);
    for (let i = 0; i < passed.length; i++) {
      if (passed[i] !== '\n') continue;
      line++;
      lineStart = at + i + 1;
    }
    at += passed.length;
  }
  return out;
}
