/** Programs compiled and run by the Go of this machine. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGo } from './build-go';
import { goText } from './go-text';
import { inOldWords } from './newer-words';
import { usesCgo } from '../../../model/operations/index';
import { markOf, numbered, type Outcome, saidIn } from './outcome';
import { ownersOfMarks, type Program, readsNetwork } from './program';

/** A program that has not ended by then does not end (ms). */
const PATIENCE_MS = 10_000;

interface Built {
  readonly file: string;
  /** The programs in it, by their place there. */
  readonly programs: readonly Program[];
}

export class RealPrograms {
  private readonly folder = mkdtempSync(join(tmpdir(), 'compare-go-'));
  private readonly built: readonly Built[];
  private readonly spinsPerMs: string;

  constructor(
    go: string,
    private readonly minor: number,
    private readonly programs: readonly Program[],
  ) {
    // A program that is linked with C has another runtime.
    this.built = [false, true].map((hasC) => {
      const own = programs.filter(({ goroutines }) => usesCgo(goroutines) === hasC);
      const name = hasC ? 'with-c' : 'programs';
      return { file: own.length === 0 ? '' : buildGo(go, minor, this.folder, name, goText(own, hasC), hasC), programs: own };
    });
    const any = this.built.find(({ file }) => file !== '')?.file ?? '';
    this.spinsPerMs = spawnSync(any, ['calibrate'], { encoding: 'utf8' }).stderr.trim();
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  run(index: number): Outcome {
    const program = this.programs[index];
    const built = program && this.built.find(({ programs }) => programs.includes(program));
    if (!built) throw new Error(`no program ${index}`);
    const place = String(built.programs.indexOf(program));
    const connected = readsNetwork(program) ? 'connected' : 'alone';
    const { status, error, output } = spawnSync(built.file, [place, this.spinsPerMs, connected], {
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
  const owners = ownersOfMarks(goroutines);
  const marks: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const label = String(bytes.readUInt32LE(at));
    marks.push(markOf(owners.get(label) ?? '?', bytes.readUInt32LE(at + 4), label));
  }
  return numbered(marks);
}
