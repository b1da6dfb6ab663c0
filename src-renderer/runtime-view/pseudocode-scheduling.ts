/** The scheduler's loop, queues, threads, goroutines. */
export const SCHEDULING = `
== schedule runtime/proc.go
lockedg? ¦ if m.lockedg: stoplockedm(); execute(lockedg) ¦ 绑定的线程不带别人：交房，等自己的孩子 ¦ a wired thread runs nobody else
 ¦ top: ¦ ¦
top ¦ p.preempt = false ¦ 新的一轮 ¦ a new round
gcwaiting? ¦ if gcwaiting: gcstopm(); goto top ¦ 要停止世界：先停下 ¦ the world is to stop
safepoint? ¦ if p.runSafePointFn: runSafePointFn() ¦ 有人请每座房子各做一件事：先做 ¦ forEachP asked every P to do something: done first
 ¦ checkTimers(p) ¦ ¦
lock ¦ if schedtick%61 == 0 and global queue: lock ¦ 每六十一次 ¦ every 61st time
tick61 ¦ .g = globrunqget(p, 1) ¦ 先去孤儿院领一个，免得那边永远没人领 ¦ one from the global queue, lest it starve
 ¦ if none: g = runqget(p) ¦ ¦
 ¦ if none: g = findrunnable() ¦ ¦
 ¦ if m.spinning: resetspinning() ¦ ¦
lockedm? ¦ if g.lockedm: startlockedm(g); goto top ¦ 这孩子只认自己的家长：把房子让给那位 ¦ a wired goroutine: give the P to its own thread
 ¦ execute(g, inheritTime) ¦ ¦
== findrunnable runtime/proc.go
 ¦ top: ¦ ¦
top ¦ if gcwaiting: gcstopm(); goto top ¦ 自家没活，按次序到处找 ¦ no work at home: look everywhere, in order
 ¦ checkTimers(p); runqget(p) ¦ ¦
lock ¦ if global queue not empty: lock ¦ ¦
global ¦ .g = globrunqget(p, 0) ¦ 孤儿院：领自家那一份 ¦ this P's share of the global queue
netpoll0 ¦ if network waiters: netpoll(0) ¦ 顺路看信箱 ¦ a look at the network
spin? ¦ if too many spin already: skip stealing ¦ 转悠的人已有忙家的一半，不凑热闹 ¦ at most half as many spinners as busy Ps
spin ¦ m.spinning = true; nmspinning++ ¦ 开始在巷子里找孩子 ¦ start spinning
 ¦ for 4 rounds, all Ps in random order: ¦ ¦
steal[0] ¦ .runqsteal(p, p2, false)  // round 1 ¦ 第一趟串门 ¦ first round
steal[1] ¦ .runqsteal(p, p2, false)  // round 2 ¦ 第二趟 ¦ second round
steal[2] ¦ .runqsteal(p, p2, false)  // round 3 ¦ 第三趟 ¦ third round
steal[3] ¦ .runqsteal(p, p2, true)   // round 4 ¦ 第四趟：连小板凳和别家的沙漏也看 ¦ last round: runnext and others' timers too
lock-recheck ¦ lock(sched.lock) ¦ 准备放弃，上锁再看 ¦ about to give up: look again under the lock
recheck1 ¦ gcwaiting? global queue? ¦ 最后看一眼孤儿院 ¦ one more look at the global queue
 ¦ releasep() ¦ ¦
pidleput ¦ pidleput(p); unlock ¦ 房子还了，钥匙挂上 ¦ the P goes onto the idle list
unspin ¦ m.spinning = false; nmspinning-- ¦ 先说“我不转了”，再看一遍：不然可能两头落空 ¦ must come before the last look, or a wake-up could be lost
recheckQueues ¦ any P with work? ¦ 各家院子再扫一眼 ¦ look at all queues once more
lock-pidleget ¦ .lock(sched.lock) ¦ ¦
pidleget-again ¦ .p = pidleget() ¦ 有活了：再要一套房 ¦ there is: get a P again
spin-again ¦ .m.spinning = true; nmspinning++ ¦ 接着转 ¦ spin again
netpollBlock ¦ if timers or network waiters: lastpoll = 0; block in epoll ¦ 去驿站守信箱，只许一个人守，不占房子 ¦ one M at a time waits in epoll, without a P
netpollBreak ¦ .else wake the poller if it sleeps too long ¦ 守信箱的睡过头了，叫他早点醒 ¦ the poller would sleep too long
netpoll-done ¦ .lastpoll = now ¦ 守完了 ¦ done polling
 ¦ stopm(); goto top ¦ ¦
== execute runtime/proc.go
curg ¦ m.curg = g; g.m = m ¦ 先认人，再改状态 ¦ the links first, then the status
casgstatus ¦ g: _Grunnable → _Grunning ¦ 孩子开始跑 ¦ it runs
reset ¦ g.preempt = false; g.stackguard0 = normal ¦ 旧的让位请求作废 ¦ old requests are void
schedtick ¦ if not inheritTime: p.schedtick++ ¦ 新的一炷香才计数；小板凳上的接着用剩下的 ¦ only a fresh slice counts; runnext inherits the rest
gogo ¦ gogo(&g.sched) ¦ 跳到它上次停下的地方 ¦ jump to where it stopped
== resetspinning runtime/proc.go
nmspinning ¦ m.spinning = false; nmspinning-- ¦ 找到活了，不转了；再叫醒下一个来转 ¦ found work: stop spinning, wake the next
== mcall runtime/asm_amd64.s
switch ¦ save g.sched; switch to g0 ¦ 离开孩子的栈，到家长自己的账房（g0） ¦ off the goroutine's stack, onto the thread's own (g0)
== runqput runtime/proc.go
runnext ¦ old = p.runnext; p.runnext = g ¦ 新来的坐门口小板凳，原来那个让位 ¦ the newcomer takes runnext; the old one is thrown out
put ¦ p.runq.push(g) ¦ 坐到院子长凳的尾巴 ¦ to the tail of the ring
== runqputslow runtime/proc.go
cas-head ¦ batch = older half of the ring + g ¦ 长凳坐满：前一半连同新来的 ¦ the ring is full: the older half and the newcomer
lock ¦ lock(sched.lock) ¦ ¦
globrunqputbatch ¦ sched.runq += batch ¦ 一起送孤儿院 ¦ all to the global queue
== runqget runtime/proc.go
runnext ¦ if p.runnext: take it, inherit time ¦ 先抱小板凳上的，接着用剩下的时间 ¦ runnext first; it inherits the slice
head ¦ else take the ring's head ¦ 再按长凳次序 ¦ then the ring, first in first out
empty ¦ else nothing ¦ 自家没有孩子等着 ¦ nothing here
== runqgrab runtime/proc.go
cas ¦ n = half of victim's ring (the larger); take from its head ¦ 从邻居长凳前头抱走一半（大的那半），最后抱到的先跑 ¦ the larger half from the head; the last one taken runs
usleep3 ¦ only runnext left: wait 3 µs ¦ 只剩小板凳上的：先站三微秒，让人家自己抱 ¦ its owner gets 3 µs to run it itself
cas-runnext ¦ take victim.runnext ¦ 还在？那就抱走 ¦ still there: take it
== newproc1 runtime/proc.go
acquirem ¦ m.locks++ ¦ 添丁时不许换房 ¦ the P must not change now
gfget ¦ newg = gfget(p) ¦ 有没有旧名牌可用 ¦ a dead G to use again?
malg ¦ else newg = malg(2048 bytes) ¦ 没有就新做一个，栈 2 KiB ¦ else a new one with a 2 KiB stack
sched ¦ newg.sched = {fn, stack top} ¦ 从函数开头跑起，跑完落到 goexit ¦ starts at fn, returns into goexit
casgstatus ¦ newg: _Gdead → _Grunnable ¦ 能跑了 ¦ runnable
goid ¦ newg.goid = next of p's 16 ¦ 编号，每个 P 一次领十六个 ¦ ids come in batches of 16 for each P
 ¦ runqput(p, newg, next=true) ¦ ¦
 ¦ if idle Ps and nobody spins: wakep() ¦ ¦
releasem ¦ m.locks-- ¦ go 语句完了；原来的孩子接着跑 ¦ the go statement is done; the caller goes on
== wakep runtime/proc.go
cas-nmspinning ¦ CAS(nmspinning: 0 → 1); startm(nil, true) ¦ 没人转悠才叫醒一位，一次一位 ¦ one M, only if nobody spins
== startm runtime/proc.go
lock ¦ lock(sched.lock) ¦ ¦
pidleget ¦ if p == nil: p = pidleget() ¦ 没指定就取一套空房 ¦ any idle P
mget ¦ nm = mget() ¦ 养老院最后睡下的那位先起 ¦ the M that went to sleep last
 ¦ if nm == nil: newm(...) ¦ ¦
nextp ¦ nm.spinning = spinning; nm.nextp = p ¦ 把房子留给他：醒来自己搬进去 ¦ the P is left for it; it moves in when it wakes
notewakeup ¦ notewakeup(nm.park) ¦ 叫醒 ¦ wake it
== newm runtime/proc.go
 ¦ mp = allocm() ¦ ¦
nextp ¦ mp.nextp = p ¦ 养老院空了：请一位新家长，房子先留好 ¦ no idle M: a new one, with its P waiting
handoff ¦ if the caller is wired or in C: queue it for the template thread ¦ 自己的线程状态不干净，让接生婆代劳 ¦ the caller's thread state may be odd: the template thread starts it
wake-template ¦ .wake the template thread ¦ ¦
== allocm runtime/proc.go
lock ¦ lock(sched.lock) ¦ ¦
mcommoninit ¦ id = mnext++; checkmcount() ¦ 登记上户口；超过上限，全镇完结 ¦ an id; more than the limit is fatal
== newm1 runtime/proc.go
clone ¦ clone(..., mstart) ¦ 向内核要一个新线程 ¦ a new kernel thread
== mstart1 runtime/proc.go
minit ¦ minit() ¦ 新线程的第一件事：信号栈 ¦ a new thread's first work: signal stack and mask
nextp=nil ¦ acquirep(m.nextp); m.nextp = nil ¦ 搬进留给他的房子 ¦ into the P that was left for it
== mspinning runtime/proc.go
spinning ¦ m.spinning = true ¦ 一来就去找活 ¦ it comes to look for work
== wirep runtime/proc.go
m.p ¦ m.p = p ¦ 家长认房 ¦ the M knows the P
p.m ¦ p.m = m ¦ 房认家长 ¦ the P knows the M
status ¦ p.status = _Prunning ¦ 亮灯 ¦ in use
== releasep runtime/proc.go
m.p=nil ¦ m.p = nil ¦ 家长放手 ¦ the M lets go
p.m=nil ¦ p.m = nil ¦ 房子也放手 ¦ the P lets go
status ¦ p.status = _Pidle ¦ 熄灯；此刻房子在经手人手里 ¦ idle, and in somebody's hand
== handoffp runtime/proc.go
runq ¦ if p has work: startm(p) ¦ 院里有孩子等着：立刻找人接手 ¦ children wait in the yard: an M at once
globalrunq ¦ if global queue: startm(p) ¦ 孤儿院有人：也要找人 ¦ work in the global queue: an M at once
spinning ¦ if no spinner and no idle P: startm(p, spinning) ¦ 别家都忙又没人转悠：派一位来转 ¦ all others busy: let one look for work
lock ¦ lock(sched.lock) ¦ ¦
gcwaiting ¦ if gcwaiting: p.status = _Pgcstop ¦ 要停止世界：贴封条 ¦ the world stops: seal it
safepoint ¦ if p.runSafePointFn: run it ¦ 顺便查表 ¦ on the way
lastp ¦ if this is the last P and nobody polls: startm(p) ¦ 最后一套房，又没人守信箱：得有人 ¦ the last P, and nobody polls the network
idle ¦ pidleput(p) ¦ 没事：钥匙挂回去 ¦ nothing to do: onto the idle list
== stopm runtime/proc.go
lock ¦ lock(sched.lock) ¦ ¦
mput ¦ midle.push(m); checkdead() ¦ 躺到养老院；顺便看是不是人人都睡了 ¦ onto the idle stack; is everybody asleep?
notesleep ¦ futex wait on m.park ¦ 真睡：这是 futex 系统调用，不告诉调度器 ¦ really asleep: a futex call that the scheduler is not told of
noteclear ¦ woken: m.park = 0 ¦ 有人叫醒 ¦ somebody woke it
nextp=nil ¦ acquirep(m.nextp); m.nextp = nil ¦ 住进别人给留的房 ¦ into the P that the waker left
== stoplockedm runtime/proc.go
 ¦ handoffp(releasep()) ¦ ¦
lock ¦ lock(sched.lock) ¦ ¦
nmidlelocked ¦ nmidlelocked++; checkdead() ¦ 睡在门外，不进养老院 ¦ asleep, but not on midle
notesleep ¦ futex wait on m.park ¦ 等人领到自己的孩子 ¦ until somebody picks its goroutine
noteclear ¦ woken: m.park = 0 ¦ 孩子轮到了 ¦ its turn has come
nextp=nil ¦ acquirep(m.nextp); m.nextp = nil ¦ 住进对方让出的房 ¦ into the P that was given
== incidlelocked runtime/proc.go
lock ¦ lock(sched.lock) ¦ ¦
nmidlelocked ¦ nmidlelocked += v; if v > 0: checkdead() ¦ 手里有房或孩子时账上少算一个睡着的，交完复原，再看是不是人人都睡了 ¦ one sleeper fewer while something is in hand, then put right; is everybody asleep?
== setMaxThreads runtime/proc.go
lock ¦ lock(sched.lock) ¦ ¦
checkmcount ¦ more Ms than the limit: fatal ¦ 家长已经超了：全镇完结 ¦ too many already: the program ends
== startlockedm runtime/proc.go
lock ¦ lock(sched.lock) ¦ ¦
nmidlelocked ¦ nmidlelocked-- ¦ 门外那位要起来了 ¦ that one will wake
 ¦ p = releasep() ¦ ¦
nextp ¦ mp.nextp = p ¦ 把自己的房让给他 ¦ the own P for the wired thread
notewakeup ¦ wake mp; stopm() ¦ 叫醒他，自己去睡：轮一次换两次人 ¦ wake it and sleep: two switches a turn
== templateThread runtime/proc.go
lock ¦ lock(sched.lock) ¦ ¦
nmsys ¦ nmsys++; checkdead() ¦ 状态干净的线程，专替别人接生 ¦ a clean thread that starts others
take ¦ take all of newmHandoff; newm1() for each ¦ 把等着的都领走，一个个代劳：后来的先做 ¦ take them all and start one after the other, the newest first
notesleep ¦ sleep until asked ¦ 没事就睡 ¦ asleep until asked
noteclear ¦ woken ¦ 有人找 ¦ asked
== mexit runtime/proc.go
 ¦ handoffp(releasep()) ¦ ¦
lock ¦ lock(sched.lock) ¦ ¦
nmfreed ¦ nmfreed++; checkdead() ¦ 搬离本镇 ¦ leaves town
exitThread ¦ exit this thread ¦ 线程结束 ¦ the thread ends
notesleep ¦ m0: sleep for ever ¦ 主线程不能走，长睡不醒 ¦ m0 may not leave: it sleeps for ever
== goexit1 runtime/proc.go
goexit0 ¦ mcall(goexit0) ¦ 函数返回，孩子长大了 ¦ its function has returned
== goexit0 runtime/proc.go
casgstatus ¦ g: _Grunning → _Gdead ¦ 离家 ¦ it is gone
g.m=nil ¦ g.m = nil; unwire; dropg() ¦ 断开一切联系 ¦ cut all links
gfput ¦ gfput(p, g) ¦ 名牌留下给下一个 ¦ the G is kept for the next
exit-thread ¦ if it was wired: the thread leaves too ¦ 绑定的家长也走 ¦ a wired thread goes with it
== LockOSThread runtime/proc.go
startTemplateThread ¦ first time: start the template thread ¦ 头一回有人认死理，先备好接生婆 ¦ the first time: the template thread
lockedExt ¦ m.lockedExt++ ¦ 计数 ¦ count
dolockOSThread ¦ m.lockedg = g; g.lockedm = m ¦ 从此只跟这位 ¦ bound to each other
== UnlockOSThread runtime/proc.go
lockedExt ¦ m.lockedExt-- ¦ 计数 ¦ count
dounlockOSThread ¦ if 0: m.lockedg = nil; g.lockedm = nil ¦ 解绑 ¦ free again
== main runtime/proc.go
exit ¦ main.main returned: exit(0) ¦ 主角走完，全剧终，不等别人 ¦ main has returned: the program ends, whoever else still runs
== checkdead runtime/proc.go
run ¦ run = mcount − idle − idle locked − system ¦ 还有没有人能动？ ¦ can any M still make progress?
scan ¦ 0: look at all goroutines ¦ 一个也没有：看看孩子们 ¦ none: look at the goroutines
none ¦ no goroutine at all: fatal ¦ 连孩子都没有 ¦ not even a goroutine
timers ¦ any timer? then fine ¦ 有沙漏就还有盼头 ¦ a timer will wake somebody
dead ¦ fatal: all goroutines are asleep - deadlock! ¦ 全员沉睡，程序以状态 2 结束 ¦ deadlock, exit status 2
`;
