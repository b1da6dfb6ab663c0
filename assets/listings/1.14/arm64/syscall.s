// 包 syscall 进 linux/arm64 内核的几条路，Go 1.14。调度村按调用规则自己写的。 | The ways from package syscall into a linux/arm64 kernel, as of Go 1.14. Written for Schedville from the calling rules.
// 号码在 R8，参数在 R0 到 R5，结果在 R0；和 amd64 不同，-4095 在这里算错误。 | Number in R8, arguments in R0 to R5, result in R0; unlike on amd64 a result of -4095 is an error here.

// func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
TEXT ·Syscall(SB),NOSPLIT,$0-56
	BL	runtime·entersyscall(SB)  // 告诉调度器：要进内核了 | tell the scheduler: into the kernel now
	MOVD	a1+8(FP), R0  // 第一个参数 | first argument
	MOVD	a2+16(FP), R1  // 第二个参数 | second argument
	MOVD	a3+24(FP), R2  // 第三个参数 | third argument
	MOVD	$0, R3  // 用不到的参数清零 | an argument that is not used is 0
	MOVD	$0, R4  // 用不到的参数清零 | an argument that is not used is 0
	MOVD	$0, R5  // 用不到的参数清零 | an argument that is not used is 0
	MOVD	trap+0(FP), R8  // 号码放在 R8 | the number goes into R8
	SVC  // 切到内核，结果在 R0 | to the kernel; the result is in R0
	CMN	$4095, R0  // R0 加 4095：有进位就是错误 | R0 plus 4095: a carry means an error
	BCC	ok  // 没有进位：成功 | no carry: success
	MOVD	$-1, R4
	MOVD	R4, r1+32(FP)  // 失败：r1 = -1 | failure: r1 = -1
	MOVD	ZR, r2+40(FP)
	NEG	R0, R0  // -errno 变成 errno | -errno becomes errno
	MOVD	R0, err+48(FP)
	BL	runtime·exitsyscall(SB)  // 告诉调度器：回来了 | tell the scheduler: back again
	RET
ok:
	MOVD	R0, r1+32(FP)  // 成功：r1 = R0 | success: r1 = R0
	MOVD	R1, r2+40(FP)  // r2 = R1，就是第二个参数 | r2 = R1, the second argument again
	MOVD	ZR, err+48(FP)
	BL	runtime·exitsyscall(SB)  // 告诉调度器：回来了 | tell the scheduler: back again
	RET

// func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)
TEXT ·Syscall6(SB),NOSPLIT,$0-80
	BL	runtime·entersyscall(SB)  // 告诉调度器：要进内核了 | tell the scheduler: into the kernel now
	MOVD	a1+8(FP), R0  // 第一个参数 | first argument
	MOVD	a2+16(FP), R1  // 第二个参数 | second argument
	MOVD	a3+24(FP), R2  // 第三个参数 | third argument
	MOVD	a4+32(FP), R3  // 第四个参数 | fourth argument
	MOVD	a5+40(FP), R4  // 第五个参数 | fifth argument
	MOVD	a6+48(FP), R5  // 第六个参数 | sixth argument
	MOVD	trap+0(FP), R8  // 号码放在 R8 | the number goes into R8
	SVC  // 切到内核，结果在 R0 | to the kernel; the result is in R0
	CMN	$4095, R0  // R0 加 4095：有进位就是错误 | R0 plus 4095: a carry means an error
	BCC	ok  // 没有进位：成功 | no carry: success
	MOVD	$-1, R4
	MOVD	R4, r1+56(FP)  // 失败：r1 = -1 | failure: r1 = -1
	MOVD	ZR, r2+64(FP)
	NEG	R0, R0  // -errno 变成 errno | -errno becomes errno
	MOVD	R0, err+72(FP)
	BL	runtime·exitsyscall(SB)  // 告诉调度器：回来了 | tell the scheduler: back again
	RET
ok:
	MOVD	R0, r1+56(FP)  // 成功：r1 = R0 | success: r1 = R0
	MOVD	R1, r2+64(FP)  // r2 = R1，就是第二个参数 | r2 = R1, the second argument again
	MOVD	ZR, err+72(FP)
	BL	runtime·exitsyscall(SB)  // 告诉调度器：回来了 | tell the scheduler: back again
	RET

// func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
TEXT ·RawSyscall(SB),NOSPLIT,$0-56
	MOVD	a1+8(FP), R0  // 第一个参数 | first argument
	MOVD	a2+16(FP), R1  // 第二个参数 | second argument
	MOVD	a3+24(FP), R2  // 第三个参数 | third argument
	MOVD	$0, R3  // 用不到的参数清零 | an argument that is not used is 0
	MOVD	$0, R4  // 用不到的参数清零 | an argument that is not used is 0
	MOVD	$0, R5  // 用不到的参数清零 | an argument that is not used is 0
	MOVD	trap+0(FP), R8  // 号码放在 R8 | the number goes into R8
	SVC  // 切到内核，结果在 R0 | to the kernel; the result is in R0
	CMN	$4095, R0  // R0 加 4095：有进位就是错误 | R0 plus 4095: a carry means an error
	BCC	ok  // 没有进位：成功 | no carry: success
	MOVD	$-1, R4
	MOVD	R4, r1+32(FP)  // 失败：r1 = -1 | failure: r1 = -1
	MOVD	ZR, r2+40(FP)
	NEG	R0, R0  // -errno 变成 errno | -errno becomes errno
	MOVD	R0, err+48(FP)
	RET
ok:
	MOVD	R0, r1+32(FP)  // 成功：r1 = R0 | success: r1 = R0
	MOVD	R1, r2+40(FP)  // r2 = R1，就是第二个参数 | r2 = R1, the second argument again
	MOVD	ZR, err+48(FP)
	RET

// func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)
TEXT ·RawSyscall6(SB),NOSPLIT,$0-80
	MOVD	a1+8(FP), R0  // 第一个参数 | first argument
	MOVD	a2+16(FP), R1  // 第二个参数 | second argument
	MOVD	a3+24(FP), R2  // 第三个参数 | third argument
	MOVD	a4+32(FP), R3  // 第四个参数 | fourth argument
	MOVD	a5+40(FP), R4  // 第五个参数 | fifth argument
	MOVD	a6+48(FP), R5  // 第六个参数 | sixth argument
	MOVD	trap+0(FP), R8  // 号码放在 R8 | the number goes into R8
	SVC  // 切到内核，结果在 R0 | to the kernel; the result is in R0
	CMN	$4095, R0  // R0 加 4095：有进位就是错误 | R0 plus 4095: a carry means an error
	BCC	ok  // 没有进位：成功 | no carry: success
	MOVD	$-1, R4
	MOVD	R4, r1+56(FP)  // 失败：r1 = -1 | failure: r1 = -1
	MOVD	ZR, r2+64(FP)
	NEG	R0, R0  // -errno 变成 errno | -errno becomes errno
	MOVD	R0, err+72(FP)
	RET
ok:
	MOVD	R0, r1+56(FP)  // 成功：r1 = R0 | success: r1 = R0
	MOVD	R1, r2+64(FP)  // r2 = R1，就是第二个参数 | r2 = R1, the second argument again
	MOVD	ZR, err+72(FP)
	RET

// func rawSyscallNoError(trap, a1, a2, a3 uintptr) (r1, r2 uintptr)
TEXT ·rawSyscallNoError(SB),NOSPLIT,$0-48
	MOVD	a1+8(FP), R0
	MOVD	a2+16(FP), R1
	MOVD	a3+24(FP), R2
	MOVD	$0, R3
	MOVD	$0, R4
	MOVD	$0, R5
	MOVD	trap+0(FP), R8
	SVC
	MOVD	R0, r1+32(FP)
	MOVD	R1, r2+40(FP)
	RET
