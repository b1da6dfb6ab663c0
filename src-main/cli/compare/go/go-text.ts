/** A program as Go source: one function for each goroutine, many programs in one file, so that they are compiled together. */
import { rowOf } from '../../../model/operations/index';
import type { Operation } from '../../../model/operations/index';
import { C_EXPORT, C_PREAMBLE, CONNECTIONS } from './go-outside';
import type { Program } from './program';

/** What all programs of a file share. See `mark`: what a program has reached is known even if it dies in the next moment. */
const head = (hasC: boolean): string => `package main
${hasC ? C_PREAMBLE : ''}
import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

//go:linkname allp runtime.allp
var allp []*struct {
	id          int32
	status      uint32
	link        uintptr
	schedtick   uint32
	syscalltick uint32
}

var spinsPerMs = 1000

// What stands before each operation: every operation of the model is a call, and a call is where a goroutine gives way.
//
//go:noinline
func op() { op2() }

//go:noinline
func op2() {}

// Written at once and without telling the scheduler.
//
//go:nosplit
//go:noinline
func mark(label, self uint32) {
	pair := [2]uint32{label, self}
	syscall.RawSyscall(syscall.SYS_WRITE, 3, uintptr(unsafe.Pointer(&pair)), 8)
}

// Works for so long on the processor: while others have it the clock goes on, and a reading that is late counts as nothing.
func compute(ns int64) {
	for worked, last := int64(0), time.Now(); worked < ns; {
		now := time.Now()
		if passed := int64(now.Sub(last)); passed < 50000 {
			worked += passed
		}
		last = now
	}
}

// No call in it: only a signal stops it.
func spin(n int) {
	for i := 0; i < n; i++ {
	}
}

func nanosleep(ns int64, isRaw bool) {
	ts := syscall.NsecToTimespec(ns)
	if isRaw {
		syscall.RawSyscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&ts)), 0, 0)
	} else {
		syscall.Syscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&ts)), 0, 0)
	}
}

func number(text string) (n int) {
	for _, digit := range text {
		n = n*10 + int(digit-'0')
	}
	return n
}

// As the model's first state: nobody queues, and P0 counts from the same numbers.
func begin() {
	for i := 0; i < 8; i++ {
		runtime.Gosched()
	}
	allp[0].schedtick = 1
	allp[0].syscalltick = 3
}

var _ sync.Mutex
${CONNECTIONS}${hasC ? C_EXPORT : ''}
func main() {
	if os.Args[1] == "sender" {
		sender()
		return
	}
	if os.Args[1] == "calibrate" {
		least := time.Duration(1 << 62)
		for i := 0; i < 50; i++ {
			from := time.Now()
			spin(1000000)
			if took := time.Since(from); took < least {
				least = took
			}
		}
		println(int(1000000 * int64(time.Millisecond) / int64(least)))
		return
	}
	spinsPerMs = number(os.Args[2])
	run := programs[number(os.Args[1])]
	if os.Args[3] == "connected" {
		connect()
	}
	begin()
	run()
}
`;

const MS = 1_000_000;

/** Writes one program; all of its names begin with \`prefix\`. */
class Writer {
  private readonly onces = new Set<string>();
  private readonly atomics = new Set<string>();
  /** By channel: the number of ticks after which it is stopped. */
  private readonly tickers = new Map<string, number>();

  constructor(
    private readonly program: Program,
    private readonly prefix: string,
    /** The functions that C calls, of all programs of the file. */
    private readonly callbacks: string[],
  ) {}

  /** The declarations and the function \`PREFIXrun\`. */
  text(): string {
    const { goroutines, channels, mutexes, rwmutexes, conds, waitgroups, timers } = this.program;
    const functions = Object.entries(goroutines).map(([name, operations]) => this.goroutine(name, operations));
    const p = this.prefix;
    const made = Object.entries(channels).filter(([name]) => !timers.includes(name));
    return [
      ...made.map(([name]) => `var ${p}${name} chan int`),
      ...timers.map((name) => `var ${p}${name} <-chan time.Time`),
      ...[...mutexes.map((name) => [name, 'Mutex']), ...rwmutexes.map((name) => [name, 'RWMutex'])].map(
        ([name, type]) => `var ${p}${name} sync.${type}`,
      ),
      ...Object.keys(conds).map((name) => `var ${p}${name} *sync.Cond`),
      ...waitgroups.map((name) => `var ${p}${name} sync.WaitGroup`),
      ...[...this.onces].map((name) => `var ${p}once_${name} sync.Once`),
      ...[...this.atomics].map((name) => `var ${p}atomic_${name} int64`),
      ...[...this.tickers.keys()].flatMap((name) => [`var ${p}tick_${name} *time.Ticker`, `var ${p}ticks_${name} uint32`]),
      ...Object.keys(goroutines).map((name) => `var ${p}made_${name} uint32`),
      `func ${p}run() {`,
      ...made.map(([name, { cap }]) => `\t${p}${name} = make(chan int, ${cap})`),
      ...Object.entries(conds).map(([name, { mutex }]) => `\t${p}${name} = sync.NewCond(&${p}${mutex})`),
      `\t${p}g_main(1)`,
      '}',
      ...functions,
    ].join('\n');
  }

  private goroutine(name: string, operations: readonly Operation[]): string {
    const body = this.block(operations);
    const own = body.includes('netread(') ? 'var conn *connection\n' : '';
    return `func ${this.prefix}g_${name}(self uint32) {\n${own}${body}\n}`;
  }

  /** A function that C calls, by its place in the table. */
  private callback(operations: readonly Operation[]): number {
    return this.callbacks.push(`func(self uint32) {\n${this.block(operations)}\n}`) - 1;
  }

  /** A tick was taken: the ticker is stopped after the last. */
  private counted(channel: string): string[] {
    const times = this.tickers.get(channel);
    const p = this.prefix;
    return times === undefined ? [] : [`if atomic.AddUint32(&${p}ticks_${channel}, 1) == ${times} {`, `${p}tick_${channel}.Stop()`, '}'];
  }

  private block(operations: readonly Operation[]): string {
    return operations.flatMap((each) => [...(isCall(each) ? ['op()'] : []), ...this.statements(each)]).join('\n');
  }

  private statements(operation: Operation): string[] {
    const p = this.prefix;
    switch (operation.kind) {
      case 'compute':
        return [`compute(${operation.ns})`];
      case 'spin':
        return [`spin(spinsPerMs * ${operation.ns} / ${MS})`];
      case 'go': {
        const { name, times } = operation;
        return [`for i := 0; i < ${times}; i++ {`, `go ${p}g_${name}(atomic.AddUint32(&${p}made_${name}, 1))`, '}'];
      }
      case 'gosched':
        return ['runtime.Gosched()'];
      case 'syscall':
        return [callText(operation)];
      case 'netread':
        return [`netread(&conn, ${operation.takesNs})`];
      case 'cgo':
        if (operation.callback === null) return [`C.rest(${operation.takesNs})`];
        return [`C.callGo(${this.callback(operation.callback as Operation[])}, C.uint(self), ${operation.takesNs})`];
      case 'cgothread':
        return [`C.startThread(${this.callback(operation.callback as Operation[])}, ${operation.afterNs})`];
      case 'sleep':
        return [`time.Sleep(${operation.ns})`];
      case 'send':
        return [`${p}${operation.channel} <- 1`];
      case 'recv':
        return [`<-${p}${operation.channel}`, ...this.counted(operation.channel)];
      case 'close':
        return [`close(${p}${operation.channel})`];
      case 'select':
        return [
          'select {',
          ...operation.cases.flatMap(({ does, body }) => [
            does === null ? 'default:' : does.dir === 'send' ? `case ${p}${does.chan} <- 1:` : `case <-${p}${does.chan}:`,
            this.block(body as Operation[]),
          ]),
          '}',
        ];
      case 'lock':
        return [`${p}${operation.mutex}.Lock()`];
      case 'unlock':
        return [`${p}${operation.mutex}.Unlock()`];
      case 'rlock':
        return [`${p}${operation.rwmutex}.RLock()`];
      case 'runlock':
        return [`${p}${operation.rwmutex}.RUnlock()`];
      case 'condwait':
        return [`${p}${operation.cond}.Wait()`];
      case 'signal':
        return [`${p}${operation.cond}.Signal()`];
      case 'broadcast':
        return [`${p}${operation.cond}.Broadcast()`];
      case 'once':
        this.onces.add(operation.name);
        return [`${p}once_${operation.name}.Do(func() {`, this.block(operation.body), '})'];
      case 'atomic':
        this.atomics.add(operation.name);
        return [`atomic.AddInt64(&${p}atomic_${operation.name}, ${operation.add})`];
      case 'after':
        return [`${p}${operation.channel} = time.After(${operation.ns})`];
      case 'ticker':
        this.tickers.set(operation.channel, operation.times);
        return [
          `${p}tick_${operation.channel} = time.NewTicker(${operation.everyNs})`,
          `${p}${operation.channel} = ${p}tick_${operation.channel}.C`,
        ];
      case 'add':
        return [`${p}${operation.waitgroup}.Add(${operation.n})`];
      case 'done':
        return [`${p}${operation.waitgroup}.Done()`];
      case 'wait':
        return [`${p}${operation.waitgroup}.Wait()`];
      case 'lockosthread':
        return ['runtime.LockOSThread()'];
      case 'unlockosthread':
        return ['runtime.UnlockOSThread()'];
      case 'gomaxprocs':
        return [`runtime.GOMAXPROCS(${operation.n})`];
      case 'defer':
        return ['defer func() {', this.block(operation.body), '}()'];
      case 'recover':
        return ['recover()'];
      case 'goexit':
        return ['runtime.Goexit()'];
      case 'exit':
        return [`os.Exit(${operation.code})`];
      case 'panic':
        return [`panic(${JSON.stringify(operation.text)})`];
      case 'print':
        return [`println(${JSON.stringify(operation.text)})`];
      case 'mark':
        return [`mark(${operation.text}, self)`];
      case 'repeat':
        return [`for i := 0; i < ${operation.times}; i++ {`, this.block(operation.body), '}'];
      default:
        throw new Error(`${rowOf(operation).kind} has no Go statement`);
    }
  }
}

function callText({ name, args, via }: Extract<Operation, { kind: 'syscall' }>): string {
  const [first] = args;
  if (name === 'nanosleep' && typeof first === 'object' && 'words' in first)
    return `nanosleep(${first.words[1] ?? 0}, ${via === 'RawSyscall'})`;
  if (args.length > 0) throw new Error(`${name} has no Go statement with these arguments`);
  return `syscall.${via ?? 'Syscall'}(syscall.SYS_${name.toUpperCase()}, 0, 0, 0)`;
}

const isCall = (operation: Operation): boolean => rowOf(operation).opening !== null;

/**
 * The file: `PROGRAM N SPINS connected` runs program N, with connections for `netread`, `PROGRAM N SPINS alone` without;
 * `PROGRAM calibrate` prints how many turns of `spin` a millisecond has. `hasC`: whether the programs call C.
 */
export function goText(programs: readonly Program[], hasC = false): string {
  const callbacks: string[] = [];
  const written = programs.map((program, i) => new Writer(program, `p${i}_`, callbacks).text());
  const table = programs.map((_, i) => `\tp${i}_run,`).join('\n');
  const called = hasC
    ? `\n// Filled when the program begins: they call C, which calls them.\nvar callbacks []func(uint32)\n\nfunc init() {\ncallbacks = []func(uint32){\n${callbacks.join(',\n')},\n}\n}\n`
    : '';
  return `${head(hasC)}\nvar programs = []func(){\n${table}\n}\n${called}\n${written.join('\n\n')}\n`;
}
