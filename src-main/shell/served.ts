/** All that answering needs, as one module: it is loaded while the window is already opening. */
import { makeHandlers, type Session } from './handlers';
import type { Served } from './ipc-server';
import { shaped } from './request-shapes';

export function served(session: Session): Served {
  return { handlers: makeHandlers(session), shaped };
}
