/**
 * For tests: looks from another thread at what one input costs, while it is read. What hangs or takes all memory cannot be asked afterwards:
 * it is kept as a file, told, and the process is ended.
 */
import { Worker } from 'node:worker_threads';

/** What one input may cost of the processor's time, ms. The dearest good file takes a tenth of it; whoever waits does not count. */
export const MOST_CPU_MS = 2_000;
/** By how much the process may grow while one input is read, bytes, though it may all be given back. */
export const MOST_BYTES = 256 * 1024 * 1024;
/** What has gone so far over a limit will not end. */
const HOPELESS = 5;
const LOOK_MS = 25;
const KEPT_BYTES = 4 << 20;

const cpuMs = (): number => process.cpuUsage().user / 1_000;

/** Places in what both threads see. `kept`: how many bytes of the input there are. */
const [BUSY, CPU, RSS, PEAK, KEPT] = [0, 1, 2, 3, 4];

const WATCHER = `
const { parentPort, workerData } = require('node:worker_threads');
const { mkdtempSync, writeFileSync, writeSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { numbers, input, most } = workerData;
let name = '';
parentPort.on('message', (told) => (name = told));
parentPort.unref();
setInterval(() => {
  if (numbers[${BUSY}] === 0) return;
  const rss = process.memoryUsage.rss();
  if (rss > numbers[${PEAK}]) numbers[${PEAK}] = rss;
  const ms = process.cpuUsage().user / 1000 - numbers[${CPU}];
  const bytes = rss - numbers[${RSS}];
  if (ms < most.ms && bytes < most.bytes) return;
  const file = join(mkdtempSync(join(tmpdir(), 'schedville-fuzz-')), name);
  writeFileSync(file, input.subarray(0, numbers[${KEPT}]));
  writeSync(2, name + ', kept as ' + file + ': ended after ' + Math.round(ms) + ' ms of the processor, ' + Math.round(bytes / 1048576) + ' MiB\\n');
  process.kill(process.pid, 'SIGKILL');
}, ${LOOK_MS});
`;

export class Watchdog {
  private readonly numbers = new Float64Array(new SharedArrayBuffer(5 * 8));
  private readonly input = Buffer.from(new SharedArrayBuffer(KEPT_BYTES));
  private readonly worker: Worker;

  /** `name`: of what is read. */
  constructor(name: string, hopeless = HOPELESS) {
    const most = { ms: MOST_CPU_MS * hopeless, bytes: MOST_BYTES * hopeless };
    this.worker = new Worker(WATCHER, { eval: true, execArgv: [], workerData: { numbers: this.numbers, input: this.input, most } });
    this.worker.postMessage(name);
    this.worker.unref();
  }

  /** An input is about to be read. */
  begin(input: string | Uint8Array): void {
    const { numbers } = this;
    numbers[KEPT] = typeof input === 'string' ? this.input.write(input) : this.keep(input);
    numbers[RSS] = numbers[PEAK] = process.memoryUsage.rss();
    numbers[CPU] = cpuMs();
    numbers[BUSY] = 1;
  }

  private keep(bytes: Uint8Array): number {
    const kept = bytes.subarray(0, KEPT_BYTES);
    this.input.set(kept);
    return kept.length;
  }

  /** It has been read. Throws where that was too dear. */
  end(): void {
    const { numbers } = this;
    numbers[BUSY] = 0;
    const ms = cpuMs() - (numbers[CPU] ?? 0);
    const bytes = Math.max(numbers[PEAK] ?? 0, process.memoryUsage.rss()) - (numbers[RSS] ?? 0);
    if (bytes > MOST_BYTES) throw new Error(`it takes ${Math.round(bytes / 1024 / 1024)} MiB`);
    if (ms > MOST_CPU_MS) throw new Error(`it takes ${Math.round(ms)} ms of the processor`);
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
