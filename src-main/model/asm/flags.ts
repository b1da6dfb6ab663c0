/** What arithmetic leaves in the flags, bit for bit (Intel's and Arm's manuals; measured: testdata/). */

export type FlagName = 'CF' | 'PF' | 'AF' | 'ZF' | 'SF' | 'OF' | 'N' | 'Z' | 'C' | 'V';
export type Flags = Partial<Record<FlagName, boolean>>;

/** Bytes of an operation. */
export type Size = 1 | 2 | 4 | 8;

export const MASK: Record<Size, bigint> = { 1: 0xffn, 2: 0xffffn, 4: 0xffffffffn, 8: 0xffffffffffffffffn };
export const TOP: Record<Size, bigint> = { 1: 0x80n, 2: 0x8000n, 4: 0x80000000n, 8: 0x8000000000000000n };

const EVEN_PARITY: readonly boolean[] = Array.from({ length: 256 }, (_, byte) => {
  let isEven = true;
  for (let bits = byte; bits !== 0; bits &= bits - 1) isEven = !isEven;
  return isEven;
});

/** PF looks at the low byte only, whatever the size. */
export const parity = (value: bigint): boolean => EVEN_PARITY[Number(value & 0xffn)] ?? false;

/** AND, OR, XOR, TEST (amd64). AF is undefined by the manual; processors clear it. */
export function logicFlags(result: bigint, size: Size): Flags {
  return { CF: false, PF: parity(result), AF: false, ZF: result === 0n, SF: (result & TOP[size]) !== 0n, OF: false };
}

/** All six flags of a + b + carry (amd64); a and b within the size. */
export function additionFlags(a: bigint, b: bigint, carry: bigint, size: Size): Flags {
  const sum = a + b + carry;
  const result = sum & MASK[size];
  return {
    CF: sum !== result,
    PF: parity(result),
    AF: ((a ^ b ^ result) & 0x10n) !== 0n,
    ZF: result === 0n,
    SF: (result & TOP[size]) !== 0n,
    OF: (~(a ^ b) & (a ^ result) & TOP[size]) !== 0n,
  };
}

/** All six flags of a − b − borrow (amd64: CMP, SUB, SBB, NEG as 0 − b). */
export function subtractionFlags(a: bigint, b: bigint, borrow: bigint, size: Size): Flags {
  const result = (a - b - borrow) & MASK[size];
  return {
    CF: a < b + borrow,
    PF: parity(result),
    AF: ((a ^ b ^ result) & 0x10n) !== 0n,
    ZF: result === 0n,
    SF: (result & TOP[size]) !== 0n,
    OF: ((a ^ b) & (a ^ result) & TOP[size]) !== 0n,
  };
}

/** N, Z, C, V of a + b + carry (arm64: ADDS, CMN; SUBS and CMP as a + NOT b + 1). */
export function arm64Flags(a: bigint, b: bigint, carry: bigint, size: Size): Flags {
  const sum = a + b + carry;
  const result = sum & MASK[size];
  return { N: (result & TOP[size]) !== 0n, Z: result === 0n, C: sum !== result, V: (~(a ^ b) & (a ^ result) & TOP[size]) !== 0n };
}

/** ANDS, TST, BICS (arm64). */
export function arm64LogicFlags(result: bigint, size: Size): Flags {
  return { N: (result & TOP[size]) !== 0n, Z: result === 0n, C: false, V: false };
}

type Ask = (flag: FlagName) => boolean;

/** Conditions by the ending of Go's mnemonics (JLS, SETLS, CMOVQLS …). Go's LS is Intel's BE. */
export const AMD64_CONDITIONS: Record<string, (f: Ask) => boolean> = {
  OS: (f) => f('OF'),
  OC: (f) => !f('OF'),
  CS: (f) => f('CF'),
  CC: (f) => !f('CF'),
  EQ: (f) => f('ZF'),
  NE: (f) => !f('ZF'),
  LS: (f) => f('CF') || f('ZF'),
  HI: (f) => !f('CF') && !f('ZF'),
  MI: (f) => f('SF'),
  PL: (f) => !f('SF'),
  PS: (f) => f('PF'),
  PC: (f) => !f('PF'),
  LT: (f) => f('SF') !== f('OF'),
  GE: (f) => f('SF') === f('OF'),
  LE: (f) => f('ZF') || f('SF') !== f('OF'),
  GT: (f) => !f('ZF') && f('SF') === f('OF'),
};

/** Other spellings of jumps that Go's assembler takes, Intel's among them. */
export const AMD64_JUMP_ALIASES: Record<string, string> = {
  JA: 'JHI', JAE: 'JCC', JB: 'JCS', JBE: 'JLS', JC: 'JCS', JE: 'JEQ', JG: 'JGT', JHS: 'JCC', JL: 'JLT', JLO: 'JCS', JNA: 'JLS', JNAE: 'JCS',
  JNB: 'JCC', JNBE: 'JHI', JNC: 'JCC', JNG: 'JLE', JNGE: 'JLT', JNL: 'JGE', JNLE: 'JGT', JNO: 'JOC', JNP: 'JPC', JNS: 'JPL', JNZ: 'JNE', JO: 'JOS',
  JP: 'JPS', JPE: 'JPS', JPO: 'JPC', JS: 'JMI', JZ: 'JEQ',
}; // prettier-ignore

export const ARM64_CONDITIONS: Record<string, (f: Ask) => boolean> = {
  EQ: (f) => f('Z'),
  NE: (f) => !f('Z'),
  CS: (f) => f('C'),
  HS: (f) => f('C'),
  CC: (f) => !f('C'),
  LO: (f) => !f('C'),
  MI: (f) => f('N'),
  PL: (f) => !f('N'),
  VS: (f) => f('V'),
  VC: (f) => !f('V'),
  HI: (f) => f('C') && !f('Z'),
  LS: (f) => !f('C') || f('Z'),
  GE: (f) => f('N') === f('V'),
  LT: (f) => f('N') !== f('V'),
  GT: (f) => !f('Z') && f('N') === f('V'),
  LE: (f) => f('Z') || f('N') !== f('V'),
  AL: () => true,
  // Named so, and just as true.
  NV: () => true,
};
