/** What the assembler takes, and what it says about what it does not take. The forms were tried on Go's own assembler. */
import { textOfMessage } from '../../formats/messages';
import { describe, expect, test } from 'vitest';
import type { Arch } from '../arch';
import type { Operand } from './listing';
import { parseListing } from './parse-listing';
import { routineOf } from './testdata/run-code';

function operandsOf(code: string, arch: Arch = 'amd64'): Operand[] {
  return routineOf(`${code}\nok: RET`, arch, 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0-56').instructions[0]?.operands ?? [];
}

describe('immediates', () => {
  test.each([
    ['$5', 5n],
    ['$-1', -1n],
    ['$0x1F', 31n],
    ['$0777', 511n],
    ['$0b101', 5n],
    ['$0o17', 15n],
    ['$1_000', 1000n],
    ['$-0x10', -16n],
    ['$~1', -2n],
    ['$(8+4)', 12n],
    ['$(8+4)*2', 24n],
    ['$2+3*4', 14n],
    ['$1<<40|5', (1n << 40n) | 5n],
    ['$(7&12)^1', 5n],
    ['$17/5', 3n],
    ['$17%5', 2n],
    ['$-(1)', -1n],
    ["$'a'", 97n],
    ["$'\\n'", 10n],
    ["$'\\x41'", 65n],
    ["$'\\''", 39n],
    ["$'中'", 0x4e2dn],
    ["$'a'+1", 98n],
    ['$0xffffffffffffffff', -1n],
    ['$0xffffffffffffffff+2', 1n],
  ])('%s is %s', (written, value) => {
    expect(operandsOf(`MOVQ ${written}, AX`)[0]).toMatchObject({ kind: 'immediate', value: BigInt.asUintN(64, value) });
  });
});

describe('operands', () => {
  const memory = (base: string | null, offset: number, rest: object = {}): object => ({ kind: 'memory', base, offset, ...rest });
  test.each<[Arch, string, object]>([
    ['amd64', '(AX)', memory('AX', 0)],
    ['amd64', '-8(SP)', memory('SP', -8, { name: '', hardware: null })],
    ['amd64', '(8+4)(SP)', memory('SP', 12)],
    ['amd64', '8(AX)(CX*4)', memory('AX', 8, { index: 'CX', scale: 4 })],
    ['amd64', '(AX)(CX*1)', memory('AX', 0, { index: 'CX', scale: 1 })],
    ['amd64', '(BX*8)', memory(null, 0, { index: 'BX', scale: 8 })],
    ['amd64', '1', memory(null, 1)],
    ['amd64', 'a1+8(FP)', memory('FP', 8, { name: 'a1', hardware: 8 })],
    ['amd64', 'a1+8*2(FP)', memory('FP', 16)],
    ['amd64', 'x-8(SP)', memory('SP', -8, { name: 'x', hardware: 0 })],
    ['amd64', '$x-8(SP)', { kind: 'address', of: memory('SP', -8, { name: 'x' }) }],
    ['amd64', '$8(SP)', { kind: 'address', of: memory('SP', 8) }],
    ['amd64', '$·f(SB)', { kind: 'address', of: { kind: 'symbol', name: 'syscall.f', offset: 0 } }],
    ['amd64', 'g', { kind: 'register', name: 'R14' }],
    ['arm64', '(R1)(R2)', memory('R1', 0, { index: 'R2', scale: 1 })],
    ['arm64', '(R1)(R2<<3)', memory('R1', 0, { index: 'R2', scale: 8 })],
    ['arm64', '8(RSP)', memory('RSP', 8)],
    ['arm64', 'a1+8(FP)', memory('FP', 8, { hardware: 8 })],
    ['arm64', 'g', { kind: 'register', name: 'R28' }],
    ['arm64', 'LR', { kind: 'register', name: 'R30' }],
  ])('%s: %s', (arch, written, expected) => {
    expect(operandsOf(arch === 'amd64' ? `MOVQ ${written}, BX` : `MOVD ${written}, R3`, arch)[0]).toMatchObject(expected);
  });

  test('byte instructions know the parts of a register', () => {
    expect(operandsOf('MOVB AH, BL')).toEqual([
      { kind: 'register', name: 'AX', part: 'high' },
      { kind: 'register', name: 'BX', part: 'low' },
    ]);
  });

  test('arm64 shifts and pairs', () => {
    expect(operandsOf('ADD R1<<3, R2, R3', 'arm64')[0]).toEqual({ kind: 'shifted', name: 'R1', shift: '<<', amount: 3 });
    expect(operandsOf('LDP 16(RSP), (R1, R2)', 'arm64')[1]).toEqual({ kind: 'pair', names: ['R1', 'R2'] });
  });
});

describe('the text around', () => {
  test('comments, semicolons, several labels, statements behind labels', () => {
    const routine = routineOf('/* two\nlines */ MOVQ $1, AX; MOVQ $2, BX // rest\na: b: JMP a; RET');
    expect(routine.instructions.map(({ text, line }) => `${line} ${text}`)).toEqual(['3 MOVQ $1, AX', '3 MOVQ $2, BX', '4 JMP a', '4 RET']);
    expect(routine.labels).toEqual({ a: 2, b: 2 });
  });

  test('blanks do not matter to what is shown', () => {
    expect(routineOf('MOVQ\t$ ( 8 + 4 ) ,   8 ( SP )\nRET').instructions[0]?.text).toBe('MOVQ $(8+4), 8(SP)');
  });

  test('2(PC) counts the listing’s instructions', () => {
    expect(operandsOf('JMP 2(PC)\nNOP')[0]).toMatchObject({ kind: 'label', index: 2 });
    expect(operandsOf('B 2(PC)\nNOOP', 'arm64')[0]).toMatchObject({ kind: 'label', index: 2 });
  });

  test('constants have names, and what is for another system is left out', () => {
    const code =
      '#include "textflag.h"\n#define SYS_getpid 39\n#define BOTH MOVQ $SYS_getpid, AX; SYSCALL\n#ifdef GOARCH_arm64\nWRONG\n#else\nMOVQ $SYS_getpid+1, BX\n#endif\nBOTH\nRET';
    const { instructions } = routineOf(code);
    expect(instructions.map(({ text }) => text)).toEqual(['MOVQ $SYS_getpid+1, BX', 'MOVQ $39, AX', 'SYSCALL', 'RET']);
    expect(instructions[0]?.operands[0]).toMatchObject({ value: 40n });
  });

  test('variables have places and contents', () => {
    const parsed = parseListing(
      'DATA msg<>+0(SB)/8, $"hi\\n"\nDATA msg<>+8(SB)/4, $-2\nGLOBL msg<>(SB), RODATA, $12\nGLOBL ·n(SB), $8\nTEXT ·f(SB),NOSPLIT,$0\nLEAQ msg<>(SB), SI\nMOVQ ·n(SB), AX\nRET',
      'x.s',
    );
    if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => textOfMessage(message).en).join('; '));
    expect(parsed.program.data['msg<>']).toEqual({ address: '0x520000', bytes: '68690a0000000000feffffff', readOnly: true });
    expect(parsed.program.data['syscall.n']).toEqual({ address: '0x520010', bytes: '0000000000000000', readOnly: false });
  });

  test('flags by name and by number', () => {
    expect(routineOf('RET', 'amd64', 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0').flags).toEqual(['NOSPLIT', 'NOFRAME']);
    expect(routineOf('RET', 'amd64', 'TEXT ·f(SB),7,$0').flags).toEqual(['NOPROF', 'DUPOK', 'NOSPLIT']);
    expect(routineOf('RET', 'amd64', 'TEXT ·f(SB),$16-24')).toMatchObject({ flags: [], frameBytes: 16, argBytes: 24 });
  });
});

/** The whole routine as offset and text; what the assembler adds has a plus. */
const laidOut = (code: string, text: string, arch: Arch): string[] =>
  routineOf(code, arch, text).instructions.map((each) => `${each.offset}${each.inserted ? '+' : ' '}${each.text}`);

describe('frames, as Go’s assembler makes them', () => {
  test('amd64: locals, and BP saved above them', () => {
    expect(laidOut('CALL runtime·x(SB)\nMOVQ a+0(FP), AX\nMOVQ AX, x-8(SP)\nRET', 'TEXT ·f(SB),NOSPLIT,$16-56', 'amd64')).toEqual([
      '0+SUBQ $24, SP',
      '4+MOVQ BP, 16(SP)',
      '9+LEAQ 16(SP), BP',
      '14 CALL runtime·x(SB)',
      '19 MOVQ a+0(FP), AX',
      '24 MOVQ AX, x-8(SP)',
      '29+MOVQ 16(SP), BP',
      '34+ADDQ $24, SP',
      '38 RET',
    ]);
  });

  test('amd64: no locals and NOSPLIT: nothing is added, BP is the caller’s', () => {
    expect(laidOut('CALL runtime·x(SB)\nRET', 'TEXT ·f(SB),NOSPLIT,$0-56', 'amd64')).toEqual(['0 CALL runtime·x(SB)', '5 RET']);
  });

  test('amd64: PUSHQ moves FP and the virtual SP along', () => {
    const { instructions } = routineOf('PUSHQ AX\nMOVQ a+0(FP), AX\nPOPQ BX\nMOVQ a+0(FP), AX\nRET', 'amd64', 'TEXT ·f(SB),NOSPLIT,$0-8');
    expect(instructions[1]?.operands[0]).toMatchObject({ hardware: 16 });
    expect(instructions[3]?.operands[0]).toMatchObject({ hardware: 8 });
  });

  test('arm64: who calls saves the link register; the frame is a multiple of 16', () => {
    expect(laidOut('BL runtime·x(SB)\nMOVD a+0(FP), R1\nRET', 'TEXT ·f(SB),NOSPLIT,$0-56', 'arm64')).toEqual([
      '0+MOVD.W R30, -16(RSP)',
      '4+MOVD R29, -8(RSP)',
      '8+SUB $8, RSP, R29',
      '12 BL runtime·x(SB)',
      '16 MOVD a+0(FP), R1',
      '20+MOVD -8(RSP), R29',
      '24+MOVD.P 16(RSP), R30',
      '28 RET',
    ]);
    expect(routineOf('MOVD x-8(SP), R1\nRET', 'arm64', 'TEXT ·f(SB),NOSPLIT,$24-8')).toMatchObject({ stackBytes: 48 });
    expect(laidOut('MOVD a+0(FP), R1\nRET', 'TEXT ·f(SB),NOSPLIT,$0-56', 'arm64')).toEqual(['0 MOVD a+0(FP), R1', '4 RET']);
  });

  test('a jump is short until its label is too far', () => {
    const far = (n: number): number =>
      routineOf(`JMP end\n${'MOVQ $0x123456789abcdef0, AX\n'.repeat(n)}end: RET`).instructions[0]?.bytes ?? 0;
    expect([far(12), far(13)]).toEqual([2, 5]);
  });
});

describe('faults', () => {
  test.each<[Arch, string, number, string, string | null]>([
    ['amd64', 'MOVK AX, BX', 1, 'unknown instruction MOVK', 'MOVQ'],
    ['amd64', 'movq AX, BX', 1, 'unknown instruction movq', 'MOVQ'],
    ['amd64', 'MOV AX, BX', 1, 'unknown instruction MOV', 'MOVQ'],
    ['amd64', 'SVC', 1, 'unknown instruction SVC: it is an arm64 instruction, and this listing is for amd64', 'SYSCALL'],
    ['arm64', 'MOVQ R0, R1', 1, 'unknown instruction MOVQ: it is an amd64 instruction, and this listing is for arm64', 'MOVD'],
    ['amd64', 'CPUID', 1, 'CPUID is a real instruction, but the modelled processor does not support it', null],
    ['amd64', 'MOVQ AX', 1, 'MOVQ takes 2 operands, found 1', null],
    ['amd64', 'RET AX', 1, 'RET takes 0 operands, found 1', null],
    ['amd64', 'MOVQ AXX, BX', 6, 'cannot parse the operand AXX', 'AX'],
    ['amd64', 'MOVQ RAX, BX', 6, 'cannot parse the operand RAX', 'AX'],
    ['amd64', 'MOVQ %rax, BX', 6, 'register names have no % in front', 'AX'],
    ['amd64', 'MOVQ [AX], BX', 6, 'a memory operand is written (register), not in square brackets', '(AX)'],
    ['amd64', 'MOVQ R0, BX', 6, 'R0 is an arm64 register; this listing is for amd64', null],
    ['amd64', 'MOVQ $x, BX', 6, 'the immediate $x is not a number', null],
    ['amd64', 'MOVQ $1.5, BX', 7, 'floating-point numbers such as 1.5 are not supported; expected an integer', null],
    ['amd64', 'MOVQ $0x1ffffffffffffffff, BX', 7, '0x1ffffffffffffffff does not fit in 64 bits', null],
    ['amd64', "MOVQ $'ab', BX", 7, "'ab' is not a single character", null],
    ['amd64', 'MOVQ $(1/0), BX', 9, 'division by zero', null],
    ['amd64', 'MOVQ $(1+2, BX', 11, 'expected ), found ,', ')'],
    ['amd64', 'MOVQ 8(FP), BX', 8, 'an offset from FP needs the name of the argument, as in a1+8(FP)', 'arg+8(FP)'],
    ['amd64', 'MOVQ FP, BX', 6, 'FP is a pseudo-register and cannot be used alone; write it as in a1+8(FP)', 'BP'],
    ['amd64', 'MOVQ (SB), BX', 7, 'SB needs a name in front, as in ·name(SB)', null],
    ['arm64', 'MOVD 8(SP), R1', 8, 'on arm64 the hardware stack pointer is RSP; the virtual SP needs a name, as in x-8(SP)', 'RSP'],
    ['arm64', 'MOVD X0, R1', 6, 'cannot parse the operand X0', 'R0'],
    ['arm64', 'MOVD R28, R1', 6, 'cannot parse the operand R28', 'g'],
    ['arm64', 'MOVD 8, R1', 6, 'a memory operand on arm64 needs a base register, as in 8(R1); a number is written $8', '$8'],
    ['amd64', 'MOVQ a(QQ), BX', 8, 'unknown register QQ', null],
    ['amd64', 'MOVQ x(AX), BX', 8, 'the name x can be used only with FP, SP and SB; a register takes only an offset', '0(AX)'],
    ['amd64', 'MOVQ (AX)(BX*3), CX', 14, 'bad scale 3: it must be 1, 2, 4 or 8', '4'],
    ['amd64', 'MOVQ (AX)(SP*1), CX', 11, 'SP cannot be used as an index register', null],
    ['amd64', 'MOVQ 0x80000000(AX), CX', 6, 'the offset 2147483648 does not fit in 32 bits', null],
    ['amd64', 'MOVQ a1+8(FP) AX, BX', 15, 'expected the end of the operand, found AX; is a comma missing?', ','],
    ['amd64', 'MOVQ ,AX', 6, 'missing operand', null],
    ['amd64', 'ADDQ AX, $3', 10, 'operand 2 of ADDQ cannot be $3; expected: register, memory', 'ADDQ $3, AX'],
    ['amd64', 'CMPQ $1, AX', 6, 'operand 1 of CMPQ cannot be $1; expected: register, memory', 'CMPQ AX, $1'],
    ['amd64', 'ADDQ (AX), (BX)', 12, 'ADDQ cannot move from memory to memory; go through a register', 'AX'],
    [
      'amd64',
      'ADDQ $0x123456789a, AX',
      6,
      'the immediate 78187493530 does not fit in 32 bits; move it into a register with MOVQ first',
      'MOVQ',
    ],
    ['amd64', 'SHLQ BX, AX', 6, 'operand 1 of SHLQ cannot be BX; expected: immediate $n, CX', null],
    ['amd64', 'MOVB AH, R9', 6, 'AH cannot be combined with R8 to R15, SI, DI or 64-bit operands: there is no such encoding', 'AL'],
    ['amd64', 'CALL f', 6, 'CALL needs a function: f(SB)', 'f(SB)'],
    ['amd64', 'JLS oops', 5, 'unknown label oops', null],
    ['amd64', 'JMP 9(PC)', 1, '9(PC) jumps out of the routine', null],
    ['amd64', 'MOVQ ·x(SB), AX', 6, 'unknown variable syscall.x: the listing needs a GLOBL for it', null],
    ['amd64', 'PUSHQ AX', 1, 'unbalanced PUSH and POP: 8 bytes are pushed and not popped', null],
    ['amd64', '8(SP)', 1, 'a statement cannot start with 8', null],
    ['amd64', '#defin X 1', 1, 'unknown directive #defin', 'define'],
    ['amd64', '#define F(x) x', 9, 'macros with parameters, such as F, are not supported', null],
    ['arm64', 'ADD R1@>3, R2', 5, 'ADD takes no rotated register; rotate it with ROR first', null],
    ['arm64', 'MOVD $1, a+0(FP)', 6, 'operand 1 of MOVD cannot be $1; expected: register, immediate $0', null],
    ['arm64', 'MOVK $0x12345, R1', 6, 'MOVK takes a 16-bit value, shifted by 0, 16, 32 or 48', '$(1<<16)'],
    ['arm64', 'BCC.W ok', 5, 'BCC has no suffix .W: only loads and stores take .W or .P', null],
  ])('%s: %s', (arch, code, column, message, suggestion) => {
    const line = code.startsWith('PUSHQ') ? 3 : 2;
    const parsed = parseListing(`TEXT ·f(SB),NOSPLIT,$0-8\n${code}\nok: RET\n`, 'x.s', arch);
    expect(
      parsed.ok ? [] : parsed.faults.map((fault) => ({ line: fault.line, column: fault.column, en: textOfMessage(fault.message).en })),
    ).toContainEqual({ line, column, en: message });
    if (suggestion !== null && !parsed.ok)
      expect(parsed.faults.find((fault) => textOfMessage(fault.message).en === message)?.suggestion).toBe(suggestion);
  });

  test.each([
    ['TEXT ·f(SB),NOSPLIT', 'expected $frame-args, found NOSPLIT'],
    ['TEXT ·f(SB),NOSPLI,$0', 'unknown flag NOSPLI'],
    ['TEXT f,NOSPLIT,$0', 'cannot parse the operand f'],
    ['TEXT ·f(SB),NOSPLIT,0-8', 'expected $frame-args, found 0-8'],
    ['TEXT ·f(SB),NOSPLIT,$1000', 'nosplit stack overflow: a NOSPLIT function may use at most 768 bytes, this one needs 1000'],
    ['TEXT', 'expected TEXT ·name(SB),NOSPLIT,$frame-args'],
    ['MOVQ AX, BX', 'MOVQ comes before any TEXT'],
    ['ok:', 'the label ok comes before any TEXT'],
    ['DATA x(SB)/3, $1', 'bad width 3: it must be 1, 2, 4 or 8'],
    ['DATA x(SB)/8, $1', 'x has DATA but no GLOBL'],
    ['GLOBL x(SB)', 'expected GLOBL name(SB), flags, $size'],
    ['TEXT ·f(SB),NOSPLIT,$0\nRET\nTEXT ·f(SB),NOSPLIT,$0\nRET', 'syscall.f is already defined'],
    ['TEXT ·f(SB),NOSPLIT,$0', 'syscall.f has no instructions'],
    ['/* never', 'unclosed comment: /* without */'],
    ['#endif', '#endif without #ifdef'],
    ['#ifdef X', '#ifdef without #endif'],
    ['#include "nothing.h"', 'unknown header nothing.h'],
  ])('%s', (text, message) => {
    const parsed = parseListing(text, 'x.s');
    expect(parsed.ok ? [] : parsed.faults.map((fault) => textOfMessage(fault.message).en)).toContain(message);
  });

  test('all faults come at once, in the listing’s order', () => {
    const parsed = parseListing('TEXT ·f(SB),NOSPLIT,$0\nMOVK AX, BX\nJMP nowhere\nMOVQ AX\n', 'x.s');
    if (parsed.ok) throw new Error('accepted');
    expect(parsed.faults.map((fault) => fault.line)).toEqual([2, 3, 4]);
    expect(parsed.faults[0]).toEqual({
      file: 'x.s',
      line: 2,
      column: 1,
      message: { key: 'unknownInstruction', op: 'MOVK' },
      suggestion: 'MOVQ',
    });
  });
});
