/** x86-64 as Go 1.14 and Linux use it. Sources: runtime/asm_amd64.s, syscall/asm_linux_amd64.s, arch/x86 of Linux. */
import type { ArchFacts, RegisterRef } from './facts';

const WITH_TWO_HALVES = ['AX', 'BX', 'CX', 'DX'];
const WITH_LOW_BYTE = ['SP', 'BP', 'SI', 'DI', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15'];

const ALIASES: Record<string, RegisterRef> = {
  ...Object.fromEntries(WITH_TWO_HALVES.map((name) => [name.replace('X', 'L'), { name, part: 'low' }])),
  ...Object.fromEntries(WITH_TWO_HALVES.map((name) => [name.replace('X', 'H'), { name, part: 'high' }])),
  ...Object.fromEntries(WITH_LOW_BYTE.map((name) => [`${name}B`, { name, part: 'low' }])),
  // The current goroutine; in 1.14 it is loaded from thread-local storage, later it stays in R14.
  g: { name: 'R14', part: 'whole' },
};

export const AMD64 = {
  name: 'amd64',
  registers: ['AX', 'BX', 'CX', 'DX', 'SI', 'DI', 'BP', 'SP', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'PC'],
  shownRegisters: ['AX', 'DI', 'SI', 'DX', 'R10', 'R8', 'R9', 'BX', 'CX', 'R11', 'BP', 'R12', 'R13', 'R14', 'R15', 'SP', 'PC'],
  spareRegisters: new Set(),
  stackPointer: 'SP',
  framePointer: null,
  linkRegister: null,
  callPushes: 8n,
  stackBases: ['SP', 'BP'],
  stackAlignment: null,
  mnemonics: { call: 'CALL', jump: 'JMP' },
  syscall: {
    mnemonic: 'SYSCALL',
    back: 'SYSRET',
    number: 'AX',
    args: ['DI', 'SI', 'DX', 'R10', 'R8', 'R9'],
    result: 'AX',
    keeps: { next: 'CX', flags: 'R11' },
  },
  // Lower or same is a success, so that −4095 itself passes, although the kernel calls it an error.
  errorTest: { written: 'CMPQ AX, $0x…f001; JLS', steps: ['CMPQ AX', 'JLS'], lowest: -4094n },
  flags: ['CF', 'ZF', 'SF', 'OF', 'PF', 'AF'],
  keepsUpperBytes: true,
  hasCanonicalFault: true,
  trapPc: 'next',
  // INT $3
  filler: { signal: 'SIGTRAP', code: 0x80, pcAfter: 1n },
  assembler: {
    registers: ['AX', 'BX', 'CX', 'DX', 'SI', 'DI', 'BP', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'SP'],
    aliases: ALIASES,
    pseudoRegisters: ['FP', 'SB', 'PC'],
    registerAbroad: (word) => (/^[RE](AX|BX|CX|DX|SI|DI|BP|SP)$/.exec(word) ?? /^(R(?:8|9|1[0-5]))[DW]$/.exec(word))?.[1] ?? null,
    frameMultiple: 1,
    anyRegister: 'AX',
    insteadOfFp: 'BP',
    indexScale: 'factor',
    hasShiftedOperands: false,
    systemRegisters: [],
    isLeftOut: (word) => /^(?:[XYZ](?:[12]?\d|3[01])|[FKM][0-7]|[CD]R\d+|[CDEFGS]S|TLS|GDTR|IDTR|LDTR|MSW|TASK)$/.test(word),
    readAsBase: {} as Readonly<Record<string, string>>,
    shiftMnemonic: 'SHLQ',
    needsBase: false,
    wideImmediate: 'MOVQ',
    suffixReason: { key: 'sizeInName' },
  },
  kernel: {
    machine: 'x86_64',
    vdsoReaders: ['time.Now', 'syscall.Gettimeofday', 'syscall.Time'],
    openFlags: { direct: 0o40000, largefile: 0o100000, directory: 0o200000, nofollow: 0o400000 },
    epollEvent: { bytes: 12, data: 4 },
    stat: [
      ['dev', 8],
      ['ino', 8],
      ['nlink', 8],
      ['mode', 4],
      ['uid', 4],
      ['gid', 4],
      [null, 4],
      ['rdev', 8],
      ['size', 8],
      ['blksize', 8],
      ['blocks', 8],
      ['atime', 8],
      ['atimeNs', 8],
      ['mtime', 8],
      ['mtimeNs', 8],
      [null, 16], // ctime
      [null, 24],
    ],
  },
} as const satisfies ArchFacts;
