/**
 * What a run's state says of every goroutine, P and thread, as a reader of Go's traces knows it, in one number: the sum of a hash for each of
 * them, as states-v2.go and dump-v1.go of this folder write it.
 */
import type { GId, Json, MId, PId, State, Step } from '../../../model/state';

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

const RUNNABLE = 1;
const RUNNING = 2;
const SYSCALL = 3;
const WAITING = 4;
const P_RUNNING = 1;
const P_IDLE = 2;
const P_SYSCALL = 3;
const P_ABANDONED = 4;

const G_CODES: Readonly<Record<string, number>> = {
  _Grunnable: RUNNABLE,
  _Grunning: RUNNING,
  _Gcopystack: RUNNING,
  _Gsyscall: SYSCALL,
  _Gwaiting: WAITING,
  _Gpreempted: WAITING,
};

/** Inside of these a P is given back row by row; what a reader knows of it is clear again when they are through. */
const GIVING_BACK = /^(releasep|procresize|startTheWorldWithSema)$/;
const THROUGH = new Set(['releasep/status', 'startTheWorldWithSema/releasem']);

const FOR_EVER = /^(select \(no cases\)|panicwait)$/;

/** `old`: the reader of Go 1.19, for which a goroutine in a system call runs while it has its P, and waits when it has lost it. */
export class StateSum {
  /** In whose system call each P is; null: in that of a thread of C that has gone. */
  private readonly keepers = new Map<PId, MId | null>();
  private readonly handing = new Set<MId>();
  /** Goroutines that have their stacks scanned, or collect, call themselves waiting and run on. */
  private readonly scanned = new Set<GId>();

  constructor(
    first: State,
    private readonly isOld: boolean,
    private readonly threadNumber: (m: MId) => number = (m) => Number(m.slice(1)),
  ) {
    for (const [p, { status }] of Object.entries(first.P) as [PId, State['P'][PId]][]) {
      if (status !== '_Psyscall') continue;
      const found = Object.entries(first.M).find(([, row]) => row.oldp === p && row.p === null);
      this.keepers.set(p, (found?.[0] ?? null) as MId | null);
    }
  }

  /** `state`: after the step. */
  take(step: Step, state: State): void {
    for (const [path, old, now] of step.set) {
      const [table, id, field] = path.split('.');
      if (field !== 'status') continue;
      if (table === 'P') this.house(id as PId, old, now, step);
      else if (table === 'G') this.goroutine(id as GId, old, now, step, state);
    }
    if (GIVING_BACK.test(step.fn) && !THROUGH.has(`${step.fn}/${step.at}`)) this.handing.add(step.m);
    else this.handing.delete(step.m);
  }

  private house(p: PId, old: Json, now: Json, { m: by, fn }: Step): void {
    if (now === '_Psyscall') this.keepers.set(p, by);
    // Who comes back in time takes it as others would; it is in the system call until its goroutine runs.
    else if (!(old === '_Psyscall' && now === '_Pidle' && this.keepers.get(p) === by && fn !== 'releasep') && now !== '_Prunning')
      this.keepers.delete(p);
  }

  private goroutine(g: GId, old: Json, now: Json, step: Step, state: State): void {
    const { m } = state.G[g] ?? { m: null };
    if (now === '_Gwaiting' && old === '_Grunning' && step.fn !== 'park_m' && m !== null) this.scanned.add(g);
    else this.scanned.delete(g);
    const p = m === null ? null : (state.M[m]?.p ?? null);
    if (now === '_Gsyscall' && m !== null && p !== null) this.keepers.set(p, m);
    if (old !== '_Gsyscall') return;
    for (const [kept, keeper] of this.keepers) {
      if (now === '_Gdead' && keeper === step.m) this.keepers.set(kept, null);
      else if (now === '_Grunning' && keeper === m) this.keepers.delete(kept);
    }
  }

  /** No P is between two hands. */
  get isSettled(): boolean {
    return this.handing.size === 0;
  }

  sum({ G, M, P }: State): number {
    let total = 0;
    const put = (text: string): void => {
      total = (total + hash(text)) >>> 0;
    };
    const holders = new Map<PId, MId>();
    const held = new Map<MId, PId>();
    for (const [m, { p }] of Object.entries(M) as [MId, State['M'][MId]][]) if (p !== null) holders.set(p, m);
    for (const [p, m] of this.keepers) if (m !== null) holders.set(p, m);
    for (const [p, m] of holders) held.set(m, p);
    const codes = new Map<GId, number>();
    for (const [g, { status, goid, waitreason }] of Object.entries(G) as [GId, State['G'][GId]][]) {
      const code = this.scanned.has(g) ? RUNNING : G_CODES[status];
      // For the old tracer who can never be woken has ended.
      if (this.isOld && code === WAITING && FOR_EVER.test(waitreason)) continue;
      if (goid !== 0 && code !== undefined) codes.set(g, code);
    }
    for (const [m, { curg }] of Object.entries(M) as [MId, State['M'][MId]][]) {
      const p = held.get(m);
      const code = curg === null ? undefined : codes.get(curg);
      if (p !== undefined) put(`M${this.threadNumber(m)} p${p.slice(1)}`);
      if (curg === null || code === undefined) continue;
      const isGone = code === SYSCALL && !(p !== undefined && this.keepers.get(p) === m);
      if (this.isOld && code === SYSCALL) codes.set(curg, isGone ? WAITING : RUNNING);
      if (code === RUNNING || (code === SYSCALL && !(this.isOld && isGone))) put(`M${this.threadNumber(m)} g${G[curg]?.goid ?? 0}`);
    }
    for (const [g, code] of codes) put(`G${G[g]?.goid ?? 0} ${code}`);
    for (const p of Object.keys(P) as PId[]) {
      const code = this.codeOf(p, holders);
      // The old reader does not know which idle Ps there are.
      if (!this.isOld || code !== P_IDLE) put(`P${p.slice(1)} ${code}`);
    }
    return total;
  }

  private codeOf(p: PId, holders: ReadonlyMap<PId, MId>): number {
    if (this.keepers.get(p) === null) return this.isOld ? P_RUNNING : P_ABANDONED;
    if (!holders.has(p)) return P_IDLE;
    return !this.isOld && this.keepers.has(p) ? P_SYSCALL : P_RUNNING;
  }
}
