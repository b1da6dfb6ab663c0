/** What a step says of the place in the listing that it carries out. */
import type { Routine } from './listing';

const places = new WeakMap<Routine, readonly { pc: string; text: string }[]>();

/** What the steps of a routine carry as `asm`, by the instruction's index. */
export function placesOf(routine: Routine): readonly { pc: string; text: string }[] {
  let known = places.get(routine);
  if (!known) places.set(routine, (known = routine.instructions.map(({ offset, text }) => ({ pc: `${routine.symbol}+${offset}`, text }))));
  return known;
}
