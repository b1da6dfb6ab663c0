/** Entering and leaving system calls, and the watchman. */
export const SYSCALLS = `
== reentersyscall runtime/proc.go
locks++ ¦ m.locks++ ¦ 从这里起不许把这个线程抢走：现场正写到一半 ¦ from here on nobody may divert this thread: its saved place is half written
stackguard0 ¦ g.stackguard0 = stackPreempt ¦ 埋一个陷阱：谁检查栈，谁就会掉进 newstack ¦ a trap: whoever checks the stack now falls into newstack
throwsplit ¦ g.throwsplit = true ¦ …掉进去就报错停机，因为内核可能正拿着栈里的地址 ¦ … and dies there, because the kernel may hold addresses into this stack
save ¦ g.sched = {pc, sp} ¦ 记下回来以后从哪里接着走 ¦ where to go on when the slow way back is taken
syscallsp ¦ g.syscallsp, g.syscallpc = sp, pc ¦ 再留一份给垃圾回收和栈回溯 ¦ a second copy for the garbage collector and tracebacks
casgstatus ¦ g: _Grunning → _Gsyscall ¦ 孩子的状态变成“在系统调用里” ¦ the goroutine is now in a system call
sysmonwait? ¦ if sysmonwait: wake sysmon ¦ 更夫在打盹：叫醒他，得有人盯着这次调用 ¦ sysmon dozes: wake it, somebody must watch this call
safepoint? ¦ if p.runSafePointFn: run it ¦ 最后一次机会，之后 P 就没主人了 ¦ the last chance: soon the P is nobody's
m.syscalltick ¦ m.syscalltick = p.syscalltick ¦ 抄下住次号；P 上的号此时不变 ¦ copy the tick; the P's own does not change now
sysblocktraced ¦ g.sysblocktraced = true ¦ 给跟踪用 ¦ for the tracer
mcache ¦ m.mcache = nil ¦ 只有 1.14 还有这一步 ¦ only up to 1.14
p.m=nil ¦ p.m = nil ¦ P 不再认这个 M ¦ the P lets go of the M
oldp ¦ m.oldp = p ¦ M 留下 P 的地址 ¦ the M keeps the P's address
m.p=nil ¦ m.p = nil ¦ M 不再有 P ¦ the M has no P any more
psyscall ¦ p.status = _Psyscall ¦ 公布：从这一刻起谁都可以来拿这个 P ¦ published: from now on anybody may win this P
gcwaiting? ¦ if gcwaiting: stop p myself ¦ 正赶上停止世界：自己把 P 停下再走 ¦ a stop-the-world is on: stop the P oneself
locks-- ¦ m.locks-- ¦ 现场写完了，接着进内核 ¦ all is written; on into the kernel
== entersyscall runtime/proc.go
return ¦ return to the assembly ¦ 回到汇编；寄存器可能全变了，所以参数要在这之后才装 ¦ back to the assembly; every register may have changed, so arguments are loaded after this
== entersyscall_sysmon runtime/proc.go
lock ¦ lock(sched.lock) ¦ 锁上再问一次 ¦ ask again under the lock
wake ¦ sysmonwait = 0; wake sysmon ¦ 叫醒更夫 ¦ wake the watchman
== entersyscall_gcwait runtime/proc.go
lock ¦ lock(sched.lock) ¦ 要改 stopwait，先上锁 ¦ stopwait changes under the lock
cas ¦ if stopwait > 0 and CAS(p: _Psyscall → _Pgcstop) ¦ 自己贴封条，免得别人等 ¦ seal the own house so that nobody waits for it
p.syscalltick++ ¦ .p.syscalltick++; stopwait-- ¦ 这一住到此为止 ¦ this stay has ended
== entersyscallblock runtime/proc.go
locks++ ¦ m.locks++; throwsplit; stackguard0 ¦ 与普通入口相同 ¦ as at the ordinary entry
m.syscalltick ¦ m.syscalltick = p.syscalltick ¦ 抄下住次号 ¦ copy the tick
sysblocktraced ¦ g.sysblocktraced = true ¦ 给跟踪用 ¦ for the tracer
p.syscalltick++ ¦ p.syscalltick++ ¦ 早早加一：是它自己宣布“我要阻塞了” ¦ early: it announces its own blocking
save ¦ g.sched = {pc, sp} ¦ 记下现场 ¦ the place to go on
syscallsp ¦ g.syscallsp, g.syscallpc = sp, pc ¦ 再留一份 ¦ the second copy
casgstatus ¦ g: _Grunning → _Gsyscall ¦ 进入系统调用状态 ¦ into the system call
handoff ¦ handoffp(releasep()) ¦ 出远门，先把钥匙交出去 ¦ a long journey: hand the keys over first
resave ¦ g.sched = {pc, sp} ¦ 交房时换过栈，再记一次 ¦ the hand-over used another stack: save again
locks-- ¦ m.locks-- ¦ 进内核 ¦ into the kernel
== exitsyscall runtime/proc.go
locks++ ¦ m.locks++ ¦ 收拾现场时不许打扰 ¦ do not disturb
framecheck ¦ check: the caller's frame is still there ¦ 入口时记下的栈帧必须还在 ¦ the frame saved at the entry must still exist
waitsince ¦ g.waitsince = 0 ¦ 不再算等待 ¦ no longer waiting
oldp ¦ oldp = m.oldp; m.oldp = nil ¦ 取出手里的地址 ¦ take the kept address out of the hand
 ¦ if exitsyscallfast(oldp): ¦ ¦
p.syscalltick++ ¦ .p.syscalltick++ ¦ 一次系统调用结束：更夫以前的观察作废 ¦ a call has ended: whatever sysmon saw of it is void
casgstatus ¦ .g: _Gsyscall → _Grunning ¦ 孩子又在跑了 ¦ running again
syscallsp=0 ¦ .g.syscallsp = 0 ¦ 不在系统调用里了 ¦ out of the system call
locks-- ¦ .m.locks-- ¦ 可以打扰了 ¦ may be disturbed again
stackguard0 ¦ .g.stackguard0 = g.preempt ? stackPreempt : normal ¦ 拆掉陷阱；真有人要它让位就保留请求 ¦ the trap goes; a real request to give way stays
throwsplit ¦ .g.throwsplit = false; return ¦ 回到用户代码 ¦ back to user code
sysexitticks=0 ¦ slow: ¦ 没有 P，走慢路 ¦ no P: the slow way
tracewait ¦ while oldp.syscalltick is unchanged: osyield ¦ 等收走 P 的人先写完事件 ¦ wait for the taker's event
sysexitticks ¦ g.sysexitticks = now ¦ 记下几时回来的：事件以后再写 ¦ when it came back: the event is written later
slow-locks-- ¦ m.locks-- ¦ 马上要换栈 ¦ about to change stacks
 ¦ mcall(exitsyscall0) ¦ ¦
tail ¦ g.syscallsp = 0; p.syscalltick++; throwsplit = false ¦ 后来，在某个 M 和 P 上，孩子接着走 ¦ later, on whatever M and P: the goroutine goes on
return ¦ return to the assembly ¦ 回到汇编 ¦ back to the assembly
== exitsyscallfast runtime/proc.go
cas-oldp ¦ if oldp is _Psyscall and CAS(→ _Pidle): take it ¦ 门还锁着就是没人动过？不一定，看住次号 ¦ still locked? then it can be taken; whether undisturbed, the tick tells
 ¦ .wirep(oldp); exitsyscallfast_reacquired() ¦ ¦
pidle? ¦ if sched.pidle not empty: try any idle P ¦ 旧房没了，看看钥匙串上有没有空房 ¦ the old one is gone: is there a key on the ring?
tracewait ¦ .while oldp.syscalltick == m.syscalltick: osyield() ¦ 住次号还没变：收房的人还没记完，等他记完 ¦ the tick has not moved yet: whoever took the P is still counting; wait
== exitsyscallfast_reacquired runtime/proc.go
same ¦ m.syscalltick == p.syscalltick ¦ 住次号没变：从头到尾没人来过 ¦ same tick: nobody was there meanwhile
aba ¦ m.syscalltick != p.syscalltick: p.syscalltick++ ¦ 号变了：这锁是别人出门时上的，等于从他手里拿回来 ¦ another tick: it was locked by somebody else, who has just been robbed
== exitsyscallfast_pidle runtime/proc.go
lock ¦ lock(sched.lock) ¦ 空闲 P 要上锁取 ¦ the list of idle Ps is guarded
pidleget ¦ p = pidleget() ¦ 取最后挂上的那把钥匙，不论哪家 ¦ the key hung last, whichever house it is
wakesysmon ¦ if sysmonwait: wake sysmon ¦ 又有人干活了，更夫该起来了 ¦ somebody works again: wake the watchman
== exitsyscall0 runtime/proc.go
casgstatus ¦ g: _Gsyscall → _Grunnable ¦ 孩子能跑了，但还没人带 ¦ it could run, but nobody can run it
dropg ¦ g.m = nil; m.curg = nil ¦ 家长和孩子分开 ¦ the M lets go of the G
lock ¦ lock(sched.lock) ¦ ¦
pidleget ¦ p = pidleget() ¦ 再问一次有没有空房 ¦ one more try for an idle P
globrunqput ¦ if p == nil: globrunqput(g) ¦ 没有：孩子去孤儿院（全局可运行队列）排队 ¦ none: g to the tail of the global run queue
wakesysmon ¦ else if sysmonwait: wake sysmon ¦ 有房：顺便叫醒更夫 ¦ there is one: wake sysmon too
unlock ¦ unlock(sched.lock) ¦ ¦
execute ¦ if p: acquirep(p); execute(g, false) ¦ 有房就在原线程上接着跑，算新的一炷香 ¦ on the same thread, a new time slice
stoplockedm ¦ if wired: stoplockedm(); execute(g) ¦ 绑定的线程只能等自己的孩子 ¦ a wired thread waits for its own goroutine
stopm ¦ stopm(); schedule() ¦ 家长去养老院睡觉；孩子以后由谁带，不一定 ¦ the thread sleeps; who runs the goroutine later is open
== sysmon runtime/proc.go
lock ¦ lock(sched.lock) ¦ ¦
nmsys ¦ nmsys++; checkdead() ¦ 更夫不算干活的人 ¦ not counted as a worker
 ¦ for: ¦ ¦
usleep ¦ .usleep(delay) ¦ 走一圈歇一会：20 微秒起，闲了 50 圈以后翻倍，最多 10 毫秒 ¦ 20 µs at first; after 50 idle rounds it doubles, up to 10 ms
lock-deep ¦ .if gcwaiting or all Ps idle: lock ¦ 全村都歇了？上锁再看一次 ¦ nobody works? look again under the lock
deep? ¦ ..still so? ¦ 还是没人干活 ¦ still nobody
deepsleep ¦ ..sysmonwait = 1; sleep up to 60 s ¦ 打盹：谁出门打猎谁叫醒他 ¦ deep sleep: whoever enters a system call wakes it
lock-wake ¦ ..lock(sched.lock) ¦ ¦
wake ¦ ..sysmonwait = 0; idle = 0; delay = 20µs ¦ 醒了，又从快步走起 ¦ awake: quick rounds again
netpoll ¦ .if nobody polled for 10 ms: netpoll(0) ¦ 替大家看一眼信箱 ¦ look at the network for the others
 ¦ ..incidlelocked(-1); injectglist(ready); incidlelocked(1) ¦ ¦
timers ¦ .if a timer is overdue: startm() ¦ 有沙漏漏完了没人管：找人来 ¦ an overdue timer: start an M
retake ¦ .idle = retake() > 0 ? 0 : idle + 1 ¦ 收回过房子就走快些，否则越来越慢 ¦ quick again after a retake, else slower and slower
== retake runtime/proc.go
 ¦ for each P that is _Prunning or _Psyscall: ¦ ¦
schedtick ¦ .new time slice? note schedtick and the time ¦ 换了一炷香：记下从何时起 ¦ a new slice: note when
preempt ¦ .same slice for 10 ms? preemptone(p) ¦ 一炷香烧了十毫秒：请他让位 ¦ ten milliseconds: ask to give way
first ¦ .in syscall, seen first: note syscalltick; next P ¦ 头一次见锁着门：画个记号就走 ¦ seen locked for the first time: chalk a mark, go on
leave ¦ .queue empty, others free, < 10 ms: leave it ¦ 院里没人等，别处有空房，先留着 ¦ no work there, others free: leave it for now
 ¦ .incidlelocked(-1) ¦ ¦
retake ¦ .CAS(p: _Psyscall → _Pidle) ¦ 第二次见到同一个记号：收房 ¦ the same mark again: take the P
p.syscalltick++ ¦ ..p.syscalltick++ ¦ 住次号加一：这一住被收走了 ¦ the tick goes up: this stay is over
 ¦ ..handoffp(p) ¦ ¦
 ¦ .incidlelocked(1) ¦ ¦
== cgocall runtime/cgocall.go
ncgocall ¦ m.ncgocall++; entersyscall() ¦ 调 C 函数，对调度器就是一次不知多长的系统调用 ¦ for the scheduler a C call is a system call of unknown length
incgo ¦ m.incgo = true; call C ¦ 出国：谁也叫不动 ¦ in C: nobody can preempt it
return ¦ m.incgo = false; exitsyscall() ¦ 回国，找房子 ¦ back: find a P
done ¦ return ¦ ¦
== futexsleep runtime/os_linux.go
futex ¦ futex(wait) ¦ 真的睡进内核 ¦ asleep in the kernel
return ¦ woken ¦ 醒了 ¦ woken
== notetsleepg runtime/lock_futex.go
return ¦ return ¦ 等到了 ¦ done waiting
`;
