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

type Status = 'dead' | 'runnable' | 'running' | 'waiting';

/** In which state an event finds somebody, and in which it leaves them; `order.ts` follows it. */
interface Rule {
  /** Whom it is about: the goroutine that runs, the one that the first argument names, or the collector, whose rounds are counted like a goroutine's changes. */
  of: 'self' | 'named' | 'collector';
  from: Status;
  to: Status;
  /** How often they must have been changed by then: always so often, or as an argument says; null: whoever tells has seen to it. */
  seq: number | 'first' | 'second' | null;
  counts: boolean;
}

const rule = (of: Rule['of'], from: Status, to: Status, seq: Rule['seq'], counts: boolean): Rule => ({ of, from, to, seq, counts });

const BLOCKS = rule('self', 'running', 'waiting', null, false);
const WAS_THERE = rule('named', 'runnable', 'waiting', 1, true);
const STARTS = rule('named', 'runnable', 'running', 'second', true);
const YIELDS = rule('self', 'running', 'runnable', null, false);
const COMES_BACK = rule('named', 'waiting', 'runnable', 'second', true);
const COMES_BACK_LOCALLY = rule('named', 'waiting', 'runnable', null, true);

const RULES: Readonly<Record<string, Rule>> = {
  GoCreate: rule('named', 'dead', 'runnable', 0, true),
  GoWaiting: WAS_THERE,
  GoInSyscall: WAS_THERE,
  GoStart: STARTS,
  GoStartLabel: STARTS,
  GoStartLocal: rule('named', 'runnable', 'running', null, true),
  GoSched: YIELDS,
  GoPreempt: YIELDS,
  GoUnblock: COMES_BACK,
  GoSysExit: COMES_BACK,
  GoUnblockLocal: COMES_BACK_LOCALLY,
  GoSysExitLocal: COMES_BACK_LOCALLY,
  GCStart: rule('collector', 'dead', 'dead', 'first', true),
};
const BLOCKING = /^Go(Sleep|SysBlock|Block\w*)$/;
/** After these the P runs no goroutine. */
const LEAVES = /^Go(End|Stop|Sched|Preempt|Sleep|SysBlock|Block\w*)$/;
const COLLECTOR = -2;

/** What is known of all events of one name. */
export interface EventKind {
  readonly name: string;
  /** Numbers that stand in the file: with the time, and the stack where one follows. */
  readonly numbers: number;
  readonly hasStack: boolean;
  readonly rule: Rule | null;
  /** Whether it begins, or ends, what the P runs, or is about the goroutine that its first argument names. */
  readonly starts: boolean;
  readonly leaves: boolean;
  readonly isOfNamed: boolean;
}

const KINDS: readonly EventKind[] = TABLE.map(([name, args, hasStack = false]) => ({
  ...{ name, hasStack, numbers: 1 + args + (hasStack ? 1 : 0) },
  rule: RULES[name] ?? (BLOCKING.test(name) ? BLOCKS : null),
  starts: name.startsWith('GoStart'),
  leaves: LEAVES.test(name),
  isOfNamed: name === 'GoSysExit' || name === 'GoWaiting' || name === 'GoInSyscall',
}));

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
    if (isPlain(type)) {
      if (passArguments(cursor, head >> 6, at) !== KINDS[type]?.numbers) throw BadTrace.damaged(at);
      if (type === USER_LOG) cursor.take(cursor.varint());
      if (!open) throw BadTrace.damaged(at);
      open.to = cursor.at;
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
  }
  if (file.nsPerTick === 0) throw BadTrace.cut(cursor.at);
  return file;
}

/** Whether it is an event of a P: all others say something of the file, or nothing. */
const isPlain = (type: number): boolean => type !== BATCH && type !== FREQUENCY && type !== STACK && type !== TIMER_GOROUTINE;

/** How many there are. */
function passArguments(cursor: ByteCursor, count: number, at: number): number {
  if (count < MANY) {
    for (let i = 0; i <= count; i++) cursor.varint();
    return count + 1;
  }
  const end = cursor.varint() + cursor.at;
  let passed = 0;
  for (; cursor.at < end; passed++) cursor.varint();
  if (cursor.at !== end) throw BadTrace.damaged(at);
  return passed;
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

function addStack(file: V1File, args: readonly number[], at: number): void {
  const [id = 0, depth = 0] = args;
  if (args.length < 2 || depth > DEEPEST_STACK || args.length !== 2 + 4 * depth) throw BadTrace.damaged(at);
  file.stacks.set(
    id,
    args.slice(2).filter((_, i) => i % 4 !== 0),
  );
}

/** How often somebody has been changed, and what they do now. */
export interface Changed {
  status: Status;
  seq: number;
}

/** The events of one P, one after the other: the one under way stands in the fields, so that none is made into an object. */
export class PCursor {
  private index = -1;
  private cursor = new ByteCursor(new Uint8Array(0));
  private running = 0;
  /** null: there is no event any more. */
  kind: EventKind | null = null;
  ticks = 0;
  /** The goroutine that runs on the P, as its batches tell. */
  g = 0;
  /** Arguments; 0: there is none. */
  a = 0;
  b = 0;
  c = 0;
  stack = 0;
  /** UserLog: what is logged. */
  text = '';
  /** Of whom its rule speaks, for whoever orders the events. */
  whose: Changed | null = null;

  constructor(
    readonly p: number,
    private readonly file: V1File,
    private readonly stretches: readonly Stretch[],
  ) {
    this.next();
  }

  next(): void {
    this.kind = null;
    this.whose = null;
    while (this.kind === null) {
      while (this.cursor.isAtEnd) {
        const stretch = this.stretches[++this.index];
        if (!stretch) return;
        this.cursor = new ByteCursor(this.file.bytes, stretch.from, stretch.to);
        this.ticks = stretch.ticks;
        this.file.passed += stretch.to - stretch.from;
      }
      this.read();
    }
  }

  private read(): void {
    const { cursor } = this;
    const at = cursor.at;
    const head = cursor.byte();
    const type = head & 0x3f;
    if (type === STRING) {
      cursor.varint();
      cursor.take(cursor.varint());
      return;
    }
    if (!isPlain(type)) {
      passArguments(cursor, head >> 6, at);
      return;
    }
    const kind = KINDS[type] as EventKind;
    // How many there are has been looked at when the file was read.
    if (head >> 6 === MANY) cursor.varint();
    this.ticks += cursor.varint();
    const args = kind.numbers - (kind.hasStack ? 2 : 1);
    this.a = args > 0 ? cursor.varint() : 0;
    this.b = args > 1 ? cursor.varint() : 0;
    this.c = args > 2 ? cursor.varint() : 0;
    this.stack = kind.hasStack ? cursor.varint() : 0;
    this.text = type === USER_LOG ? textOf(cursor.take(cursor.varint())) : '';
    if (type === CPU_SAMPLE) return;
    this.kind = kind;
    this.g = this.running;
    if (kind.starts) this.g = this.running = this.a;
    else if (kind.leaves) this.running = 0;
    else if (kind.isOfNamed) this.g = this.a;
  }

  /** Of whom its rule speaks, by number. */
  get needed(): number {
    const of = this.kind?.rule?.of;
    return of === 'self' ? this.g : of === 'named' ? this.a : COLLECTOR;
  }

  /** Whether they are, once `whose` is set. */
  get isReady(): boolean {
    const { kind, whose } = this;
    if (!kind?.rule || !whose) return true;
    const { from, seq } = kind.rule;
    return whose.status === from && (seq === null || whose.seq === (seq === 'first' ? this.a : seq === 'second' ? this.b : seq));
  }
}
