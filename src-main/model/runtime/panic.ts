/**
 * How a program dies. Follows runtime/panic.go of Go 1.14: throw, fatalthrow, fatalpanic, startpanic_m, printpanics, dopanic_m; with
 * goroutineheader and tracebackothers of runtime/traceback.go and freezetheworld of runtime/proc.go.
 * Simplified: a goroutine's header stands alone in the report, without its stack, because a scenario has no source lines.
 */
import { FREEZE_STOP_WAIT, FREEZE_TRIES, FREEZE_USLEEP_NS } from '../go-constants';
import type { Death } from '../asm/signals';
import type { GId, GRow, MId } from '../state';
import { exitGroup, writeErr } from './own-calls';
import type { Runtime } from './runtime';
import { ProgramEnd, SLEEP_UNTIL_WOKEN, type Thread, rest, rows } from './thread';

const THROW = rows('throw', { print: 'kernel' });
const START = rows('startpanic_m', { panicking: 'cas' });
const FREEZE = rows('freezetheworld', { gcwaiting: 'store', usleep: 'usleep' });
const PANICS = rows('printpanics', { print: 'kernel' });
const DOPANIC = rows('dopanic_m', { goroutine: 'kernel', 'runtime-stack': 'kernel' });
const OTHERS = rows('tracebackothers', { curgp: 'kernel', allgs: 'kernel' });
const EXIT = rows('exit', { exit_group: 'op' });

/** Go 1.14, runtime/traceback.go, gStatusStrings. */
const STATUS: Readonly<Partial<Record<GRow['status'], string>>> = {
  _Gidle: 'idle',
  _Grunnable: 'runnable',
  _Grunning: 'running',
  _Gsyscall: 'syscall',
  _Gwaiting: 'waiting',
  _Gdead: 'dead',
  _Gcopystack: 'copystack',
  _Gpreempted: 'preempted',
};

/** Go 1.14, runtime/traceback.go, goroutineheader: the line above a goroutine's stack, in the pieces that are printed one by one. */
export function goroutineheader(rt: Runtime, g: GId): string[] {
  const { goid, lockedm, status, waitreason } = rt.G(g);
  const what = status === '_Gwaiting' && waitreason !== '' ? waitreason : (STATUS[status] ?? '???');
  return ['goroutine ', `${goid}`, ' [', what, ...(lockedm === null ? [] : [', locked to thread']), ']:\n'];
}

/** What the program has printed while it dies: that is its message. */
class Report {
  private text = '';

  constructor(
    private readonly rt: Runtime,
    private readonly m: MId,
  ) {}

  /** Go: print. Part of the step under way. */
  print(...values: string[]): void {
    this.text += values.join('');
    writeErr(this.rt, this.m, values);
  }

  end(kind: ProgramEnd['kind']): ProgramEnd {
    exitGroup(this.rt, this.m, 2);
    return new ProgramEnd(kind, 2, this.text.trimEnd());
  }
}

/** What a throw says, and how. */
interface Thrown {
  /** Its words. */
  text: string;
  /** What the runtime prints before it throws, in pieces. */
  before?: readonly string[];
  kind?: 'fatal' | 'deadlock';
  /** Go: m.throwing = -1, no stacks of the runtime. */
  isQuiet?: boolean;
}

/** Go 1.14, runtime/panic.go, throw: on m, whichever stack it is on. Nothing recovers from it. */
export function* throwFatal(rt: Runtime, m: MId, { text, before = [], kind = 'fatal', isQuiet = false }: Thrown): Thread<never> {
  const report = new Report(rt, m);
  yield THROW.print;
  report.print(...before);
  report.print('fatal error: ', text, '\n');
  yield* startpanic(rt, m);
  return yield* dopanic(rt, m, report, kind, { isThrow: true, isQuiet });
}

/** Go 1.14, runtime/panic.go, fatalpanic: nothing has recovered. `lines`: what printpanics prints, in pieces. On the goroutine's thread. */
export function* fatalpanic(rt: Runtime, g: GId, lines: readonly string[], stack = ''): Thread<never> {
  const m = rt.mOf(g);
  const report = new Report(rt, m);
  yield* startpanic(rt, m);
  yield PANICS.print;
  report.print(...lines);
  return yield* dopanic(rt, m, report, 'panic', { isThrow: false, stack });
}

/** Go 1.14, runtime/signal_unix.go, sigpanic and sighandler: an instruction has failed. `stack`: what its goroutine's stack says. */
export function* dieOfSignal(rt: Runtime, g: GId, { kind, message }: Pick<Death, 'kind' | 'message'>, stack: string): Thread<never> {
  if (kind === 'panic') return yield* fatalpanic(rt, g, [message, '\n'], stack);
  const m = rt.mOf(g);
  const report = new Report(rt, m);
  yield THROW.print;
  report.print(message, '\n');
  yield* startpanic(rt, m);
  return yield* dopanic(rt, m, report, kind, { isThrow: true, stack });
}

/** Go 1.14, runtime/panic.go, startpanic_m: the first to die prints, all others wait for its exit. */
function* startpanic(rt: Runtime, m: MId): Thread {
  yield START.panicking;
  rt.panicking++;
  while (rt.panicking > 1 && rt.paniclk !== m) yield SLEEP_UNTIL_WOKEN;
  rt.paniclk = m;
  yield* freezetheworld(rt, m);
}

/** Go 1.14, runtime/proc.go, freezetheworld: a stop of the world that nobody waits for to the end; requests may be lost, so five times. */
function* freezetheworld(rt: Runtime, m: MId): Thread {
  for (let i = 0; i < FREEZE_TRIES; i++) {
    yield FREEZE.gcwaiting;
    rt.to.sched('stopwait', FREEZE_STOP_WAIT);
    rt.to.sched('gcwaiting', true);
    if (!(yield* askAll(rt, m))) break;
    yield* usleep();
  }
  yield* usleep();
  yield* askAll(rt, m);
  yield* usleep();
}

function* usleep(): Thread {
  yield FREEZE.usleep;
  yield rest('sleep', FREEZE_USLEEP_NS);
}

/** Go: preemptall. True: some goroutine was asked to give way. */
function* askAll(rt: Runtime, m: MId): Thread<boolean> {
  let isAsked = false;
  for (const p of rt.allp) if (rt.P(p).status === '_Prunning' && rt.P(p).m !== m) isAsked = (yield* rt.go.preemptone(rt, m, p)) || isAsked;
  return isAsked;
}

/** Go 1.14, runtime/panic.go, dopanic_m and then exit(2). Whose stack fails is told first; all others only where the runtime itself has failed. */
function* dopanic(
  rt: Runtime,
  m: MId,
  report: Report,
  kind: ProgramEnd['kind'],
  { isThrow, isQuiet = false, stack = '' }: { isThrow: boolean; isQuiet?: boolean; stack?: string },
): Thread<never> {
  const { curg, ong0 } = rt.M(m);
  const gp = ong0 ? null : curg;
  if (gp !== null) {
    yield DOPANIC.goroutine;
    report.print('\n', ...rt.go.goroutineheader(rt, gp, isThrow), stack);
  } else if (isThrow && !isQuiet) {
    yield DOPANIC['runtime-stack'];
    report.print('\nruntime stack:\n');
  }
  if ((isThrow && !isQuiet) || gp === null) yield* tracebackothers(rt, m, gp, report, isThrow);
  yield EXIT.exit_group;
  throw report.end(kind);
}

/** Go 1.14, runtime/traceback.go, tracebackothers: in the order of allgs, where a G structure that is used again keeps its place. */
function* tracebackothers(rt: Runtime, m: MId, me: GId | null, report: Report, isThrow: boolean): Thread {
  const { curg } = rt.M(m);
  if (curg !== null && curg !== me) {
    yield OTHERS.curgp;
    report.print('\n', ...rt.go.goroutineheader(rt, curg, isThrow));
  }
  for (const g of rt.allgs) {
    const row = rt.G(g);
    if (g === me || g === curg || row.status === '_Gdead' || row.system) continue;
    yield OTHERS.allgs;
    report.print('\n', ...rt.go.goroutineheader(rt, g, false));
    if (rt.G(g).status === '_Grunning' && rt.G(g).m !== m) report.print('\tgoroutine running on other thread; stack unavailable\n');
  }
}

/** os.Exit and the end of main: rows of the caller. Part of the step under way. */
export function exited(rt: Runtime, m: MId, code: number): ProgramEnd {
  exitGroup(rt, m, code);
  return new ProgramEnd('exit', code, '');
}
