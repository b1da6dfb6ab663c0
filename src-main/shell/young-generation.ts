/** How much the page allocates between two minor garbage collections. */
import type { App } from 'electron';

/**
 * Size of a semi-space of V8's young generation, MiB; there are two of them. A step of a run of 500 goroutines allocates half a MiB of which
 * nearly nothing is kept. In V8's own eight MiB every tenth step paid for a minor collection (2.5 ms), here every fortieth does, and fewer short-lived
 * objects live long enough to be promoted to the old generation, which is collected at much greater cost.
 */
const SEMI_SPACE_MIB = { least: 32, most: 64 };
const FLAGS = `--min-semi-space-size=${SEMI_SPACE_MIB.least} --max-semi-space-size=${SEMI_SPACE_MIB.most}`;

/** Must run before the app is ready. Flags of the command line come last, so that they count. */
export function enlargeYoungGeneration({ commandLine }: Pick<App, 'commandLine'>): void {
  commandLine.appendSwitch('js-flags', `${FLAGS} ${commandLine.getSwitchValue('js-flags')}`.trimEnd());
}
