/** Why a thread runs a goroutine, looks for one, sleeps, or is in the kernel. Pure. */
import type { MId } from '../../model/state';
import type { Chain } from './chain';
import { addForWhom } from './for-whom';
import type { GReasons } from './g-reasons';
import type { PReasons } from './p-reasons';

export class MReasons {
  constructor(
    private readonly chain: Chain,
    private readonly goroutines: GReasons,
    private readonly processors: PReasons,
  ) {}

  /** Thread m as it stands after step `until`, found so at `foundAt`. */
  of(m: MId, until: number, foundAt: number): number | null {
    const state = this.chain.run.stateAt(until);
    const row = state.M[m];
    if (!row) return null;
    const since = (path: string): number => this.chain.timeAt(until) - this.chain.timeAt(this.chain.run.lastWrite(path, until));
    if (row.kernel !== null && row.curg === null) {
      const path = `M.${m}.kernel`;
      return this.chain.add('m.kernel', path, until, foundAt, { m, object: row.kernel.name, dt: since(path), end: 'kernel' })?.at ?? null;
    }
    if (row.parked) {
      const path = `M.${m}.parked`;
      const found = this.chain.add('m.sleeps', path, until, foundAt, { m, dt: since(path) });
      if (found) found.link.end ??= 'free';
      return found?.at ?? null;
    }
    if (row.spinning) return this.spinning(m, until, foundAt, since(`M.${m}.spinning`));
    if (row.curg !== null) {
      const path = `M.${m}.curg`;
      const found = this.chain.add('m.runs', path, until, foundAt, { m, other: row.curg, dt: since(path) });
      if (found?.isNew) this.chain.because(found.link, this.goroutines.of(row.curg, until, until));
      if (found && found.link.causes.length === 0) found.link.end ??= 'clock';
      return found?.at ?? null;
    }
    if (row.role === 'sysmon') return this.watching(m, state.sysmon.asleep, until, foundAt, since('sysmon.asleep'));
    const path = row.p === null ? `M.${m}.p` : `P.${row.p}.m`;
    const found = this.chain.add('m.schedules', path, until, foundAt, { m, p: row.p, dt: since(path) });
    if (found?.isNew && row.p !== null && found.link.n > 0) this.processors.given(found.link, row.p, m, found.link.n);
    if (found && found.link.causes.length === 0) found.link.end ??= 'clock';
    return found?.at ?? null;
  }

  /** sysmon never looks for a goroutine: it makes a round, or sleeps until the next one. */
  private watching(m: MId, isAsleep: boolean, until: number, foundAt: number, dt: number): number | null {
    return this.chain.add(isAsleep ? 'm.rests' : 'm.watches', 'sysmon.asleep', until, foundAt, { m, dt, end: 'clock' })?.at ?? null;
  }

  private spinning(m: MId, until: number, foundAt: number, dt: number): number | null {
    const path = `M.${m}.spinning`;
    const found = this.chain.add('m.spins', path, until, foundAt, { m, dt });
    if (!found?.isNew || found.link.n === 0) return found?.at ?? null;
    const { link } = found;
    const began = this.chain.run.step(link.n);
    // Out of work of its own: nobody has called it.
    if (began.m === m && began.fn === 'findrunnable') {
      link.end ??= 'clock';
      return found.at;
    }
    // Whoever woke or made it, and for whose sake.
    const nextp = this.chain.run.lastWrite(`M.${m}.nextp`, link.n);
    const gave =
      nextp === 0 ? 0 : this.chain.valueAt(`M.${m}.nextp`, nextp) === null ? this.chain.run.lastWrite(`M.${m}.nextp`, nextp - 1) : nextp;
    if (gave > 0 && this.chain.run.step(gave).m !== m && this.chain.valueAt(`M.${m}.nextp`, gave) !== null) {
      const fact = this.chain.add('m.called', `M.${m}.nextp`, gave, gave === nextp ? Math.max(link.n, gave + 1) : nextp, {
        m: this.chain.run.step(gave).m,
        m2: m,
        g: this.chain.run.step(gave).g,
      });
      if (fact) {
        this.chain.because(link, fact.at);
        if (fact.isNew && !addForWhom(this.chain, fact.link, gave)) fact.link.end ??= 'clock';
      }
    }
    if (link.causes.length === 0) link.end ??= 'clock';
    return found.at;
  }
}
