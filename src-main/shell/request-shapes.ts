/** Whether a request has its shape, before it is believed. Loads Zod, so it is loaded itself while the window is already opening. */
import * as zod from 'zod/mini';
import { type RequestName, REQUEST_NAMES, REQUESTS, type Z } from '../contract/request-table';
import * as archs from '../model/asm/arch/index';

/** Taken out one by one, because Zod as a whole has the messages of fifty languages with it. */
const z: Z = {
  array: zod.array,
  boolean: zod.boolean,
  discriminatedUnion: zod.discriminatedUnion,
  enum: zod.enum,
  gte: zod.gte,
  instanceof: zod.instanceof,
  int: zod.int,
  literal: zod.literal,
  lte: zod.lte,
  maxLength: zod.maxLength,
  nullable: zod.nullable,
  number: zod.number,
  partialRecord: zod.partialRecord,
  record: zod.record,
  regex: zod.regex,
  strictObject: zod.strictObject,
  string: zod.string,
};

const SHAPES = Object.fromEntries(REQUEST_NAMES.map((name) => [name, REQUESTS[name].shape(z, archs)])) as Record<
  RequestName,
  zod.ZodMiniType
>;

/** The request, if it has its shape. */
export function shaped(name: RequestName, ask: unknown): { data: unknown } | null {
  const parsed = SHAPES[name].safeParse(ask);
  return parsed.success ? { data: parsed.data } : null;
}
