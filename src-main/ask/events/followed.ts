/** What an event's sentence says beside who and when: since when somebody waited, and what for, who woke whom. Followed step by step. Pure. */
import type { GId, GRow, Json, MId, MRow, PId, State, Step } from '../../model/state';

/** Where a goroutine was taken from when it got to run. */
export const SOURCES = ['', 'runnext', 'runq', 'global', 'stolen', 'direct'] as const;
export type Source = (typeof SOURCES)[number];

interface Since {
  t: number;
  n: number;
}

/** A goroutine's status is written there, and by whom. */
export interface Standing extends Since {
  status: string;
}

const idIn = (path: string): string => path.slice(2, path.indexOf('.', 2) < 0 ? undefined : path.indexOf('.', 2));
const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** Package syscall's function for the call, `read`: what it calls itself, Syscall, is the same for all. */
export function callOf(frames: readonly Json[]): string {
  const found = frames.findLast((each) => typeof each === 'string' && /^syscall\.[a-z]/.test(each));
  return typeof found === 'string' ? found.slice('syscall.'.length) : '';
}

/** Objects that goroutines wait for: their tables in the state. */
const OBJECTS = /^(?:chan|mutex|waitgroup|rwmutex|cond|once|atomic)\.([^.]+)/;

export class Followed {
  readonly standing = new Map<GId, Standing>();
  readonly reason = new Map<GId, string>();
  /** What the goroutine's operation is about: a channel's name, a mutex's. */
  readonly object = new Map<GId, string>();
  /** The system call that the goroutine's call path leads to. */
  readonly frame = new Map<GId, string>();
  /** The kernel's call that a thread is in, or was in last. */
  readonly stay = new Map<MId, { name: string; since: number }>();
  /** When each thread was woken last, and by whom. */
  readonly woken = new Map<MId, Since & { by: MId }>();
  /** The P that a thread has let go of or taken from another last. */
  readonly released = new Map<MId, PId>();
  /** When each P was locked for a system call, by whom and with whom. */
  readonly locked = new Map<PId, Since & { by: MId; g: GId | null }>();
  readonly curg = new Map<MId, GId | null>();
  /** The thread of each P. */
  readonly owner = new Map<PId, MId>();

  constructor(first: State) {
    for (const [g, row] of Object.entries(first.G) as [GId, GRow][]) this.addG(g, row, 0, 0);
    for (const [m, row] of Object.entries(first.M) as [MId, MRow][]) this.addM(m, row);
  }

  private addG(g: GId, { status, waitreason }: GRow, t: number, n: number): void {
    this.standing.set(g, { status, t, n });
    this.reason.set(g, waitreason);
  }

  private addM(m: MId, { curg, p }: MRow): void {
    this.curg.set(m, curg);
    if (p !== null) this.owner.set(p, m);
  }

  /** After a step has been told, its changes. */
  take(step: Step): void {
    for (const [path, , now] of step.set) {
      if (path.startsWith('G.')) this.takeG(step, path, now);
      else if (path.startsWith('M.')) this.takeM(step, path, now);
      else if (path.startsWith('P.')) this.takeP(step, path, now);
      else if (step.g !== null) {
        const [, object] = OBJECTS.exec(path) ?? [];
        if (object !== undefined) this.object.set(step.g, object);
      }
    }
  }

  private takeG(step: Step, path: string, now: Json): void {
    const g = idIn(path) as GId;
    const field = path.slice(3 + g.length);
    if (field === 'status') this.standing.set(g, { status: String(now), t: step.t, n: step.n });
    else if (field === 'waitreason') this.reason.set(g, String(now));
    else if (field === 'frames') this.frame.set(g, callOf(listOf(now)));
    else if (field === 'opname' || field === 'op') this.object.delete(g);
    else if (field === '' && now !== null) this.addG(g, now as unknown as GRow, step.t, step.n);
  }

  private takeM(step: Step, path: string, now: Json): void {
    const m = idIn(path) as MId;
    const field = path.slice(3 + m.length);
    if (field === 'curg') this.curg.set(m, now as GId | null);
    else if (field === 'p' && now !== null) this.owner.set(now as PId, m);
    else if (field === 'kernel' && now !== null) this.stay.set(m, { name: String((now as { name?: Json }).name), since: step.t });
    else if (field === 'park' && now === 1) this.woken.set(m, { t: step.t, n: step.n, by: step.m });
    else if (field === '' && now !== null) this.addM(m, now as unknown as MRow);
  }

  private takeP(step: Step, path: string, now: Json): void {
    const p = idIn(path) as PId;
    if (path.slice(3 + p.length) !== 'status') return;
    if (now === '_Psyscall') this.locked.set(p, { t: step.t, n: step.n, by: step.m, g: step.g });
    if (now === '_Pidle' || now === '_Pgcstop') this.released.set(step.m, p);
  }
}
