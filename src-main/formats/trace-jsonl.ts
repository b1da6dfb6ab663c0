/** The trace file (contract, section 2): JSON Lines, a header and then one line for each step. Same run, same bytes. */
import { nearest } from '../model/nearest-word';
import type { Json, State, Step } from '../model/state';
import type { Fault, Read } from '../model/words';

export function traceHeader(source: Json, first: State): string {
  return `${JSON.stringify({ schedville: 1, kind: 'trace', scenario: source, state: first })}\n`;
}

/** Keys in the contract's order; what is in memory only (facts) is left out. */
export function traceLine({ n, t, m, p, g, fn, at, d, set, asm, note, ev }: Step): string {
  return `${JSON.stringify({ n, t, m, p, g, fn, at, d, set, asm, note, ev })}\n`;
}

export interface TraceHeader {
  scenario: Json;
  state: State;
}

export type ReadTrace = Read<{ header: TraceHeader; steps: Step[] }>;

/** More faults than this tell nobody anything: the rest of the file is not looked at. */
const MAX_FAULTS = 100;

/** A whole trace, or the faults of its lines. */
export function readTrace(text: string, file: string): ReadTrace {
  const reader = new TraceReader(file);
  const steps: Step[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const step = reader.line(line);
    if (step) steps.push(step);
    if (reader.faults.length >= MAX_FAULTS) break;
  }
  const { header, faults } = reader;
  return header && faults.length === 0 ? { ok: true, header, steps } : { ok: false, faults };
}

type Fields = Readonly<Record<string, unknown>>;
type Check = readonly [isGood: (value: unknown) => boolean, zh: string, en: string];

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

/** Every key of a step, and what stands there. */
const STEP: Readonly<Record<string, Check>> = {
  n: [isCount, '步号', 'the number of the step'],
  t: [isCount, '整数纳秒', 'whole nanoseconds'],
  m: [isId('M'), 'M 的编号，如 M0', 'the id of an M, such as M0'],
  p: [isIdOrNull('P'), 'P 的编号或 null', 'the id of a P or null'],
  g: [isIdOrNull('G'), 'G 的编号或 null', 'the id of a G or null'],
  fn: [isText, '函数名', 'the name of a function'],
  at: [isText, '步骤名', 'the name of a row'],
  d: [isCount, '整数纳秒', 'whole nanoseconds'],
  set: [(value) => Array.isArray(value) && value.every(isChange), '[路径, 旧值, 新值] 的列表', 'a list of [path, old, new]'],
  asm: [(value) => isFields(value) && isText(value.pc) && isText(value.text), '{pc, text}', '{pc, text}'],
  note: [isText, '文字', 'text'],
  ev: [isText, '文字', 'text'],
};
const OPTIONAL = ['asm', 'note', 'ev'];

/** Reads a trace line by line, for files that are too large to be held at once. */
export class TraceReader {
  readonly faults: Fault[] = [];
  /** From the first line; null before it, and when it is faulty. */
  header: TraceHeader | null = null;
  private lineNumber = 0;
  private lastN = 0;
  private lastT = 0;

  constructor(private readonly file: string) {}

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

  private fault(zh: string, en: string, suggestion: string | null = null): void {
    this.faults.push({ file: this.file, line: this.lineNumber, column: 1, message: { zh, en }, suggestion });
  }

  private parse(text: string): Fields | null {
    try {
      const value: unknown = JSON.parse(text);
      if (isFields(value)) return value;
    } catch {
      // Whatever it is, it is not an object in JSON: said below.
    }
    this.fault('这一行应是一个 JSON 对象', 'expected one JSON object on this line');
    return null;
  }

  private readHeader({ schedville, kind, scenario, state }: Fields): void {
    if (schedville !== 1 || kind !== 'trace')
      this.fault('第一行应以 "schedville":1,"kind":"trace" 开头', 'the first line should begin with "schedville":1,"kind":"trace"');
    else if (!isFields(scenario) || !isFields(state) || !['G', 'M', 'P', 'sched'].every((table) => isFields(state[table]))) {
      this.fault(
        '第一行应有情景和完整的初始状态（scenario、state）',
        'the first line should hold the scenario and the whole first state (scenario, state)',
      );
    } else this.header = { scenario: scenario as Json, state: state as unknown as State };
  }

  private step(fields: Fields): Step | null {
    const before = this.faults.length;
    for (const key of Object.keys(fields)) {
      if (!Object.hasOwn(STEP, key)) this.fault(`步骤没有 ${key} 这个键`, `a step has no key ${key}`, nearest(key, Object.keys(STEP)));
    }
    for (const [key, [isGood, zh, en]] of Object.entries(STEP)) {
      if (Object.hasOwn(fields, key) ? isGood(fields[key]) : OPTIONAL.includes(key)) continue;
      const found = Object.hasOwn(fields, key) ? JSON.stringify(fields[key]).slice(0, 60) : null;
      this.fault(
        `${key} 应是${zh}${found === null ? '，这里没有' : `，这里是 ${found}`}`,
        `expected ${en} for ${key}, found ${found ?? 'nothing'}`,
      );
    }
    if (this.faults.length > before) return null;
    const step = fields as unknown as Step;
    this.checkOrder(step);
    return step;
  }

  private checkOrder({ n, t }: Step): void {
    if (n !== this.lastN + 1) this.fault(`步号应是 ${this.lastN + 1}，这里是 ${n}`, `expected step ${this.lastN + 1}, found ${n}`);
    if (t < this.lastT)
      this.fault(`时间倒退：上一步 ${this.lastT} ns，这里 ${t} ns`, `time goes back: ${this.lastT} ns in the step before, ${t} ns here`);
    this.lastN = Math.max(n, this.lastN + 1);
    this.lastT = Math.max(this.lastT, t);
  }
}
