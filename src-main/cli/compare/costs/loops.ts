/** What is measured of the runtime: loops that do one thing over and over, in the model and in Go. One P, nobody disturbs. */

export interface Loop {
  readonly name: string;
  /** What is done in each turn, as operations of a scenario; of the other goroutine, where it takes two. */
  readonly turn: string;
  readonly other?: string;
  /** The same in Go; `n` turns. What stands in `before` is not measured. */
  readonly go: { readonly before?: string; readonly turn: string; readonly other?: string };
}

/** `c` and `d` are without a buffer, `b` has room for every turn, `e` for one. */
export const LOOPS: readonly Loop[] = [
  {
    name: 'round trip over channels',
    turn: '{ send: c }, { recv: d }',
    other: '{ recv: c }, { send: d }',
    go: { before: 'c, d := make(chan int), make(chan int)', turn: 'c <- 1; <-d', other: '<-c; d <- 1' },
  },
  { name: 'Gosched', turn: 'gosched', go: { turn: 'runtime.Gosched()' } },
  { name: 'go, its exit and Gosched', turn: '{ go: w }, gosched', go: { turn: 'go w(); runtime.Gosched()' } },
  { name: 'Lock and Unlock', turn: '{ lock: mu }, { unlock: mu }', go: { before: 'var mu sync.Mutex', turn: 'mu.Lock(); mu.Unlock()' } },
  { name: 'send into a buffer', turn: '{ send: b }', go: { before: 'b := make(chan int, n)', turn: 'b <- 1' } },
  {
    name: 'send and receive over a buffer',
    turn: '{ send: e }, { recv: e }',
    go: { before: 'e := make(chan int, 1)', turn: 'e <- 1; <-e' },
  },
  { name: 'Syscall', turn: call('Syscall'), go: { turn: 'syscall.Syscall(syscall.SYS_GETPID, 0, 0, 0)' } },
  { name: 'RawSyscall', turn: call('RawSyscall'), go: { turn: 'syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0)' } },
];

function call(via: string): string {
  return `{ syscall: { name: getpid, via: ${via} } }`;
}
