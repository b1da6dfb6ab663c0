/** The only file that touches what the preload exposes. */
import type { Bridge, ExposedBridge } from '../src-main/contract/index';

declare global {
  interface Window {
    schedville?: ExposedBridge;
  }
}

const found = window.schedville;
if (!found) throw new Error('the page runs outside of Schedville: there is no bridge');

const startUp: Bridge['startUp'] = async (ask) => JSON.parse(await found.startUp(ask)) as Awaited<ReturnType<Bridge['startUp']>>;

// The rest as it is: what was exposed cannot be changed.
export const bridge = Object.create(found, { startUp: { value: startUp } }) as Bridge;
