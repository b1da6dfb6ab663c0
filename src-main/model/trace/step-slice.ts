/** Some steps of a run as they travel to the window: typed arrays, and each log of a run queue once, however many versions of the queue there are. */
import type { Change, GId, Json, MId, Step } from '../state';
import { gId, idNumber, mId, pId } from './id-numbers';
import type { PackedValues } from './packed-values';
import { Pool } from './pool';
import { QueueVersion } from './queue-versions';
import { type Extras, withExtras } from './step-extras';
import type { StepRow } from './step-rows';

/** Some steps of a run, as they travel to the window: plain data, to be read with a StepReader. */
export interface StepSlice {
  /** Number of the first step. */
  first: number;
  t: Float64Array;
  d: Float64Array;
  m: Int32Array;
  p: Int32Array;
  g: Int32Array;
  row: Uint32Array;
  extra: Uint32Array;
  ends: Uint32Array;
  path: Uint32Array;
  /** Even: a whole number, doubled. Odd: a place in `values`; odd and negative: a version of a run queue. */
  old: Float64Array;
  now: Float64Array;
  rows: StepRow[];
  extras: Extras[];
  paths: string[];
  values: Json[];
  /** Versions of run queues: log, from, to, and so on. */
  queues: Uint32Array;
  /** The queues' logs: numbers of goroutines. */
  logs: Uint32Array[];
}

/** What the steps of one slice refer to, numbered anew. */
export class SlicePools {
  readonly rows = new Pool<StepRow>();
  readonly extras = new Pool<Extras>();
  readonly paths = new Pool<string>();
  readonly values = new Pool<Json>();
  private readonly versions: QueueVersion[] = [];
  private readonly versionNumbers = new Map<number, number>();

  /** `number`: among those of the whole run. */
  private versionNumber(number: number, all: PackedValues): number {
    let known = this.versionNumbers.get(number);
    if (known === undefined) this.versionNumbers.set(number, (known = this.versions.push(all.versionAt(number)) - 1));
    return known;
  }

  /** What a packed value of the run is in the slice. */
  repacked(number: number, all: PackedValues): number {
    if (number % 2 === 0) return number;
    if (number < 0) return -(2 * this.versionNumber((-number - 1) / 2, all) + 1);
    return 2 * this.values.numberOf(all.unpacked(number)) + 1;
  }

  /** Of each log the part that the versions show. */
  queuesAndLogs(): Pick<StepSlice, 'queues' | 'logs'> {
    const parts = new Map<readonly Json[], { index: number; from: number; to: number }>();
    for (const { log, from, to } of this.versions) {
      const part = parts.get(log) ?? { index: parts.size, from, to };
      parts.set(log, { index: part.index, from: Math.min(part.from, from), to: Math.max(part.to, to) });
    }
    return {
      queues: Uint32Array.from(
        this.versions.flatMap(({ log, from, to }) => {
          const { index, from: begin } = parts.get(log) as { index: number; from: number };
          return [index, from - begin, to - begin];
        }),
      ),
      logs: [...parts].map(([log, { from, to }]) => Uint32Array.from(log.slice(from, to), (id) => idNumber(id as GId))),
    };
  }
}

/** Reads the steps of a slice. */
export class StepReader {
  private readonly versions: QueueVersion[] = [];

  constructor(private readonly slice: StepSlice) {
    const logs = slice.logs.map((log) => Array.from(log, (id): Json => `G${id}`));
    for (let i = 0; i < slice.queues.length; i += 3) {
      const [log = 0, from = 0, to = 0] = slice.queues.subarray(i, i + 3);
      this.versions.push(new QueueVersion(logs[log] ?? [], from, to));
    }
  }

  get length(): number {
    return this.slice.t.length;
  }

  private size: number | null = null;

  /** Roughly what the slice takes, bytes. */
  get bytes(): number {
    return (this.size ??= this.measured());
  }

  private measured(): number {
    const { t, path, values, extras, paths, logs } = this.slice;
    const queued = logs.reduce((sum, log) => sum + log.length, 0);
    // A buffer of the kernel is a string of thousands of characters, each two bytes at most.
    const long = values.reduce<number>((sum, value) => sum + 2 * (typeof value === 'string' ? value.length : 0), 0);
    const pooled = 64 * (values.length + extras.length + paths.length + this.versions.length);
    return 48 * t.length + 20 * path.length + pooled + long + 16 * queued;
  }

  private value(number: number): Json {
    if (number % 2 === 0) return number / 2;
    return number > 0 ? (this.slice.values[(number - 1) / 2] as Json) : (this.versions[(-number - 1) / 2] as unknown as Json);
  }

  /** Which thread step n belongs to, and its instruction: without making the step. */
  glance(n: number): { m: MId; asm: Step['asm'] } | undefined {
    const i = n - this.slice.first;
    const m = this.slice.m[i];
    return m === undefined ? undefined : { m: `M${m}`, asm: this.slice.extras[this.slice.extra[i] as number]?.asm };
  }

  /** Step n; undefined: it is not in the slice. Run queues are versions in it (queue-versions.ts). */
  step(n: number): Step | undefined {
    const { slice } = this;
    const i = n - slice.first;
    const t = slice.t[i];
    if (t === undefined) return undefined;
    const set: Change[] = [];
    for (let c = i === 0 ? 0 : (slice.ends[i - 1] as number); c < (slice.ends[i] as number); c++)
      set.push([slice.paths[slice.path[c] as number] as string, this.value(slice.old[c] as number), this.value(slice.now[c] as number)]);
    const { fn, at } = slice.rows[slice.row[i] as number] as StepRow;
    const [m, p, g] = [mId(slice.m[i] as number), pId(slice.p[i] as number), gId(slice.g[i] as number)];
    return withExtras({ n, t, m, p, g, fn, at, d: slice.d[i] as number, set }, slice.extras[slice.extra[i] as number] as Extras);
  }
}
