/** Programs compiled and run by the Go of this machine. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGo } from './build-go';
import { goText } from './go-text';
import { inOldWords } from './newer-words';
import { numbered, type Outcome, saidIn } from './outcome';
import type { Program } from './program';

/** A program that has not ended by then does not end (ms). */
const PATIENCE_MS = 10_000;

export class RealPrograms {
  private readonly folder = mkdtempSync(join(tmpdir(), 'compare-go-'));
  private readonly program: string;
  private readonly spinsPerMs: string;

  constructor(
    go: string,
    private readonly minor: number,
    private readonly programs: readonly Program[],
  ) {
    this.program = buildGo(go, minor, this.folder, 'programs', goText(programs));
    this.spinsPerMs = spawnSync(this.program, ['calibrate'], { encoding: 'utf8' }).stderr.trim();
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  run(index: number): Outcome {
    const program = this.programs[index];
    if (!program) throw new Error(`no program ${index}`);
    const { status, error, output } = spawnSync(this.program, [String(index), this.spinsPerMs], {
      env: { GOMAXPROCS: String(program.gomaxprocs), GOGC: 'off' },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
    if (error && (error as NodeJS.ErrnoException).code !== 'ETIMEDOUT') throw error;
    const [, , stderr, marks] = output as unknown as [null, null, Buffer, Buffer];
    return { code: error ? null : status, said: inOldWords(saidIn(stderr.toString('utf8')), this.minor), marks: marksIn(marks, program) };
  }
}

/** Pairs of a label and an instance; labels are counted through all goroutines, so each tells whose it is. */
function marksIn(bytes: Buffer, { goroutines }: Program): string[] {
  const owners = new Map<string, string>();
  for (const [name, operations] of Object.entries(goroutines))
    for (const label of JSON.stringify(operations).matchAll(/"kind":"mark","text":"(\d+)"/g)) owners.set(label[1] ?? '', name);
  const marks: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const label = String(bytes.readUInt32LE(at));
    marks.push(`${owners.get(label) ?? '?'}#${bytes.readUInt32LE(at + 4)}:${label}`);
  }
  return numbered(marks);
}
