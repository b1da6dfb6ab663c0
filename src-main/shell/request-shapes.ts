/** Whether a request has its shape, before it is believed. Loads Zod, so it is loaded itself while the window is already opening. */
import * as z from 'zod/mini';
import { type RequestName, REQUEST_NAMES, REQUESTS } from '../contract/request-table';
import * as archs from '../model/asm/arch/index';

const SHAPES = Object.fromEntries(REQUEST_NAMES.map((name) => [name, REQUESTS[name].shape(z, archs)])) as Record<
  RequestName,
  z.ZodMiniType
>;

/** The request, if it has its shape. */
export function shaped(name: RequestName, ask: unknown): { data: unknown } | null {
  const parsed = SHAPES[name].safeParse(ask);
  return parsed.success ? { data: parsed.data } : null;
}
