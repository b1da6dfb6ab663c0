/**
 * The order in which a tracer's events may come (runtime/proc.go: the comment above reentersyscall; exitsyscall, execute): a system call
 * that lost its P is blocked before it is left, left before its goroutine starts again, and a P is started and stopped in turn. Watches one
 * run, like the laws.
 */
import type { GId, PId, State, Step } from '../state';
import { changesOf, fieldPath, writtenTo } from '../state-path';

/** A system call under way: whether its P was taken, and whether SysExit has been written. */
interface Stay {
  isBlocked: boolean;
  isLeft: boolean;
  /** Go 1.14 tells nothing of a thread of C that comes in: it leaves a system call that it has not entered, or (slowly) not even that is told. */
  isForeign?: true;
}

/** What only a running goroutine does. */
const ACTS = /^Go(Sched|Preempt|End|Sleep|Block\w*|SysCall)$/;

/** Says what is wrong with a step's events; null: nothing. */
export interface EventWatch {
  broken(step: Step): string | null;
}

export class EventOrder implements EventWatch {
  private readonly stays = new Map<GId, Stay>();
  /** Whose system call keeps a P. */
  private readonly keepers = new Map<PId, GId>();
  private readonly started = new Set<PId>();

  constructor(first: State) {
    for (const [p, row] of Object.entries(first.P)) if (row.m !== null) this.started.add(p as PId);
  }

  /** What is wrong with this step's events; null: nothing. */
  broken(step: Step): string | null {
    if (step.fn === 'needm' && step.at === 'casgstatus' && step.g !== null && !this.stays.has(step.g))
      this.stays.set(step.g, { isBlocked: true, isLeft: false, isForeign: true });
    for (const event of step.ev?.split(' ') ?? []) {
      const said = this.wrong(event, step);
      if (said !== null) return `${event}: ${said}`;
    }
    return null;
  }

  private wrong(event: string, step: Step): string | null {
    switch (event) {
      case 'ProcStart':
        return this.turn(pOf(step), true);
      case 'ProcStop':
        return this.turn(pOf(step), false);
      case 'GoSysCall':
        return this.enter(step);
      case 'GoSysBlock':
        return this.block(pOf(step));
      case 'GoSysExit':
        return this.leave(gOf(step));
      case 'GoStart':
        return this.start(gOf(step));
      default:
        return ACTS.test(event) ? this.act(step.g) : null;
    }
  }

  private turn(p: PId | null, isStart: boolean): string | null {
    if (p === null) return 'of no P';
    if (this.started.has(p) === isStart) return `${p} is ${isStart ? 'started' : 'stopped'} already`;
    if (isStart) this.started.add(p);
    else this.started.delete(p);
    return null;
  }

  private enter({ g, p }: Step): string | null {
    if (g === null || p === null) return 'of no goroutine or without a P';
    const wrong = this.act(g);
    this.stays.set(g, { isBlocked: false, isLeft: false });
    this.keepers.set(p, g);
    return wrong;
  }

  private block(p: PId | null): string | null {
    const g = p === null ? undefined : this.keepers.get(p);
    const stay = g === undefined ? undefined : this.stays.get(g);
    if (!stay || stay.isBlocked || p === null) return `${String(p)} is kept by no system call`;
    stay.isBlocked = true;
    this.keepers.delete(p);
    return null;
  }

  private leave(g: GId | null): string | null {
    const stay = g === null ? undefined : this.stays.get(g);
    if (!stay?.isBlocked) return `${String(g)} has not been blocked in a system call`;
    if (stay.isLeft) return `${String(g)} has left already`;
    stay.isLeft = true;
    return null;
  }

  private start(g: GId | null): string | null {
    const wrong = this.act(g);
    if (g !== null) this.stays.delete(g);
    return wrong;
  }

  private act(g: GId | null): string | null {
    const stay = g === null ? undefined : this.stays.get(g);
    return stay?.isBlocked && !stay.isLeft && !stay.isForeign ? `${String(g)} has not left its blocked system call` : null;
  }
}

/** The P that an event is about: the one that the step changed, else the thread's own. */
function pOf(step: Step): PId | null {
  return changesOf(step, 'P')[0]?.id ?? step.p;
}

/** The goroutine that an event is about: the thread's own, else the one that the step gave it. */
function gOf(step: Step): GId | null {
  if (step.g !== null) return step.g;
  return (writtenTo(step, fieldPath('M', step.m, 'curg'))?.[2] ?? null) as GId | null;
}
