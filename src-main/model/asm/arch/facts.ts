/**
 * What a processor architecture is to Go, to Linux and to the views: plain facts, one object each (amd64.ts, arm64.ts). How its
 * instructions work is in its instruction set (instruction-sets.ts), which the window has no use for.
 */
import type { Message } from '../../message';
import type { FlagName } from '../flags';

/** Which part of a register an operand names: AL is the low byte of AX, AH its second byte. */
export type RegisterPart = 'whole' | 'low' | 'high';

export interface RegisterRef {
  name: string;
  part: RegisterPart;
}

/** How Go's assembler writes the architecture. Source: cmd/asm/internal/arch of Go 1.14. */
export interface AssemblerFacts {
  /** Registers that hold 64 bits, as a listing writes them, in the order of suggestions. */
  registers: readonly string[];
  /** Further names: parts of registers, and what Go's assembler calls otherwise. */
  aliases: Readonly<Record<string, RegisterRef>>;
  /** Names that stand for a place, not for a register of the processor. */
  pseudoRegisters: readonly string[];
  /** Go's name for a register as the makers' manuals, C compilers and debuggers write it, in capitals (RAX, X0, LR); null: it is none of this architecture's. */
  registerAbroad: (word: string) => string | null;
  /** Bytes that the locals of a frame must be a multiple of. */
  frameMultiple: number;
  /** A register for a suggestion. */
  anyRegister: string;
  /** What FP written alone was probably meant to be. */
  insteadOfFp: string | null;
  /** How an index register is scaled: `(CX*8)` by a factor, `(R1<<3)` by a shift. */
  indexScale: 'factor' | 'shift';
  /** Operands may be shifted registers: `R1<<3`. */
  hasShiftedOperands: boolean;
  /** Registers that only instructions for them reach. */
  systemRegisters: readonly string[];
  /** Real registers that the model does not have: floating point, vectors, the system's. */
  isLeftOut: (word: string) => boolean;
  /** What a register's number means as a base, where that is another register. */
  readAsBase: Readonly<Record<string, string>>;
  /** What is written where an operand is shifted all the same. */
  shiftMnemonic: string;
  /** Memory is addressed by a register, or by one register and another; never by a bare number or with an offset besides an index. */
  needsBase: boolean;
  /** 64-bit instructions keep 32 bits of an immediate and extend their sign; only this one takes all 64. null: immediates are what they are. */
  wideImmediate: string | null;
  /** Why another suffix than .W and .P is none. */
  suffixReason: Message;
}

/** What the kernel's interface fixes differently for each architecture (arch/x86/entry, include/uapi/asm-generic). */
export interface KernelAbi {
  /** uname's `machine`. */
  machine: string;
  /**
   * Go's functions that read a clock in the memory that the kernel maps (vDSO). Source: Go 1.14, runtime/sys_linux_*.s (nanotime1, which
   * time.Now needs) and syscall/asm_linux_*.s (gettimeofday, of which syscall.Time is made).
   */
  vdsoReaders: readonly VdsoReader[];
  /** Flags of open(2) whose bits differ. */
  openFlags: { direct: number; largefile: number; directory: number; nofollow: number };
  /** struct epoll_event: packed on x86-64 only. Bytes in all, and where `data` lies. */
  epollEvent: { bytes: number; data: number };
  /** struct stat: its members in order, with their bytes; members without a name are padding, or the time of the last change of status, which is zero here. */
  stat: readonly (readonly [member: StatMember | null, bytes: number])[];
}

export type VdsoReader = 'time.Now' | 'syscall.Gettimeofday' | 'syscall.Time';

export type StatMember =
  'dev' | 'ino' | 'nlink' | 'mode' | 'uid' | 'gid' | 'rdev' | 'size' | 'blksize' | 'blocks' | 'atime' | 'atimeNs' | 'mtime' | 'mtimeNs';

export interface ArchFacts {
  /** GOARCH: also the folder of its listings and the ending of Go's files. */
  name: string;
  /** Registers whose value a thread's row holds, in the order that they have there. */
  registers: readonly string[];
  /** The same as tables show them: those of a system call first. */
  shownRegisters: readonly string[];
  /** Shown only while they hold something: there are too many of them. */
  spareRegisters: ReadonlySet<string>;
  stackPointer: string;
  /** Go keeps a register for it alone; null: one that is like any other (BP). */
  framePointer: string | null;
  /** Where a call leaves the way back; null: it pushes it onto the stack. */
  linkRegister: string | null;
  /** Bytes that a call pushes. */
  callPushes: bigint;
  /** Registers through which the stack is reached: a fault there is the stack's. */
  stackBases: readonly string[];
  /** What the stack pointer must be a multiple of when memory is accessed through it; null: anything. */
  stackAlignment: bigint | null;
  /** How Go's assembler writes a call and a jump to another function. */
  mnemonics: { call: string; jump: string };
  /** The kernel's calling convention. */
  syscall: {
    /** As a listing writes the instruction. */
    mnemonic: string;
    /** The kernel's instruction that comes back. */
    back: string;
    number: string;
    args: readonly string[];
    result: string;
    /** Registers in which the instruction itself keeps the way back and the flags; null: it keeps them out of the program's sight. */
    keeps: { next: string; flags: string } | null;
  };
  /** How the routines of package syscall tell an error from a result. Sources: asm_linux_*.s of Go 1.14. */
  errorTest: {
    /** In short. */
    written: string;
    /** How its instructions begin. */
    steps: readonly string[];
    /** The lowest result, signed, that counts as an error; the highest is −1. */
    lowest: bigint;
  };
  /** In the order in which people name them. */
  flags: readonly FlagName[];
  /** Writing one or two bytes of a register leaves the others alone; else it clears them. */
  keepsUpperBytes: boolean;
  /** An address outside of both halves raises a fault of its own kind, which does not tell the address. */
  hasCanonicalFault: boolean;
  /** A trap's pc: behind the instruction that raised it, or at it. */
  trapPc: 'next' | 'own';
  /** What the linker fills the space behind a routine with: the signal of whoever runs into it, and how far behind the end the pc is then. */
  filler: { signal: 'SIGTRAP' | 'SIGILL'; code: number; pcAfter: bigint };
  assembler: AssemblerFacts;
  kernel: KernelAbi;
}
