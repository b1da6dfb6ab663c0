/**
 * What GODEBUG=schedtrace=…,scheddetail=1 prints (runtime/proc.go, schedtrace), Go 1.14 to 1.26, line by line: reports with a row for each P, M
 * and goroutine. Lines of the program itself in between are skipped.
 */
import { fill } from '../../assets/words/index';
import { G_STATUSES, P_STATUSES } from '../model/go-constants';
import { BadTrace } from './bad-trace';

/** One moment. Numbers are Go's own; null: none (`nil`, up to 1.19 `-1`). */
export interface SchedReport {
  /** In the text, from 1. */
  line: number;
  ms: number;
  idleThreads: number;
  spinning: number;
  runqueue: number;
  gcwaiting: boolean;
  nmidlelocked: number;
  stopwait: number;
  sysmonwait: boolean;
  P: Map<number, { status: number; schedtick: number; syscalltick: number; m: number | null; runqsize: number }>;
  M: Map<
    number,
    {
      p: number | null;
      curg: number | null;
      preemptoff: string;
      locks: number;
      spinning: boolean;
      blocked: boolean;
      lockedg: number | null;
    }
  >;
  G: Map<number, { status: number; waitreason: string; m: number | null; lockedm: number | null }>;
}

const ID = String.raw`(nil|-1|\d+)`;
const YES = String.raw`(0|1|true|false)`;
const TOTALS = new RegExp(
  String.raw`^SCHED (\d+)ms: gomaxprocs=(\d+) idleprocs=\d+ threads=\d+ spinningthreads=(\d+)(?: needspinning=\d+)? idlethreads=(\d+) runqueue=(\d+) gcwaiting=${YES} nmidlelocked=(-?\d+) stopwait=(-?\d+) sysmonwait=${YES}$`,
);
const WITHOUT_DETAIL = /^SCHED \d+ms: .* runqueue=\d+ \[[ \d]*\]/;
const OF_P = new RegExp(
  String.raw`^  P(\d+): status=(\d+) schedtick=(\d+) syscalltick=(\d+) m=${ID} runqsize=(\d+) gfreecnt=\d+(?: timerslen=\d+)?$`,
);
const OF_M = new RegExp(
  String.raw`^  M(\d+): p=${ID} curg=${ID} mallocing=-?\d+ throwing=-?\d+ preemptoff=(.*?) locks=(-?\d+) dying=-?\d+ spinning=${YES} blocked=${YES} lockedg=${ID}$`,
);
const OF_G = new RegExp(String.raw`^  G(\d+): status=(\d+)\((.*)\) m=${ID} lockedm=${ID}$`);
/** Lines of the runtime begin like this; the others are the program's own, which writes to the same stream. */
const OURS = /^(SCHED | {2}[PMG]\d+: )/;

/** _Gscan: set in a goroutine's status while the collector scans its stack. */
const SCAN = 0x1000;

/** The status of this number, without _Gscan; undefined: there is none. */
export function statusOfG(status: number): (typeof G_STATUSES)[number] | undefined {
  const name = G_STATUSES[status & ~SCAN];
  return name?.endsWith('_unused') ? undefined : name;
}

const id = (text: string): number | null => (text === 'nil' || text === '-1' ? null : Number(text));
const yes = (text: string): boolean => text === '1' || text === 'true';

/** The text's first bytes: a program prints nothing before the runtime's first report. */
export const SCHED_HEAD = /^SCHED \d+(ms: |m?$)/;

function headOf(text: string, line: number): { report: SchedReport; ps: number } {
  const found = TOTALS.exec(text);
  if (!found) throw new BadTrace((words) => (WITHOUT_DETAIL.test(text) ? words.schedWithoutDetail : fill(words.schedLine, { line })), line);
  const [, ms, ps, spinning, idle, runqueue, gcwaiting = '', locked, stopwait, sysmonwait = ''] = found;
  const report = {
    ...{ line, ms: Number(ms), spinning: Number(spinning), idleThreads: Number(idle), runqueue: Number(runqueue) },
    ...{ gcwaiting: yes(gcwaiting), nmidlelocked: Number(locked), stopwait: Number(stopwait), sysmonwait: yes(sysmonwait) },
    ...{ P: new Map(), M: new Map(), G: new Map() },
  };
  return { report, ps: Number(ps) };
}

/** Adds a line to the report; false: it is none of a P, M or goroutine. */
function row(text: string, { P, M, G }: SchedReport): boolean {
  const p = OF_P.exec(text);
  if (p) {
    const [, n, status, schedtick, syscalltick, m = '', runqsize] = p;
    if (P_STATUSES[Number(status)] === undefined) return false;
    P.set(Number(n), {
      status: Number(status),
      schedtick: Number(schedtick),
      syscalltick: Number(syscalltick),
      m: id(m),
      runqsize: Number(runqsize),
    });
    return true;
  }
  const m = OF_M.exec(text);
  if (m) {
    const [, n, of = '', curg = '', preemptoff = '', locks, spinning = '', blocked = '', lockedg = ''] = m;
    M.set(Number(n), {
      ...{ p: id(of), curg: id(curg), preemptoff, locks: Number(locks) },
      ...{ spinning: yes(spinning), blocked: yes(blocked), lockedg: id(lockedg) },
    });
    return true;
  }
  const g = OF_G.exec(text);
  if (!g) return false;
  const [, n, status, waitreason = '', on = '', lockedm = ''] = g;
  if (statusOfG(Number(status)) === undefined) return false;
  G.set(Number(n), { status: Number(status), waitreason, m: id(on), lockedm: id(lockedm) });
  return true;
}

/** The first id that the report mentions without a line for it; null: there is none. */
function strangerIn({ P, M, G }: SchedReport): string | null {
  const missing = (rows: ReadonlyMap<number, unknown>, letter: string, ids: readonly (number | null)[]): string | null => {
    const found = ids.find((each) => each !== null && !rows.has(each));
    return found === undefined ? null : `${letter}${found}`;
  };
  const threads = [...[...P.values()].map(({ m }) => m), ...[...G.values()].flatMap(({ m, lockedm }) => [m, lockedm])];
  return (
    missing(M, 'M', threads) ??
    missing(
      P,
      'P',
      [...M.values()].map(({ p }) => p),
    ) ??
    missing(
      G,
      'G',
      [...M.values()].flatMap(({ curg, lockedg }) => [curg, lockedg]),
    )
  );
}

/** The reports, one after the other. Throws BadTrace with the line of the fault. */
export function* readSchedText(lines: Iterable<string>): Generator<SchedReport, void> {
  let open: { report: SchedReport; ps: number } | null = null;
  let line = 0;
  const whole = (): SchedReport | null => {
    if (!open) return null;
    const { report, ps } = open;
    if (report.P.size < ps || report.M.size === 0 || report.G.size === 0)
      throw new BadTrace((words) => fill(words.schedIncomplete, { line: report.line }), report.line);
    const stranger = strangerIn(report);
    if (stranger !== null) throw new BadTrace((words) => fill(words.schedStranger, { line: report.line, id: stranger }), report.line);
    return report;
  };
  for (const text of lines) {
    line++;
    if (!OURS.test(text)) continue;
    if (text.startsWith('SCHED ')) {
      const last = whole();
      if (last) yield last;
      open = headOf(text, line);
    } else if (!open || !row(text, open.report)) throw new BadTrace((words) => fill(words.schedLine, { line }), line);
  }
  const last = whole();
  if (last) yield last;
}
