/** Where the sun stands, or at night the moon: from the left to the right once in a run, by virtual time. Pure. */
import type { Places, Spot } from './scene-layout';

/** Parts of the scene's width: right of the keys, and where the forest begins. */
const [FROM, TO] = [0.15, 0.85];
/** Units: its height at noon, and how much lower it is in the morning and in the evening. */
const [NOON, LOWER] = [30, 34];

/** `day`: how much of the run's virtual time is over, 0 to 1. It rises and sets behind the hills and roofs, and is low where time has hardly begun. */
export function orbAt(day: number, { width }: Pick<Places, 'width'>): Spot {
  const part = Math.min(1, Math.max(0, day));
  return { x: width * (FROM + (TO - FROM) * part), y: NOON + LOWER * (1 - Math.sin(part * Math.PI)) };
}
