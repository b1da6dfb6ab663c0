/** A trace of Go 1.11 to 1.21, in terms of the newer tracer. Its events have no order before all of them have been read once. */
import { BadTrace } from '../bad-trace';
import { type CallPath, CallPaths, NO_PATH, NONE, type Told, type ToldKind, type ToldTrace } from '../told';
import { inOrder, ordered, Survey } from './order';
import { readFile, type V1Event, type V1File } from './raw';

/** By the names of the older tracer: the newer one's reasons. */
const REASONS: Readonly<Record<string, string>> = {
  GoStop: 'forever',
  GoSleep: 'sleep',
  GoBlock: 'unspecified',
  GoBlockSend: 'chan send',
  GoBlockRecv: 'chan receive',
  GoBlockSelect: 'select',
  GoBlockSync: 'sync',
  GoBlockCond: 'sync.(*Cond).Wait',
  GoBlockNet: 'network',
  GoBlockGC: 'GC mark assist wait for work',
  GoSched: 'runtime.Gosched',
  GoPreempt: 'preempted',
};

/** Events between two pauses in which other work gets its turn. */
const AT_ONCE = 20_000;

/** `bytes`: the whole file; its head is `from` bytes long. Throws BadTrace. */
export function readV1(bytes: Uint8Array, from: number, minor: number): ToldTrace {
  const file = readFile(bytes, from);
  // Every P that there is in the trace; -1 stands for none.
  const P = new Map(
    [...file.batches.keys()]
      .filter((p) => p >= 0)
      .sort((a, b) => a - b)
      .map((p) => [p, { status: 'idle' as const, m: NONE }]),
  );
  const done = (): number => file.passed / (2 * bytes.length);
  return {
    version: `1.${minor}`,
    beginning: { t: 0, P, G: new Map() },
    events: told(file),
    shares: { done, told: () => Math.max(0, 2 * done() - 1) },
  };
}

function* told(file: V1File): Generator<Told | null, void> {
  const survey = new Survey();
  for (const event of inOrder(file)) {
    survey.add(event);
    if (event.index % AT_ONCE === 0) yield null;
  }
  if (survey.began === null) throw BadTrace.cut(file.bytes.length);
  yield* new Telling(file, survey).events();
}

class Telling {
  /** On which thread each P is, and which goroutine runs there. */
  private readonly threads: Map<number, number>;
  private readonly running = new Map<number, number>();
  /** In a system call: goroutine to thread; and Ps whose goroutine has been told to be blocked in one. */
  private readonly inSyscall = new Map<number, number>();
  private readonly taken = new Set<number>();
  private readonly began: number;
  private readonly stacks = new Map<number, CallPath>();
  private readonly paths = new CallPaths();
  /** What the event under way tells: a list, because a generator inside of another costs more than all the rest. */
  private readonly out: Told[] = [];

  constructor(
    private readonly file: V1File,
    private readonly survey: Survey,
  ) {
    this.began = survey.began ?? 0;
    // Before a P's first start it is on the thread that starts it then.
    this.threads = new Map(survey.threads);
  }

  private stack(id: number): CallPath {
    if (id === 0) return NO_PATH;
    let path = this.stacks.get(id);
    if (!path) this.stacks.set(id, (path = this.paths.of(this.file.stacks.get(id) ?? [], (each) => this.file.strings.get(each) ?? '')));
    return path;
  }

  private told(event: V1Event, kind: ToldKind, more: Partial<Told> = {}): Told {
    const { p, g, ticks } = event;
    const t = Math.trunc((ticks - this.began) * this.file.nsPerTick);
    return {
      kind,
      t,
      m: this.threads.get(p) ?? NONE,
      p,
      g: g === 0 ? NONE : g,
      id: NONE,
      from: NONE,
      why: '',
      stack: this.stack(event.stack),
      entry: '',
      ...more,
    };
  }

  private tell(event: V1Event, kind: ToldKind, more: Partial<Told> = {}): void {
    this.out.push(this.told(event, kind, more));
  }

  private need(isSo: boolean, event: V1Event): void {
    if (!isSo) throw BadTrace.impossible(event.name, Math.trunc((event.ticks - this.began) * this.file.nsPerTick));
  }

  *events(): Generator<Told, void> {
    const started = new Set<number>();
    for (const event of ordered(this.file, this.survey.exits())) {
      const { name, p, g, args } = event;
      if (name === 'ProcStart') {
        this.need(!started.has(p), event);
        started.add(p);
        this.threads.set(p, args[0] ?? NONE);
        yield this.told(event, 'ProcStart', { id: p });
      } else if (name === 'ProcStop') {
        this.need(started.delete(p) && !this.running.get(p), event);
        if (this.taken.delete(p)) continue;
        yield this.told(event, 'ProcStop', { id: p });
      } else {
        this.ofGoroutine(event, g);
        for (const each of this.out) yield each;
        this.out.length = 0;
      }
    }
  }

  private ofGoroutine(event: V1Event, g: number): void {
    const { name, p, args } = event;
    const [a = 0, b = 0] = args;
    switch (name) {
      case 'GoCreate':
        this.need((this.running.get(p) ?? 0) === g, event);
        this.tell(event, 'GoCreate', { id: a, entry: this.stack(b).fns.at(-1) ?? '' });
        return;
      case 'GoWaiting':
      case 'GoInSyscall':
        this.tell(event, name, { id: a });
        return;
      case 'GoStart':
      case 'GoStartLocal':
      case 'GoStartLabel':
        this.need(!this.running.get(p), event);
        this.again(event, g);
        this.running.set(p, g);
        this.inSyscall.delete(g);
        this.tell(event, 'GoStart', { id: g, g: NONE });
        return;
      case 'GoUnblock':
      case 'GoUnblockLocal':
        this.tell(event, 'GoUnblock', { id: a });
        return;
      case 'GoSysCall':
        this.needRunning(event);
        this.inSyscall.set(g, this.threads.get(p) ?? NONE);
        this.tell(event, 'GoSyscallBegin', { id: g });
        return;
      case 'GoSysBlock':
        this.needRunning(event);
        this.running.delete(p);
        this.taken.add(p);
        // Whoever takes it writes this as if it had the P already.
        this.tell(event, 'ProcSteal', { id: p, m: NONE, p: NONE, g: NONE, from: this.threads.get(p) ?? NONE });
        return;
      case 'GoSysExit':
        this.tell(event, 'GoSyscallEndBlocked', { id: g, m: this.inSyscall.get(g) ?? NONE, p: NONE });
        return;
      default:
        this.rest(event, g);
    }
  }

  /** A thread that takes the P out of another one's system call, and goes on on it, does not tell that the P has stopped and started. */
  private again(event: V1Event, g: number): void {
    if (!this.taken.delete(event.p)) return;
    this.threads.set(event.p, this.inSyscall.get(g) ?? this.threads.get(event.p) ?? NONE);
    this.tell(event, 'ProcStart', { id: event.p, g: NONE });
  }

  private needRunning(event: V1Event): void {
    this.need(event.g !== 0 && this.running.get(event.p) === event.g, event);
  }

  private rest(event: V1Event, g: number): void {
    const { name, p, args } = event;
    const why = REASONS[name];
    if (why !== undefined || name === 'GoEnd') {
      this.needRunning(event);
      this.running.delete(p);
      this.tell(event, name === 'GoEnd' ? 'GoDestroy' : name === 'GoSched' || name === 'GoPreempt' ? 'GoStop' : 'GoBlock', {
        id: g,
        why: why ?? '',
      });
      return;
    }
    const string = (id = 0): string => this.file.strings.get(id) ?? '';
    if (name === 'GCStart') this.tell(event, 'GCBegin');
    else if (name === 'GCDone') this.tell(event, 'GCEnd');
    else if (name === 'UserTaskCreate') this.tell(event, 'Note', { why: `task ${string(args[2])}` });
    else if (name === 'UserRegion') this.tell(event, 'Note', { why: `${args[1] === 0 ? '' : 'end of '}region ${string(args[2])}` });
    else if (name === 'UserLog') this.tell(event, 'Note', { why: [string(args[1]), event.text].filter((each) => each !== '').join(': ') });
  }
}
