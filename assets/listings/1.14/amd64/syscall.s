// 包 syscall 进 linux/amd64 内核的几条路，到 Go 1.16 为止；参数和结果在调用者的帧里（ABI0）。 | The ways from package syscall into a linux/amd64 kernel, as they were up to Go 1.16; arguments and results in the caller's frame (ABI0).
// 调度村按调用规则自己写的：号码在 AX，参数在 DI、SI、DX、R10、R8、R9，结果在 AX。 | Written for Schedville from the calling rules: number in AX; arguments in DI, SI, DX, R10, R8, R9; result in AX.

// func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
TEXT ·Syscall(SB),NOSPLIT,$0-56
	CALL	runtime·entersyscall(SB)   // 告诉调度器：要进内核了 | tell the scheduler: into the kernel now
	MOVQ	a1+8(FP), DI               // 第一个参数 | first argument
	MOVQ	a2+16(FP), SI              // 第二个参数 | second argument
	MOVQ	a3+24(FP), DX              // 第三个参数 | third argument
	MOVQ	trap+0(FP), AX             // 系统调用号 | the call's number
	SYSCALL                            // 切到内核，回来时结果在 AX | to the kernel; the result comes back in AX
	CMPQ	AX, $0xfffffffffffff001    // 与 -4095 作无符号比较 | compare with -4095, unsigned
	JLS	ok                         // 小于等于：成功 | lower or same: success
	MOVQ	$-1, r1+32(FP)             // 失败：r1 = -1 | failure: r1 = -1
	MOVQ	$0, r2+40(FP)
	NEGQ	AX                         // -errno 变成 errno | -errno becomes errno
	MOVQ	AX, err+48(FP)
	CALL	runtime·exitsyscall(SB)    // 告诉调度器：回来了 | tell the scheduler: back again
	RET
ok:
	MOVQ	AX, r1+32(FP)              // 成功：r1 = AX | success: r1 = AX
	MOVQ	DX, r2+40(FP)              // r2 = DX，就是第三个参数 | r2 = DX, the third argument again
	MOVQ	$0, err+48(FP)
	CALL	runtime·exitsyscall(SB)    // 告诉调度器：回来了 | tell the scheduler: back again
	RET

// func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)
TEXT ·Syscall6(SB),NOSPLIT,$0-80
	CALL	runtime·entersyscall(SB)   // 告诉调度器：要进内核了 | tell the scheduler: into the kernel now
	MOVQ	a1+8(FP), DI
	MOVQ	a2+16(FP), SI
	MOVQ	a3+24(FP), DX
	MOVQ	a4+32(FP), R10             // 不是 CX：SYSCALL 要用 CX | not CX: SYSCALL itself needs CX
	MOVQ	a5+40(FP), R8              // 第五个 | the fifth
	MOVQ	a6+48(FP), R9              // 第六个 | the sixth
	MOVQ	trap+0(FP), AX             // 少了这一行，号码就是乱的 | without this line the number would be anything
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok6
	MOVQ	$-1, r1+56(FP)
	MOVQ	$0, r2+64(FP)
	NEGQ	AX
	MOVQ	AX, err+72(FP)
	CALL	runtime·exitsyscall(SB)
	RET
ok6:
	MOVQ	AX, r1+56(FP)
	MOVQ	DX, r2+64(FP)
	MOVQ	$0, err+72(FP)
	CALL	runtime·exitsyscall(SB)
	RET

// func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
TEXT ·RawSyscall(SB),NOSPLIT,$0-56
	MOVQ	a1+8(FP), DI               // 不告诉调度器，房子一直占着 | the scheduler is not told; the P is kept
	MOVQ	a2+16(FP), SI
	MOVQ	a3+24(FP), DX
	MOVQ	trap+0(FP), AX
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok1
	MOVQ	$-1, r1+32(FP)
	MOVQ	$0, r2+40(FP)
	NEGQ	AX
	MOVQ	AX, err+48(FP)
	RET
ok1:
	MOVQ	AX, r1+32(FP)
	MOVQ	DX, r2+40(FP)
	MOVQ	$0, err+48(FP)
	RET

// func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)
TEXT ·RawSyscall6(SB),NOSPLIT,$0-80
	MOVQ	a1+8(FP), DI
	MOVQ	a2+16(FP), SI
	MOVQ	a3+24(FP), DX
	MOVQ	a4+32(FP), R10
	MOVQ	a5+40(FP), R8
	MOVQ	a6+48(FP), R9
	MOVQ	trap+0(FP), AX
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok2
	MOVQ	$-1, r1+56(FP)
	MOVQ	$0, r2+64(FP)
	NEGQ	AX
	MOVQ	AX, err+72(FP)
	RET
ok2:
	MOVQ	AX, r1+56(FP)
	MOVQ	DX, r2+64(FP)
	MOVQ	$0, err+72(FP)
	RET

// func rawSyscallNoError(trap, a1, a2, a3 uintptr) (r1, r2 uintptr)
TEXT ·rawSyscallNoError(SB),NOSPLIT,$0-48
	MOVQ	a1+8(FP), DI               // 这类调用不会失败，不必检验 | such a call cannot fail: nothing to test
	MOVQ	a2+16(FP), SI
	MOVQ	a3+24(FP), DX
	MOVQ	trap+0(FP), AX
	SYSCALL
	MOVQ	AX, r1+32(FP)
	MOVQ	DX, r2+40(FP)
	RET

// func rawVforkSyscall(trap, a1 uintptr) (r1 uintptr, err Errno)
TEXT ·rawVforkSyscall(SB),NOSPLIT,$0-32
	MOVQ	a1+8(FP), DI
	MOVQ	$0, SI
	MOVQ	$0, DX
	MOVQ	$0, R10
	MOVQ	$0, R8
	MOVQ	$0, R9
	MOVQ	trap+0(FP), AX
	POPQ	R12                        // 父子共用一个栈：返回地址先藏进寄存器 | parent and child share the stack: the return address hides in a register
	SYSCALL
	PUSHQ	R12                        // 再放回去 | and goes back
	CMPQ	AX, $0xfffffffffffff001
	JLS	ok3
	MOVQ	$-1, r1+16(FP)
	NEGQ	AX
	MOVQ	AX, err+24(FP)
	RET
ok3:
	MOVQ	AX, r1+16(FP)
	MOVQ	$0, err+24(FP)
	RET
