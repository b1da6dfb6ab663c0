/** How long a class is at it, in all and with the step that is shown. Times in ms; `now` is Date.now(). */
import type { PresentedClock } from '../../src-main/contract/index';

export const STOPPED: PresentedClock = { elapsedMs: 0, stepMs: 0, sinceMs: null };

/** A clock that was set back meanwhile takes nothing away. */
const runningMs = ({ sinceMs }: PresentedClock, now: number): number => (sinceMs === null ? 0 : Math.max(0, now - sinceMs));

export const elapsedMs = (clock: PresentedClock, now: number): number => clock.elapsedMs + runningMs(clock, now);
export const onStepMs = (clock: PresentedClock, now: number): number => clock.stepMs + runningMs(clock, now);

export function toggled(clock: PresentedClock, now: number): PresentedClock {
  return { elapsedMs: elapsedMs(clock, now), stepMs: onStepMs(clock, now), sinceMs: clock.sinceMs === null ? now : null };
}

/** Both begin at nothing again; what runs goes on running. */
export function cleared({ sinceMs }: PresentedClock, now: number): PresentedClock {
  return { elapsedMs: 0, stepMs: 0, sinceMs: sinceMs === null ? null : now };
}

/** Another step is shown. */
export function onNextStep(clock: PresentedClock, now: number): PresentedClock {
  return { elapsedMs: elapsedMs(clock, now), stepMs: 0, sinceMs: clock.sinceMs === null ? null : now };
}

/** 4:05, or 1:04:05. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, two(seconds % 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
