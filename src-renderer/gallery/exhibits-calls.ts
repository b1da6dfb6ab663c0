/** The gallery's scenarios of system calls, and of what becomes of the P meanwhile. */
import { type Phenomenon, said } from './exhibit';

export const OF_CALLS: readonly Phenomenon[] = [
  {
    id: 'fast',
    title: said('短的系统调用', 'Short system calls'),
    is: 'fn == exitsyscallfast_reacquired && at == same',
    exhibits: [
      {
        id: 'short-read',
        file: 'golden/S1',
        question: said('打猎 200 纳秒就回来，房子还是他的吗？', 'Out hunting for 200 ns: is the house still his?'),
        look: said(
          '门锁着，巷子里的更夫还没来过；家长手里那张写着地址的纸条。',
          'The locked door, a watchman who has not been by, and the address slip in the parent’s hand.',
        ),
        ending: said(
          '还是他的。P 一直停在 _Psyscall，没人碰过，一次 CAS 就拿回来，孩子不换人带。',
          'Still his. The P stayed in _Psyscall and nobody touched it: one CAS takes it back, and the child keeps its parent.',
        ),
        proof: 'fn == exitsyscallfast_reacquired && at == same',
      },
      {
        id: 'somebody-at-the-door',
        file: 'lessons/01-hunting/home',
        question: said('门口坐着小红，她会趁机住进去吗？', 'Hong sits at the door. Will she get the house meanwhile?'),
        look: said('5 微秒里有没有人来看过这把锁。', 'Whether anybody looks at the padlock within the 5 µs.'),
        ending: said(
          '不会：锁着的门要有人来收才会开，5 微秒太短。小明做完，main 返回，程序就结束了，小红一次也没轮上。',
          'No: a locked door opens only for whoever retakes it, and 5 µs are too short. main returns, the program ends, and Hong never had a turn.',
        ),
        proof: 'fn == main && at == exit && worker.status == _Grunnable',
      },
      {
        id: 'four-and-a-clock',
        file: 'lessons/02-call/four',
        question: said(
          '开、读、写、关，再看一眼钟：哪一次没进森林？',
          'Open, read, write, close, a look at the clock: which one never enters the forest?',
        ),
        look: said('家长什么时候带上弓，什么时候没带。', 'When the parent takes the bow along, and when not.'),
        ending: said(
          '看钟那一次：vDSO 在用户态就算好了，没有 SYSCALL 指令，也不交代房子。',
          'The clock: the vDSO works it out in user mode. There is no SYSCALL instruction, and nothing is said about the house.',
        ),
        proof: 'fn == nanotime1 && at == vdso',
      },
      {
        id: 'nothing-brought-home',
        file: 'lessons/03-line-by-line/empty',
        question: said('内核回 -4096，算不算出错？', 'The kernel returns −4096. Is that an error?'),
        look: said(
          '每次回来后的 CMPQ：和哪个数比，跳不跳。',
          'The CMPQ after each return: with which number it compares, and whether it jumps.',
        ),
        ending: said(
          '不算。只有 -4095 到 -1 是错误号，所以比的是 0xfffffffffffff001；-4096 是一个普通的大数。',
          'No. Only −4095 to −1 are error numbers, hence the comparison with 0xfffffffffffff001. −4096 is an ordinary large number.',
        ),
        proof: 'fn == "syscall.Syscall" && at == "NEGQ AX"',
      },
    ],
  },
  {
    id: 'slow',
    title: said('回来没有房子', 'Home, and no house'),
    is: 'fn == exitsyscall0 && at == lock',
    exhibits: [
      {
        id: 'no-house',
        file: 'golden/S2',
        question: said(
          '30 毫秒后回来，家里已经有人：孩子和家长各去哪儿？',
          'Back after 30 ms, and somebody lives there: where do child and parent go?',
        ),
        look: said(
          '回家路上问的三件事：自己那座、空房、孤儿院。',
          'The three things asked on the way home: the own house, an empty one, the orphanage.',
        ),
        ending: said(
          '孩子进孤儿院（全局队列）排队，家长进养老院睡下。后来是另一位家长从孤儿院领走了 main。',
          'The child queues in the orphanage (the global queue), the parent goes to sleep in the nursing home. Another parent fetches main later.',
        ),
        proof: 'fn == findrunnable && at == global && t > 30ms || fn == schedule && at == tick61 && t > 30ms',
      },
      {
        id: 'two-hunts-no-room',
        file: 'lessons/01-hunting/noroom',
        question: said('两次打猎都没赶上：小明一共换过几位家长？', 'Late from two hunts: how many parents has Ming had in the end?'),
        look: said('小明两次从孤儿院被领走时，牵着他的是谁。', 'Who leads Ming by the hand each time he leaves the orphanage.'),
        ending: said(
          '每次回来房子都归了别人，小明两次进孤儿院。M 和 G 的搭配只管到下一次没有 P 为止。',
          'Both times the house is somebody else’s, and Ming is put into the orphanage twice. M and G belong together only until there is no P.',
        ),
        proof: 'fn == exitsyscall0 && at == globrunqput && t > 20ms',
      },
      {
        id: 'asks-once-more',
        file: 'lessons/07-slow-way/asksagain',
        question: said('第一眼没有空房，还会再问一次吗？', 'No empty house at the first look. Does he ask again?'),
        look: said('exitsyscall0 在锁里又问的那一声。', 'What exitsyscall0 asks once more, under the lock.'),
        ending: said(
          '会。就在他走进账房的这几十纳秒里小红做完了，房子挂了出来；他在锁里再问一次，拿到了。',
          'He does. Hong finishes within those few dozen nanoseconds and the key is hung up; asked again under the lock, it is his.',
        ),
        proof: 'fn == exitsyscall0 && at == execute',
      },
      {
        id: 'third-hunt',
        file: 'lessons/08-watchman/hw',
        question: said('三趟打猎，哪一趟房子没了？', 'Three hunts. During which one is the house lost?'),
        look: said('更夫石板上的号码，和房子的 №。', 'The number on the watchman’s slate, and the № of the house.'),
        ending: said(
          '第三趟。前两趟更夫都只来看过一眼，№ 又变了，只好重记；第三趟他看到了两次同一个 №。',
          'The third. Of the first two the watchman saw one look each, then another №; during the third he finds the same № twice.',
        ),
        proof: 'fn == retake && at == retake && t > 50us',
      },
    ],
  },
  {
    id: 'retake',
    title: said('更夫收房', 'Retake'),
    is: 'fn == retake && at == retake',
    exhibits: [
      {
        id: 'one-house-idle',
        file: 'golden/S4',
        question: said('就一座房子，也没人要住，更夫还收吗？', 'One house, and nobody wants it. Does the watchman take it all the same?'),
        look: said(
          '更夫看了几眼才动手；收来之后房子做了什么。',
          'How many looks he takes first, and what becomes of the house afterwards.',
        ),
        ending: said(
          '收，第二眼（约 40 微秒）就收：没有别的空房，也没有正在找活的家长，不敢让它闲着。结果新家长找了一圈没活，又挂了钥匙。',
          'He does, at the second look (about 40 µs): no other house is idle and nobody is looking for work. The new parent finds none and hangs up the key.',
        ),
        proof: 'fn == retake && at == retake && t < 60us',
      },
      {
        id: 'two-houses-idle',
        file: 'golden/S3',
        question: said('隔壁空着，更夫要等多久才收？', 'The other house is empty. How long until the watchman takes this one?'),
        look: said('他一次次走过而不动手：retake/leave。', 'How he passes by again and again without doing anything: retake/leave.'),
        ending: said(
          '等满 10 毫秒。门口没人排队，别处又有空房，收来也没用；但再久就不管了。',
          'Until 10 ms are over. Nobody queues here and another house is idle, so it would be of no use; after 10 ms he takes it anyway.',
        ),
        proof: 'fn == retake && at == retake && t > 10ms',
      },
      {
        id: 'example-two-houses',
        file: 'examples/two-houses',
        question: said('房子给谁？', 'Who gets the house?'),
        look: said('收走 main 的房子以后，钥匙交到了谁手里。', 'Into whose hands the key goes once main’s house has been taken.'),
        ending: said(
          '给一位新家长：门口还坐着 worker，更夫替房子另请了人（handoffp 见队里有人就 startm）。main 回来只好排队。',
          'A new parent: workers wait at the door, so the watchman sends for one (handoffp finds a queue and calls startm). main has to queue when it is back.',
        ),
        proof: 'fn == handoffp && at == runq',
      },
      {
        id: 'another-stands-empty',
        file: 'lessons/01-hunting/elsewhere',
        question: said(
          '自己的房子给了别人，小明回来住哪儿？',
          'His house has gone to somebody else. Where does Ming live when he is back?',
        ),
        look: said('回来那一刻，钥匙板上挂着几把钥匙。', 'How many keys hang on the board when he comes back.'),
        ending: said(
          '住隔壁：helper 早走了，那座空着。exitsyscallfast 从空房里取了一把钥匙，小明不用排队。',
          'Next door: helper left long ago. exitsyscallfast takes the key of the empty house, and Ming need not queue.',
        ),
        proof: 'fn == exitsyscallfast_pidle && at == pidleget',
      },
      {
        id: 'last-key-first',
        file: 'lessons/06-fast-ways/lastkey',
        question: said('板上有三把钥匙，他取哪一把？', 'Three keys on the board: which one does he take?'),
        look: said('钥匙挂上去的次序。', 'In which order the keys were hung up.'),
        ending: said(
          '取最后挂上的那把。空闲 P 的表是个栈，最近用过的先用，缓存还热。',
          'The one hung up last. The list of idle Ps is a stack: what was used last is used first, while its caches are warm.',
        ),
        proof: 'fn == exitsyscallfast_pidle && at == pidleget',
      },
      {
        id: 'same-address',
        file: 'golden/S6',
        question: said('地址没变，锁也挂着：还是同一把锁吗？', 'The same address, and it is locked: is it the same lock?'),
        look: said('房子的 №：出门时记下的，和回来时看到的。', 'The № of the house: as noted on leaving, and as found on coming back.'),
        ending: said(
          '不是：中间收走过一次，worker 又锁上了它。CAS 照样成功（ABA），syscalltick 说出了真相，于是补记一次调用。',
          'No: it was retaken in between, and worker has locked it again. The CAS succeeds (ABA); syscalltick tells the truth, and the call is accounted for.',
        ),
        proof: 'fn == exitsyscallfast_reacquired && at == aba',
      },
    ],
  },
  {
    id: 'raw',
    title: said('不说就走', 'Leaving without notice'),
    is: 'fn == "syscall.RawSyscall" && at == SYSCALL',
    exhibits: [
      {
        id: 'door-bolted',
        file: 'golden/S8',
        question: said(
          'RawSyscall 打猎 30 毫秒，门口的 worker 要等多久？',
          'RawSyscall hunts for 30 ms. How long does worker wait at the door?',
        ),
        look: said('窗子亮着、门反锁着：在更夫眼里家里有人。', 'Lit windows behind a bolted door: to the watchman somebody is in.'),
        ending: said(
          '等满 30 毫秒。P 一直是 _Prunning，没有 _Psyscall 就没有 retake；更夫只能摇铃，铃声在内核里没人听。',
          'All of the 30 ms. The P stays _Prunning, and without _Psyscall there is no retake; the watchman can only ring, which nobody hears in the kernel.',
        ),
        proof: 'fn == "main.worker" && t > 30ms',
      },
      {
        id: 'good-neighbour',
        file: 'lessons/11-without-notice/neighbour',
        question: said('同样反锁着，这次小红为什么不用等？', 'Bolted just the same. Why need Hong not wait this time?'),
        look: said('隔壁那位找孩子的家长。', 'The parent next door who is looking for work.'),
        ending: said(
          '有第二个 P：它的家长把小红从反锁那家的门口抱走了。偷活不需要主人点头。',
          'There is a second P: its parent steals Hong from the bolted house’s door. Stealing needs no consent.',
        ),
        proof: 'fn == runqgrab && at == "cas-runnext" && t < 1ms',
      },
      {
        id: 'cleaning-waits',
        file: 'lessons/11-without-notice/cleaning',
        question: said('大扫除要等谁，等多久？', 'Whom does the cleaning wait for, and how long?'),
        look: said('封门令贴出以后一次次的 wait-over。', 'One wait-over after the other once the order is up.'),
        ending: said(
          '等反锁在屋里打猎的小明，等满 30 毫秒。stopTheWorld 每 100 微秒再催一次，没用。',
          'For Ming, who hunts behind the bolted door: all of the 30 ms. stopTheWorld asks again every 100 µs, in vain.',
        ),
        proof: 'fn == gc && at == stopped && t > 30ms',
      },
      {
        id: 'bell-in-the-forest',
        file: 'branches/signal-eintr',
        question: said('铃声在森林里有人听见吗？', 'Does anybody hear the bell in the forest?'),
        look: said('10 毫秒后的 tgkill，和 nanosleep 的返回值。', 'The tgkill after 10 ms, and what nanosleep returns.'),
        ending: said(
          'nanosleep 会被信号打断：提前回来，带着 EINTR。read 这类调用因 SA_RESTART 会自己接着等。',
          'A signal does end nanosleep: it is back early, with EINTR. Calls such as read are restarted, thanks to SA_RESTART.',
        ),
        proof: 'fn == "syscall.RawSyscall" && at == "NEGQ AX"',
      },
    ],
  },
  {
    id: 'handoff',
    title: said('先交钥匙', 'Hand-off'),
    is: 'fn == entersyscallblock && at == handoff',
    exhibits: [
      {
        id: 'keys-at-the-door',
        file: 'golden/S14',
        question: said(
          '出远门先交钥匙，可家里没活，钥匙给谁？',
          'The keys are handed over first, but there is nothing to do: who gets them?',
        ),
        look: said('handoffp 一项项地问。', 'What handoffp asks, one thing after the other.'),
        ending: said(
          '还是请来一位家长：这是最后一座还在忙的房子，得有人去驿站守信（lastp）。他没找到活，就把钥匙挂上了。',
          'A parent is sent for all the same: this is the last busy house, and somebody has to watch the network (lastp). He finds nothing and hangs up the key.',
        ),
        proof: 'fn == handoffp && at == lastp',
      },
      {
        id: 'no-watchman-needed',
        file: 'lessons/10-keys-first/keys',
        question: said('不用等更夫，小红省下了多少时间？', 'Without waiting for the watchman: how much earlier does Hong start?'),
        look: said('main 出门到 worker 开工之间有没有更夫。', 'Whether the watchman appears between main’s leaving and worker’s start.'),
        ending: said(
          '出门前就交了：约 20 微秒后小红开工，更夫一眼都没看。对照 Syscall，要等他看两次。',
          'The key is handed over before leaving: Hong starts some 20 µs later, and the watchman is not involved. With Syscall he must look twice first.',
        ),
        proof: 'fn == "main.worker" && t < 110us',
      },
      {
        id: 'no-room-afterwards',
        file: 'lessons/10-keys-first/waits',
        question: said('交了钥匙的人，回来还有房住吗？', 'He gave the keys away. Is there a house when he is back?'),
        look: said('回来时两座房子都亮着灯。', 'Both houses are lit when he comes back.'),
        ending: said(
          '没有：两座都有人。小明进孤儿院，等小红做完才被领走。交钥匙换来的是别人不等，不是自己不等。',
          'No: both are taken. Ming goes to the orphanage until Hong has finished. Handing over spares the others a wait, not oneself.',
        ),
        proof: 'fn == exitsyscall0 && at == globrunqput',
      },
    ],
  },
];
