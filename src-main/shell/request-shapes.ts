/** What each request must look like before it is believed. The compiler lists what is missing when the table of requests grows. */
import * as z from 'zod/mini';
import { LIMITS } from '../contract/limits';
import { ARCH_NAMES, forEachArch } from '../contract/index';
import type { RequestName, Requests } from '../contract/requests';
import { LANGUAGES } from '../model/words';

const nothing = z.strictObject({});
/** Ids and names of runs: the formats let them be half as long. */
const name = z.string().check(z.maxLength(200));
/** Made of two of them and more; cut to a file's name later. */
const suggestedName = z.string().check(z.maxLength(600));
const step = z.int().check(z.gte(0), z.lte(1_000_000_000));

const arch = z.enum(ARCH_NAMES);
const listing = z.string().check(z.maxLength(LIMITS.listingCharacters));
/** A listing has it: as long as there is room for. */
const symbol = listing;
const field = z.string().check(z.maxLength(LIMITS.fieldCharacters));
const wholeNumber = z.string().check(z.regex(/^(-?\d{1,20}|0x[0-9a-fA-F]{1,16})$/));
const argument = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), value: wholeNumber }),
  z.strictObject({ kind: z.literal('string'), value: field }),
  z.strictObject({ kind: z.literal('words'), values: z.array(wholeNumber).check(z.maxLength(LIMITS.words)) }),
  z.strictObject({ kind: z.literal('buffer'), bytes: z.int().check(z.gte(0), z.lte(LIMITS.bufferBytes)) }),
]);
const draft = z.strictObject({
  arch,
  texts: z.strictObject(forEachArch(() => z.nullable(listing))),
  entry: symbol,
  call: name,
  args: z.array(field).check(z.maxLength(LIMITS.arguments)),
  returns: field,
});

const SHAPES: { [N in RequestName]: z.ZodMiniType<Requests[N]['ask']> } = {
  openLesson: z.strictObject({ id: name }),
  openRun: z.strictObject({ lesson: name, run: name }),
  cancelRun: nothing,
  readSteps: z.strictObject({ from: step, to: step }),
  stateAt: z.strictObject({ n: step }),
  chooseScenario: nothing,
  exportPicture: z.strictObject({ suggestedName }),
  exportTrace: z.strictObject({ suggestedName }),
  saveSettings: z.strictObject({
    language: z.enum(LANGUAGES),
    theme: z.enum(['light', 'dark', 'system']),
    speed: z.number().check(z.gte(0.25), z.lte(8)),
    place: z.nullable(z.strictObject({ lesson: name, run: name, n: step })),
  }),
  openPlayground: nothing,
  checkListing: z.strictObject({ arch, source: listing }),
  playListing: z.strictObject({
    arch,
    source: listing,
    entry: symbol,
    args: z.array(argument).check(z.maxLength(LIMITS.arguments)),
    returns: z.nullable(z.int()),
  }),
  keepDraft: draft,
  saveListing: z.strictObject({ suggestedName, text: listing }),
  openListing: nothing,
  about: nothing,
  startUp: nothing,
  pageReady: nothing,
  exportDone: z.strictObject({ pictures: z.int().check(z.gte(0)), failure: z.nullable(z.string().check(z.maxLength(2_000))) }),
};

/** The request, if it has its shape. */
export function shaped(name: RequestName, ask: unknown): { data: unknown } | null {
  const parsed = SHAPES[name].safeParse(ask);
  return parsed.success ? { data: parsed.data } : null;
}
