/** How seldom the page looks for what it no longer needs. */
import type { App } from 'electron';

/**
 * Room for what the page makes anew, MiB; there are two such rooms. A step of a run of 500 goroutines makes half a MiB of which nearly nothing is
 * kept, and in V8's own eight MiB every tenth step had the looking on top (2.5 ms): with these it is every fortieth, and less of what a step made
 * lives long enough to be taken for something that stays, which is looked through at much greater cost.
 */
const ROOM_MIB = { least: 32, most: 64 };
const FLAGS = `--min-semi-space-size=${ROOM_MIB.least} --max-semi-space-size=${ROOM_MIB.most}`;

/** Must run before the app is ready. What is asked for on the command line counts. */
export function leaveYoungRoom({ commandLine }: Pick<App, 'commandLine'>): void {
  commandLine.appendSwitch('js-flags', `${FLAGS} ${commandLine.getSwitchValue('js-flags')}`.trimEnd());
}
