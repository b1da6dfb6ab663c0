/** For tests: short listings that do a little of everything. */
import type { Arch } from '../../model/asm/arch/index';

export const SAMPLES: Readonly<Record<Arch, readonly string[]>> = {
  amd64: [
    `#include "textflag.h"
// func sum(n int64) int64
TEXT ·sum(SB),NOSPLIT,$0-16
	MOVQ n+0(FP), CX
	XORQ AX, AX
loop:
	ADDQ CX, AX
	DECQ CX
	JNZ loop
	MOVQ AX, ret+8(FP)
	RET
`,
    `TEXT ·getpid(SB),NOSPLIT,$16-8
	MOVQ $39, AX
	SYSCALL
	CMPQ AX, $0xfffffffffffff001
	JLS ok
	MOVQ $-1, AX
ok:
	MOVQ AX, ret+0(FP)
	MOVQ AX, x-8(SP)
	CALL ·leaf(SB)
	RET
TEXT ·leaf(SB),NOSPLIT,$0-0
	LEAQ 8(SP), DI
	MOVQ $16, SI
	SHLQ $3, SI
	MOVB (DI)(CX*2), AL
	RET
`,
  ],
  arm64: [
    `TEXT ·sum(SB),NOSPLIT,$0-16
	MOVD n+0(FP), R1
	MOVD ZR, R0
loop:
	ADD R1, R0
	SUBS $1, R1
	BNE loop
	MOVD R0, ret+8(FP)
	RET
`,
    `TEXT ·getpid(SB),NOSPLIT,$16-8
	MOVD $172, R8
	SVC
	CMN $4095, R0
	BCC ok
	MOVD $-1, R0
ok:
	MOVD R0, ret+0(FP)
	MOVD R0, x-8(SP)
	CALL ·leaf(SB)
	RET
TEXT ·leaf(SB),NOSPLIT,$0-0
	UBFX $4, R0, $8, R2
	LSL $3, R2
	MOVBU 1(R3), R4
	CSEL EQ, R1, R2, R3
	RET
`,
  ],
};
