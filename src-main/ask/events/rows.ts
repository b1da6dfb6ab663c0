/**
 * Which event each row of the model belongs to. An event is what a class would name: “main starts a goroutine” is seven rows of newproc1 and
 * one of runqput. It is made of steps of one thread, up to where the thread's next event begins. Pure.
 */
import type { EventGroup } from './groups';

/**
 * By group, then event: its rows, those of one function behind a colon. Signs after a row:
 *   >    always begins an event
 *   +    goes on with whatever the thread is at; begins this event only where there is nothing to go on with
 *   ^a,b turns an event a or b of the thread into this one; else begins it. ^ops: any operation of the group `wait`
 *   !    the step that the event is told at; without one that is its first
 * A row without a sign goes on with an event of this kind, else begins one.
 */
const TABLE: Readonly<Record<EventGroup, Readonly<Record<string, string>>>> = {
  program: {
    // Types without rows are events of recorded runs (recorded.ts).
    logs: '',
    op: 'main.*: *>',
    calls: '*: call+ return+',
    instructions: '*: *+',
    defers: 'deferproc: newdefer>',
    deferred: 'deferreturn: jmpdefer>',
    atomic: 'Xadd64: xadd>',
    clock: 'nanotime1: vdso>; gettimeofday: vdso>',
    prints: 'gwrite: write+',
  },
  schedule: {
    isThere: '',
    creates: '',
    runs: '',
    yields: '',
    hops: '',
    create: 'newproc1: acquirem> gfget malg sched casgstatus goid! releasem+',
    enqueue: 'runqput: runnext+ put+',
    overflow: 'runqputslow: cas-head> lock globrunqputbatch!',
    look: 'schedule: lockedg?+ top> gcwaiting?+ safepoint?+ lock+ tick61+ lockedm?+; runqget: runnext+ head+ empty+; findrunnable: top+ lock+ global+ netpoll0+ spin?+ steal[0]+ steal[1]+ steal[2]+ steal[3]+ lock-recheck+ recheck1+ recheckQueues+ lock-pidleget+ poll-lock+ poll-ready+',
    run: 'execute: curg^look casgstatus! reset schedtick gogo',
    spin: 'findrunnable: spin^look! spin-again+ poll-spin+; resetspinning: nmspinning+; runqgrab: usleep3+',
    steal: 'runqgrab: cas>! cas-runnext>!',
    idle: 'findrunnable: pidleput>! unspin+',
    again: 'findrunnable: pidleget-again>!',
    afterPoll: 'findrunnable: poll-pidleget>!',
    gosched: 'gosched_m: gosched>',
    goyield: 'goyield_m: casgstatus> dropg',
    preempted: 'gopreempt_m: preempt>; goschedImpl: casgstatus+ dropg+ lock+ globrunqput+; asyncPreempt2: gopreempt_m+',
    stackcheck: 'newstack: throwsplit?> preempt? canPreempt',
    refuse: 'newstack: refuse^stackcheck!',
    signal: 'doSigPreempt: wantAsyncPreempt> isAsyncSafePoint done',
    leaves: 'goexit1: goexit0>; goexit0: casgstatus g.m=nil lockedInt? gfput exit-thread; mcall: switch+',
  },
  threads: {
    addsP: '',
    takesP: '',
    leavesP: '',
    wakem: 'wakep: cas-nmspinning>; startm: lock pidleget mget nextp notewakeup!',
    newm: 'allocm: lock^wakem mcommoninit; newm: nextp; newm1: clone!',
    newmByTemplate: 'newm: handoff^newm! wake-template',
    begins: 'mstart1: minit> nextp=nil!; mspinning: spinning; wirep: m.p+ p.m+ status+; releasep: m.p=nil+ p.m=nil+ status+',
    sleeps: 'stopm: lock> mput notesleep!',
    wakes: 'stopm: noteclear> nextp=nil!',
    handoff: 'handoffp: runq> globalrunq spinning lock lastp',
    handoffStop: 'handoffp: gcwaiting^handoff!',
    handoffSafe: 'handoffp: safepoint+',
    handoffIdle: 'handoffp: idle^handoff!',
    boundWaits: 'stoplockedm: lock> nmidlelocked notesleep!',
    boundWakes: 'stoplockedm: noteclear> nextp=nil!',
    boundRuns: 'startlockedm: lock> nmidlelocked nextp notewakeup!',
    binds: 'LockOSThread: startTemplateThread> lockedExt dolockOSThread!',
    unbinds: 'UnlockOSThread: lockedExt> dounlockOSThread!',
    template: 'templateThread: lock> nmsys take! notesleep noteclear',
    mexits: 'mexit: lock> nmfreed exitThread! notesleep!',
    books: 'incidlelocked: lock+ nmidlelocked+; checkdead: run+ scan+ timers+; setMaxThreads: lock> checkmcount',
  },
  syscall: {
    enters: '',
    returns: '',
    returnsLate: '',
    losesP: '',
    enter:
      'reentersyscall: locks++> stackguard0 throwsplit save syscallsp casgstatus sysmonwait?+ safepoint?+ m.syscalltick sysblocktraced mcache p.m=nil oldp m.p=nil psyscall! gcwaiting?+ locks--+; entersyscall_sysmon: lock+ wake+',
    enterStop: 'entersyscall_gcwait: lock> cas! p.syscalltick++',
    enterBlock:
      'entersyscallblock: locks++> m.syscalltick sysblocktraced p.syscalltick++ save syscallsp casgstatus handoff! resave+ locks--+',
    kernel: 'futexsleep: futex>',
    kernelReturn: '*: SYSRET>! kernel-retry+; futexsleep: return>',
    back: 'exitsyscall: locks++> framecheck+ waitsince+ oldp+ p.syscalltick+++ casgstatus+! syscallsp=0+ locks--+ stackguard0+ throwsplit+ sysexitticks=0+ tracewait+ sysexitticks+ slow-locks--+ tail+; exitsyscallfast: frozen+ cas-oldp+ pidle?+ tracewait+; exitsyscallfast_pidle: lock+ wakesysmon+',
    backAba: 'exitsyscallfast_reacquired: same+ aba^back!',
    backIdle: 'exitsyscallfast_pidle: pidleget^back',
    backLate: 'exitsyscall0: casgstatus^back,backIdle! dropg lock pidleget globrunqput wakesysmon unlock execute',
    backBound: 'exitsyscall0: stoplockedm^backLate!',
    backSleeps: 'exitsyscall0: stopm^backLate!',
    notetsleepg: 'notetsleepg: return+',
  },
  wait: {
    waits: '',
    readies: '',
    send: 'chansend: lock> closed? recvq buffer sendq done full? full',
    recv: 'chanrecv: lock> closed? sendq buffer recvq done empty? empty',
    close: 'closechan: lock> closed! release done',
    select: 'selectgo: pollorder> recv bufrecv rclose send bufsend sclose default enqueue dequeue-others; sellock: lock+',
    blocks: 'block: gopark>',
    lock: 'Lock: fast>! slow handed+; semacquire1: cansemacquire+ lock+ queue+',
    unlock: 'Unlock: add>! slow; semrelease1: add+ lock+ dequeue+ handoff+',
    wgAdd: 'WaitGroup: Add> Add-release',
    wgWait: 'WaitGroup: Wait> Wait-woken+',
    rlock: 'RLock: add>',
    runlock: 'RUnlock: add> slow',
    wlock: 'RWMutex.Lock: announce> readerWait',
    wunlock: 'RWMutex.Unlock: announce>',
    condWait: 'notifyListAdd: wait>; notifyListWait: lock notified? queue',
    signalOne: 'notifyListNotifyOne: nobody?> lock notify!',
    signalAll: 'notifyListNotifyAll: nobody?> lock notify!',
    once: 'Do: done?> again done',
    park: 'gopark: acquirem^ops waitreason releasem; park_m: casgstatus! dropg unlockf',
    stays: 'park_m: again>!',
    ready: 'ready: casgstatus>! releasem+',
    fdlock: 'rwlock: lock+',
    fdunlock: 'rwunlock: unlock+',
  },
  sysmon: {
    round: 'sysmon: lock nmsys usleep lock-deep deep? timers retake; retake: schedtick leave',
    note: 'retake: first>!',
    retake: 'retake: retake>! p.syscalltick++',
    // The same row, when its compare-and-swap has failed.
    retakeLost: '',
    preempt: 'retake: preempt>; preemptone: preempt! p.preempt; preemptM: signalPending tgkill',
    deepsleep: 'sysmon: deepsleep>!',
    sysmonWakes: 'sysmon: lock-wake> wake!',
    sysmonPolls: 'sysmon: netpoll>',
    forcegc: 'sysmon: lock-forcegc> forcegc!',
    forcegcSleeps: 'forcegchelper: lock> idle!',
    forcegcStarts: 'forcegchelper: gcStart>!',
    schedtrace: 'schedtrace: lock> sched P M G',
  },
  timers: {
    sleep: 'timeSleep: when>; startTimer: addtimer',
    fires: 'checkTimers: run>!',
    polls: 'findrunnable: netpollBlock>!; netpoll: epollwait+',
    news: 'netpoll: events>!',
    polled: 'findrunnable: netpoll-done+',
    breaks: 'findrunnable: netpollBreak>!',
    inject: 'injectglist: trace> lock globrunqput!',
    watchFd: 'netpollopen: epollctl>!',
    unwatchFd: 'netpollclose: epollctl>!',
    ioReset: 'poll_runtime_pollReset: rg+',
    ioBlock: 'netpollblock: rg> woken+',
    ioUnblock: 'poll_runtime_pollUnblock: closing>!',
    closeFd: 'increfAndClose: close>!',
  },
  stop: {
    stopsWorld: '',
    gcBegins: '',
    gcEnds: '',
    stopAsk: 'stopTheWorldWithSema: preemptoff> lock stopwait! self syscalls syscalls-tick idle unlock',
    stopWait: 'stopTheWorldWithSema: wait> wait-over+',
    stopped: 'stopTheWorldWithSema: check>!',
    collects: 'gc: stopped>',
    starts:
      'startTheWorldWithSema: acquirem> lock procresize gcwaiting=0! wakesysmon unlock nextp notewakeup started releasem+; procresize: release+',
    gomaxprocs: 'GOMAXPROCS: lock> ret newprocs!',
    stops: 'gcstopm: spinning> lock status!',
    freeze: 'freezetheworld: gcwaiting>! usleep',
    safeAsk: 'forEachP: acquirem> lock safePointWait! runSafePointFn idle unlock self syscalls p.syscalltick++',
    safeWait: 'forEachP: wait> wait-over+',
    safeDone: 'forEachP: check> lock-done safePointFn=nil! releasem+',
    safeRun: 'runSafePointFn: cas> fn! lock safePointWait',
    gcTest: 'gcStart: test>',
    gcMark: 'gcMarkDone: casgstatus> casgstatus-back',
  },
  c: {
    cgocall: 'cgocall: ncgocall> incgo!',
    cgoBack: 'cgocall: return> done!',
    callback: 'cgocallback_gofunc: curg>!; cgocallbackg: lockOSThread incgo=false; cgocallbackg1: newextram fn',
    callbackBack: 'cgocallbackg: incgo=true>; cgocallback_gofunc: g0!; unwindm: ncgo-- unlockOSThread',
    needm: 'needm: lockextra> needextram unlockextra minit! casgstatus',
    dropm: 'dropm: casgstatus> lockextra unlockextra!',
    newextram: 'newextram: waiters> lockextra unlockextra; oneNewExtraM: malg! gp.m lockextra unlockextra',
  },
  end: {
    mainEnds: 'main: exit>',
    osexit: 'exit: exit_group>',
    panics: 'gopanic: panic> defer fatalpanic',
    recovers: 'gopanic: recovery>; gorecover: recovered> nil>',
    goexits: 'Goexit: Goexit> defer goexit1',
    throws: 'throw: print>',
    dying: 'startpanic_m: panicking>; printpanics: print; dopanic_m: goroutine runtime-stack; tracebackothers: curgp allgs',
    deadlock: 'checkdead: dead>!',
    nobodyLeft: 'checkdead: none>!',
  },
};

export interface RowEvent {
  /** Index into EVENT_TYPES. */
  type: number;
  begins: boolean;
  joins: boolean;
  /** Types that the row turns into its own. */
  turns: ReadonlySet<number>;
  isKey: boolean;
}

export const EVENT_TYPES: readonly string[] = Object.values(TABLE).flatMap((events) => Object.keys(events));
const GROUP_OF = Object.entries(TABLE).flatMap(([group, events]) => Object.keys(events).map(() => group as EventGroup));

export const groupOf = (type: number): EventGroup => GROUP_OF[type] as EventGroup;

export const typeNumber = (name: string): number => {
  const number = EVENT_TYPES.indexOf(name);
  if (number < 0) throw new Error(`there is no event ${name}`);
  return number;
};

/** Operations that may end in gopark; `stays` goes to sleep again. */
const OPERATIONS = [
  ...['send', 'recv', 'select', 'blocks', 'lock', 'unlock', 'wgWait', 'rlock', 'wlock', 'condWait', 'stays', 'fdlock', 'once'],
  ...['sleep', 'ioReset', 'ioBlock', 'ioUnblock', 'forcegcSleeps'],
].map(typeNumber);

/** Rows whose names are written out, by `fn/at`. */
const exact = new Map<string, RowEvent>();
/** Rows of functions that are known at run time only: beginning of the function's name, and its row; '' for any. */
const patterns: { fn: string; at: string; row: RowEvent }[] = [];

const SIGNED = /^(.+?)(>?)(\+?)(?:\^([\w,]+))?(!?)$/;

function readTable(): void {
  for (const events of Object.values(TABLE))
    for (const [name, functions] of Object.entries(events))
      for (const part of functions.split(';').filter(Boolean)) {
        const [fn = '', rows = ''] = part.trim().split(/:\s+/);
        for (const signed of rows.trim().split(/\s+/)) {
          // The row p.syscalltick++ ends in signs of its own.
          const plus = /^([\w.-]+\+\+)(.*)$/.exec(signed);
          const [, at = '', begins, joins, turns, key] = plus
            ? [signed, plus[1], ...(/^(>?)(\+?)(?:\^([\w,]+))?(!?)$/.exec(plus[2] ?? '')?.slice(1) ?? [])]
            : (SIGNED.exec(signed) ?? []);
          const row: RowEvent = {
            type: typeNumber(name),
            begins: begins === '>',
            joins: joins === '+',
            turns: new Set(turns === undefined ? [] : turns === 'ops' ? OPERATIONS : turns.split(',').map(typeNumber)),
            isKey: key === '!',
          };
          if (fn.includes('*')) patterns.push({ fn: fn.replace('*', ''), at: at === '*' ? '' : at, row });
          else exact.set(`${fn}/${at}`, row);
        }
      }
  // The longer a pattern, the more it means.
  patterns.sort((a, b) => b.fn.length + b.at.length - a.fn.length - a.at.length);
}

let isRead = false;

/** Read when the first row is asked for: the window's first picture stands where nothing has happened yet. */
function table(): { exact: typeof exact; patterns: typeof patterns } {
  if (!isRead) readTable();
  isRead = true;
  return { exact, patterns };
}

/** Whether the table names the row itself. */
export const isNamed = (fn: string, at: string): boolean => table().exact.has(`${fn}/${at}`);

const known = new Map<string, Map<string, RowEvent>>();

/** What a row belongs to. Every row belongs to something: what no name and no other pattern fits is an instruction. */
export function eventOfRow(fn: string, at: string): RowEvent {
  let ofFn = known.get(fn);
  if (!ofFn) known.set(fn, (ofFn = new Map<string, RowEvent>()));
  let row = ofFn.get(at);
  if (!row) {
    row =
      table().exact.get(`${fn}/${at}`) ??
      table().patterns.find((each) => fn.startsWith(each.fn) && (each.at === '' || each.at === at))?.row;
    if (!row) throw new Error(`${fn}/${at} belongs to no event`);
    ofFn.set(at, row);
  }
  return row;
}
