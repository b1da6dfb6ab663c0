/** The file of a trace of Go 1.11 to 1.21: events of each P in batches, tables of stacks and strings, the clock's frequency at the end. */
import { BadTrace } from '../bad-trace';
import { ByteCursor, textOf } from '../byte-source';

/** Events, by their numbers: name, arguments after the time, whether a stack follows them. */
const TABLE: readonly (readonly [name: string, args: number, hasStack?: boolean])[] = [
  ['None', 0],
  ['Batch', 0],
  ['Frequency', 0],
  ['Stack', 0],
  ['Gomaxprocs', 1, true],
  ['ProcStart', 1],
  ['ProcStop', 0],
  ['GCStart', 1, true],
  ['GCDone', 0],
  ['GCSTWStart', 1],
  ['GCSTWDone', 0],
  ['GCSweepStart', 0, true],
  ['GCSweepDone', 2],
  ['GoCreate', 2, true],
  ['GoStart', 2],
  ['GoEnd', 0],
  ['GoStop', 0, true],
  ['GoSched', 0, true],
  ['GoPreempt', 0, true],
  ['GoSleep', 0, true],
  ['GoBlock', 0, true],
  ['GoUnblock', 2, true],
  ['GoBlockSend', 0, true],
  ['GoBlockRecv', 0, true],
  ['GoBlockSelect', 0, true],
  ['GoBlockSync', 0, true],
  ['GoBlockCond', 0, true],
  ['GoBlockNet', 0, true],
  ['GoSysCall', 0, true],
  ['GoSysExit', 3],
  ['GoSysBlock', 0],
  ['GoWaiting', 1],
  ['GoInSyscall', 1],
  ['HeapAlloc', 1],
  ['HeapGoal', 1],
  ['TimerGoroutine', 0],
  ['FutileWakeup', 0],
  ['String', 0],
  ['GoStartLocal', 1],
  ['GoUnblockLocal', 1, true],
  ['GoSysExitLocal', 2],
  ['GoStartLabel', 3],
  ['GoBlockGC', 0, true],
  ['GCMarkAssistStart', 0, true],
  ['GCMarkAssistDone', 0],
  ['UserTaskCreate', 3, true],
  ['UserTaskEnd', 1, true],
  ['UserRegion', 3, true],
  ['UserLog', 2, true],
  ['CPUSample', 3, true],
];

const numberOf = (name: string): number => TABLE.findIndex(([each]) => each === name);
const BATCH = numberOf('Batch');
const FREQUENCY = numberOf('Frequency');
const STACK = numberOf('Stack');
const STRING = numberOf('String');
const USER_LOG = numberOf('UserLog');
const CPU_SAMPLE = numberOf('CPUSample');
const TIMER_GOROUTINE = numberOf('TimerGoroutine');

/** In the two highest bits stands the number of arguments; this many: their length in bytes follows. */
const MANY = 3;
const DEEPEST_STACK = 1_000;
const LONGEST_STRING = 1_000_000;

export interface V1Event {
  name: string;
  /** Ticks. */
  ticks: number;
  p: number;
  /** The goroutine that runs on the P, as its batches tell. */
  g: number;
  args: number[];
  stack: number;
  /** UserLog: what is logged. */
  text: string;
  /** Place among all in their order; set when they are ordered. */
  index: number;
}

interface Stretch {
  from: number;
  to: number;
  ticks: number;
}

export interface V1File {
  nsPerTick: number;
  /** Of each P: its batches. */
  batches: Map<number, Stretch[]>;
  strings: Map<number, string>;
  /** FRAME_NUMBERS for each frame, innermost first. */
  stacks: Map<number, readonly number[]>;
  bytes: Uint8Array;
  /** Bytes of events that have been read, counted each time. */
  passed: number;
}

/** What stands behind the file's head, `from`. Throws BadTrace. */
export function readFile(bytes: Uint8Array, from: number): V1File {
  const file: V1File = { nsPerTick: 0, batches: new Map(), strings: new Map(), stacks: new Map(), bytes, passed: 0 };
  const cursor = new ByteCursor(bytes, from);
  let open: Stretch | null = null;
  while (!cursor.isAtEnd) {
    const at = cursor.at;
    const head = cursor.byte();
    const type = head & 0x3f;
    if (type === 0 || type >= TABLE.length) throw BadTrace.damaged(at);
    if (type === STRING) {
      const id = cursor.varint();
      const length = cursor.varint();
      if (id <= 0 || length <= 0 || length > LONGEST_STRING || file.strings.has(id)) throw BadTrace.damaged(at);
      file.strings.set(id, textOf(cursor.take(length)));
      continue;
    }
    const args = argumentsOf(cursor, head >> 6, at);
    if (type === BATCH) {
      const [p = 0, ticks = 0] = args;
      if (args.length !== 2) throw BadTrace.damaged(at);
      const known = file.batches.get(p);
      open = { from: cursor.at, to: cursor.at, ticks };
      if (known) known.push(open);
      else file.batches.set(p, [open]);
    } else if (type === FREQUENCY) {
      if (args.length !== 1 || !((args[0] ?? 0) > 0)) throw BadTrace.damaged(at);
      file.nsPerTick = 1e9 / (args[0] ?? 1);
    } else if (type === STACK) addStack(file, args, at);
    else if (type !== TIMER_GOROUTINE) {
      if (args.length !== countOf(type)) throw BadTrace.damaged(at);
      if (type === USER_LOG) cursor.take(cursor.varint());
      if (open) open.to = cursor.at;
      else throw BadTrace.damaged(at);
    }
  }
  if (file.nsPerTick === 0) throw BadTrace.cut(cursor.at);
  return file;
}

function argumentsOf(cursor: ByteCursor, count: number, at: number): number[] {
  const args: number[] = [];
  if (count < MANY) for (let i = 0; i <= count; i++) args.push(cursor.varint());
  else {
    const end = cursor.varint() + cursor.at;
    while (cursor.at < end) args.push(cursor.varint());
    if (cursor.at !== end) throw BadTrace.damaged(at);
  }
  return args;
}

/** With the time, and the stack where one follows. */
function countOf(type: number): number {
  const [, args = 0, hasStack] = TABLE[type] ?? [];
  return 1 + args + (hasStack ? 1 : 0);
}

function addStack(file: V1File, args: readonly number[], at: number): void {
  const [id = 0, depth = 0] = args;
  if (args.length < 2 || depth > DEEPEST_STACK || args.length !== 2 + 4 * depth) throw BadTrace.damaged(at);
  file.stacks.set(
    id,
    args.slice(2).filter((_, i) => i % 4 !== 0),
  );
}

/** After these the P runs no goroutine. */
const LEAVES = /^Go(End|Stop|Sched|Preempt|Sleep|SysBlock|Block\w*)$/;

const known = new Map<string, boolean>();

function leaves(name: string): boolean {
  let is = known.get(name);
  if (is === undefined) known.set(name, (is = LEAVES.test(name)));
  return is;
}

/** The events of one P, one after the other. */
export class PCursor {
  private index = -1;
  private cursor = new ByteCursor(new Uint8Array(0));
  private ticks = 0;
  private running = 0;
  event: V1Event | null = null;

  constructor(
    private readonly p: number,
    private readonly file: V1File,
    private readonly stretches: readonly Stretch[],
  ) {
    this.next();
  }

  next(): void {
    this.event = null;
    while (this.event === null) {
      while (this.cursor.isAtEnd) {
        const stretch = this.stretches[++this.index];
        if (!stretch) return;
        this.cursor = new ByteCursor(this.file.bytes, stretch.from, stretch.to);
        this.ticks = stretch.ticks;
        this.file.passed += stretch.to - stretch.from;
      }
      this.event = this.read();
    }
  }

  private read(): V1Event | null {
    const { cursor } = this;
    const at = cursor.at;
    const head = cursor.byte();
    const type = head & 0x3f;
    if (type === STRING) {
      cursor.varint();
      cursor.take(cursor.varint());
      return null;
    }
    const args = argumentsOf(cursor, head >> 6, at);
    if (type === STACK || type === FREQUENCY || type === TIMER_GOROUTINE) return null;
    const [name, , hasStack] = TABLE[type] ?? ['None', 0];
    const text = type === USER_LOG ? textOf(cursor.take(cursor.varint())) : '';
    this.ticks += args.shift() ?? 0;
    if (type === CPU_SAMPLE) return null;
    const stack = hasStack ? (args.pop() ?? 0) : 0;
    const event: V1Event = { name, ticks: this.ticks, p: this.p, g: this.running, args, stack, text, index: 0 };
    if (name.startsWith('GoStart')) event.g = this.running = args[0] ?? 0;
    else if (leaves(name)) this.running = 0;
    else if (name === 'GoSysExit' || name === 'GoWaiting' || name === 'GoInSyscall') event.g = args[0] ?? 0;
    return event;
  }
}
