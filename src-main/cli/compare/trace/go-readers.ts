/** The readers of traces of two releases of Go, made to say what they know after every event. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const HERE = 'src-main/cli/compare/trace';

/** Programs that run each release. */
export const GO = { old: process.env.SCHEDVILLE_GO_119 ?? '/usr/lib/go-1.19/bin/go', new: process.env.SCHEDVILLE_GO_126 ?? 'go' } as const;

export const environment: NodeJS.ProcessEnv = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' };

export interface Dump {
  /** Time (ns, from the beginning of the reader's own) and sum after each event. */
  lines: { t: number; sum: number }[];
  /** What the reader did not like; null: it took the whole file. */
  refusal: string | null;
}

/** Lies in no folder of Go's: the compiler is told that these files are there (-overlay). */
function build(go: string, folder: string, name: string, files: Readonly<Record<string, string>>): string {
  const root = execFileSync(go, ['env', 'GOROOT'], { encoding: 'utf8', env: environment }).trim();
  const replace = Object.fromEntries(Object.entries(files).map(([to, from]) => [join(root, 'src', to), resolve(HERE, from)]));
  const overlay = join(folder, `${name}.json`);
  writeFileSync(overlay, JSON.stringify({ Replace: replace }));
  const program = join(folder, name);
  execFileSync(go, ['build', '-overlay', overlay, '-o', program, 'cmd/schedvilledump'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return program;
}

export class GoReaders {
  readonly folder = mkdtempSync(join(tmpdir(), 'compare-trace-'));
  private readonly programs = new Map<'old' | 'new', string>();

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private program(which: 'old' | 'new'): string {
    let program = this.programs.get(which);
    if (program !== undefined) return program;
    program =
      which === 'old'
        ? build(GO.old, this.folder, 'old', { 'cmd/schedvilledump/main.go': 'dump-v1.go' })
        : build(GO.new, this.folder, 'new', {
            'cmd/schedvilledump/main.go': 'dump-v2.go',
            'internal/trace/schedville_states.go': 'states-v2.go',
          });
    this.programs.set(which, program);
    return program;
  }

  /** What a reader says of each file; all at once. */
  dumps(which: 'old' | 'new', files: readonly string[]): Dump[] {
    const out = join(this.folder, `said-${which}`);
    mkdirSync(out, { recursive: true });
    execFileSync(this.program(which), [out, ...files], { stdio: ['ignore', 'ignore', 'inherit'] });
    return files.map((file) => dumpIn(readFileSync(join(out, `${basename(file)}.states`), 'utf8')));
  }
}

function dumpIn(text: string): Dump {
  const lines: Dump['lines'] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('error ')) return { lines, refusal: line.slice(6) };
    const [t = '', sum = ''] = line.split(' ');
    lines.push({ t: Number(t), sum: Number.parseInt(sum, 16) });
  }
  return { lines, refusal: null };
}

/** The programs that record themselves, built with a release of Go. */
function builtPrograms(which: 'old' | 'new', folder: string): string {
  const program = join(folder, `programs-${which}`);
  // With C where there is a compiler.
  const env = { ...environment, GO111MODULE: 'off' };
  execFileSync(GO[which], ['build', '-o', program, '.'], { cwd: join(HERE, 'programs'), env, stdio: ['ignore', 'ignore', 'inherit'] });
  return program;
}

/** A recording of so many MiB. */
export function recordLong(which: 'old' | 'new', folder: string, mib: number): string {
  const file = join(folder, `long.go1${which === 'old' ? 19 : 26}`);
  execFileSync(builtPrograms(which, folder), ['long', file, String(mib)], { stdio: 'ignore' });
  return file;
}

/** Builds the programs that record themselves with a release of Go, and runs each; gives the files of their traces. */
export function record(which: 'old' | 'new', folder: string): string[] {
  const program = builtPrograms(which, folder);
  const names = execFileSync(program, { encoding: 'utf8' }).trim().split('\n');
  return names.map((name) => {
    const file = join(folder, `${name}.go1${which === 'old' ? 19 : 26}`);
    execFileSync(program, [name, file], { stdio: 'ignore', timeout: 60_000 });
    return file;
  });
}
