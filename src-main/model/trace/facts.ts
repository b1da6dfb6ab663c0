/** The facts file (formats/README.md, “The facts”), collected from a run's steps one by one. */
import type { CallFact, GId, GRow, MId, MRow, Outcome, PId, State, Step, StepFact, SyscallPath } from '../state';
import { parsePath } from '../state-path';
import { unreachable } from '../unreachable';

export interface Run {
  from: number;
  to: number;
  m: MId;
  p: PId;
}

export interface GoroutineFacts {
  id: GId;
  created: number;
  started: number | null;
  ended: number | null;
  runs: Run[];
  syscalls: {
    name: string;
    nr: number;
    via: string;
    enter: number;
    exit: number;
    path: SyscallPath;
    result: number;
    errno: string | null;
    strace: string | null;
    unmodelled?: true;
  }[];
}

export interface Facts {
  schedville: 1;
  kind: 'facts';
  id: string;
  outcome: Outcome;
  time: number;
  steps: number;
  threads: { created: number; peak: number };
  goroutines: Record<string, GoroutineFacts>;
  runOrder: string[];
  retakes: { t: number; p: PId; from: MId | null; to: MId | null; waited: number }[];
  handoffs: { t: number; p: PId; why: string; also?: string[] }[];
  steals: { t: number; thief: PId; victim: PId; n: number }[];
  preemptions: { t: number; g: string; ran: number; how: string }[];
  stw: { asked: number; stopped: number; started: number }[];
  marks: { t: number; g: string; text: string }[];
}

/** What is known of a goroutine while it lives. */
interface Life {
  facts: GoroutineFacts;
  name: string;
  system: boolean;
  m: MId | null;
  /** In a system call: the P it left, and whether another M has taken that P meanwhile. */
  left: { p: PId; lost: boolean } | null;
  isRunning: boolean;
}

export class FactsCollector {
  private readonly lives = new Map<GId, Life>();
  /** Whose system call keeps the P: at most one at a time. */
  private readonly keepers = new Map<PId, Life>();
  private readonly pOfM = new Map<MId, PId | null>();
  private readonly alive = new Set<MId>();
  private readonly facts: Omit<Facts, 'outcome' | 'time' | 'steps' | 'goroutines'>;
  /** Retakes whose P is still on its way to its next M. */
  private readonly underWay = new Map<PId, Facts['retakes'][number]>();
  private steps = 0;
  private lastT = 0;
  private lastG: GId | null = null;

  constructor(id: string, first: State) {
    this.facts = {
      schedville: 1,
      kind: 'facts',
      id,
      threads: { created: 0, peak: 0 },
      runOrder: [],
      retakes: [],
      handoffs: [],
      steals: [],
      preemptions: [],
      stw: [],
      marks: [],
    };
    for (const [m, row] of Object.entries(first.M)) this.addM(m as MId, row.p);
    for (const [g, row] of Object.entries(first.G)) this.addG(g as GId, row, 0);
  }

  private addM(m: MId, p: PId | null): void {
    this.pOfM.set(m, p);
    this.alive.add(m);
    this.facts.threads.created++;
    this.facts.threads.peak = Math.max(this.facts.threads.peak, this.alive.size);
  }

  private addG(g: GId, row: GRow, t: number): void {
    const facts: GoroutineFacts = { id: g, created: t, started: null, ended: null, runs: [], syscalls: [] };
    const life: Life = { facts, name: row.name, system: row.system, m: row.m, left: null, isRunning: false };
    this.lives.set(g, life);
    if (row.status !== '_Grunning') return;
    // Whoever runs when the trace begins was executed before it.
    this.startRunning(life, t);
    this.executed(g);
  }

  add(step: Step): void {
    this.steps++;
    this.lastT = step.t;
    this.lastG = step.g;
    for (const [path, old, now] of step.set) this.change(step, path, old, now);
    if (step.fn === 'execute' && step.at === 'casgstatus' && step.g !== null) this.executed(step.g);
    if (step.note !== undefined) this.facts.marks.push({ t: step.t, g: this.nameOf(step.g), text: step.note });
    if (step.call) this.called(step.call);
    if (step.fact) this.noted(step, step.fact);
  }

  private nameOf(g: GId | null): string {
    return g === null ? '' : (this.lives.get(g)?.name ?? g);
  }

  private executed(g: GId): void {
    const life = this.lives.get(g);
    if (life && !life.system) this.facts.runOrder.push(life.name);
  }

  private called({ g, ...call }: CallFact): void {
    this.lives.get(g)?.facts.syscalls.push(call);
  }

  private change(step: Step, path: string, old: unknown, now: unknown): void {
    const { table, id, field } = parsePath(path);
    if (table === 'G') this.changeG(step, id, field, now);
    else if (table === 'M') this.changeM(id, field, now);
    else if (table === 'P' && field === 'status') this.changeP(step, id, old, now);
  }

  private changeM(m: MId, field: keyof MRow | null, now: unknown): void {
    if (field === null) this.addM(m, null);
    else if (field === 'p') this.pOfM.set(m, now as PId | null);
    else if (field === 'dead') this.alive.delete(m);
  }

  private changeP(step: Step, p: PId, old: unknown, now: unknown): void {
    if (old === '_Psyscall') this.lost(p, step.m);
    // entersyscallblock gives it away itself, without ever being _Psyscall.
    else if (old === '_Prunning' && now !== '_Psyscall') this.lost(p, null);
  }

  /** A P left its system call: the M that had left it there has lost it, unless it took it back itself. */
  private lost(p: PId, by: MId | null): void {
    const keeper = this.keepers.get(p);
    if (keeper?.left?.p === p && keeper.m !== by) keeper.left.lost = true;
    this.keepers.delete(p);
  }

  private changeG(step: Step, g: GId, field: keyof GRow | null, now: unknown): void {
    if (field === null) {
      this.addG(g, now as GRow, step.t);
      return;
    }
    const life = this.lives.get(g);
    if (!life) return;
    if (field === 'm') life.m = now as MId | null;
    if (field === 'status') this.changeStatus(step, life, now as GRow['status']);
  }

  private changeStatus(step: Step, life: Life, status: GRow['status']): void {
    if (status === '_Grunning') {
      this.startRunning(life, step.t);
      return;
    }
    if (life.isRunning) {
      const run = life.facts.runs.at(-1);
      if (run) run.to = step.t;
      life.isRunning = false;
      if (status === '_Gsyscall' && run) {
        life.left = { p: run.p, lost: false };
        this.keepers.set(run.p, life);
      }
    }
    if (status === '_Gdead' && life.facts.started !== null) life.facts.ended = step.t;
  }

  private startRunning(life: Life, t: number): void {
    const m = life.m ?? 'M0';
    const p = this.pOfM.get(m) ?? 'P0';
    life.facts.started ??= t;
    life.isRunning = true;
    const run = life.facts.runs.at(-1);
    // An undisturbed system call does not end a run.
    if (life.left && !life.left.lost && run?.m === m && run.p === p) run.to = t;
    else life.facts.runs.push({ from: t, to: t, m, p });
    life.left = null;
  }

  private noted({ t }: Step, fact: StepFact): void {
    const { facts } = this;
    switch (fact.kind) {
      case 'retake': {
        const retake = { t, p: fact.p, from: fact.from, to: null, waited: fact.waited };
        facts.retakes.push(retake);
        this.underWay.set(fact.p, retake);
        break;
      }
      case 'handoff':
        // No M gets it now; one that gets it later has nothing to do with the retake.
        if (fact.why === 'idle' || fact.why === 'gcwaiting') this.underWay.delete(fact.p);
        facts.handoffs.push(fact.also.length > 0 ? { t, p: fact.p, why: fact.why, also: fact.also } : { t, p: fact.p, why: fact.why });
        break;
      case 'given': {
        const retake = this.underWay.get(fact.p);
        if (retake) retake.to = fact.m;
        this.underWay.delete(fact.p);
        break;
      }
      case 'steal':
        facts.steals.push({ t, thief: fact.thief, victim: fact.victim, n: fact.n });
        break;
      case 'preemption':
        facts.preemptions.push({ t, g: this.nameOf(fact.g), ran: fact.ran, how: fact.how });
        break;
      case 'stw':
        facts.stw.push({ asked: fact.asked, stopped: fact.stopped, started: fact.started });
        break;
      default:
        unreachable(fact);
    }
  }

  /**
   * The facts up to here. Runs that go on end with the last step, and so does main when it has ended the program itself. `endNs`: when the run
   * ended, if that was later than its last step: a limit of virtual time.
   */
  result(outcome: Outcome, endNs = this.lastT): Facts {
    const goroutines: Record<string, GoroutineFacts> = {};
    for (const [g, life] of this.lives) {
      const last = life.facts.runs.at(-1);
      if (last && life.isRunning) last.to = endNs;
      if (g === 'G1' && outcome.kind === 'exit' && this.lastG === g) life.facts.ended ??= this.lastT;
      if (!life.system) goroutines[life.name] = life.facts;
    }
    const { schedville, kind, id, threads, ...lists } = this.facts;
    return { schedville, kind, id, outcome, time: endNs, steps: this.steps, threads, goroutines, ...lists };
  }
}
