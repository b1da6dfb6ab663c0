/** What arm64's instructions cannot hold is refused where it stands, in both languages; far jumps, constants behind the code, alignment. */
import { describe, expect, test } from 'vitest';
import { textOfMessage } from '../../../formats/messages';
import { parseListing } from '../parse-listing';
import { codeOf, routineOf, run, runRoutine, TestCpu } from '../testdata/run-code';

function faultOf(line: string): { column: number; en: string; zh: string } | null {
  const parsed = parseListing(`TEXT ·f(SB),NOSPLIT,$0-16\n${line}\nto: RET\n`, 'x.s', 'arm64');
  const [first] = parsed.ok ? [] : parsed.faults;
  return first ? { column: first.column, ...textOfMessage(first.message) } : null;
}

const PLAIN = 'expected: register (R0 to R30, or ZR; not RSP)';

describe('refused', () => {
  test.each([
    ['MUL RSP, R0', 5, PLAIN],
    ['CSEL EQ, RSP, R1, R2', 10, PLAIN],
    ['MOVD RSP, (R0)', 6, PLAIN],
    ['MOVD $-1, RSP', 11, PLAIN],
    ['SUB RSP, R0', 5, PLAIN],
    ['ADDS $1, RSP', 10, PLAIN],
    ['CBZ RSP, to', 5, PLAIN],
    ['ADD $1, R0, ZR', 13, 'expected: register (R0 to R30, or RSP; not ZR)'],
    ['ORR $1, RSP', 9, 'ORR can write RSP but not read it; name another source: ORR $n, R1, RSP'],
    ['MOVD.W 300(R0), R1', 8, 'the offset 300 of MOVD.W is not between -256 and 255'],
    ['MOVW.P R1, -257(R0)', 12, 'the offset -257 of MOVW.P is not between -256 and 255'],
    ['MOVD.P 8(R0), R0', 8, 'R0 is both the address that changes and a register that is moved'],
    ['LDP.W -520(R0), (R1, R2)', 7, 'the offset -520 of LDP.W must be a multiple of 8 between -512 and 504'],
    ['STPW.P (R1, R2), 6(R0)', 18, 'the offset 6 of STPW.P must be a multiple of 4 between -256 and 252'],
    ['STP.W (R0, R1), 16(R0)', 17, 'R0 is both the address that changes and a register that is moved'],
    ['LDP (R0), (R1, R1)', 11, 'LDP cannot load R1 twice'],
    ['LDP (R0), (R1, ZR)', 11, 'ZR cannot be in the pair of LDP'],
    ['LDP (R0)(R1), (R2, R3)', 5, 'LDP has no index register'],
    ['MOVD R2, (R0)(R1<<2)', 10, 'the index of MOVD can be shifted by 0 or 3, not by 2'],
    ['MOVB (R0)(R1<<1), R2', 6, 'the index of MOVB cannot be shifted, as by 1'],
    ['MOVD (R0)(R1.UXTB), R2', 14, 'an index cannot be extended by UXTB'],
    ['MOVBU R1, (R2)(R3)', 11, 'MOVBU cannot store with an index register'],
    ['ADD R1.UXTW<<5, R2', 5, 'the shift 5 is not between 0 and 4'],
    ['ADDW R1<<32, R2', 6, 'the shift 32 is not between 0 and 31'],
    ['SUB R1@>3, R2', 5, 'SUB takes no rotated register'],
    ['ADD RSP<<1, R2', 5, 'RSP cannot be shifted or extended'],
    ['LSL $64, R1', 5, 'the immediate 64 is not between 0 and 63'],
    ['TBZ $64, R1, to', 5, 'the immediate 64 is not between 0 and 63'],
    ['MOVZ $0, R0', 6, 'MOVZ of $0 changes nothing'],
    ['MOVK $0x12345, R0', 6, 'MOVK takes a 16-bit value'],
    ['MOVKW $(1<<32), R0', 7, 'MOVKW works on 32 bits'],
    ['UBFX $60, R1, $8, R2', 15, 'the bits of UBFX do not lie within the register’s 64'],
    ['CSET AL, R1', 6, 'CSET needs a condition that can be false'],
    ['CCMP EQ, R1, R2, $16', 18, 'the immediate 16 is not between 0 and 15'],
    ['STXR R1, (R2), R1', 16, 'the register for STXR’s success must differ'],
    ['CASPD (R1, R2), (R3), (R4, R5)', 7, 'CASPD takes an even register and the next one'],
    ['LDADDD R1, (R2), ZR', 18, 'LDADDD cannot leave the old value in ZR'],
    ['AND $0x12345, R27, R1', 15, 'R27 is where the assembler itself puts a constant or an offset this large'],
    ['ADD $-20000, RSP, R1\nADD $20000, RSP', 1, 'RSP is 20000 bytes above'],
    ['MOVD F1, R1', 6, 'F1 is a real register, but the modelled processor does not have it'],
    ['FMOVD F1, F2', 1, 'FMOVD is a real instruction, but the modelled processor does not support it'],
  ])('%s', (line, column, en) => {
    const fault = faultOf(line);
    expect(fault?.en).toContain(en);
    expect(fault?.zh).toMatch(/[一-鿿]/);
    expect(fault?.column).toBe(column);
  });
});

const codesOf = (code: string): string[] =>
  routineOf(code, 'arm64', 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0').instructions.map((each) => each.code);

describe('laid out', () => {
  test('a bit’s jump reaches 32 KiB; beyond, it jumps around a jump, which reaches', () => {
    // Each of five words.
    const filler = (n: number): string => 'ADD $0x123456789abcdef, R1\n'.repeat(n);
    expect(codesOf(`TBZ $1, R0, to\n${filler(1637)}to: RET`)[0]).toBe('40ff0b36');
    expect(codesOf(`TBZ $1, R0, to\n${filler(1639)}to: RET`)[0]).toBe('400008360200001404200014');
    const there = run(`TBZ $1, R0, to\n${filler(1639)}to: RET`, { R0: 0n, R1: 5n }, 'arm64', 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0');
    expect(there.cpu.reg('R1')).toBe(5n);
  });

  test('what no instruction holds lies behind the code, once', () => {
    const routine = routineOf(
      'MOVD -1000(R6), R1\nMOVD R1, -1000(R7)\nMOVD $0x1234567(R6), R2\nRET',
      'arm64',
      'TEXT ·f(SB),NOSPLIT|NOFRAME,$0',
    );
    // A jump to itself, then both constants at multiples of eight.
    expect(routine.instructions.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(28);
    expect(routine.constants).toBe('0000001418fcffffffffffff6745230100000000');
  });

  test('ADR is the place of its label', () => {
    const code = codeOf('ADR to, R1\nNOOP\nto: RET', 'arm64', 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0');
    const cpu = new TestCpu();
    cpu.setReg('RSP', 0x8000n);
    expect(runRoutine(code, cpu).cpu.reg('R1')).toBe(code.base + 8n);
  });
});

test('exclusive, ordered and atomic accesses want their alignment', () => {
  for (const code of ['LDXR (R6), R1', 'STLRW R1, (R6)', 'LDADDALD R1, (R6), R2', 'CASPD (R0, R1), (R6), (R2, R3)']) {
    const { last } = run(`${code}\nRET`, { R6: 0x9004n + 2n }, 'arm64', 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0');
    expect(last).toMatchObject({ kind: 'fault', signal: { name: 'SIGBUS', code: 1, addr: '0x9006' } });
  }
});
