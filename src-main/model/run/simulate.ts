/**
 * A run of a scenario: the threads of the modelled process, one step after the other in virtual time.
 *
 * Ordering rule: of all threads that could go on, the one whose next step falls due first goes; among equals the one that asked first.
 * A step takes effect at its time t and costs d; the same thread's next step falls due at t + d. Nothing else orders threads: there are
 * as many processors as threads, and a woken thread starts after a fixed delay (costs.ts).
 */
import { Agenda } from './agenda';
import { ARCHS } from '../asm/arch/index';
import type { ModelAssets } from '../asm/assemble';
import { Program } from '../asm/program';
import { costsWith, type Costs } from './costs';
import { firstState } from './first-state';
import { SeededRandom } from './random';
import { Recorder } from './recorder';
import { shortNs, whoWaits } from './who-waits';
import { usesCgo } from '../operations/index';
import { GoProgram } from '../operations/go-program';
import { extraMOnTop } from '../runtime/extra-m';
import { forcegchelper } from '../runtime/forcegc';
import { doSigPreempt } from '../runtime/preempt';
import { type Engine, Runtime } from '../runtime/runtime';
import { mloop } from '../runtime/schedule';
import { sysmonLoop } from '../runtime/sysmon';
import { mstart, templateThread } from '../runtime/mstart';
import { stopm } from '../runtime/threads';
import { ProgramEnd, type Rest, type Row, type Thread, type Wake } from '../runtime/thread';
import type { Scenario } from '../scenario';
import type { GId, MId, Outcome, State, Step } from '../state';
import { copyState } from '../trace/replay';
import type { Profile } from '../versions/functions';
import { PROFILES } from '../versions/profiles';

export type { ModelAssets } from '../asm/assemble';

/** A thread of the modelled process. */
export interface Running {
  readonly kind: 'thread';
  readonly m: MId;
  readonly body: Thread;
  /** Raised whenever what the thread waits for changes: an older entry in the agenda is void then. */
  ticket: number;
  /** When its next step falls due, or when its rest began (ns). */
  at: number;
  row: Row | null;
  rest: Rest | null;
  /** End of the rest (ns), Infinity when only another thread can end it. */
  restEnd: number;
  why: Wake;
  /** The signal handler that interrupts the body, if one runs. */
  handler: Thread<boolean> | null;
  /** What the handler interrupted. */
  interrupted: { row: Row | null; rest: Rest | null; restBegan: number; elapsed: number; woken: Wake | null } | null;
}

/** A thread that C has made, which waits for the M that it needs to call Go. */
interface Foreign {
  readonly kind: 'foreign';
  readonly body: (m: MId) => Thread;
  /** It is counted among those that have found no M. */
  isCounted: boolean;
}

type Event = Running | Foreign | { readonly kind: 'signal'; readonly m: MId };

/**
 * System calls may copy so many bytes in one run. A million steps are a matter of seconds, unless each writes a buffer of a megabyte anew:
 * a scenario of five lines would then be at work for an hour, and its trace would fill a disk.
 */
export const MOST_COPIED = 512 * 2 ** 20;
/** Whoever asks for many steps gets fewer when they have copied so many bytes: meanwhile nobody hears that the run is to be stopped. */
const COPIED_AT_ONCE = 2 * 2 ** 20;

/** How long lockextra sleeps before it looks again, ns. */
const LOOK_AGAIN_NS = 1_000;

export class Simulation {
  readonly first: State;
  protected readonly recorder: Recorder;
  private readonly agenda = new Agenda<Event>();
  private readonly threads = new Map<MId, Running>();
  /** Threads of C that have found the list of extra Ms locked or empty, first come first. */
  private readonly foreigners: Foreign[] = [];
  private readonly rt: Runtime;
  private readonly costs: Costs;
  private ended: Outcome | null = null;

  /**
   * `code`: the product's listings, or the playground's one. `main`: what G1 does; its program in the scenario unless the playground, or a
   * test of what no operation reaches, has another. `go`: the version of Go that is played; the scenario's, unless a test plays one that is
   * not offered.
   */
  constructor(
    private readonly scenario: Scenario,
    code: ModelAssets | Program,
    main: (rt: Runtime, g: GId, program: GoProgram) => Thread = (_rt, g, program) => program.goroutine(g, 'main'),
    go: Profile<Runtime> = PROFILES[scenario.runtime.go],
    /** Makes the recorder; another one than the model's own only where reads are watched (watched-run.ts). */
    recorderOf: (state: State, events: Readonly<Record<string, string>>) => Recorder = (state, events) => new Recorder(state, events),
  ) {
    this.costs = costsWith(scenario.runtime.costs);
    const state = firstState(scenario, go);
    this.first = copyState(state);
    this.recorder = recorderOf(state, go.facts.events);
    const { arch } = scenario.runtime;
    const machine = {
      arch,
      facts: ARCHS[arch],
      program: code instanceof Program ? code : code.ofVersion(go.facts).programFor(arch),
      iscgo: usesCgo(scenario.goroutines),
    };
    this.rt = new Runtime(this.recorder, scenario, this.costs, new SeededRandom(scenario.runtime.seed), this.engine(), machine, go);
    for (let i = 0; i < scenario.runtime.gomaxprocs; i++) this.rt.declareP(`P${i}`);
    this.rt.setBody('G1', main(this.rt, 'G1', new GoProgram(this.rt, scenario.goroutines)));
    const helper = state.sched.forcegc?.g;
    if (helper !== undefined) this.rt.setBody(helper, forcegchelper(this.rt, helper));
    this.startFirstThreads(state);
  }

  get state(): State {
    return this.recorder.state;
  }

  get nowNs(): number {
    return this.rt.now;
  }

  get stepCount(): number {
    return this.recorder.stepCount;
  }

  /** How many goroutines have been made so far. */
  get goroutineCount(): number {
    return this.rt.goroutineCount;
  }

  /** How the run ended; null while it goes on. */
  get outcome(): Outcome | null {
    return this.ended;
  }

  /** The next steps, at most so many; fewer, but at least one, when they are heavy. `done`: there are no more. */
  run(maxSteps: number): { steps: Step[]; done: boolean } {
    const steps: Step[] = [];
    const most = this.rt.copiedBytes + COPIED_AT_ONCE;
    while (steps.length < maxSteps && this.ended === null && this.rt.copiedBytes < most) {
      const step = this.next();
      if (step) steps.push(step);
    }
    return { steps, done: this.ended !== null };
  }

  private startFirstThreads(state: State): void {
    this.launch('M0', mloop(this.rt, 'M0'), 0);
    const { m } = state.sysmon;
    if (m !== null) this.launch(m, sysmonLoop(this.rt, m), 0);
    for (const [id, row] of Object.entries(state.M))
      if (row.role === 'template') this.launch(id as MId, templateThread(this.rt, id as MId, true), 0);
    // Parked Ms are in the middle of stopm: asleep, with everything before it behind them.
    for (const idle of [...state.sched.midle].reverse()) this.launch(idle, parkedFromTheStart(this.rt, idle), 0);
  }

  private engine(): Engine {
    return {
      start: (m, fn, delayNs) => {
        this.launch(m, mstart(this.rt, m, fn), this.rt.now + delayNs);
      },
      wake: (m, why, delayNs) => this.wake(m, why, delayNs),
      restOf: (m) => this.threads.get(m)?.rest?.kind ?? null,
      signal: (m, delayNs) => {
        this.agenda.add(this.rt.now + delayNs, { kind: 'signal', m }, 0);
      },
      callFromC: (delayNs, body) => {
        this.agenda.add(this.rt.now + delayNs, { kind: 'foreign', body, isCounted: false }, 0);
      },
      lookForExtraM: () => {
        for (const foreigner of this.foreigners.splice(0)) this.agenda.add(this.rt.now + LOOK_AGAIN_NS, foreigner, 0);
      },
    };
  }

  private launch(m: MId, body: Thread, at: number): Running {
    const thread: Running = {
      kind: 'thread',
      m,
      body,
      ticket: 0,
      at,
      row: null,
      rest: null,
      restEnd: 0,
      why: 'time',
      handler: null,
      interrupted: null,
    };
    this.threads.set(m, thread);
    this.enter(thread, at);
    return thread;
  }

  private enter(thread: Running, at: number): void {
    thread.ticket++;
    this.agenda.add(at, thread, thread.ticket);
  }

  private wake(m: MId, why: Wake, delayNs: number): boolean {
    const thread = this.threads.get(m);
    if (thread?.rest == null || thread.handler) return this.wakeInterrupted(thread, why);
    // Already on its way: an earlier waker was faster.
    if (thread.why !== 'time') return false;
    const at = Math.max(this.rt.now + delayNs, thread.at);
    if (at >= thread.restEnd) return false;
    thread.why = why;
    thread.restEnd = at;
    this.enter(thread, at);
    return true;
  }

  /** A waker that comes while a signal handler runs: the rest that it interrupted is over when the handler is. */
  private wakeInterrupted(thread: Running | undefined, why: Wake): boolean {
    if (!thread?.handler || !thread.interrupted?.rest) return false;
    thread.interrupted.woken ??= why;
    return true;
  }

  /** One event of the agenda; the step it made, if it made one. */
  private next(): Step | null {
    const entry = this.agenda.take();
    if (!entry) {
      this.stop('nothing will ever happen again: every thread sleeps and nobody is left to wake one');
      return null;
    }
    const { what } = entry;
    if (what.kind === 'thread' && what.ticket !== entry.ticket) return null;
    if (entry.at > this.scenario.limits.timeNs) {
      this.rt.now = this.scenario.limits.timeNs;
      this.stop(`the run was stopped after ${shortNs(this.scenario.limits.timeNs)} of virtual time`);
      return null;
    }
    if (this.recorder.stepCount >= this.scenario.limits.steps) {
      this.stop(`the run was stopped after ${this.scenario.limits.steps} steps`);
      return null;
    }
    if (this.rt.copiedBytes > MOST_COPIED) {
      this.stop(`the run was stopped after its system calls had copied ${MOST_COPIED / 2 ** 20} MiB`);
      return null;
    }
    this.rt.now = entry.at;
    if (what.kind === 'signal') {
      this.deliver(what.m);
      return null;
    }
    return what.kind === 'foreign' ? this.lend(what) : this.advance(what);
  }

  /** A thread of C takes an extra M, which is its first step; or waits for one. */
  private lend(foreigner: Foreign): Step | null {
    const m = extraMOnTop(this.rt);
    if (m === null) {
      this.foreigners.push(foreigner);
      // A list that somebody holds for a moment is not empty yet.
      if (this.rt.state.sched.extramLock !== null || foreigner.isCounted) return null;
      foreigner.isCounted = true;
      this.rt.extraMWaiters++;
      return null;
    }
    const thread = this.launch(m, foreigner.body(m), this.rt.now);
    this.resume(thread);
    return this.advance(thread);
  }

  /** The run ends before the program: `why`, and who waits for what. */
  private stop(why: string): void {
    this.ended = { kind: 'limit', code: null, message: `${why}\n\n${whoWaits(this.state)}` };
  }

  private advance(thread: Running): Step | null {
    const { row } = thread;
    if (!row) {
      this.endRest(thread);
      this.resume(thread);
      return null;
    }
    const d = this.costs[row.cost];
    this.recorder.begin(this.rt.now, thread.m, row.fn, row.at, d);
    thread.row = null;
    thread.at = this.rt.now + d;
    try {
      this.resume(thread);
    } catch (end) {
      if (!(end instanceof ProgramEnd)) throw end;
      this.ended = { kind: end.kind, code: end.code, message: end.text };
    }
    return this.recorder.end();
  }

  private endRest(thread: Running): void {
    if (!thread.rest) return;
    this.rt.restedNs = this.rt.now - thread.at;
    thread.rest = null;
    thread.at = this.rt.now;
  }

  /** Lets the thread's code run up to where it waits next, and notes what for. */
  protected resume(thread: Running): void {
    const { why } = thread;
    thread.why = 'time';
    if (thread.handler) {
      const { done, value } = thread.handler.next(why);
      if (done) this.leaveHandler(thread, value);
      else this.waitFor(thread, value);
      return;
    }
    const { done, value } = thread.body.next(why);
    if (done) this.threads.delete(thread.m);
    else this.waitFor(thread, value);
  }

  private waitFor(thread: Running, wait: { wait: 'row' | 'rest' | 'mcall' }): void {
    if (wait.wait === 'row') {
      thread.row = wait as Row;
      this.enter(thread, thread.at);
      return;
    }
    if (wait.wait !== 'rest') throw new Error(`${thread.m} left its stack outside of a goroutine's program`);
    thread.rest = wait as Rest;
    thread.restEnd = thread.rest.ns === null ? Infinity : thread.at + thread.rest.ns;
    if (thread.restEnd < Infinity) this.enter(thread, thread.restEnd);
    else thread.ticket++;
  }

  /** A signal arrives at m: its handler runs now, on m's own time, in front of whatever m was about to do. */
  private deliver(m: MId): void {
    const thread = this.threads.get(m);
    if (!thread || thread.handler) return;
    const { row, rest, why } = thread;
    // The step before may not have been paid for yet.
    const from = Math.max(this.rt.now, thread.at);
    const inUserCode = rest !== null && (rest.kind === 'compute' || rest.kind === 'spin') && why === 'time';
    thread.interrupted = { row, rest, restBegan: thread.at, elapsed: from - thread.at, woken: why === 'time' ? null : why };
    thread.row = null;
    thread.rest = null;
    thread.why = 'time';
    thread.at = from;
    thread.handler = doSigPreempt(this.rt, m, inUserCode);
    this.resume(thread);
  }

  /** The handler is done: on with what it interrupted, or not, when it says that the goroutine is to give way. */
  private leaveHandler(thread: Running, giveWay: boolean): void {
    const { interrupted } = thread;
    thread.handler = null;
    thread.interrupted = null;
    if (!interrupted) throw new Error(`${thread.m}: a signal handler has interrupted nothing`);
    const { row, rest, restBegan, elapsed, woken } = interrupted;
    if (!rest) {
      thread.row = row;
      this.enter(thread, thread.at);
      return;
    }
    const isUserCode = rest.kind === 'compute' || rest.kind === 'spin';
    const isOver = giveWay || woken !== null || (rest.kind === 'kernel' && rest.interruptible);
    const handled = thread.at;
    thread.rest = rest;
    if (giveWay || (rest.kind === 'kernel' && rest.interruptible)) thread.why = 'signal';
    else if (woken !== null) thread.why = woken;
    // User code makes no progress while a handler runs; the kernel's and other sleeps go on.
    thread.at = isUserCode ? handled - elapsed : restBegan;
    const end = rest.ns === null ? Infinity : thread.at + rest.ns;
    thread.restEnd = isOver ? handled : Math.max(end, handled);
    if (thread.restEnd < Infinity) this.enter(thread, thread.restEnd);
    else thread.ticket++;
  }
}

/** stopm of an M that lay on midle when the run began. */
function* parkedFromTheStart(rt: Runtime, m: MId): Thread {
  yield* stopm(rt, m, true);
  yield* mloop(rt, m);
}
