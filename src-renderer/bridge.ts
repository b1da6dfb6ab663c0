/** The only file that touches what the preload exposes. */
import type { Bridge } from '../src-main/contract/index';

declare global {
  interface Window {
    schedville?: Bridge;
  }
}

const found = window.schedville;
if (!found) throw new Error('the page runs outside of Schedville: there is no bridge');

export const bridge: Bridge = found;
