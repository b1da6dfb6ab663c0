/** The gallery's scenarios of goroutines that wait for each other, for the network and for time. */
import { type Phenomenon, said } from './exhibit';

export const OF_WAITING: readonly Phenomenon[] = [
  {
    id: 'channels',
    title: said('通道', 'Channels'),
    is: 'fn == chansend || fn == chanrecv || fn == closechan || fn == selectgo',
    exhibits: [
      {
        id: 'receiver-waits',
        file: 'branches/chan-receiver-waits',
        question: said(
          '收的人先到，东西还没送来：值放在哪儿？',
          'The receiver is first, and nothing has been sent: where does the value go?',
        ),
        look: said('main 睡在托儿所里，名字挂在通道的 recvq 上。', 'main sleeps in the crèche, its name in the channel’s recvq.'),
        ending: said(
          '哪儿也不放：送的人直接写进收的人手里，再把他叫醒，坐上小板凳。',
          'Nowhere: the sender writes it straight into the receiver’s variable, wakes it, and it gets the stool.',
        ),
        proof: 'fn == chansend && at == recvq',
      },
      {
        id: 'seats-in-between',
        file: 'branches/chan-buffered',
        question: said('通道关了以后，里面剩下的还收得到吗？', 'A channel is closed. Can what is left in it still be received?'),
        look: said('send、recv、close、recv 四步里谁都没睡。', 'send, recv, close, recv: nobody falls asleep in any of them.'),
        ending: said(
          '收得到；收空了再收，拿到零值，不等也不出错。往里送才会 panic。',
          'Yes; once it is empty a receive yields the zero value, without a wait and without an error. Only a send would panic.',
        ),
        proof: 'fn == chanrecv && at == "closed?"',
      },
      {
        id: 'close-wakes-all',
        file: 'branches/chan-close-wakes',
        question: said('两个人等着收，关门叫醒几个？', 'Two wait to receive. How many does close wake?'),
        look: said('closechan 放开锁之前收集的名单。', 'The list that closechan gathers before it lets go of the lock.'),
        ending: said(
          '全叫醒，各拿一个零值。所以“关一个通道”可以当作对所有人的广播。',
          'All of them, each with a zero value. So closing a channel is a broadcast.',
        ),
        proof: 'fn == closechan && at == release',
      },
      {
        id: 'many-doors-at-once',
        file: 'branches/select',
        question: said('select 同时等几扇门，会同时走进两扇吗？', 'A select waits at several doors. Can it go through two at once?'),
        look: said(
          '先按 pollorder 看一遍，都不行才挂到每扇门上。',
          'First a look at all, in pollorder; only then it queues at each of them.',
        ),
        ending: said(
          '不会：被一扇叫醒后，dequeue-others 把自己从其余的门上摘下来。',
          'Never: woken at one, it takes itself off all others (dequeue-others).',
        ),
        proof: 'fn == selectgo && at == "dequeue-others"',
      },
    ],
  },
  {
    id: 'locks',
    title: said('锁与等候', 'Locks and waits'),
    is: 'fn == semacquire1 || fn == notifyListWait',
    exhibits: [
      {
        id: 'starving-lock',
        file: 'branches/mutex-starving',
        question: said('等了很久的 a，会不会总被 main 抢先？', 'a has waited for long. Will main always be quicker?'),
        look: said('a 等满 1 毫秒以后锁的样子。', 'What becomes of the lock once a has waited for 1 ms.'),
        ending: said(
          '不会：锁进入饥饿模式，Unlock 直接把它交到队首手里（handoff），main 想抢也抢不到。',
          'No: the lock turns to starvation mode, and Unlock hands it to the first in the queue. main cannot snatch it.',
        ),
        proof: 'fn == Lock && at == handed',
      },
      {
        id: 'readers-and-writer',
        file: 'branches/rwmutex',
        question: said('有人在读，写的人等着：后来的读者进得去吗？', 'Somebody reads, a writer waits: does a later reader get in?'),
        look: said('writer 报到（announce）以后 readerCount 变成负数。', 'readerCount, negative once the writer has announced itself.'),
        ending: said(
          '进不去：写的人一报到，后来的读者都排在他后面，所以写的人饿不死。',
          'No: once a writer has announced itself later readers queue behind it, so it cannot starve.',
        ),
        proof: 'fn == "RWMutex.Lock" && at == readerWait',
      },
      {
        id: 'signal-and-broadcast',
        file: 'branches/cond',
        question: said('还没人等就 Signal，这一声留得住吗？', 'A Signal before anybody waits: is it kept?'),
        look: said('三个 w 各是被哪一声叫醒的。', 'Which call wakes each of the three w.'),
        ending: said(
          '留不住：叫声不攒着。后来 Signal 叫醒最早等的一个，Broadcast 叫醒剩下的两个。',
          'No, it is lost. Later Signal wakes whoever has waited longest, and Broadcast the other two.',
        ),
        proof: 'fn == notifyListNotifyAll && at == notify',
      },
      {
        id: 'only-once',
        file: 'branches/once',
        question: said('Once 正在做，第二个人来了：是跳过还是等？', 'Once is being done when a second comes: does it go on, or wait?'),
        look: said('other 在 Do 里的位置。', 'Where in Do other is.'),
        ending: said(
          '等：Do 返回时事情一定做完了，所以第二个人在互斥锁上等第一个。',
          'It waits: when Do returns the thing has been done for certain, so the second waits for the first in a mutex.',
        ),
        proof: 'fn == Do && at == done',
      },
      {
        id: 'all-done',
        file: 'branches/waitgroup',
        question: said('计数是零的时候 Wait，会不会睡下？', 'Wait while the counter is zero: does it sleep?'),
        look: said('两次 Wait，只有一次睡了。', 'Two calls of Wait, of which one sleeps.'),
        ending: said(
          '不会：零就直接走。加了 1 以后才睡，最后一个 Done 把它叫醒。',
          'No: at zero it goes on. Only after Add it sleeps, and the last Done wakes it.',
        ),
        proof: 'fn == WaitGroup && at == "Wait-woken"',
      },
    ],
  },
  {
    id: 'netpoll',
    title: said('驿站：网络与管道', 'Network poller'),
    is: 'fn == netpollblock',
    exhibits: [
      {
        id: 'empty-pipe',
        file: 'branches/os-pipe',
        question: said('管道里还没东西，读的人占不占家长？', 'A read of an empty pipe: does it keep a parent busy?'),
        look: said(
          'read 一去就回（EAGAIN），然后孩子睡下，谁去守信。',
          'read is back at once (EAGAIN), the child sleeps, and somebody watches the post.',
        ),
        ending: said(
          '不占：孩子挂在 pollDesc 上睡，家长接着干别的；可读了由 netpoll 叫醒，再读一次。',
          'No: the child sleeps at its pollDesc and the parent does other work. Once there is something, netpoll wakes it and it reads again.',
        ),
        proof: 'fn == findrunnable && at == "netpoll-done"',
      },
      {
        id: 'two-letters',
        file: 'lessons/16-post-and-hourglass/letters',
        question: said('两个孩子等信，要几位家长守着？', 'Two children wait for letters. How many parents watch for them?'),
        look: said('sched.lastpoll 是 0 的时候谁在驿站。', 'Who is at the post while sched.lastpoll is 0.'),
        ending: said(
          '一位就够：同时只有一位阻塞在 epollwait 里，来了哪封信就叫醒哪个孩子。',
          'One: at any time one thread blocks in epollwait, and wakes whosever letter has come.',
        ),
        proof: 'fn == netpollblock && at == woken',
      },
      {
        id: 'letter-already-there',
        file: 'branches/findrunnable-6-netpoll',
        question: said('信已经到了，还要有人去守吗？', 'The letter is there already. Does anybody have to wait for it?'),
        look: said('findrunnable 顺路看的那一眼（netpoll0）。', 'The glance on the way in findrunnable (netpoll0).'),
        ending: said(
          '不用：找活的路上不等地问一次驿站，当场就领到了。',
          'No: on its way findrunnable asks the post without waiting, and gets it at once.',
        ),
        proof: 'fn == findrunnable && at == netpoll0',
      },
      {
        id: 'twenty-letters',
        file: 'lessons/15-too-many/letters',
        question: said('二十个人等网络，会不会把家长用光？', 'Twenty wait for the network. Are there parents enough?'),
        look: said('养老院和森林里各有几位家长。', 'How many parents are in the nursing home, and how many in the forest.'),
        ending: said(
          '用不光：等信不占线程，最多那么一两位家长。二十个人读磁盘可就不一样了。',
          'There are: waiting for letters takes no thread, so one or two will do. Twenty reads from a disk would be another matter.',
        ),
        proof: 'fn == netpollblock && at == woken',
      },
      {
        id: 'closed-under-readers',
        file: 'branches/os-close-waiting',
        question: said('有人等在文件上，别人把它关了，怎么办？', 'Somebody waits in a file that another one closes. What now?'),
        look: said('Close 之后两个 reader 拿到什么。', 'What the two readers get after Close.'),
        ending: said(
          'poll_runtime_pollUnblock 叫醒所有等的人，他们带着“文件已关闭”的错误回去；描述符等最后一个人放手才真的关。',
          'poll_runtime_pollUnblock wakes them all and they return with an error that says so. The descriptor itself is closed when the last one lets go.',
        ),
        proof: 'fn == poll_runtime_pollUnblock',
      },
    ],
  },
  {
    id: 'timers',
    title: said('沙漏', 'Timers'),
    is: 'fn == checkTimers && at == run',
    exhibits: [
      {
        id: 'after-and-ticker',
        file: 'branches/after-ticker',
        question: said('到点的一声送进通道，谁来送？', 'The time is up and a value has to be sent: who sends it?'),
        look: said('checkTimers 之后谁醒了。', 'Who is awake after checkTimers.'),
        ending: said(
          '没有专门的线程：正在找活的 P 自己看沙漏，替它送。通道满了就丢掉，不等。',
          'No thread of its own: a P that looks for work looks at its timers and sends. If the channel is full the tick is dropped.',
        ),
        proof: 'fn == startTimer && at == addtimer',
      },
      {
        id: 'hundred-sleepers',
        file: 'lessons/16-post-and-hourglass/sleepers',
        question: said('一百个孩子睡觉，要几个闹钟？', 'A hundred sleep. How many alarm clocks does it take?'),
        look: said('房子旁边沙漏上的数字。', 'The number at the hourglass beside the house.'),
        ending: said(
          '一个堆：每个 P 一个四叉堆，只看堆顶那个最早的；线程一个也不多占。',
          'One heap: each P keeps its timers in a four-ary heap and looks at the earliest. No further thread is needed.',
        ),
        proof: 'fn == timeSleep && at == when',
      },
      {
        id: 'timers-due-together',
        file: 'branches/checktimers-several',
        question: said('两个沙漏同时漏完，然后呢？', 'Two timers are due together. And then?'),
        look: said('checkTimers 一口气走完的几步，和最后谁还醒着。', 'What checkTimers does in one go, and who is awake in the end.'),
        ending: said(
          '一次都叫醒。两个 worker 做完就走了，main 还等着没人收的通道：全员沉睡。',
          'Both are woken at once. When the two workers have finished main still sends to nobody: all asleep.',
        ),
        proof: 'fn == checkdead && at == dead',
      },
    ],
  },
];
