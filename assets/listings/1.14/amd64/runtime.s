// 运行时在 linux/amd64 上自用的系统调用，Go 1.14：都不告诉调度器（没有 entersyscall），它们就是替调度器做事的。 | The runtime's own system calls on linux/amd64, as of Go 1.14: none tells the scheduler (no entersyscall), because they serve the scheduler itself.
// 调度村按调用规则自己写的。参数和结果在调用者的帧里（ABI0），int32 占四个字节。 | Written for Schedville from the calling rules. Arguments and results lie in the caller's frame (ABI0); an int32 takes four bytes there.
// 简化：线程局部存储、信号栈、进 vDSO 前换到 g0，都省了。 | Simplified: thread-local storage, signal stacks and the switch to g0 before the vDSO are left out.

#define SYS_read 0
#define SYS_write 1
#define SYS_sched_yield 24
#define SYS_nanosleep 35
#define SYS_clone 56
#define SYS_exit 60
#define SYS_gettid 186
#define SYS_futex 202
#define SYS_clock_gettime 228
#define SYS_exit_group 231
#define SYS_tgkill 234
#define SYS_epoll_pwait 281

// func futex(addr unsafe.Pointer, op int32, val uint32, ts, addr2 unsafe.Pointer, val3 uint32) int32
TEXT runtime·futex(SB),NOSPLIT,$0-44
	MOVQ	addr+0(FP), DI             // 看哪个字 | which word
	MOVL	op+8(FP), SI               // 睡（FUTEX_WAIT）还是叫醒（FUTEX_WAKE） | sleep (FUTEX_WAIT) or wake (FUTEX_WAKE)
	MOVL	val+12(FP), DX             // 睡：字还是这个值才睡；叫醒：叫几个 | sleep: only while the word is this; wake: how many
	MOVQ	ts+16(FP), R10             // 睡多久，nil 是一直睡 | for how long; nil is for ever
	MOVQ	addr2+24(FP), R8           // 这里用不到 | not used here
	MOVL	val3+32(FP), R9            // 这里用不到 | not used here
	MOVL	$SYS_futex, AX             // 号码 202 | number 202
	SYSCALL                            // 睡的时候线程就停在这里 | a sleeping thread stays here
	MOVL	AX, ret+40(FP)             // 结果原样交回，不检验 | the result as it is, untested
	RET

// func epollwait(epfd int32, ev *epollevent, nev, timeout int32) int32
TEXT runtime·epollwait(SB),NOSPLIT,$0-28
	MOVL	epfd+0(FP), DI             // epoll 的描述符 | epoll's descriptor
	MOVQ	ev+8(FP), SI               // 事件放到哪里 | where the events go
	MOVL	nev+16(FP), DX             // 最多几个 | how many at most
	MOVL	timeout+20(FP), R10        // 毫秒；-1 是一直等，0 是只看一眼 | milliseconds; -1: for ever, 0: just a look
	XORL	R8, R8                     // 不换信号屏蔽字 | the signal mask stays as it is
	MOVL	$SYS_epoll_pwait, AX       // 号码 281：不是 epoll_wait | number 281: not epoll_wait
	SYSCALL
	MOVL	AX, ret+24(FP)             // 几个就绪，或者 -errno | how many are ready, or -errno
	RET

// func read(fd int32, p unsafe.Pointer, n int32) int32
TEXT runtime·read(SB),NOSPLIT,$0-28
	MOVL	fd+0(FP), DI
	MOVQ	p+8(FP), SI                // 读到哪里 | where to
	MOVL	n+16(FP), DX               // 最多几个字节 | how many bytes at most
	MOVL	$SYS_read, AX              // 号码 0 | number 0
	SYSCALL                            // 不经过调度器，和 syscall.Read 不同 | past the scheduler, unlike syscall.Read
	MOVL	AX, ret+24(FP)             // 失败时是 -errno | -errno on failure
	RET

// func write1(fd uintptr, p unsafe.Pointer, n int32) int32
TEXT runtime·write1(SB),NOSPLIT,$0-28
	MOVQ	fd+0(FP), DI
	MOVQ	p+8(FP), SI                // 从哪里写 | where from
	MOVL	n+16(FP), DX               // 几个字节 | how many bytes
	MOVL	$SYS_write, AX             // 号码 1：panic 的文字就从这里出去 | number 1: this is how a panic's text leaves
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

// func usleep(usec uint32)
TEXT runtime·usleep(SB),NOSPLIT,$16-4
	MOVL	usec+0(FP), AX             // 微秒 | microseconds
	XORL	DX, DX                     // 被除数的高半是 0 | the dividend's upper half is 0
	MOVL	$1000000, CX
	DIVL	CX                         // AX = 秒，DX = 余下的微秒 | AX = seconds, DX = microseconds left
	MOVQ	AX, ts-16(SP)              // timespec 在自己的帧里：秒 | a timespec in the own frame: seconds
	MOVL	DX, AX
	IMUL3Q	$1000, AX, AX              // 微秒变纳秒 | microseconds to nanoseconds
	MOVQ	AX, nsec-8(SP)             // 纳秒 | nanoseconds
	LEAQ	ts-16(SP), DI              // nanosleep(&ts, nil)
	XORL	SI, SI
	MOVL	$SYS_nanosleep, AX         // 号码 35：sysmon 就这样打盹 | number 35: this is sysmon's nap
	SYSCALL
	RET

// func osyield()
TEXT runtime·osyield(SB),NOSPLIT,$0
	MOVL	$SYS_sched_yield, AX       // 号码 24：让别的线程先走 | number 24: let other threads go first
	SYSCALL
	RET

// func gettid() uint32
TEXT runtime·gettid(SB),NOSPLIT,$0-4
	MOVL	$SYS_gettid, AX            // 号码 186：线程自己的号 | number 186: the thread's own number
	SYSCALL
	MOVL	AX, ret+0(FP)
	RET

// func tgkill(tgid, tid, sig int)
TEXT runtime·tgkill(SB),NOSPLIT,$0-24
	MOVQ	tgid+0(FP), DI             // 进程 | the process
	MOVQ	tid+8(FP), SI              // 进程里的线程 | the thread in it
	MOVQ	sig+16(FP), DX             // 抢占用 23：SIGURG | 23 preempts: SIGURG
	MOVL	$SYS_tgkill, AX            // 号码 234 | number 234
	SYSCALL
	RET

// func exit(code int32)
TEXT runtime·exit(SB),NOSPLIT,$0-4
	MOVL	code+0(FP), DI
	MOVL	$SYS_exit_group, AX        // 号码 231：所有线程一起结束 | number 231: all threads end together
	SYSCALL                            // 不会回来 | does not come back
	RET

// func nanotime1() int64
GLOBL runtime·vdsoClockgettimeSym(SB), NOPTR, $8
TEXT runtime·nanotime1(SB),NOSPLIT,$16-8
	MOVL	$1, DI                     // CLOCK_MONOTONIC
	LEAQ	ts-16(SP), SI              // 时间写到自己的帧里 | the time goes into the own frame
	MOVQ	runtime·vdsoClockgettimeSym(SB), AX // 内核映射进来的函数 | the function that the kernel has mapped in
	CMPQ	AX, $0
	JEQ	fallback                   // 没有，就真的进内核 | if there is none, into the kernel after all
	CALL	AX                         // 有，就是普通调用：不切换特权级 | if there is, a plain call: no change of privilege
	JMP	got
fallback:
	MOVL	$SYS_clock_gettime, AX     // 号码 228 | number 228
	SYSCALL
got:
	MOVQ	ts-16(SP), AX              // 秒 | seconds
	IMUL3Q	$1000000000, AX, AX
	ADDQ	nsec-8(SP), AX             // 加上纳秒 | plus nanoseconds
	MOVQ	AX, ret+0(FP)
	RET

// func clone(flags int32, stk, mp, gp, fn unsafe.Pointer) int32
TEXT runtime·clone(SB),NOSPLIT,$0-44
	MOVL	flags+0(FP), DI            // 和父线程共享内存、文件、信号处理 | memory, files and handlers are shared with the parent
	MOVQ	stk+8(FP), SI              // 新线程的栈 | the new thread's stack
	XORL	DX, DX
	XORL	R10, R10
	XORL	R8, R8
	MOVQ	mp+16(FP), R13             // 这三个要交给子线程，放在内核不动的寄存器里 | these three are for the child, in registers that the kernel leaves alone
	MOVQ	gp+24(FP), R9
	MOVQ	fn+32(FP), R12
	MOVL	$SYS_clone, AX             // 号码 56 | number 56
	SYSCALL                            // 一个线程进去，两个线程出来 | one thread goes in, two come out
	CMPQ	AX, $0
	JEQ	child                      // 结果是 0 的是子线程 | the one with the result 0 is the child
	MOVL	AX, ret+40(FP)             // 父线程：子线程的号，或者 -errno | the parent: the child's number, or -errno
	RET
child:
	MOVQ	SI, SP                     // 子线程换到自己的栈 | the child moves to its own stack
	MOVL	$SYS_gettid, AX            // 记下自己的号（m.procid） | its own number, for m.procid
	SYSCALL
	CALL	R12                        // mstart：进入调度循环，不再回来 | mstart: into the scheduling loop, and not back
	MOVL	$111, DI                   // 万一回来了 | should it come back after all
again:
	MOVL	$SYS_exit, AX              // 号码 60：只结束这个线程 | number 60: ends this thread only
	SYSCALL
	JMP	again
