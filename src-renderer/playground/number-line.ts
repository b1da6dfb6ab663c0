/**
 * The number line of a call's result. There are two orders of the same 64-bit patterns: as unsigned numbers, where the errors lie at the
 * right end, and as signed ones, where they lie just left of zero. Both are made of the same pieces; the corner of the errors is drawn
 * much larger than it is. Pure.
 */
import { type Arch, forEachArch, isErrorResult } from '../../src-main/contract/index';

export type Verdict = 'ok' | 'error';

export interface Piece {
  id: 'positive' | 'negative' | 'm4096' | 'm4095' | 'm4094' | 'unused' | 'errnos';
  /** First and last value, signed. */
  from: bigint;
  to: bigint;
  /** Share of the line. */
  share: number;
  label: string;
  /** The same ends as unsigned numbers. */
  hex: string;
  verdict: Record<Arch, Verdict>;
}

const MIN = -(1n << 63n);
const MAX = (1n << 63n) - 1n;
/** The highest errno there is. */
const LAST_ERRNO = 133n;

/** What the architecture's routines take a result for: they disagree about −4095. */
export function verdict(arch: Arch, signed: bigint): Verdict {
  return isErrorResult(arch, signed) ? 'error' : 'ok';
}

function piece(id: Piece['id'], from: bigint, to: bigint, share: number, label: string, hex: string): Piece {
  return { id, from, to, share, label, hex, verdict: forEachArch((arch) => verdict(arch, from)) };
}

const POSITIVE = piece('positive', 0n, MAX, 26, '0 … 2⁶³−1', '0 … 0x7fff…ffff');
const NEGATIVE: readonly Piece[] = [
  piece('negative', MIN, -4097n, 18, '−2⁶³ … −4097', '0x8000…0000 …'),
  piece('m4096', -4096n, -4096n, 9, '−4096', '0x…f000'),
  piece('m4095', -4095n, -4095n, 11, '−4095', '0x…f001'),
  piece('m4094', -4094n, -4094n, 9, '−4094', '0x…f002'),
  piece('unused', -4093n, -LAST_ERRNO - 1n, 11, '… −134', '0x…f003 …'),
  piece('errnos', -LAST_ERRNO, -1n, 16, '−133 … −1', '0x…ff7b … 0x…ffff'),
];

export const UNSIGNED: readonly Piece[] = [POSITIVE, ...NEGATIVE];
export const SIGNED: readonly Piece[] = [...NEGATIVE, POSITIVE];

const TOTAL = UNSIGNED.reduce((sum, { share }) => sum + share, 0);
/** Keeps a mark off its piece's edges. */
const MARGIN = 0.06;

/** Logarithm of a number however large. */
function log2(value: bigint): number {
  if (value < 1n) return 0;
  const digits = value.toString(2);
  return digits.length - 1 + Math.log2(Number(`0b${digits.slice(0, 50)}`) / 2 ** (Math.min(50, digits.length) - 1));
}

/** Where in its piece a value lies, 0 … 1. Wide pieces are logarithmic: small distances from their near end count. */
function within({ id, from, to }: Piece, signed: bigint): number {
  if (from === to) return 0.5;
  if (id === 'positive') return log2(signed + 1n) / 63;
  if (id === 'negative') return 1 - log2(-4096n - signed) / 63;
  return Number(signed - from) / Number(to - from);
}

/** Where a pattern lies on the line, in percent of its length. */
export function placeOn(line: readonly Piece[], bits: bigint): number {
  const signed = BigInt.asIntN(64, bits);
  let left = 0;
  for (const each of line) {
    if (signed >= each.from && signed <= each.to)
      return (100 * (left + each.share * (MARGIN + (1 - 2 * MARGIN) * within(each, signed)))) / TOTAL;
    left += each.share;
  }
  throw new Error(`${signed} lies on no piece of the line`);
}

/** Where a piece begins, in percent. */
export function startOf(line: readonly Piece[], id: Piece['id']): number {
  const before = line.slice(
    0,
    line.findIndex((each) => each.id === id),
  );
  return (100 * before.reduce((sum, { share }) => sum + share, 0)) / TOTAL;
}

export function shareOf(each: Piece): number {
  return (100 * each.share) / TOTAL;
}
