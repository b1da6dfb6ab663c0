/** What Chromium does of its own accord while nothing happens. */
import type { App } from 'electron';

/** How often a process looks through what its threads keep of the memory that they have given back. */
const EVERY = '60s';

/**
 * As often as in a process that keeps little. One that keeps more does it once a second, for as long as it lives: a thread that sleeps gives
 * nothing back, and a lesson that stands still woke the processor sixty times a minute for that.
 */
const SETTINGS = ['ThreadCacheMinPurgeInterval', 'ThreadCacheMaxPurgeInterval', 'ThreadCacheDefaultPurgeInterval'];
const FEATURE = `EnableConfigurableThreadCachePurgeInterval:${SETTINGS.map((each) => `${each}/${EVERY}`).join('/')}`;

/** Must run before the app is ready. */
export function letRest({ commandLine }: Pick<App, 'commandLine'>): void {
  const given = commandLine.getSwitchValue('enable-features');
  commandLine.appendSwitch('enable-features', given === '' ? FEATURE : `${given},${FEATURE}`);
}
