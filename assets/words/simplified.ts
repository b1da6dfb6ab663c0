/**
 * What the model leaves out or does otherwise than Go and Linux, in the order in which people ask. One list for the window's panel and for the
 * documentation: src-main/README.md has it as a table, and every file of the model whose comments say “Simplified:” is named by one of its rows.
 */
import { type Text, writtenText } from '../../src-main/model/words';

export const AREAS = ['time', 'scheduler', 'network', 'machine', 'kernel', 'descriptors'] as const;
export type Area = (typeof AREAS)[number];

export interface Simplification extends Text {
  area: Area;
  /** Where the model says so: files below src-main/model. None: it is nowhere in the code, because it is not there. */
  files: readonly string[];
}

const ROWS: readonly (Parameters<typeof writtenText>[0] & Pick<Simplification, 'area' | 'files'>)[] = [
  {
    area: 'time',
    files: [],
    zh: '每一步花多少时间是一张固定的表，按真 Go 量过的比例；真机器每次都不同。',
    en: 'What a step costs comes from a fixed table, in the proportions measured with real Go; on a real machine it is different every time.',
  },
  {
    area: 'time',
    files: [],
    zh: '有多少线程就有多少处理器：没有别的程序来抢。',
    en: 'There are as many processors as threads: no other program competes for them.',
  },
  {
    area: 'time',
    files: ['kernel/calls/clock.ts'],
    zh: '所有的钟都走虚拟时间，从 0 开始，也没有人拨钟；线程和进程的 CPU 时间也是它。',
    en: 'All clocks show virtual time, which begins at 0, and nobody sets them; the CPU time of a thread and of the process is that, too.',
  },
  {
    area: 'time',
    files: ['runtime/netpoll.ts'],
    zh: '等定时器的线程到点就醒。真的 epoll 只数整毫秒，同一毫秒里到点的几个常常一起醒，顺序也会因此不同。',
    en: 'A thread that waits for a timer wakes when it is due. The real epoll counts in whole milliseconds, so timers of one millisecond often fire together, and in another order.',
  },
  {
    area: 'scheduler',
    files: [],
    zh: '垃圾回收只有“停下全村”：没有标记工人、协助和写屏障。',
    en: 'Of the garbage collector only the stops of the world are there: no workers, no assists, no write barriers.',
  },
  {
    area: 'scheduler',
    files: ['runtime/sync.ts'],
    zh: '等锁的 goroutine 直接睡下，不先自旋一会儿。',
    en: 'A goroutine that waits for a mutex goes to sleep without spinning first.',
  },
  {
    area: 'scheduler',
    files: ['runtime/timers.ts'],
    zh: '定时器只来自 time.Sleep、time.After 和 Ticker，到点以前不改也不删。',
    en: 'Only time.Sleep, time.After and tickers make timers, and none is changed or deleted before it fires.',
  },
  {
    area: 'scheduler',
    files: ['runtime/panic.ts', 'runtime/netpoll.ts'],
    zh: '崩溃报告里没有栈：情景文件没有源代码的行。',
    en: 'Reports of a panic have no stacks: a scenario has no source lines.',
  },
  {
    area: 'scheduler',
    files: ['runtime/call-operations.ts'],
    zh: '程序自己不要信号（os/signal），进程也不会被停住；结束了的线程，它的那一行还在。',
    en: 'Programs ask for no signals (os/signal), and a process is never stopped; the row of a thread that has ended stays.',
  },
  {
    area: 'network',
    files: ['runtime/connections.ts', 'runtime/netread.ts'],
    zh: 'netread 的连接是怎么连上的不演，它们也不占 epoll 的表和描述符的上限。',
    en: 'How the connection of a netread came about is not shown; it takes no place in the epoll set and none of the limit of descriptors.',
  },
  {
    area: 'network',
    files: ['runtime/own-calls.ts'],
    zh: '运行时往描述符 2 写字，管道满了就丢掉，不等。',
    en: 'What the runtime writes to descriptor 2 is lost where that is a full pipe, instead of waited for.',
  },
  {
    area: 'machine',
    files: ['asm/frame.ts'],
    zh: '栈不会长：没有检查栈够不够的那几条指令（morestack）。',
    en: 'Stacks do not grow: the check of the stack’s limit (morestack) is left out.',
  },
  {
    area: 'machine',
    files: ['asm/amd64/others.ts', 'asm/arm64/atomics.ts'],
    zh: '指令一条接一条：LOCK、内存屏障和独占访问没有别人要防。',
    en: 'One instruction comes after the other: LOCK, barriers and exclusive accesses have nobody to guard against.',
  },
  {
    area: 'machine',
    files: ['asm/preprocess.ts', 'asm/variables.ts'],
    zh: '清单里没有带参数的宏，变量里没有地址。',
    en: 'Listings have no macros with parameters, and variables hold no addresses.',
  },
  {
    area: 'machine',
    files: ['run/playground.ts'],
    zh: '实验台上没有更夫：它的巡查会插在指令中间。',
    en: 'The playground has no sysmon: its rounds would come between the instructions.',
  },
  {
    area: 'kernel',
    files: ['kernel/calls/process.ts', 'kernel/calls/identity.ts', 'kernel/calls/status.ts'],
    zh: '机器上只有这一个程序，身份是 root，没有子进程；八个处理器，8 GiB 内存用着一半；资源上限记着，但不拦。',
    en: 'The program is alone, runs as root and has no children; eight processors, 8 GiB of memory half in use; limits are remembered and limit nothing.',
  },
  {
    area: 'kernel',
    files: [
      'kernel/calls/aio.ts',
      'kernel/calls/filesystem.ts',
      'kernel/calls/ipc.ts',
      'kernel/calls/notify.ts',
      'kernel/calls/system.ts',
      'kernel/calls/timer.ts',
      'kernel/calls/xattr.ts',
    ],
    zh: '异步 I/O、文件系统、System V 通信、文件通知、内核模块、会发信号的定时器、扩展属性：只解码，不演。',
    en: 'Asynchronous I/O, file systems, System V IPC, notification, modules, timers that send signals and extended attributes are only decoded.',
  },
  {
    area: 'kernel',
    files: ['kernel/calls/signal.ts', 'kernel/signal-sets.ts', 'kernel/calls/epoll.ts', 'kernel/calls/select.ts'],
    zh: '信号发给整个进程，不分线程；等待时的信号掩码只检查，不起作用。',
    en: 'Signals are for the process, whichever thread they were sent to; the masks of calls that wait are checked and do nothing.',
  },
  {
    area: 'kernel',
    files: ['kernel/calls/futex.ts'],
    zh: 'futex 不分私有和共享，也没有优先级继承。',
    en: 'Private and shared futexes are one, and nobody inherits a priority.',
  },
  {
    area: 'kernel',
    files: ['kernel/calls/mmap.ts'],
    zh: '情景自己的内存块不动；mremap 不能指定新地址。',
    en: 'A scenario’s own blocks of memory stay where they are; mremap takes no new address.',
  },
  {
    area: 'descriptors',
    files: ['kernel/calls/read-write.ts', 'kernel/calls/descriptors.ts', 'kernel/calls/files.ts', 'kernel/calls/names.ts'],
    zh: '没有人在终端上打字，终端也从不写满；SIGIO 不发；目录按字母排；没有 mknod 造的设备和管道文件；文件没有空洞。',
    en: 'Nobody types at the terminal, which is never full; SIGIO is never sent; directories are in alphabetical order; mknod makes no devices and FIFOs; files have no holes.',
  },
  {
    area: 'descriptors',
    files: ['kernel/socket-options.ts'],
    zh: '套接字的多数选项只记着、能问到，不起作用。',
    en: 'Most options of sockets are remembered and told, and change nothing.',
  },
  {
    area: 'descriptors',
    files: ['kernel/strace.ts', 'kernel/socket-strace.ts'],
    zh: 'strace 的记录在排版上有几处和真的不同。',
    en: 'The lines of the strace log differ from real ones in their layout here and there.',
  },
];

/** In every language; English stands in where one has no words of its own yet. */
export const SIMPLIFIED: readonly Simplification[] = ROWS.map((row) => ({ ...writtenText(row), area: row.area, files: row.files }));
