/** The gallery's scenarios of queues, stealing, preemption and stops of the world. */
import { type Phenomenon, said } from './exhibit';

export const OF_SCHEDULING: readonly Phenomenon[] = [
  {
    id: 'queues',
    title: said('排队', 'Run queues'),
    is: 'fn == runqput',
    exhibits: [
      {
        id: 'five-newborns',
        file: 'golden/S11',
        question: said('五个孩子依次出生，谁先轮到？', 'Five are born one after the other. Whose turn is first?'),
        look: said('小板凳上的人，和被挤下来的人去了哪儿。', 'Who sits on the stool, and where whoever is pushed off it goes.'),
        ending: said(
          '最后出生的：他坐着小板凳（runnext）。其余四个按出生的次序，从门口长凳上轮。',
          'The last one: he has the stool (runnext). The other four follow in the order of their birth, from the bench.',
        ),
        proof: 'fn == "main.f" && g == "f#5" || fn == "main.f" && g == G6',
      },
      {
        id: 'bench-full',
        file: 'golden/S12',
        question: said('长凳只坐得下 256 个，第 258 个来了怎么办？', 'The bench seats 256. What happens when the 258th is born?'),
        look: said('长凳上的人数突然少了一半的那一步。', 'The step at which half of the bench is gone at once.'),
        ending: said(
          '一半人（128 个）连同挤下来的那个被一起送进孤儿院：runqputslow 一把锁搬走一批。',
          'Half of them (128), and the one who was pushed off the stool, are taken to the orphanage: runqputslow moves a batch under one lock.',
        ),
        proof: 'fn == runqputslow && at == globrunqputbatch',
      },
      {
        id: 'reused-child',
        file: 'branches/newproc-3-own-gfree',
        question: said('孩子走了以后，他的名牌谁用？', 'A child has gone. Who uses its g?'),
        look: said('第二次 go 时 gfget 有没有找到现成的。', 'Whether gfget finds one ready the second time.'),
        ending: said(
          '下一个：gfget 从 P 自己的 gFree 里拿来就用，栈都不用重新分配。',
          'The next one: gfget takes it from the P’s own gFree, stack included.',
        ),
        proof: 'fn == goexit0 && at == gfput',
      },
    ],
  },
  {
    id: 'steal',
    title: said('串门抱孩子', 'Work stealing'),
    is: 'fn == runqgrab && (at == cas || at == "cas-runnext")',
    exhibits: [
      {
        id: 'half-the-bench',
        file: 'golden/S13',
        question: said('邻居来抱，抱走几个？', 'A neighbour comes to steal: how many does he take?'),
        look: said('长凳上的人数，抱之前和抱之后。', 'How many sit on the bench, before and after.'),
        ending: said(
          '抱走一半：五个里抱三个。后来剩一个抱一个；小板凳上的要等 3 微秒、问到第四趟才动。',
          'Half: three of five. Later one of one. Whoever has the stool is left alone until the fourth round, and then for another 3 µs.',
        ),
        proof: 'fn == runqgrab && at == "cas-runnext" && t > 1ms',
      },
      {
        id: 'six-workers',
        file: 'lessons/21-one-life/six',
        question: said('两座房子、六份同样的活：各做了几份？', 'Two houses, six equal jobs: how many does each do?'),
        look: said('P1 一共偷了几次。', 'How often P1 steals.'),
        ending: said(
          'P1 先一次抱走三个，做完了又回来抱。活是谁闲谁做，不是预先分好的。',
          'P1 takes three at once and comes again when they are done. Whoever is idle works; nothing is shared out beforehand.',
        ),
        proof: 'fn == runqgrab && at == cas && t > 500us',
      },
      {
        id: 'yard-emptied',
        file: 'lessons/08-watchman/neighbour',
        question: said(
          '小红坐在小明家门口，小明出门了：谁先带走她？',
          'Hong sits at Ming’s door and Ming is out: who is first to take her?',
        ),
        look: said('隔壁的家长做完了活，到处问。', 'The neighbour, who has finished and asks everywhere.'),
        ending: said(
          '隔壁的家长：不等更夫来收，就把小红抱走了。15 微秒后小明回来，房子还锁着等他。',
          'The neighbour: he steals her before any watchman comes. 15 µs later Ming is back, and the locked house is still his.',
        ),
        proof: 'fn == runqgrab && at == "cas-runnext" && t > 50us',
      },
      {
        id: 'sixteen-pushes',
        file: 'branches/findrunnable-9-steal-1',
        question: said('第一趟没抱到，还走第二趟吗？', 'Nothing found in the first round. Is there a second?'),
        look: said('steal[0] 到 steal[3]：一共走四趟。', 'steal[0] to steal[3]: four rounds in all.'),
        ending: said(
          '走：四趟之内每家都问四遍，第二趟正好抱到一个。',
          'There is: each neighbour is asked four times, and the second round finds one.',
        ),
        proof: 'fn == findrunnable && at == "steal[1]"',
      },
    ],
  },
  {
    id: 'preemption',
    title: said('叫停', 'Preemption'),
    is: 'fn == retake && at == preempt',
    exhibits: [
      {
        id: 'loop-without-calls',
        file: 'branches/async-preempt',
        question: said('循环里一次函数都不调，也停得下来吗？', 'A loop that calls nothing: can it be stopped?'),
        look: said('10 毫秒时更夫摇的铃（SIGURG）。', 'The bell that the watchman rings after 10 ms (SIGURG).'),
        ending: said(
          '停得下来，从 Go 1.14 起：信号处理函数看过是安全点，就在那里注入 asyncPreempt。',
          'Yes, since Go 1.14: the signal handler finds a safe point and injects asyncPreempt there.',
        ),
        proof: 'fn == asyncPreempt2 && at == gopreempt_m',
      },
      {
        id: 'at-the-next-call',
        file: 'branches/retake-2-preempt',
        question: said('铃还没响到，他为什么已经让开了？', 'The bell has not reached him. Why has he given way already?'),
        look: said('贴上警条以后的第一次函数调用。', 'The first call of a function after the strip was put on.'),
        ending: said(
          '函数开头检查栈：stackguard0 被改成了 stackPreempt，于是进 newstack，发现是叫停。铃到时已经没事可做。',
          'Each function begins with a check of the stack: stackguard0 is stackPreempt, so newstack is entered and gives way. When the bell comes there is nothing left to do.',
        ),
        proof: 'fn == newstack && at == canPreempt',
      },
      {
        id: 'no-bell',
        file: 'lessons/21-one-life/nobell',
        question: said('不许摇铃（asyncpreempt 关），worker 等得到吗？', 'No bell allowed (asyncpreempt off): does worker get a turn?'),
        look: said('更夫每 10 毫秒贴一次警条，贴了几次。', 'How often the watchman puts the strip on, once in 10 ms.'),
        ending: said(
          '等不到：main 不调函数就看不见警条，一口气转完 30 毫秒。Go 1.14 以前都是这样。',
          'No: main calls nothing and so never sees the strip; it spins for all of its 30 ms. Before Go 1.14 it was always so.',
        ),
        proof: 'fn == main && at == exit && t > 29ms',
      },
    ],
  },
  {
    id: 'stw',
    title: said('停止世界', 'Stop the world'),
    is: 'fn == stopTheWorldWithSema',
    exhibits: [
      {
        id: 'cleaning-while-hunting',
        file: 'golden/S5',
        question: said('有人在打猎，大扫除要等他回来吗？', 'Somebody is out hunting. Does the cleaning wait for him?'),
        look: said('锁着的那座门上贴了什么；他回来以后在哪儿等。', 'What is put on the locked door, and where he waits when he is back.'),
        ending: said(
          '不等：锁着的房子直接贴封条（_Pgcstop）。他先回来也进不了门，睡到启封。',
          'It does not: a locked house is sealed at once (_Pgcstop). Though he is back first he cannot get in, and sleeps until the seals are off.',
        ),
        proof: 'fn == stopTheWorldWithSema && at == "syscalls-tick"',
      },
      {
        id: 'leaving-into-the-seal',
        file: 'lessons/05-entering/seal',
        question: said('正出门，赶上封门令：谁来贴封条？', 'He is just leaving when the order is up: who seals the house?'),
        look: said('entersyscall 里的 gcwaiting 那一问。', 'What entersyscall asks about gcwaiting.'),
        ending: said(
          '他自己：entersyscall_gcwait 把房子交上去（封好），再去打猎。等他的人少等了一趟。',
          'He does: entersyscall_gcwait gives the house up, sealed, before he hunts. Nobody has to wait for his return.',
        ),
        proof: 'fn == entersyscall_gcwait && at == cas',
      },
      {
        id: 'bolted-cleaning',
        file: 'lessons/19-cleaning/bolted',
        question: said('门反锁着，封条贴得上吗？', 'Can a bolted house be sealed?'),
        look: said('一趟趟的铃，和 SYSRET 的时刻。', 'Bell after bell, and the moment of the SYSRET.'),
        ending: said(
          '贴不上：RawSyscall 里的 P 是 _Prunning。要等他自己回来停下，全镇才算封完。',
          'It cannot: the P of a RawSyscall is _Prunning. The world is stopped only when he is back and stops by himself.',
        ),
        proof: 'fn == gc && at == stopped && t > 1ms',
      },
      {
        id: 'forced-cleaning',
        file: 'branches/forcegc',
        question: said('没人分配内存，也会大扫除吗？', 'Nobody allocates. Is there a cleaning all the same?'),
        look: said('更夫把谁从睡梦里叫了起来。', 'Whom the watchman wakes.'),
        ending: said(
          '会：sysmon 见太久没有 GC（真机两分钟，这里改成 2 毫秒），就叫醒 forcegchelper。',
          'There is: when no collection has run for too long (two minutes in real Go, 2 ms here), sysmon wakes forcegchelper.',
        ),
        proof: 'fn == forcegchelper && at == gcStart',
      },
      {
        id: 'fewer-houses',
        file: 'branches/gomaxprocs',
        question: said('三座房子拆到一座，拆掉的那两座门口的人呢？', 'From three houses to one: what of those who queue at the others?'),
        look: said('GOMAXPROCS(1) 之后的 procresize。', 'procresize, after GOMAXPROCS(1).'),
        ending: said(
          '先停下世界，再把拆掉的房子门口的人都送进孤儿院，由剩下的一座来领。',
          'The world is stopped, and whoever queued at a house that is torn down goes to the orphanage, for the one that is left.',
        ),
        proof: 'fn == GOMAXPROCS && at == newprocs && t > 10us',
      },
    ],
  },
  {
    id: 'foreachp',
    title: said('挨家做一件事', 'A job for every P'),
    is: 'fn == forEachP',
    exhibits: [
      {
        id: 'a-job-for-every-house',
        file: 'lessons/05-entering/meter',
        question: said(
          '要在每座房子里做一件小事，出门的那位怎么办？',
          'Something has to be done in every house. What of the one who is leaving?',
        ),
        look: said('这不是停止世界：别人照常做活。', 'This is no stop of the world: the others go on working.'),
        ending: said(
          '他出门前先做掉（runSafePointFn），再锁门。打猎中的房子由发起的人代做。',
          'He does it before he locks the door (runSafePointFn). For a house whose parent is out, whoever asked for it does it.',
        ),
        proof: 'fn == runSafePointFn && at == fn',
      },
      {
        id: 'four-houses-visited',
        file: 'branches/foreachp',
        question: said('四座房子，有忙的也有空的：各由谁来做？', 'Four houses, some busy and some empty: who does it in each?'),
        look: said('safePointWait 从几减到 0。', 'safePointWait, from how many it counts down to 0.'),
        ending: said(
          '忙的自己做，空的由发起的人代做，不用停下全镇。',
          'The busy do it themselves, and whoever asked does it for an empty one. The world is not stopped.',
        ),
        proof: 'fn == forEachP && at == idle',
      },
    ],
  },
];
