/** Why a P is run by a thread, locked in a system call, taken, stopped or idle. Pure. */
import type { GId, MId, PId } from '../../model/state';
import type { Chain, Teller, WhyLink } from './chain';
import { addForWhom } from './for-whom';
import { addUnannounced } from './unannounced';

/** From wakep to the key that it gives, with what other threads do meanwhile. */
const WAKE_STEPS = 40;

export class PReasons {
  constructor(
    private readonly chain: Chain,
    private readonly ofG: Teller<GId>,
  ) {}

  /** P p as it stands after step `until`, found so at `foundAt`. */
  of(p: PId, until: number, foundAt: number): number | null {
    const path = `P.${p}.status`;
    const state = this.chain.run.stateAt(until);
    const row = state.P[p];
    if (!row) return null;
    const n = this.chain.run.lastWrite(path, until);
    const dt = this.chain.timeAt(until) - this.chain.timeAt(n);
    const step = n === 0 ? null : this.chain.run.step(n);
    const { m } = row;
    if (row.status === '_Prunning' && m !== null) return this.runningP(p, m, until, foundAt, dt);
    if (row.status === '_Psyscall') {
      const found = this.chain.add('p.locked', path, until, foundAt, { p, m: step?.m ?? null, other: step?.g ?? null, dt });
      if (found?.isNew && step?.g) this.chain.because(found.link, this.ofG(step.g, until, until));
      if (found && found.link.causes.length === 0) found.link.end ??= 'kernel';
      return found?.at ?? null;
    }
    if (row.status === '_Pgcstop') {
      const found = this.chain.add('p.stopped', path, until, foundAt, { p, m: step?.m ?? null, dt });
      if (found?.isNew) this.ordered(found.link, n === 0 ? until : n);
      return found?.at ?? null;
    }
    if (step?.fn === 'retake') return this.taken(p, until, foundAt);
    const found = this.chain.add('p.idle', path, until, foundAt, { p, m: step?.m ?? null, dt });
    if (found) found.link.end ??= 'free';
    return found?.at ?? null;
  }

  private runningP(p: PId, m: MId, until: number, foundAt: number, dt: number): number | null {
    const path = `P.${p}.m`;
    const state = this.chain.run.stateAt(until);
    const g = state.M[m]?.curg ?? null;
    const found = this.chain.add(g === null ? 'p.has' : 'p.runs', path, until, foundAt, { p, m, other: g, dt });
    if (!found?.isNew) return found?.at ?? null;
    const { link, at } = found;
    if (g !== null) {
      const curg = this.chain.add('m.runs', `M.${m}.curg`, until, until, {
        m,
        other: g,
        dt: this.chain.timeAt(until) - this.chain.timeAt(this.chain.run.lastWrite(`M.${m}.curg`, until)),
      });
      if (curg) {
        this.chain.because(link, curg.at);
        if (curg.isNew) addUnannounced(this.chain, curg.link, m, g, until);
        if (curg.link.causes.length === 0) curg.link.end ??= 'clock';
      }
    }
    if (link.n > 0) this.given(link, p, m, link.n);
    if (link.causes.length === 0) link.end ??= 'clock';
    return at;
  }

  /** Stopped at step n: by whose order. */
  ordered(link: WhyLink, n: number): void {
    const order = this.chain.add('stop.asked', 'sched.gcwaiting', n, n, {});
    if (!order) return;
    this.chain.because(link, order.at);
    order.link.end ??= 'clock';
  }

  /** The P had been left for the thread by another: who, and how that came to have it. `n`: the thread has taken it by then, or is on its way. */
  given(link: WhyLink, p: PId, m: MId, n: number): void {
    const nextp = this.chain.run.lastWrite(`M.${m}.nextp`, n);
    if (nextp === 0 || this.chain.valueAt(`M.${m}.nextp`, nextp) !== p || this.chain.run.step(nextp).m === m) return;
    const gave = this.chain.add('p.given', `M.${m}.nextp`, n, n, { p, m: this.chain.run.step(nextp).m, m2: m });
    if (!gave) return;
    this.chain.because(link, gave.at);
    if (!gave.isNew) return;
    const status = this.chain.run.lastWrite(`P.${p}.status`, nextp);
    if (status > 0 && this.chain.run.step(status).fn === 'retake') this.chain.because(gave.link, this.taken(p, status, nextp));
    else if (this.isWake(nextp)) addForWhom(this.chain, gave.link, nextp);
    gave.link.end ??= gave.link.causes.length === 0 ? 'clock' : null;
  }

  /** The key was given because somebody was to help: by wakep, just before on the same thread. */
  private isWake(n: number): boolean {
    const { m } = this.chain.run.step(n);
    for (let i = n - 1; i > Math.max(0, n - WAKE_STEPS); i--) {
      const step = this.chain.run.step(i);
      if (step.m === m && step.fn === 'wakep') return true;
    }
    return false;
  }

  /** sysmon has taken it: what it had noted, and who had left it in a system call. */
  private taken(p: PId, until: number, foundAt: number): number | null {
    const n = this.chain.run.lastWrite(`P.${p}.status`, until);
    const step = this.chain.run.step(n);
    const locked = this.chain.run.lastWrite(`P.${p}.status`, n - 1);
    const by = locked === 0 ? null : this.chain.run.step(locked);
    const found = this.chain.add('p.taken', `P.${p}.status`, until, foundAt, {
      p,
      m: step.m,
      m2: by?.m ?? null,
      other: by?.g ?? null,
      dt: step.t - this.chain.timeAt(locked),
    });
    if (!found?.isNew) return found?.at ?? null;
    this.noted(found.link, p, n);
    const left = this.chain.add('p.locked', `P.${p}.status`, n - 1, n, {
      p,
      m: by?.m ?? null,
      other: by?.g ?? null,
      dt: step.t - this.chain.timeAt(locked),
    });
    if (left) {
      this.chain.because(found.link, left.at);
      if (left.isNew) {
        if (by?.g) this.chain.because(left.link, this.ofG(by.g, n - 1, n));
        if (left.link.causes.length === 0) left.link.end ??= 'kernel';
      }
    }
    return found.at;
  }

  /** sysmon takes p at step n because it had noted the same syscalltick on a round before. */
  noted(link: WhyLink, p: PId, n: number): void {
    const step = this.chain.run.step(n);
    const noted = this.chain.run.lastWrite(`sysmon.ticks.${p}.syscalltick`, n - 1);
    const note = this.chain.add('p.noted', `sysmon.ticks.${p}.syscalltick`, n - 1, n, {
      p,
      m: step.m,
      dt: step.t - this.chain.timeAt(noted),
      end: 'clock',
    });
    if (note) this.chain.because(link, note.at);
  }
}
