/** A state in the form of GODEBUG=schedtrace=…,scheddetail=1 (Go 1.14, runtime/proc.go, schedtrace), for programs that read that. */
import { G_STATUSES, P_STATUSES } from '../model/go-constants';
import type { GId, MId, MRow, State } from '../model/state';

/** Virtual time between two reports, ns. */
export const REPORT_EVERY_NS = 1_000_000;

const bit = (yes: boolean): string => (yes ? '1' : '0');
const number = (id: string | null): string => (id === null ? '-1' : id.slice(1));

/** The report of a state at a virtual time of so many ns. */
export function schedLines({ G, M, P, sched }: State, t: number): string {
  const goid = (g: GId | null): string => (g === null ? '-1' : String(G[g]?.goid ?? -1));
  const alive = (Object.entries(M) as [MId, MRow][]).filter(([, { dead }]) => !dead);
  const processors = Object.entries(P).filter(([, { status }]) => status !== '_Pdead');
  const totals = [
    `gomaxprocs=${processors.length}`,
    `idleprocs=${sched.pidle.length}`,
    `threads=${alive.length}`,
    `spinningthreads=${sched.nmspinning}`,
    `idlethreads=${sched.midle.length}`,
    `runqueue=${sched.runq.length}`,
    `gcwaiting=${bit(sched.gcwaiting)}`,
    `nmidlelocked=${sched.nmidlelocked}`,
    `stopwait=${sched.stopwait}`,
    `sysmonwait=${bit(sched.sysmonwait)}`,
  ];
  const lines = [`SCHED ${Math.floor(t / 1e6)}ms: ${totals.join(' ')}`];
  for (const [p, row] of Object.entries(P)) {
    const { status, schedtick, syscalltick, m, runq, gfree, timers } = row;
    lines.push(
      `  P${number(p)}: status=${P_STATUSES.indexOf(status)} schedtick=${schedtick} syscalltick=${syscalltick} m=${number(m)} runqsize=${runq.length} gfreecnt=${gfree.length} timerslen=${timers.length}`,
    );
  }
  // allm has the newest first.
  for (const [id, { p, curg, preemptoff, locks, spinning, blocked, lockedg }] of alive.reverse()) {
    lines.push(
      `  M${number(id)}: p=${number(p)} curg=${goid(curg)} mallocing=0 throwing=0 preemptoff=${preemptoff} locks=${locks} dying=0 spinning=${spinning} blocked=${blocked} lockedg=${goid(lockedg)}`,
    );
  }
  for (const { goid: id, status, waitreason, m, lockedm } of Object.values(G))
    lines.push(`  G${id}: status=${G_STATUSES.indexOf(status)}(${waitreason}) m=${number(m)} lockedm=${number(lockedm)}`);
  return `${lines.join('\n')}\n`;
}
