/** What each request must look like before it is believed. The compiler lists what is missing when the table of requests grows. */
import { z } from 'zod';
import type { RequestName, Requests } from '../contract/requests';

const nothing = z.strictObject({});
const name = z.string().max(200);
const step = z.int().min(0).max(1_000_000_000);

const SHAPES: { [N in RequestName]: z.ZodType<Requests[N]['ask']> } = {
  listLessons: nothing,
  openLesson: z.strictObject({ id: name }),
  openRun: z.strictObject({ lesson: name, run: name }),
  cancelRun: nothing,
  readSteps: z.strictObject({ from: step, to: step }),
  stateAt: z.strictObject({ n: step }),
  chooseScenario: nothing,
  exportPicture: z.strictObject({ suggestedName: name }),
  exportTrace: z.strictObject({ suggestedName: name }),
  loadSettings: nothing,
  saveSettings: z.strictObject({
    language: z.enum(['zh', 'en']),
    theme: z.enum(['light', 'dark', 'system']),
    speed: z.number().min(0.25).max(8),
    place: z.strictObject({ lesson: name, run: name, n: step }).nullable(),
  }),
  about: nothing,
  startUp: nothing,
  pageReady: nothing,
  exportDone: z.strictObject({ pictures: z.int().min(0), failure: z.string().max(2_000).nullable() }),
};

/** The request, if it has its shape. */
export function shaped(name: RequestName, ask: unknown): { data: unknown } | null {
  const parsed = SHAPES[name].safeParse(ask);
  return parsed.success ? { data: parsed.data } : null;
}
