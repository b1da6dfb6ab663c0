/** Which parts of a lesson's prose are code: numbers in hexadecimal, Go's names and calls. They are set in the code font, where ffff stays four letters. */

export interface Part {
  text: string;
  isCode: boolean;
}

/** 0xff…, m.oldp, sched.pidle, p.syscalltick++, (*FD).Read, _Psyscall. A full stop in prose is followed by a blank or by nothing. */
const CODE = /0x[0-9a-f]+|\(\*[A-Za-z]\w*\)(?:\.\w+)+(?:\(\))?|\b[A-Za-z]\w*(?:\.[A-Za-z_]\w*)+(?:\(\)|\+\+|--)?|\b_[GP][a-z]+\b/g;
/** They look like names with a dot. */
const PROSE = new Set(['e.g', 'i.e']);

export function codeParts(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of text.matchAll(CODE)) {
    if (PROSE.has(found[0])) continue;
    if (found.index > from) parts.push({ text: text.slice(from, found.index), isCode: false });
    parts.push({ text: found[0], isCode: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isCode: false });
  return parts;
}
