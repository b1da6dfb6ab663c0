/** The gallery's scenarios of C, of bound threads, and of programs that end badly. */
import { type Phenomenon, said } from './exhibit';

export const OF_ENDINGS: readonly Phenomenon[] = [
  {
    id: 'cgo',
    title: said('出国：调用 C', 'Calls into C'),
    is: 'fn == cgocall',
    exhibits: [
      {
        id: 'thirty-ms-abroad',
        file: 'lessons/14-abroad/abroad',
        question: said('调用 C 三十毫秒，运行时当它是什么？', 'Thirty milliseconds in C: what does the runtime take it for?'),
        look: said('cgocall 里也有 entersyscall。', 'There is an entersyscall in cgocall, too.'),
        ending: said(
          '当系统调用：一样锁门，一样被更夫收走，回来一样要找房子。',
          'For a system call: the same locked door, the same retake, the same search for a house afterwards.',
        ),
        proof: 'fn == retake && at == retake',
      },
      {
        id: 'calling-home',
        file: 'lessons/14-abroad/home-call',
        question: said('C 里又回头调 Go，要不要房子？', 'C calls Go again. Does that take a house?'),
        look: said('打电话回家的一刻：M 上绑着谁。', 'Whom the M is bound to at that moment.'),
        ending: said(
          '要：回来先 exitsyscall 拿 P，还把 G 和 M 绑住（lockOSThread），说完再 reentersyscall 出去。',
          'It does: exitsyscall gets a P first, G and M are bound together meanwhile, and reentersyscall goes back into C.',
        ),
        proof: 'fn == cgocallbackg1 && at == fn',
      },
      {
        id: 'foreigner',
        file: 'lessons/14-abroad/foreigner',
        question: said('C 自己起的线程来敲门，谁带它进来？', 'A thread that C has made knocks: who lets it in?'),
        look: said('needm 借到的那个 M，和它自带的孩子。', 'The M that needm borrows, and the child that comes with it.'),
        ending: said(
          '从备用的 extra M 里借一个，带着一个现成的 G；用完还回去（dropm）。',
          'One of the extra Ms is lent to it, with a G of its own; dropm gives it back.',
        ),
        proof: 'fn == needm && at == casgstatus',
      },
      {
        id: 'twenty-abroad',
        file: 'lessons/14-abroad/crowd',
        question: said('二十个人同时出国，一共要几位家长？', 'Twenty abroad at once: how many parents does it take?'),
        look: said('家长的人数怎么一位位往上加。', 'How the parents grow in number, one by one.'),
        ending: said(
          '每人占一位，全程占着：二十多个线程。GOMAXPROCS=1 限制的是同时跑 Go 的，不是线程数。',
          'One each, all the time: more than twenty threads. GOMAXPROCS=1 limits who runs Go, not how many threads there are.',
        ),
        proof: 'sched.mnext > 20',
      },
    ],
  },
  {
    id: 'bound',
    title: said('绑在一起', 'Bound to a thread'),
    is: 'fn == LockOSThread',
    exhibits: [
      {
        id: 'bound-for-life',
        file: 'golden/S7',
        question: said(
          '绑着的孩子回来没有房子，别的家长能带他吗？',
          'A bound child comes back without a house. May another parent take it?',
        ),
        look: said('红绳，和在森林口等着的家长。', 'The red rope, and the parent who waits before the forest.'),
        ending: said(
          '不能。别人从孤儿院领到他，也只能把房子让给绑着的那位（startlockedm），自己去睡。',
          'No. Whoever fetches it from the orphanage has to give the house to the one it is bound to (startlockedm), and sleeps.',
        ),
        proof: 'fn == startlockedm && at == nextp',
      },
      {
        id: 'thread-ends-with-it',
        file: 'lessons/18-bound/gone',
        question: said('绑着的孩子没解绑就走了，家长怎么办？', 'A bound child ends without being unbound. What of its parent?'),
        look: said('mexit。', 'mexit.'),
        ending: said(
          '线程一起结束：它的状态可能被改过（比如换了命名空间），不能还给别人用。',
          'The thread ends, too: its state may have been changed (a namespace, say), so nobody else can have it.',
        ),
        proof: 'fn == mexit && at == exitThread',
      },
    ],
  },
  {
    id: 'exhaustion',
    title: said('家长请不到了', 'Out of threads'),
    is: 'fn == retake && at == retake',
    outcome: 'fatal',
    exhibits: [
      {
        id: 'six-parents',
        file: 'golden/S10',
        question: said('二十个人打猎，最多六位家长：会排队吗？', 'Twenty want to hunt, with six parents at most. Do they queue?'),
        look: said('每收走一次房子，就多请一位家长。', 'Each retake brings one more parent.'),
        ending: said(
          '不排队，整个程序死掉：checkmcount 一超就 throw。默认上限是 10000。',
          'They do not: the whole program dies, as checkmcount throws. The limit is 10,000 by default.',
        ),
        proof: 'fn == startpanic_m && at == panicking',
      },
      {
        id: 'ten-parents',
        file: 'lessons/15-too-many/hunters',
        question: said('改成十位就够了吗？', 'And with ten?'),
        look: said('第几位猎人出门时出的事。', 'At which hunter it happens.'),
        ending: said(
          '只是晚一点：二十次阻塞的 read 要二十个线程。办法是先领许可再出门（有座位的通道）。',
          'It only takes longer: twenty blocking reads take twenty threads. The cure is a permit before leaving (a buffered channel).',
        ),
        proof: 'fn == startpanic_m && at == panicking',
      },
      {
        id: 'crowd-of-errata',
        file: 'lessons/22-errata/crowded',
        question: said('只有一座房子，也会耗尽线程吗？', 'Only one house. Can threads run out all the same?'),
        look: said('GOMAXPROCS 是 1，M 的编号却一直涨。', 'GOMAXPROCS is 1, yet the Ms’ numbers keep growing.'),
        ending: said('会：P 的个数管不着在内核里等的线程。', 'They can: the number of Ps has no say over threads that wait in the kernel.'),
        proof: 'fn == startpanic_m && at == panicking',
      },
    ],
  },
  {
    id: 'deadlock',
    title: said('全员沉睡', 'Deadlock'),
    is: 'fn == checkdead && (at == dead || at == none)',
    outcome: 'deadlock',
    exhibits: [
      {
        id: 'all-asleep',
        file: 'golden/S9',
        question: said('没人会送东西来，运行时怎么知道？', 'Nobody will ever send. How does the runtime know?'),
        look: said('最后一位家长躺下时数的那一遍人头。', 'How heads are counted when the last parent lies down.'),
        ending: said(
          'checkdead：没有在跑的 M、没有沙漏，也没人可叫，就报 all goroutines are asleep。',
          'checkdead: no M runs, no timer is set, and there is nobody to wake: all goroutines are asleep.',
        ),
        proof: 'fn == checkdead && at == dead',
      },
      {
        id: 'main-has-left',
        file: 'branches/goexit-main',
        question: said('main 自己 Goexit 走了，程序算结束吗？', 'main leaves by Goexit. Has the program ended?'),
        look: said('报错的话和上一个有什么不同。', 'How the message differs from that of the one before.'),
        ending: said(
          '不算：只有 main 返回才结束。一个孩子也没了，报 no goroutines (main called runtime.Goexit)。',
          'No: it ends only when main returns. With nobody left it says no goroutines (main called runtime.Goexit).',
        ),
        proof: 'fn == checkdead && at == none',
      },
      {
        id: 'select-on-nothing',
        file: 'branches/select-small',
        question: said('空的 select {} 等的是什么？', 'What does an empty select {} wait for?'),
        look: said('block 里的 gopark。', 'The gopark in block.'),
        ending: said(
          '什么也不等，永远睡下。别人也都没活了，就成了死锁。',
          'For nothing, for ever. Once nobody else has work it is a deadlock.',
        ),
        proof: 'fn == block && at == gopark',
      },
    ],
  },
  {
    id: 'panic',
    title: said('恐慌', 'Panics'),
    is: 'fn == gopanic',
    exhibits: [
      {
        id: 'nobody-recovers',
        file: 'branches/panic',
        question: said('没人接住的 panic，别的线程怎么停？', 'A panic that nothing recovers: how are the other threads stopped?'),
        look: said('freezetheworld 和它的两次 usleep。', 'freezetheworld, and how it sleeps.'),
        ending: said(
          '只是尽量冻住：请大家停下，等一小会儿就打印、退出，不保证真停了。',
          'As well as may be: all are asked to stop, and after a short wait it prints and exits, whether they have or not.',
        ),
        proof: 'fn == freezetheworld',
      },
      {
        id: 'send-on-closed',
        file: 'branches/chan-send-on-closed',
        question: said('往关了的通道里送，锁还在手里，会不会卡死？', 'A send on a closed channel, with its lock held: does it hang?'),
        look: said('chansend 在 panic 之前做了什么。', 'What chansend does before it panics.'),
        ending: said(
          '不会：先放锁，再 panic: send on closed channel。',
          'No: it lets go of the lock first, and then panics: send on closed channel.',
        ),
        proof: 'fn == chansend && at == "closed?"',
      },
      {
        id: 'recovered',
        file: 'branches/defer-recover',
        question: said('recover 接住以后，从哪里继续？', 'After recover, where does it go on?'),
        look: said('defer 的次序，和 Goexit 有没有跑 defer。', 'The order of the deferred calls, and whether Goexit runs them.'),
        ending: said(
          '不回到出事的那一行：从推迟那个 recover 的函数返回处接着走。Goexit 也照样跑 defer。',
          'Not at the line where it happened: the function that had deferred the recover returns. Goexit runs deferred calls as well.',
        ),
        proof: 'fn == gopanic && at == recovery',
      },
      {
        id: 'two-panic-at-once',
        file: 'branches/panic-second',
        question: said('两个人同时 panic，打印谁的？', 'Two panic at the same moment. Whose message is printed?'),
        look: said('谁先把 panicking 加到 1。', 'Who is first to raise panicking to 1.'),
        ending: said(
          '先到的那个；后到的在 startpanic_m 里停住，等程序退出。',
          'That of the first. The other one is stopped in startpanic_m until the program has ended.',
        ),
        proof: 'fn == printpanics && at == print',
      },
    ],
  },
];
