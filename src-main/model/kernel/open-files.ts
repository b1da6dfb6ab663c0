/** What an open file holds on to, and what is given up when its last descriptor and the last call that uses it are gone. */
import type { KernelFd } from '../kernel-state';
import type { Json } from '../state';
import type { Held, KernelAnswer, KernelPort } from './answer';
import { changed, forgetInterest, POLL } from './poll';
import { releaseSocket } from './sockets';
import { forgetNameless } from './tree';

function isInUse({ kernel }: KernelPort, { description }: KernelFd): boolean {
  return (
    Object.values(kernel.fds).some((each) => each.description === description) ||
    (kernel.held ?? []).some(({ open }) => open.description === description)
  );
}

/** A descriptor, or a call that waited, lets go of an open file. Returns what that wakes. */
export function release(port: KernelPort, open: KernelFd): string[] {
  if (isInUse(port, open)) return [];
  forgetInterest(port, open.description);
  dropLocks(port, open.description);
  switch (open.kind) {
    case 'pipe-read':
    case 'pipe-write':
      return releasePipe(port, open.object, open.kind === 'pipe-read' ? 'readers' : 'writers');
    case 'socket':
      return releaseSocket(port, open.object);
    case 'file':
      forgetNameless(port, open.path);
      return [];
    default:
      return [];
  }
}

function releasePipe(port: KernelPort, object: number, side: 'readers' | 'writers'): string[] {
  const before = Number(port.kernel.objects[object]?.[side] ?? 1);
  port.set(['objects', String(object), side], before - 1);
  if (before > 1) return [];
  return changed(port, object, side === 'readers' ? POLL.ERR | POLL.OUT : POLL.HUP | POLL.IN);
}

/** flock(2)'s and F_OFD_SETLK's locks are an open file's. */
function dropLocks(port: KernelPort, description: number): void {
  const { locks } = port.kernel;
  if (!locks?.some((lock) => lock.owner === description)) return;
  port.set(['locks'], locks.filter((lock) => lock.owner !== description) as unknown as Json);
}

/** A call that waits holds its file, and lets go of it when it comes back: closing under a reader takes nothing from it. */
export function keepHeld(port: KernelPort, before: Held | undefined, answer: KernelAnswer): KernelAnswer {
  const held = port.kernel.held ?? [];
  const mine = held.find(({ m }) => m === port.m);
  if (answer.kind === 'wait') {
    const open = answer.held?.open;
    if (open && !mine) port.set(['held'], [...held, { m: port.m, open }] as unknown as Json);
    return answer;
  }
  if (!mine || !before) return answer;
  port.set(['held'], held.filter((each) => each !== mine) as unknown as Json);
  return { ...answer, wokenObjects: [...answer.wokenObjects, ...release(port, mine.open)] };
}
