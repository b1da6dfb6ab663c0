/** Answers the pages' requests: each only from the page that it is meant for, only in the agreed shape, and never with an exception. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { fill } from '../../assets/words/index';
import { refusalOf, refuse } from '../app/refusal';
import { crossesAsText } from '../contract/request-table';
import type { Handlers, RequestName } from '../contract/requests';
import { PAGE_ORIGIN } from './page-protocol';
import type { Result } from '../model/words';

/**
 * Registers at once, so that no request finds nobody. `handlers`: asked with each request, also with the first one, which may find them still to
 * be loaded.
 */
export function serveRequests(
  names: readonly RequestName[],
  handlers: () => Promise<Served>,
  page: (name: RequestName) => WebContents | null,
): void {
  for (const name of names) {
    ipcMain.handle(`schedville:${name}`, async (event, ask: unknown) => {
      // Who asks is looked at now: while the handlers are on their way a frame may become another page, which has not asked.
      const isOurs = isOurPage(event, page(name));
      const reply = await answer(name, isOurs, ask, await handlers());
      return crossesAsText(name) ? JSON.stringify(reply) : reply;
    });
  }
}

export interface Served {
  handlers: Handlers;
  /** The request in its shape, or null. */
  shaped: (name: RequestName, ask: unknown) => Promise<{ data: unknown } | null>;
  /** When nothing of what the pages have said is being written any more. */
  written?: () => Promise<void>;
}

function isOurPage(event: IpcMainInvokeEvent, page: WebContents | null): boolean {
  const frame = event.senderFrame;
  return page !== null && event.sender === page && frame !== null && frame === page.mainFrame && frame.url.startsWith(`${PAGE_ORIGIN}/`);
}

async function answer(name: RequestName, isOurs: boolean, ask: unknown, { handlers, shaped }: Served): Promise<Result<unknown>> {
  if (!isOurs) return refuse((words) => words.notThisWindow);
  const asked = await shaped(name, ask ?? {});
  if (!asked) return refuse((words) => fill(words.wrongShape, { name }));
  try {
    // The shape belongs to the handler of the same name.
    return await (handlers[name] as (ask: unknown) => Promise<Result<unknown>>)(asked.data);
  } catch (error) {
    console.error(`request ${name}:`, error);
    return refusalOf(error);
  }
}
