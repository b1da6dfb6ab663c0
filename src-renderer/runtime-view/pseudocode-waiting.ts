/** Parking, waking, giving way, stopping the world, channels and the rest. */
export const WAITING = `
== gopark runtime/proc.go
acquirem ¦ m.locks++ ¦ 挂牌子的时候不许打扰 ¦ not to be disturbed while the tag is written
waitreason ¦ g.waitreason = reason ¦ 挂上牌子：等什么 ¦ a tag: what it waits for
releasem ¦ m.locks--; mcall(park_m) ¦ 写好了，去睡 ¦ written; off to sleep
== park_m runtime/proc.go
casgstatus ¦ g: _Grunning → _Gwaiting ¦ 午睡 ¦ asleep
dropg ¦ g.m = nil; m.curg = nil ¦ 家长腾出手 ¦ the M is free
unlockf ¦ if unlockf(): schedule() ¦ 放开要等的东西的锁；之后才可能被叫醒 ¦ release what it waits for; only now can it be woken
again ¦ else: _Gwaiting → _Grunnable; execute(g, true) ¦ 不用等了 ¦ it need not wait after all
== ready runtime/proc.go
casgstatus ¦ m.locks++; g: _Gwaiting → _Grunnable ¦ 叫醒 ¦ awake
 ¦ runqput(p, g, next) ¦ ¦
releasem ¦ m.locks-- ¦ 醒来的孩子坐到唤它那家的小板凳上 ¦ it sits on its waker's runnext
== injectglist runtime/proc.go
trace ¦ tracer: GoUnblock for each g ¦ 先一个个记下来 ¦ told to the tracer first
lock ¦ lock(sched.lock) ¦ ¦
globrunqput ¦ each g: → _Grunnable, to the global queue ¦ 都送孤儿院，再给空房找人 ¦ all to the global queue, then an M for each idle P
== gosched_m runtime/proc.go
gosched ¦ goschedImpl(g) ¦ 自愿让位 ¦ of its own will
== gopreempt_m runtime/proc.go
preempt ¦ goschedImpl(g) ¦ 被请让位 ¦ because it was asked
== goschedImpl runtime/proc.go
casgstatus ¦ g: _Grunning → _Grunnable ¦ 还能跑，只是让一让 ¦ it can run, but lets others
dropg ¦ g.m = nil; m.curg = nil ¦ ¦
lock ¦ lock(sched.lock) ¦ ¦
globrunqput ¦ globrunqput(g) ¦ 去孤儿院排到队尾，不是回自家长凳 ¦ to the tail of the global queue, not the own ring
== goyield_m runtime/proc.go
casgstatus ¦ g: _Grunning → _Grunnable ¦ ¦
dropg ¦ dropg(); runqput(p, g, false) ¦ 交出信号量，自己排到自家长凳 ¦ onto the own ring
== preemptone runtime/proc.go
preempt ¦ g.preempt = true; g.stackguard0 = stackPreempt ¦ 在孩子背上贴张条：下次进门（函数调用）会看到 ¦ a note on its back: seen at the next function call
p.preempt ¦ p.preempt = true; preemptM(mp) ¦ 再摇铃 ¦ and the bell
== preemptM runtime/signal_unix.go
signalPending ¦ CAS(m.signalPending: 0 → 1) ¦ 铃一次只摇一个 ¦ one bell at a time
tgkill ¦ tgkill(SIGURG) ¦ 发信号 ¦ send the signal
== doSigPreempt runtime/signal_unix.go
wantAsyncPreempt ¦ does anybody want this g to stop? ¦ 铃响了：真要它停吗 ¦ is it really wanted?
isAsyncSafePoint ¦ is this a safe place? ¦ 在这里停安全吗（不在汇编里、没锁） ¦ not in assembly, no locks held?
done ¦ m.signalPending = 0 ¦ 铃响完了 ¦ handled
== asyncPreempt2 runtime/preempt.go
gopreempt_m ¦ mcall(gopreempt_m) ¦ 好像它自己刚调了让位函数 ¦ as if it had just called a function that yields
== newstack runtime/stack.go
preempt? ¦ stackguard0 == stackPreempt? ¦ 进门看到背上的条 ¦ the note is found
canPreempt ¦ no locks, no reason against it? gopreempt_m ¦ 没拿着锁就让位 ¦ it gives way unless it holds something
refuse ¦ else: stackguard0 = normal; go on ¦ 现在不行，回头再说 ¦ not now
throwsplit? ¦ throwsplit: fatal ¦ ¦
== stopTheWorldWithSema runtime/proc.go
preemptoff ¦ m.preemptoff = "gcing" ¦ 自己不许被打断 ¦ not to be interrupted
lock ¦ lock(sched.lock) ¦ ¦
stopwait ¦ stopwait = gomaxprocs; gcwaiting = 1 ¦ 全镇封门大扫除 ¦ every house is to be sealed
self ¦ own p: _Pgcstop; stopwait-- ¦ 先封自家 ¦ the own first
syscalls ¦ each _Psyscall P: CAS(→ _Pgcstop); stopwait-- ¦ 锁着门的直接贴封条 ¦ those in a system call are simply taken
syscalls-tick ¦ .p.syscalltick++ ¦ 那一住到此为止 ¦ that stay is over
idle ¦ each idle P: _Pgcstop; stopwait-- ¦ 空房也封 ¦ idle ones too
unlock ¦ unlock(sched.lock) ¦ ¦
wait ¦ while not woken: sleep on stopnote, 100 µs ¦ 等还在跑的自己停下 ¦ wait for those that still run
wait-over ¦ .woken? if not: preemptall(), again ¦ 最后一家停下的会来叫；没人叫就再催一遍 ¦ the last one to stop wakes it; else ask all again
check ¦ all Ps are _Pgcstop ¦ 世界停了 ¦ the world has stopped
== gc runtime/mgc.go
stopped ¦ the world is stopped ¦ 大扫除中 ¦ cleaning
== startTheWorldWithSema runtime/proc.go
acquirem ¦ m.locks++ ¦ 手里拿着好几家的钥匙，不许打扰 ¦ Ps are in its hand: not to be disturbed
lock ¦ lock(sched.lock) ¦ ¦
procresize ¦ Ps with work get an M, the others go idle ¦ 揭封条：有孩子等的先找人 ¦ off with the seals
gcwaiting=0 ¦ gcwaiting = 0 ¦ 开门 ¦ open again
wakesysmon ¦ if sysmonwait: wake sysmon ¦ 更夫也起来 ¦ wake the watchman
unlock ¦ unlock(sched.lock) ¦ ¦
nextp ¦ mp.nextp = p ¦ 给家长留房 ¦ a P for each
notewakeup ¦ wake mp ¦ 叫醒 ¦ wake it
started ¦ note the time ¦ 停了多久，算到这里 ¦ the stop lasted until here
 ¦ wakep() ¦ ¦
releasem ¦ m.locks-- ¦ 接着干自己的 ¦ back to its own work
== gcstopm runtime/proc.go
spinning ¦ if spinning: stop spinning ¦ ¦
 ¦ p = releasep() ¦ ¦
lock ¦ lock(sched.lock) ¦ ¦
status ¦ p.status = _Pgcstop; stopwait--; stopm() ¦ 看见要封门，自己封好去睡 ¦ seals its own house and sleeps
== forEachP runtime/proc.go
acquirem ¦ m.locks++ ¦ 自己的房子不许换 ¦ the own P must not change
lock ¦ lock(sched.lock) ¦ ¦
safePointWait ¦ safePointFn = fn; safePointWait = gomaxprocs − 1 ¦ 别家都要做一遍 ¦ all other Ps have to run it
runSafePointFn ¦ every other p: runSafePointFn = 1; preemptall() ¦ 各家门上留个话 ¦ a note for each of them
idle ¦ idle p: fn(p); safePointWait-- ¦ 空房由自己代做 ¦ done here for the idle ones
unlock ¦ unlock(sched.lock) ¦ ¦
self ¦ fn(own p) ¦ 自家也做 ¦ and for the own one
syscalls ¦ p in _Psyscall that has not run it: CAS(→ _Pidle) ¦ 锁着门的：先收房 ¦ those in a system call are taken
p.syscalltick++ ¦ .p.syscalltick++; handoffp(p) ¦ 交房的路上做 ¦ handoffp runs it on the way
wait ¦ while not woken: sleep on safePointNote, 100 µs ¦ 等还在跑的各家 ¦ wait for those that run
wait-over ¦ .woken? if not: preemptall(), again ¦ 没人叫就再催一遍 ¦ else ask all again
check ¦ all have run it ¦ 都做过了 ¦ done
lock-done ¦ lock(sched.lock) ¦ ¦
safePointFn=nil ¦ safePointFn = nil ¦ ¦
releasem ¦ m.locks-- ¦ ¦
== runSafePointFn runtime/proc.go
cas ¦ CAS(p.runSafePointFn: 1 → 0) ¦ 只做一遍：谁先拿到谁做 ¦ once only: whoever wins runs it
fn ¦ safePointFn(p) ¦ 做 ¦ run it
lock ¦ lock(sched.lock) ¦ ¦
safePointWait ¦ safePointWait--; 0: wake ¦ 少一家；最后一家去叫醒等着的人 ¦ one fewer; the last one wakes the waiter
== checkTimers runtime/proc.go
run ¦ a timer is due: goready its goroutine ¦ 沙漏漏完，在谁家发现就在谁家叫醒 ¦ whoever notices wakes the child at home
== timeSleep runtime/time.go
when ¦ when = now + ns; gopark() ¦ 立个沙漏去睡 ¦ an hourglass, and to sleep
== netpollblock runtime/netpoll.go
rg ¦ nothing there yet: gopark() ¦ 没信：登记在驿站，家长不用陪着等 ¦ nothing yet: registered with the poller, no thread waits
== netpoll runtime/netpoll_epoll.go
epollwait ¦ epoll_pwait(...) ¦ 看信箱（不告诉调度器） ¦ ask the kernel; the scheduler is not told
events ¦ list of ready goroutines ¦ 谁的信到了 ¦ whose descriptors are ready
== chansend runtime/chan.go
lock ¦ lock(c.lock) ¦ ¦
closed? ¦ if c.closed: panic ¦ ¦
recvq ¦ a receiver waits: hand it over, goready ¦ 有人等着收：直接交到手上 ¦ straight into the receiver's hands
buffer ¦ room in the buffer: put it there ¦ 缓冲有空 ¦ into the buffer
sendq ¦ else: queue on sendq; gopark ¦ 没人收：排队等 ¦ wait in the queue
done ¦ woken ¦ 送出去了 ¦ delivered
== chanrecv runtime/chan.go
lock ¦ lock(c.lock) ¦ ¦
closed? ¦ closed and empty: zero value ¦ ¦
sendq ¦ a sender waits: take it, goready ¦ 有人等着送 ¦ take it from the sender
buffer ¦ a value in the buffer: take it ¦ 缓冲里有 ¦ from the buffer
recvq ¦ else: queue on recvq; gopark ¦ 没人送：排队等 ¦ wait in the queue
done ¦ woken ¦ 收到了 ¦ received
== closechan runtime/chan.go
lock ¦ lock(c.lock) ¦ ¦
closed ¦ c.closed = true ¦ ¦
release ¦ collect all waiters ¦ 把等的人都叫上 ¦ collect everybody who waits
done ¦ unlock; goready each ¦ 一个个叫醒 ¦ wake them one by one
== semacquire1 runtime/sema.go
cansemacquire ¦ count > 0? count-- ¦ 有名额就拿 ¦ take one if there is one
lock ¦ lock(root) ¦ ¦
queue ¦ queue; gopark ¦ 没有就排队睡 ¦ else queue and sleep
== semrelease1 runtime/sema.go
add ¦ count++ ¦ 放一个名额 ¦ give one back
lock ¦ lock(root) ¦ ¦
dequeue ¦ take the first waiter; goready ¦ 叫醒最前面的 ¦ wake the first
handoff ¦ goyield ¦ 直接让给他 ¦ and let it go first
== Lock sync/mutex.go
fast ¦ CAS(free → locked) ¦ 没人占就拿走 ¦ free: take it
slow ¦ waiters++; semacquire ¦ 有人占：排队 ¦ taken: wait
handed ¦ starving: it was handed over ¦ 等太久，直接交到手上 ¦ handed over
== Unlock sync/mutex.go
add ¦ unlock ¦ 放开 ¦ release
slow ¦ waiters: wake one ¦ 有人等就叫一个 ¦ wake a waiter
== WaitGroup sync/waitgroup.go
Add ¦ counter += n ¦ 计数 ¦ count
Add-release ¦ counter is 0: wake all waiters ¦ 归零：叫醒所有等的人 ¦ zero: wake whoever waits
Wait ¦ counter > 0: waiters++; sleep ¦ 没到零就睡 ¦ sleep until it is zero
Wait-woken ¦ counter and waiters must be 0 still ¦ 醒来再核对：有人提前重用就报错 ¦ used again too early? then it panics
`;
