/** The trace file: JSON Lines, a header and then one line for each step. Same run, same bytes. */
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import { nearest } from '../model/nearest-word';
import type { Json, State, Step } from '../model/state';
import { copyState, placeOf, type Place, writeAt } from '../model/trace/replay';
import { MOST_FAULTS } from '../model/visible-text';
import type { Fault, Read } from '../model/words';
import { misfit, type Misfit, type Shape, shapeAt, STATE } from './state-shape';

/** `recorded`: where a run comes from that was not computed; it stands in the scenario's place. */
export function traceHeader(source: Json, first: State, recorded: Json = null): string {
  const from = recorded === null ? { scenario: source } : { recorded };
  return `${JSON.stringify({ schedville: 1, kind: 'trace', ...from, state: first })}\n`;
}

/** Keys in the contract's order; what is in memory only (facts) is left out. */
export function traceLine({ n, t, m, p, g, fn, at, d, set, asm, note, ev, assumed }: Step): string {
  return `${JSON.stringify({ n, t, m, p, g, fn, at, d, set, asm, note, ev, assumed })}\n`;
}

export interface TraceHeader {
  /** null: nobody wrote one, the run was recorded. */
  scenario: Json;
  /** Where a recorded run comes from, with its format; null: it was computed. */
  recorded: Json;
  state: State;
}

export type ReadTrace = Read<{ header: TraceHeader; steps: Step[] }>;

/** A whole trace, or the faults of its lines. */
export function readTrace(text: string, file: string): ReadTrace {
  const reader = new TraceReader(file);
  const steps: Step[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const step = reader.line(line);
    if (step) steps.push(step);
    if (reader.faults.length >= MOST_FAULTS) break;
  }
  const { header, faults } = reader;
  return header && faults.length === 0 ? { ok: true, header, steps } : { ok: false, faults };
}

type Fields = Readonly<Record<string, unknown>>;
type Check = readonly [isGood: (value: unknown) => boolean, shape: keyof Words['traceShape']];

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isId =
  (letter: string) =>
  (value: unknown): boolean =>
    typeof value === 'string' && new RegExp(`^${letter}\\d+$`).test(value);
const isIdOrNull =
  (letter: string) =>
  (value: unknown): boolean =>
    value === null || isId(letter)(value);
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isChange = (value: unknown): boolean => Array.isArray(value) && value.length === 3 && typeof value[0] === 'string';

const short = (json: string): string => json.slice(0, 60);

/** What is wrong with a value of the state, and where. */
function misfitText(path: readonly string[], { way, wanted, found }: Misfit): (words: Words) => string {
  return ({ faults, traceShape }) => {
    const { named, values } = wanted;
    const one = values.length > 0 ? fill(faults.traceOneOf, { values: values.join(', ') }) : traceShape[named];
    const shape = wanted.mayBeNull ? fill(faults.traceOrNull, { shape: one }) : one;
    const at = { path: [...path, ...way].join('.'), shape };
    return found === undefined ? fill(faults.traceLacks, at) : fill(faults.traceValue, { ...at, found: short(JSON.stringify(found)) });
  };
}

/** A place, and what it may hold; null: nobody knows of it. */
interface Known {
  place: Place;
  shape: Shape | null;
}

/** A field of that name is lost when a state is copied: nothing of ours writes one. Escaped it may be anywhere. */
const MAY_HAVE_PROTO = /__proto__|\\u/;

function withoutProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Error('no name of ours');
  return value;
}

/** The object or list whose member the place is; null: there is none, or its members cannot have such a name. */
function containerOf(state: State, { way, last }: Place): Record<string, unknown> | null {
  let at: unknown = state;
  for (const key of way) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Record<string, unknown>)[key];
  }
  if (typeof at !== 'object' || at === null || last === '__proto__') return null;
  const isThere = !Array.isArray(at) || (/^\d+$/.test(last) && Number(last) <= at.length);
  return isThere ? (at as Record<string, unknown>) : null;
}

/** Every key of a step, and what its value is. */
const STEP: Readonly<Record<string, Check>> = {
  n: [isCount, 'stepNumber'],
  t: [isCount, 'nanoseconds'],
  m: [isId('M'), 'm'],
  p: [isIdOrNull('P'), 'p'],
  g: [isIdOrNull('G'), 'g'],
  fn: [isText, 'functionName'],
  at: [isText, 'rowName'],
  d: [isCount, 'nanoseconds'],
  set: [(value) => Array.isArray(value) && value.every(isChange), 'changes'],
  asm: [(value) => isFields(value) && isText(value.pc) && isText(value.text), 'instruction'],
  note: [isText, 'text'],
  ev: [isText, 'text'],
  assumed: [(value) => Array.isArray(value) && value.every(isText), 'paths'],
};
const OPTIONAL = ['asm', 'note', 'ev', 'assumed'];

/** Reads a trace line by line, for files that are too large to be held at once. */
export class TraceReader {
  readonly faults: Fault[] = [];
  /** From the first line; null before it, and when it is faulty. */
  header: TraceHeader | null = null;
  private lineNumber = 0;
  private lastN = 0;
  private lastT = 0;
  /** The state after the last step, as replay makes it; null: a line was faulty, so nobody knows it. */
  private replayed: State | null = null;
  /** Paths taken apart once: the steps of a long run name the same few thousand millions of times. */
  private readonly places = new Map<string, Known>();

  constructor(private readonly file: string) {}

  /** The state after the last step; null: there is none yet, or a line was faulty. Not to be changed. */
  get state(): State | null {
    return this.faults.length === 0 ? this.replayed : null;
  }

  /** The next line: its step, or null for the header and for a line with faults. */
  line(text: string): Step | null {
    this.lineNumber++;
    const value = this.parse(text);
    if (this.lineNumber === 1) {
      if (value) this.readHeader(value);
      return null;
    }
    const step = value && this.step(value);
    // One faulty line does not make the lines after it faulty.
    if (step === null) this.lastN++;
    return step;
  }

  private fault(said: (words: Words) => string, suggestion: string | null = null): void {
    this.faults.push({ file: this.file, line: this.lineNumber, column: 1, message: inEveryLanguage(said), suggestion });
  }

  private parse(text: string): Fields | null {
    try {
      const value: unknown = JSON.parse(text, MAY_HAVE_PROTO.test(text) ? withoutProto : undefined);
      if (isFields(value)) return value;
    } catch {
      // Whatever it is, it is not an object in JSON: said below.
    }
    this.fault(({ faults }) => faults.traceLine);
    return null;
  }

  private readHeader({ schedville, kind, scenario = null, recorded = null, state }: Fields): void {
    if (schedville !== 1 || kind !== 'trace') this.fault(({ faults }) => faults.traceHead);
    else if (
      !(isFields(scenario) || (scenario === null && isFields(recorded))) ||
      !isFields(state) ||
      !['G', 'M', 'P', 'sched'].every((table) => isFields(state[table]))
    ) {
      this.fault(({ faults }) => faults.traceState);
    } else {
      const wrong = misfit(STATE, state);
      if (wrong) {
        this.fault(misfitText(['state'], wrong));
        return;
      }
      try {
        this.replayed = copyState(state as unknown as State);
        this.header = { scenario: scenario as Json, recorded: recorded as Json, state: state as unknown as State };
      } catch {
        // Nested deeper than anything of a state.
        this.fault(({ faults }) => faults.traceState);
      }
    }
  }

  private step(fields: Fields): Step | null {
    const before = this.faults.length;
    for (const key of Object.keys(fields)) {
      if (!Object.hasOwn(STEP, key)) this.fault(({ faults }) => fill(faults.unknownStepKey, { key }), nearest(key, Object.keys(STEP)));
    }
    for (const [key, [isGood, named]] of Object.entries(STEP)) {
      if (Object.hasOwn(fields, key) ? isGood(fields[key]) : OPTIONAL.includes(key)) continue;
      const found = Object.hasOwn(fields, key) ? short(JSON.stringify(fields[key])) : null;
      this.fault(({ faults, traceShape }) => {
        const shape = traceShape[named];
        return found === null ? fill(faults.missingStepField, { key, shape }) : fill(faults.wantsStepField, { key, shape, found });
      });
    }
    if (this.faults.length > before) return null;
    const step = fields as unknown as Step;
    this.checkOrder(step);
    if (this.replayed && this.faults.length === 0) this.replay(step, this.replayed);
    return step;
  }

  /** Does the step, as replay will: its places are there, and going back gives what was there before. */
  private replay({ set }: Step, state: State): void {
    for (const [path, old, now] of set) {
      const { place, shape } = this.known(path);
      const container = containerOf(state, place);
      if (!container) {
        this.fault(({ faults }) => fill(faults.tracePlace, { path }));
        return;
      }
      try {
        const was = Object.hasOwn(container, place.last) ? container[place.last] : null;
        // Most values are no objects, and are the same without being written out.
        const before = was === old ? '' : JSON.stringify(was);
        const told = was === old ? '' : JSON.stringify(old);
        if (before !== told) {
          this.fault(({ faults }) => fill(faults.traceOld, { path, before: short(before), old: short(told) }));
          return;
        }
        if (shape && !shape.fits(now)) {
          this.fault(misfitText([path], misfit(shape, now) ?? { way: [], wanted: shape, found: now }));
          return;
        }
        writeAt(state, place, now);
      } catch {
        // Nested deeper than anything of a state.
        this.fault(({ faults }) => fill(faults.tracePlace, { path }));
        return;
      }
    }
  }

  private known(path: string): Known {
    let known = this.places.get(path);
    if (!known) {
      const place = placeOf(path);
      this.places.set(path, (known = { place, shape: shapeAt([...place.way, place.last]) }));
    }
    return known;
  }

  private checkOrder({ n, t }: Step): void {
    const expected = this.lastN + 1;
    if (n !== expected) this.fault(({ faults }) => fill(faults.stepNumber, { expected, n }));
    if (t < this.lastT) this.fault(({ faults }) => fill(faults.timeBackwards, { before: this.lastT, now: t }));
    this.lastN = Math.max(n, this.lastN + 1);
    this.lastT = Math.max(this.lastT, t);
  }
}
