/** Go's own assembler: which routines it takes, and the bytes it makes of them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Arch } from '../../../model/asm/arch/index';

/** The release whose encodings the model has, then whichever there is. */
const PROGRAMS = ['go1.19', '/usr/lib/go-1.19/bin/go', 'go'];

const environment = (arch: Arch): NodeJS.ProcessEnv => ({ ...process.env, GOARCH: arch, GOOS: 'linux', GOTOOLCHAIN: 'local', GOFLAGS: '' });

/** The first of the known commands that there is, or the one that SCHEDVILLE_GO names. */
export function goProgram(): string {
  const asked = process.env.SCHEDVILLE_GO;
  const known = asked === undefined ? PROGRAMS : [asked];
  return known.find((program) => spawnSync(program, ['version'], { stdio: 'ignore' }).status === 0) ?? 'go';
}

export const goVersion = (program: string): string =>
  execFileSync(program, ['version'], { encoding: 'utf8', env: environment('amd64') }).trim();

/** `bytes`: hex, of the whole routine; `refusal`: what the assembler said. */
export type Verdict = { bytes: string } | { refusal: string };

/** How a routine of the comparison begins; both assemblers are given the same. */
export const TEXT_FLAGS = '4|512';
const HEADER = 'GLOBL ·v(SB), 16, $64\n';

export class GoAssembler {
  private readonly folder = mkdtempSync(join(tmpdir(), 'compare-asm-'));

  constructor(
    private readonly program: string,
    private readonly arch: Arch,
  ) {}

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Each body as a routine of its own. */
  judge(bodies: readonly string[]): Verdict[] {
    const verdicts: Verdict[] = bodies.map(() => ({ refusal: '' }));
    this.some(bodies, [...bodies.keys()], verdicts);
    return verdicts;
  }

  /** Assembles those at `left`, takes out what is refused, and again, until the rest passes. */
  private some(bodies: readonly string[], left: readonly number[], verdicts: Verdict[]): void {
    if (left.length === 0) return;
    const file = join(this.folder, 'x.s');
    let text = HEADER;
    const ofLine: number[] = [-1, -1];
    for (const index of left) {
      const routine = `TEXT ·f${index}(SB),${TEXT_FLAGS},$0-64\n${bodies[index] ?? ''}\nRET\n`;
      for (let i = 0; i < routine.split('\n').length - 1; i++) ofLine.push(index);
      text += routine;
    }
    writeFileSync(file, text);
    const ran = spawnSync(this.program, ['tool', 'asm', '-p', 'x', '-e', '-S', '-o', join(this.folder, 'x.o'), file], {
      encoding: 'utf8',
      env: environment(this.arch),
      maxBuffer: 1 << 28,
    });
    if (ran.status === 0) {
      for (const [index, bytes] of bytesOf(ran.stdout)) verdicts[index] = { bytes };
      return;
    }
    const refused = new Map<number, string>();
    for (const line of `${ran.stderr}${ran.stdout}`.split('\n')) {
      // A label that is nowhere is missed at the end of the file: whose it is, only halving tells.
      if (line.includes('undefined label')) continue;
      const at = /x\.s:(\d+)/.exec(line);
      const index = at ? ofLine[Number(at[1])] : undefined;
      // A listing of -S names its lines as well.
      if (index !== undefined && index >= 0 && !line.startsWith('\t') && !refused.has(index))
        refused.set(index, line.replace(/^.*?x\.s:\d+:?\)?\s*/, ''));
    }
    const only = left[0];
    if (refused.size === 0 && left.length === 1 && only !== undefined) {
      verdicts[only] = { refusal: ran.stderr.split('\n')[0] ?? 'it ends' };
      return;
    }
    if (refused.size === 0) {
      const half = left.length >> 1;
      this.some(bodies, left.slice(0, half), verdicts);
      this.some(bodies, left.slice(half), verdicts);
      return;
    }
    for (const [index, refusal] of refused) verdicts[index] = { refusal };
    this.some(
      bodies,
      left.filter((index) => !refused.has(index)),
      verdicts,
    );
  }
}

/** The routines of -S, by their number. */
function* bytesOf(listing: string): Iterable<[number, string]> {
  let index = -1;
  let bytes = '';
  for (const line of listing.split('\n')) {
    const header = /^\S*\.(?:f(\d+)|\S+) S[A-Z]+ /.exec(line);
    if (header) {
      if (index >= 0) yield [index, bytes];
      index = header[1] === undefined ? -1 : Number(header[1]);
      bytes = '';
    }
    const dump = /^\t0x[0-9a-f]{4,} ((?:[0-9a-f]{2} )+) /.exec(line);
    if (dump) bytes += (dump[1] ?? '').replaceAll(' ', '');
  }
  if (index >= 0) yield [index, bytes];
}
