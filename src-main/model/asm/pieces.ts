/** A statement's operands, token by token. */
import type { Token } from './tokens';

/** One operand's tokens, and the token behind them: a comma or the end of the statement. */
export interface Piece {
  tokens: Token[];
  end: Token;
}

/** Commas inside of parentheses belong to a pair of registers, unless a parenthesis is left open. */
export function splitAtCommas(tokens: readonly Token[], end: Token, ignoresParentheses = false): Piece[] {
  if (tokens.length === 0) return [];
  const pieces: Piece[] = [{ tokens: [], end }];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    const last = pieces.at(-1);
    if (token.text === ',' && (ignoresParentheses || depth <= 0)) {
      if (last) last.end = token;
      pieces.push({ tokens: [], end });
    } else last?.tokens.push(token);
  }
  return depth > 0 && !ignoresParentheses ? splitAtCommas(tokens, end, true) : pieces;
}
