/** Small listings to begin with, written for the playground. Comments are written in every language, in the order of `LANGUAGES`: “zh | en”. */
import { type Language, LANGUAGES, type Words } from '../../assets/words/index';
import type { Arch } from '../../src-main/contract/index';

export interface Sample {
  /** Its title is the text of this key. */
  id: keyof Words['samples'];
  /** Or one of the product's own listings: the ways into the kernel, and (amd64 only) those that the runtime uses for itself. */
  source: Readonly<Record<Arch, string>> | 'syscall' | 'runtime';
  /** Symbol of the routine to run, and its arguments as they are typed. */
  entry: string;
  call: string;
  args: readonly string[];
}

const FIRST = {
  amd64: `// func add(a, b int) (sum int)
TEXT ·add(SB),NOSPLIT,$0-24
	MOVQ	a+0(FP), AX      // 先写来源，后写去处 | the source first, then the destination
	MOVQ	b+8(FP), BX
	ADDQ	BX, AX           // AX = AX + BX，标志也变 | AX = AX + BX, and the flags
	MOVQ	AX, sum+16(FP)   // 结果在调用者的帧里 | results lie in the caller's frame
	RET
`,
  arm64: `// func add(a, b int) (sum int)
TEXT ·add(SB),NOSPLIT,$0-24
	MOVD	a+0(FP), R0      // 先写来源，后写去处 | the source first, then the destination
	MOVD	b+8(FP), R1
	ADDS	R1, R0           // R0 = R0 + R1，S 表示标志也变 | R0 = R0 + R1; S: and the flags
	MOVD	R0, sum+16(FP)   // 结果在调用者的帧里 | results lie in the caller's frame
	RET
`,
};

const LOOP = {
  amd64: `// func sum(n int) (total int)
TEXT ·sum(SB),NOSPLIT,$0-16
	MOVQ	n+0(FP), CX
	XORL	AX, AX           // 写 32 位，高 32 位也清零 | writing 32 bits clears the upper ones
again:
	ADDQ	CX, AX
	DECQ	CX
	JNE	again            // ZF 为 0 就跳回去 | back, while ZF is 0
	MOVQ	AX, total+8(FP)
	RET
`,
  arm64: `// func sum(n int) (total int)
TEXT ·sum(SB),NOSPLIT,$0-16
	MOVD	n+0(FP), R1
	MOVD	ZR, R0
again:
	ADD	R1, R0
	SUBS	$1, R1           // S：标志跟着变 | S: the flags follow
	BNE	again            // Z 为 0 就跳回去 | back, while Z is 0
	MOVD	R0, total+8(FP)
	RET
`,
};

const HELLO = {
  amd64: `// 不经过 package syscall，自己进内核 | into the kernel without package syscall
DATA	hello<>+0(SB)/8, $"hello, v"
DATA	hello<>+8(SB)/8, $"illage!\\n"
GLOBL	hello<>(SB),RODATA,$16

TEXT ·hello(SB),NOSPLIT,$0-8
	MOVQ	$1, AX           // write 的号码 | the number of write
	MOVQ	$1, DI           // 标准输出 | standard output
	LEAQ	hello<>(SB), SI  // 地址，不是内容 | the address, not what lies there
	MOVQ	$16, DX
	SYSCALL                  // CX 和 R11 会被改掉 | CX and R11 are lost
	MOVQ	AX, n+0(FP)      // 写了几个字节 | how many bytes were written
	RET
`,
  arm64: `// 不经过 package syscall，自己进内核 | into the kernel without package syscall
DATA	hello<>+0(SB)/8, $"hello, v"
DATA	hello<>+8(SB)/8, $"illage!\\n"
GLOBL	hello<>(SB),RODATA,$16

TEXT ·hello(SB),NOSPLIT,$0-8
	MOVD	$64, R8          // write 的号码，和 amd64 不同 | the number of write: not the one of amd64
	MOVD	$1, R0           // 标准输出 | standard output
	MOVD	$hello<>(SB), R1 // 地址，不是内容 | the address, not what lies there
	MOVD	$16, R2
	SVC                      // 别的寄存器都不变 | all other registers stay
	MOVD	R0, n+0(FP)      // 写了几个字节 | how many bytes were written
	RET
`,
};

const FRAME = {
  amd64: `// func twice(n int) (r int)，经过一次调用 | func twice(n int) (r int), by way of a call
TEXT ·twice(SB),NOSPLIT,$24-16
	MOVQ	n+0(FP), AX
	MOVQ	AX, 0(SP)        // 没有名字的 SP 是硬件的 | SP without a name: the hardware's
	MOVQ	AX, 8(SP)        // 被调者的参数放在自己的帧里 | the callee's arguments, in our own frame
	CALL	·add(SB)
	MOVQ	sum-8(SP), AX    // 有名字的 SP 从帧顶往下数 | with a name: counted from the top of the frame
	MOVQ	AX, r+8(FP)
	RET

TEXT ·add(SB),NOSPLIT,$0-24
	MOVQ	a+0(FP), AX
	ADDQ	b+8(FP), AX
	MOVQ	AX, sum+16(FP)
	RET
`,
  arm64: `// func twice(n int) (r int)，经过一次调用 | func twice(n int) (r int), by way of a call
TEXT ·twice(SB),NOSPLIT,$24-16
	MOVD	n+0(FP), R0
	MOVD	R0, 8(RSP)       // 0(RSP) 留给返回地址 | 0(RSP) is kept for the way back
	MOVD	R0, 16(RSP)      // 被调者的参数放在自己的帧里 | the callee's arguments, in our own frame
	BL	·add(SB)
	MOVD	sum-8(SP), R0    // 有名字的 SP 从帧顶往下数 | SP with a name: counted from the top of the frame
	MOVD	R0, r+8(FP)
	RET

TEXT ·add(SB),NOSPLIT,$0-24
	MOVD	a+0(FP), R0
	MOVD	b+8(FP), R1
	ADD	R1, R0
	MOVD	R0, sum+16(FP)
	RET
`,
};

const TEST = {
  amd64: `// func failed(result uintptr) (errno uintptr)
// 试试 -4094、-4095、-4096 | try -4094, -4095, -4096
TEXT ·failed(SB),NOSPLIT,$0-16
	MOVQ	result+0(FP), AX
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok               // 无符号的小于等于 | lower or same: unsigned
	NEGQ	AX
	MOVQ	AX, errno+8(FP)
	RET
ok:
	MOVQ	$0, errno+8(FP)
	RET
`,
  arm64: `// func failed(result uintptr) (errno uintptr)
// 试试 -4094、-4095、-4096 | try -4094, -4095, -4096
TEXT ·failed(SB),NOSPLIT,$0-16
	MOVD	result+0(FP), R0
	CMN	$4095, R0        // 算 R0 + 4095，只留标志 | R0 + 4095, only the flags are kept
	BCC	ok               // 没有进位：不是错误 | no carry: no error
	NEG	R0, R0
	MOVD	R0, errno+8(FP)
	RET
ok:
	MOVD	ZR, errno+8(FP)
	RET
`,
};

const NIL = {
  amd64: `// 往空指针里写 | writes through a nil pointer
TEXT ·crash(SB),NOSPLIT,$0-0
	XORL	AX, AX
	MOVQ	$1, (AX)         // SIGSEGV
	RET
`,
  arm64: `// 往空指针里写 | writes through a nil pointer
TEXT ·crash(SB),NOSPLIT,$0-0
	MOVD	ZR, R0
	MOVD	ZR, (R0)         // SIGSEGV
	RET
`,
};

export const SAMPLES: readonly Sample[] = [
  {
    id: 'syscall',
    source: 'syscall',
    entry: 'syscall.Syscall',
    call: 'read',
    args: ['3', 'buf:32', '32'],
  },
  {
    id: 'runtime',
    source: 'runtime',
    entry: 'runtime.write1',
    call: '',
    args: ['1', '"hello"', '5'],
  },
  { id: 'add', source: FIRST, entry: 'syscall.add', call: '', args: ['40', '2'] },
  { id: 'sum', source: LOOP, entry: 'syscall.sum', call: '', args: ['10'] },
  { id: 'hello', source: HELLO, entry: 'syscall.hello', call: '', args: [] },
  {
    id: 'twice',
    source: FRAME,
    entry: 'syscall.twice',
    call: '',
    args: ['21'],
  },
  { id: 'failed', source: TEST, entry: 'syscall.failed', call: '', args: ['-4095'] },
  { id: 'crash', source: NIL, entry: 'syscall.crash', call: '', args: [] },
];

/** Those that there are for an architecture, whose listing of the runtime's own ways may be ''. */
export function samplesFor(runtimeListing: string): readonly Sample[] {
  return SAMPLES.filter(({ source }) => source !== 'runtime' || runtimeListing !== '');
}

/** A listing with its comments in one language. A comment that is written in one language only stays as it is. */
export function inLanguage(source: string, language: Language): string {
  return source.replace(/\/\/(.*)$/gm, (whole, comment: string) => {
    const parts = comment.split(' | ');
    return parts.length > 1 ? `// ${(parts[LANGUAGES.indexOf(language)] ?? parts.at(-1) ?? '').trim()}` : whole;
  });
}
