/** AArch64 as Go 1.14 and Linux use it. Sources: runtime/asm_arm64.s, syscall/asm_linux_arm64.s, arch/arm64 of Linux. */
import type { ArchFacts } from './facts';

const GENERAL = Array.from({ length: 31 }, (_, i) => `R${i}`);

/** R18 belongs to the platform and R28 to the runtime: Go's assembler knows them only as R18_PLATFORM and g. */
const WRITTEN = [...GENERAL.filter((name) => name !== 'R18' && name !== 'R28'), 'ZR', 'RSP'];

function registerAbroad(word: string): string | null {
  if (word === 'SP') return 'RSP';
  if (word === 'XZR' || word === 'WZR') return 'ZR';
  if (word === 'R28' || word === 'X28') return 'g';
  if (word === 'R18' || word === 'X18') return 'R18_PLATFORM';
  const name = `R${/^[XW](\d{1,2})$/.exec(word)?.[1] ?? ''}`;
  return WRITTEN.includes(name) ? name : null;
}

export const ARM64 = {
  name: 'arm64',
  registers: [...GENERAL, 'RSP', 'PC'],
  shownRegisters: ['R8', ...GENERAL.slice(0, 8), ...GENERAL.slice(9), 'RSP', 'PC'],
  spareRegisters: new Set(GENERAL.slice(9, 29)),
  stackPointer: 'RSP',
  framePointer: 'R29',
  linkRegister: 'R30',
  callPushes: 0n,
  stackBases: ['RSP'],
  // Linux leaves the processor's check switched on.
  stackAlignment: 16n,
  mnemonics: { call: 'BL', jump: 'B' },
  syscall: { mnemonic: 'SVC', back: 'ERET', number: 'R8', args: ['R0', 'R1', 'R2', 'R3', 'R4', 'R5'], result: 'R0', keeps: null },
  // A carry out of R0 + 4095 is an error, −4095 included: not the comparison of amd64.
  errorTest: { written: 'CMN $4095, R0; BCC', steps: ['CMN', 'BCC'], lowest: -4095n },
  flags: ['N', 'Z', 'C', 'V'],
  keepsUpperBytes: false,
  hasCanonicalFault: false,
  trapPc: 'own',
  // Zeros, which are no instruction.
  filler: { signal: 'SIGILL', code: 1, pcAfter: 0n },
  assembler: {
    registers: WRITTEN,
    aliases: {
      LR: { name: 'R30', part: 'whole' },
      g: { name: 'R28', part: 'whole' },
      R18_PLATFORM: { name: 'R18', part: 'whole' },
    },
    // SP alone is a place too: the hardware's is RSP.
    pseudoRegisters: ['FP', 'SB', 'PC', 'SP'],
    registerAbroad,
    frameMultiple: 8,
    anyRegister: 'R1',
    insteadOfFp: null,
    indexScale: 'shift',
    hasShiftedOperands: true,
    systemRegisters: ['NZCV'],
    isLeftOut: (word) => /^[FV](?:[12]?\d|3[01])$|^(?:DAIF|FPCR|FPSR|SPSel|CurrentEL|[A-Z][A-Z0-9_]*_EL[0-3])$/.test(word),
    // Number 31 is RSP there.
    readAsBase: { ZR: 'RSP' } as Readonly<Record<string, string>>,
    shiftMnemonic: 'LSL',
    needsBase: true,
    wideImmediate: null,
    suffixReason: { key: 'suffixOnLoads' },
  },
  kernel: {
    machine: 'aarch64',
    // syscall.Gettimeofday is a RawSyscall here.
    vdsoReaders: ['time.Now'],
    openFlags: { direct: 0o200000, largefile: 0o400000, directory: 0o40000, nofollow: 0o100000 },
    epollEvent: { bytes: 16, data: 8 },
    stat: [
      ['dev', 8],
      ['ino', 8],
      ['mode', 4],
      ['nlink', 4],
      ['uid', 4],
      ['gid', 4],
      ['rdev', 8],
      [null, 8],
      ['size', 8],
      ['blksize', 4],
      [null, 4],
      ['blocks', 8],
      ['atime', 8],
      ['atimeNs', 8],
      ['mtime', 8],
      ['mtimeNs', 8],
      [null, 16], // ctime
      [null, 8],
    ],
  },
} as const satisfies ArchFacts;
