/** A trace of Go 1.11 to 1.21, in terms of the newer tracer. Its events have no order before all of them have been read once. */
import { BadTrace } from '../bad-trace';
import { type CallPath, CallPaths, NO_PATH, NONE, type Told, type ToldKind, type ToldTrace } from '../told';
import { Survey } from './order';
import { type PCursor, readFile, type V1File } from './raw';

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
    ahead: () => 0,
  };
}

function* told(file: V1File): Generator<Told | null, void> {
  const survey = new Survey(file);
  yield* survey.read(AT_ONCE);
  if (survey.began === null) throw BadTrace.cut(file.bytes.length);
  yield* new Telling(file, survey).events();
}

/** When and where something happens. */
type At = Pick<PCursor, 'ticks' | 'p' | 'g' | 'stack'>;

class Telling {
  /** On which thread each P is, and which goroutine runs there. */
  private readonly threads: Map<number, number>;
  private readonly running = new Map<number, number>();
  /** In a system call: goroutine to thread; and Ps whose goroutine has been told to be blocked in one. */
  private readonly inSyscall = new Map<number, number>();
  private readonly taken = new Set<number>();
  private readonly started = new Set<number>();
  /** Goroutines that there have been so far. */
  private readonly created = new Set<number>();
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

  /** `g`: the goroutine before. */
  private tell(event: At, kind: ToldKind, id: number, g = event.g === 0 ? NONE : event.g): Told {
    const told: Told = {
      kind,
      t: this.timeOf(event),
      m: this.threads.get(event.p) ?? NONE,
      p: event.p,
      g,
      id,
      from: NONE,
      why: '',
      stack: this.stack(event.stack),
      entry: '',
    };
    this.out.push(told);
    return told;
  }

  /** ns from the beginning. */
  private timeOf({ ticks }: At): number {
    return Math.trunc((ticks - this.began) * this.file.nsPerTick);
  }

  private need(isSo: boolean, event: PCursor): void {
    if (!isSo) throw BadTrace.impossible(event.kind?.name ?? '', this.timeOf(event));
  }

  /** All events in order of time. */
  *events(): Generator<Told, void> {
    const { survey, out } = this;
    const { count, next } = survey.again();
    let exit = 0;
    for (let index = 0; index < count; index++) {
      const event = next();
      const name = event.kind?.name ?? '';
      if (name === 'GoSysExit' || name === 'GoSysExitLocal') continue;
      for (; exit < survey.exitCount && survey.isExitBefore(exit, event.ticks, index); exit++) yield this.comesBack(exit);
      if (name === 'ProcStart') this.procStart(event);
      else if (name === 'ProcStop') this.procStop(event);
      else this.ofGoroutine(event, name);
      for (const each of out) yield each;
      out.length = 0;
    }
    for (; exit < survey.exitCount; exit++) yield this.comesBack(exit);
  }

  private comesBack(i: number): Told {
    const { ticks, p, g } = this.survey.exit(i);
    // The time is one that the event itself tells: a damaged one may lie before its goroutine.
    if (!this.created.has(g)) throw BadTrace.impossible('GoSysExit', this.timeOf({ ticks, p, g, stack: 0 }));
    const told = this.tell({ ticks, p, g, stack: 0 }, 'GoSyscallEndBlocked', g);
    this.out.length = 0;
    told.m = this.inSyscall.get(g) ?? NONE;
    told.p = NONE;
    return told;
  }

  private procStart(event: PCursor): void {
    const { p, a } = event;
    this.need(!this.started.has(p), event);
    this.started.add(p);
    this.threads.set(p, a);
    this.tell(event, 'ProcStart', p);
  }

  private procStop(event: PCursor): void {
    const { p } = event;
    this.need(this.started.delete(p) && !this.running.get(p), event);
    if (!this.taken.delete(p)) this.tell(event, 'ProcStop', p);
  }

  private ofGoroutine(event: PCursor, name: string): void {
    const { p, g, a, b } = event;
    switch (name) {
      case 'GoCreate':
        this.need((this.running.get(p) ?? 0) === g, event);
        this.created.add(a);
        this.tell(event, 'GoCreate', a).entry = this.stack(b).fns.at(-1) ?? '';
        return;
      case 'GoWaiting':
      case 'GoInSyscall':
        this.tell(event, name, a);
        return;
      case 'GoStart':
      case 'GoStartLocal':
      case 'GoStartLabel':
        this.need(!this.running.get(p), event);
        this.again(event);
        this.running.set(p, g);
        this.inSyscall.delete(g);
        this.tell(event, 'GoStart', g, NONE);
        return;
      case 'GoUnblock':
      case 'GoUnblockLocal':
        this.tell(event, 'GoUnblock', a);
        return;
      case 'GoSysCall':
        this.needRunning(event);
        this.inSyscall.set(g, this.threads.get(p) ?? NONE);
        this.tell(event, 'GoSyscallBegin', g);
        return;
      case 'GoSysBlock':
        this.needRunning(event);
        this.running.delete(p);
        this.taken.add(p);
        this.stolen(event);
        return;
      default:
        this.rest(event, name);
    }
  }

  /** Whoever takes the P writes this as if it had it already. */
  private stolen(event: PCursor): void {
    const told = this.tell(event, 'ProcSteal', event.p, NONE);
    told.from = told.m;
    told.m = told.p = NONE;
  }

  /** A thread that takes the P out of another one's system call, and goes on on it, does not tell that the P has stopped and started. */
  private again(event: PCursor): void {
    if (!this.taken.delete(event.p)) return;
    this.threads.set(event.p, this.inSyscall.get(event.g) ?? this.threads.get(event.p) ?? NONE);
    this.tell(event, 'ProcStart', event.p, NONE);
  }

  private needRunning(event: PCursor): void {
    this.need(event.g !== 0 && this.running.get(event.p) === event.g, event);
  }

  private rest(event: PCursor, name: string): void {
    const { p, g, b, c } = event;
    const why = REASONS[name];
    if (why !== undefined || name === 'GoEnd') {
      this.needRunning(event);
      this.running.delete(p);
      const kind = name === 'GoEnd' ? 'GoDestroy' : name === 'GoSched' || name === 'GoPreempt' ? 'GoStop' : 'GoBlock';
      this.tell(event, kind, g).why = why ?? '';
      return;
    }
    const string = (id: number): string => this.file.strings.get(id) ?? '';
    if (name === 'GCStart') this.tell(event, 'GCBegin', NONE);
    else if (name === 'GCDone') this.tell(event, 'GCEnd', NONE);
    else if (name === 'UserTaskCreate') this.note(event, `task ${string(c)}`);
    else if (name === 'UserRegion') this.note(event, `${b === 0 ? '' : 'end of '}region ${string(c)}`);
    else if (name === 'UserLog') this.note(event, [string(b), event.text].filter((each) => each !== '').join(': '));
  }

  private note(event: PCursor, why: string): void {
    this.tell(event, 'Note', NONE).why = why;
  }
}
