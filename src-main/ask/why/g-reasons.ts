/** Why a goroutine waits, is runnable, runs, or is in a system call. Pure. */
import type { GId, MId, PId, State } from '../../model/state';
import type { Chain, Fields, Teller, WaitTeller, WhyLink } from './chain';
import { Held } from './held';
import { addUnannounced } from './unannounced';

/** How many steps back to look for what the same thread did before. */
const LOOK_BACK = 600;
const OBJECT = /^((?:chan|mutex|waitgroup|rwmutex|cond)\.([^.]+))\./;

/** What explains so much of a wait leaves nothing to ask of the one who ended it. */
const ENOUGH = 0.5;

/** How many stand before it, where that is anybody. */
const ahead = (n: number): string => (n === 0 ? '' : String(n));

export class GReasons {
  private readonly held: Held;

  constructor(
    private readonly chain: Chain,
    private readonly ofP: Teller<PId>,
    private readonly kept: WaitTeller,
  ) {
    this.held = new Held(
      chain,
      (...asked) => this.of(...asked),
      (...asked) => {
        this.late(...asked);
      },
    );
  }

  /** Goroutine g as it stands after step `until`, found so at `foundAt`. */
  of(g: GId, until: number, foundAt: number): number | null {
    const state = this.chain.run.stateAt(until);
    const row = state.G[g];
    if (!row) return null;
    const { n, status } = this.chain.statusOf(g, until);
    const dt = this.chain.timeAt(until) - this.chain.timeAt(n);
    const path = `G.${g}.status`;
    if (status === '_Gwaiting' || status === '_Gpreempted') return this.waiting(g, state, n, until, foundAt, dt);
    if (status === '_Grunnable') return this.runnable(g, state, until, foundAt, dt);
    if (status === '_Grunning') return this.running(g, until, foundAt, dt);
    if (status === '_Gsyscall') {
      const m = row.m ?? null;
      const stay = m === null ? null : (state.M[m]?.kernel ?? null);
      const outside = stay === null && m !== null ? this.besideKernel(m, state, n, until) : null;
      if (outside !== null) return this.chain.add(outside, path, until, foundAt, { g, m, dt, end: 'clock' })?.at ?? null;
      const found = this.chain.add('g.syscall', path, until, foundAt, { g, m, dt, object: stay?.name ?? '' });
      if (found?.isNew) {
        const inside =
          m === null || !stay
            ? null
            : this.chain.add('kernel', `M.${m}.kernel`, until, until, { g, m, object: stay.name, dt, end: 'kernel' });
        if (inside) this.chain.because(found.link, inside.at);
        else found.link.end ??= 'clock';
      }
      return found?.at ?? null;
    }
    const found = this.chain.add('g.dead', path, until, foundAt, { g, end: 'clock' });
    return found?.at ?? null;
  }

  /**
   * _Gsyscall since step n, while m is not in the kernel: it has not come to the instruction that enters yet, or it has come back and is on its way
   * to a P. null: nobody knows, as in C, in a sleep of the runtime's own, and in a recorded run, which tells of no instructions.
   */
  private besideKernel(m: MId, state: State, n: number, until: number): 'g.leaving' | 'g.back' | null {
    const row = state.M[m];
    if (!row || row.regs === null || row.incgo || row.blocked) return null;
    return this.chain.run.lastWrite(`M.${m}.kernel`, until) > n ? 'g.back' : 'g.leaving';
  }

  private waiting(g: GId, state: State, n: number, until: number, foundAt: number, dt: number): number | null {
    const reason = state.G[g]?.waitreason ?? '';
    const object = this.objectBefore(g, n);
    const found = this.chain.add('g.waits', `G.${g}.status`, until, foundAt, {
      g,
      dt,
      reason,
      object: object?.name ?? '',
      m: n === 0 ? null : this.chain.run.step(n).m,
    });
    if (!found?.isNew) return found?.at ?? null;
    const { link, at } = found;
    if (n === 0) return at;
    if (reason === 'sleep' || reason.startsWith('force gc')) link.end = 'clock';
    else if (reason === 'IO wait') link.end = 'kernel';
    else if (object && (!this.wasPassedOn(object, until) || this.held.tell(link, object, n, until) === 0))
      this.found(link, g, object, until);
    if (link.causes.length === 0) link.end ??= 'clock';
    return at;
  }

  /** Whether a lock is no longer held by whoever had it when it was waited for. */
  private wasPassedOn({ path, at }: { path: string; at: number }, until: number): boolean {
    return this.chain.run.lastWrite(`${path}.locked`, until) > at;
  }

  /** The place that the goroutine's thread looked at before it went to sleep: `chan.c`. */
  private objectBefore(g: GId, n: number): { path: string; name: string; at: number } | null {
    if (n === 0) return null;
    const { m } = this.chain.run.step(n);
    for (let i = n; i > Math.max(0, n - LOOK_BACK); i--) {
      const step = this.chain.run.step(i);
      if (step.m !== m) continue;
      if (step.g !== null && step.g !== g) return null;
      for (const [path] of step.set) {
        const [, row, name] = OBJECT.exec(path) ?? [];
        if (row !== undefined && name !== undefined) return { path: row, name, at: i };
      }
      if (step.fn.startsWith('main.')) return null;
    }
    return null;
  }

  /** What it found when it looked, who left it so, and who could change it. */
  private found(link: WhyLink, g: GId, object: { path: string; name: string; at: number }, until: number): void {
    const [table = '', name = ''] = object.path.split('.');
    const field = { chan: 'count', mutex: 'locked', waitgroup: 'counter', rwmutex: 'readerCount', cond: 'wait' }[table] ?? 'lock';
    const path = `${object.path}.${field}`;
    const written = this.chain.run.lastWrite(path, object.at - 1);
    const by = written === 0 ? null : this.chain.run.step(written);
    const value = this.chain.valueAt(path, written);
    const isHeld = table === 'mutex' && value === true && by?.g != null;
    const fact = this.chain.add(isHeld ? 'held' : `${table}.found`, path, object.at - 1, object.at, {
      object: name,
      other: by?.g ?? null,
      g,
      m: by?.m ?? null,
      dt: isHeld ? this.chain.timeAt(until) - this.chain.timeAt(written) : null,
    });
    if (fact) this.chain.because(link, fact.at);
    const ending =
      isHeld && by.g !== null
        ? [by.g]
        : this.chain.run.mayEnd(this.chain.run.stateAt(until), link.reason, name).filter((each) => each !== g);
    const now = this.chain.run.stateAt(until);
    for (const each of ending.filter((id) => now.G[id] !== undefined && now.G[id].status !== '_Gdead').slice(0, 3)) {
      const at = this.of(each, until, until);
      if (at !== null) this.chain.because(link, at);
    }
    // Nobody may be left who ends it: then it was left so by whoever came there in the course of its own work.
    if (!fact?.isNew || fact.link.n === 0) return;
    if (by?.g != null) this.late(fact.link, by.g, fact.link.n, fact.link.n);
    if (fact.link.causes.length === 0) fact.link.end ??= 'clock';
  }

  private runnable(g: GId, state: State, until: number, foundAt: number, dt: number): number | null {
    const path = `G.${g}.status`;
    const n = this.chain.run.lastWrite(path, until);
    const found = this.chain.add(n === 0 ? 'g.runnable' : this.howRunnable(g, n), path, until, foundAt, { g, dt, ...this.whoMade(g, n) });
    if (!found?.isNew) return found?.at ?? null;
    const { link, at } = found;
    this.queued(link, g, state, until);
    this.inOrder(
      g,
      n,
      dt,
      () => this.kept(link, g, n, until, true),
      () => {
        this.madeSo(link, g, n, n - 1);
      },
    );
    return at;
  }

  /** First what took longer: what kept it since it is runnable, for `dt` ns, or what it had done until step n made it so. */
  private inOrder(g: GId, n: number, dt: number, kept: () => void, madeSo: () => void): void {
    const isSince = n > 0 && this.chain.timeAt(n) - this.chain.timeAt(this.chain.statusOf(g, n - 1).n) <= dt;
    for (const tell of isSince ? [kept, madeSo] : [madeSo, kept]) tell();
  }

  private howRunnable(g: GId, n: number): string {
    const old = n === 0 ? null : (this.chain.run.step(n).set.find(([each]) => each === `G.${g}.status`)?.[1] ?? null);
    if (old === '_Gwaiting') return 'g.readied';
    if (old === '_Gsyscall') return 'g.returned';
    return old === '_Grunning' || old === '_Gpreempted' ? 'g.yielded' : 'g.created';
  }

  private whoMade(g: GId, n: number): Fields {
    if (n === 0) return {};
    const { m, g: by } = this.chain.run.step(n);
    return { m, other: by === g ? null : by };
  }

  /** Why it does not run yet: the queue that it stands in, and who runs before it. */
  private queued(link: WhyLink, g: GId, state: State, until: number): void {
    const processors = Object.entries(state.P) as [PId, State['P'][PId]][];
    const [p, owner] = processors.find(([, row]) => row.runnext === g || row.runq.includes(g)) ?? [];
    const isGlobal = p === undefined && state.sched.runq.includes(g);
    if (p !== undefined && owner) {
      const isNext = owner.runnext === g;
      const place = this.chain.add(isNext ? 'queue.runnext' : 'queue.runq', `P.${p}.${isNext ? 'runnext' : 'runq'}`, until, until, {
        ...{ g, p },
        object: isNext ? '' : ahead(owner.runq.indexOf(g) + (owner.runnext === null ? 0 : 1)),
      });
      if (place) this.chain.because(link, place.at);
      const busy = this.ofP(p, until, until);
      if (place?.isNew && busy !== null) this.chain.because(place.link, busy);
    } else if (isGlobal) {
      const place = this.chain.add('queue.global', 'sched.runq', until, until, { g, object: ahead(state.sched.runq.indexOf(g)) });
      if (place) this.chain.because(link, place.at);
      for (const [id, row] of processors.slice(0, 2)) {
        const busy = row.status === '_Pdead' ? null : this.ofP(id, until, until);
        if (place && busy !== null) this.chain.because(place.link, busy);
      }
    }
  }

  /**
   * What made it runnable: the waker, and why that came only then; who created it, or after it had given way it itself, and why they had come to
   * that, as far back as step `since`.
   */
  private madeSo(link: WhyLink, g: GId, n: number, since: number): void {
    if (n === 0) return;
    const step = this.chain.run.step(n);
    const before = this.chain.statusOf(g, n - 1);
    if (link.type === 'g.readied') {
      const object = this.objectBefore(g, before.n);
      const slept = this.chain.add('g.slept', `G.${g}.status`, n - 1, n, {
        g,
        dt: step.t - this.chain.timeAt(before.n),
        reason: this.chain.run.stateAt(n - 1).G[g]?.waitreason ?? '',
        object: object?.name ?? '',
        end: 'clock',
      });
      if (slept) this.chain.because(link, slept.at);
      if (slept?.isNew && object && this.held.tell(slept.link, object, before.n, n) >= ENOUGH) {
        slept.link.end = null;
        return;
      }
      if (step.g !== null && step.g !== g) this.late(link, step.g, n, before.n);
      else this.waker(link, n);
      // It did not take its own time: whoever came to wake it has a reason of their own.
      if (slept?.isNew && step.g !== null && link.causes.length > 1) slept.link.end = 'woken';
    } else if (link.type === 'g.created' && step.g !== null) this.late(link, step.g, n, since);
    else if (link.type === 'g.returned') {
      const left = this.chain.add('g.left', `G.${g}.status`, n - 1, n, { g, dt: step.t - this.chain.timeAt(before.n), end: 'kernel' });
      if (left) this.chain.because(link, left.at);
    } else if (link.type === 'g.yielded') {
      const asked = this.chain.run.lastWrite(`G.${g}.preempt`, n);
      const ran = this.chain.add('g.ran', `G.${g}.status`, n - 1, n, { g, dt: step.t - this.chain.timeAt(before.n), end: 'clock' });
      if (ran) this.chain.because(link, ran.at);
      if (ran?.isNew && before.n > since) this.before(ran.link, g, before.n, since);
      if (asked > before.n && this.chain.run.step(asked).m !== step.m) {
        const told = this.chain.add('preempted', `G.${g}.preempt`, n, n, { g, m: this.chain.run.step(asked).m });
        if (told) this.chain.because(link, told.at);
      }
    }
  }

  /** Somebody without a goroutine has done it: a thread that found a timer or the network's news. */
  private waker(link: WhyLink, n: number): void {
    const step = this.chain.run.step(n);
    for (let i = n; i > Math.max(0, n - LOOK_BACK); i--) {
      const each = this.chain.run.step(i);
      if (each.m !== step.m) continue;
      if (each.fn === 'checkTimers' || each.fn === 'netpoll') {
        const isTimer = each.fn === 'checkTimers';
        const type = isTimer ? 'timer.due' : 'net.news';
        const path = each.set[0]?.[0] ?? step.set[0]?.[0] ?? '';
        // Others may have had news of their own since.
        const fact = this.chain.add(type, path, i, i, { m: step.m, end: isTimer ? 'clock' : 'kernel' });
        if (fact) this.chain.because(link, fact.at);
        return;
      }
    }
  }

  /** Why `actor` did it only at step n: what kept it since step `since`, backwards through whoever kept it. */
  private late(link: WhyLink, actor: GId, n: number, since: number): void {
    const { n: began, status } = this.chain.statusOf(actor, n - 1);
    if (status !== '_Grunning') return;
    const ran = this.chain.add('g.ran', `G.${actor}.status`, n - 1, n, { g: actor, dt: this.chain.timeAt(n) - this.chain.timeAt(began) });
    if (!ran?.isNew) {
      if (ran) this.chain.because(link, ran.at);
      return;
    }
    this.chain.because(link, ran.at);
    if (began <= since || began === 0) {
      ran.link.end ??= 'clock';
      return;
    }
    this.before(ran.link, actor, began, since);
  }

  /** It runs since step n; what had kept it from that, as far back as step `since`. */
  private before(link: WhyLink, g: GId, n: number, since: number): void {
    const { n: began, status } = this.chain.statusOf(g, n - 1);
    const dt = this.chain.timeAt(n) - this.chain.timeAt(began);
    if (status === '_Grunnable') {
      const fact = this.chain.add(began === 0 ? 'g.runnable' : this.howRunnable(g, began), `G.${g}.status`, n - 1, n, {
        g,
        dt,
        ...this.whoMade(g, began),
      });
      if (!fact) return;
      this.chain.because(link, fact.at);
      if (!fact.isNew) return;
      this.inOrder(
        g,
        began,
        dt,
        () => {
          if (!this.kept(fact.link, g, began, n, false)) this.occupied(fact.link, g, n, began);
        },
        () => {
          if (began > since) this.madeSo(fact.link, g, began, since);
        },
      );
      if (fact.link.causes.length === 0) fact.link.end ??= 'clock';
    } else if (status === '_Gsyscall') {
      const fact = this.chain.add('g.left', `G.${g}.status`, n - 1, n, { g, dt, end: 'kernel' });
      if (fact) this.chain.because(link, fact.at);
      // What is asked about may have begun long before it left.
      if (fact?.isNew && began > since) this.late(fact.link, g, began, since);
    } else {
      const fact = this.chain.add('g.ran', `G.${g}.status`, n - 1, n, { g, dt, end: 'clock' });
      if (fact) this.chain.because(link, fact.at);
    }
  }

  /** While it stood in the queue its thread's P ran another: who, and how long. */
  private occupied(link: WhyLink, g: GId, n: number, since: number): void {
    const { m } = this.chain.run.step(n);
    const last = this.chain.run.lastWrite(`M.${m}.curg`, n - 1);
    if (last === 0) return;
    const before = this.chain.run.step(last).set.find(([path]) => path === `M.${m}.curg`)?.[1];
    if (typeof before !== 'string' || before === g || last <= since) return;
    const fact = this.chain.add('m.left', `M.${m}.curg`, n - 1, n, { m, other: before as GId, g, end: 'clock' });
    if (fact) this.chain.because(link, fact.at);
  }

  private running(g: GId, until: number, foundAt: number, dt: number): number | null {
    const path = `G.${g}.status`;
    const n = this.chain.run.lastWrite(path, until);
    const state = this.chain.run.stateAt(until);
    const m = state.G[g]?.m ?? null;
    const found = this.chain.add('g.runs', path, until, foundAt, { g, m, p: m === null ? null : (state.M[m]?.p ?? null), dt });
    if (!found?.isNew) return found?.at ?? null;
    if (m !== null) addUnannounced(this.chain, found.link, m, g, until);
    if (n === 0) return found.at;
    // What it had done before it last became runnable is another story.
    this.before(found.link, g, n, this.chain.statusOf(g, n - 1).n - 1);
    if (found.link.causes.length === 0) found.link.end ??= 'clock';
    return found.at;
  }
}
