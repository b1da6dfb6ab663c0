/** The kernel's objects by number: 1, 2, … in the order in which they were made; none goes away, and a program may make tens of thousands. */
import type { KernelState } from '../kernel-state';

type Objects = KernelState['objects'];

/** What is known of a table up to a number, so that nobody goes through all of it for each call. */
interface Seen {
  next: number;
  sets: number[];
}

const seenOf = new WeakMap<Objects, Seen>();

function seen(objects: Objects): Seen {
  let known = seenOf.get(objects);
  // A table that has been taken back to an earlier state is looked at anew.
  if (!known || (known.next > 1 && objects[known.next - 1] === undefined)) seenOf.set(objects, (known = { next: 1, sets: [] }));
  for (; objects[known.next] !== undefined; known.next++) if (objects[known.next]?.kind === 'epoll') known.sets.push(known.next);
  return known;
}

/** The number of the next object. */
export const nextObject = (objects: Objects): number => seen(objects).next;

/** The epoll sets, in the order in which they were made. */
export const epollSets = (objects: Objects): readonly number[] => seen(objects).sets;
