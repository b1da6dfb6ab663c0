/** The flags of TEXT and GLOBL. */
import { type FaultList, likelyWord } from './listing';
import type { Token } from './tokens';

/** Bits of TEXT and GLOBL flags (runtime/textflag.h). */
const FLAGS: Record<string, number> = {
  NOPROF: 1,
  DUPOK: 2,
  NOSPLIT: 4,
  RODATA: 8,
  NOPTR: 16,
  WRAPPER: 32,
  NEEDCTXT: 64,
  TLSBSS: 256,
  NOFRAME: 512,
  TOPFRAME: 2048,
};

/** `NOSPLIT|NOFRAME`, or a number. */
export function readFlags(tokens: readonly Token[], end: Token, faults: FaultList): string[] {
  const found: string[] = [];
  for (const [i, token] of tokens.entries()) {
    if (i % 2 === 1) {
      if (token.text !== '|') faults.add(token, { key: 'flagSeparator', found: token.text }, '|');
      continue;
    }
    if (token.kind === 'integer') {
      const bits = Number(token.text);
      found.push(...Object.keys(FLAGS).filter((name) => ((FLAGS[name] ?? 0) & bits) !== 0));
    } else if (Object.hasOwn(FLAGS, token.text)) found.push(token.text);
    else faults.add(token, { key: 'unknownFlag', found: token.text }, likelyWord(token.text, Object.keys(FLAGS)));
  }
  if (tokens.length === 0) faults.add(end, { key: 'wantsFlags' }, 'NOSPLIT');
  return found;
}
