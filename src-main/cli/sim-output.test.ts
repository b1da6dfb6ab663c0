/** Where the command line writes to, what it never replaces, and what it leaves when it is interrupted or the disk is full. */
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simMain } from './sim-main';
import { ReaderGone } from './standard-output';
import { ownFolder } from './testdata/own-folder';
import { sim } from './testdata/sim';

const { folder, file } = ownFolder();

/** With a standard output that dies of `error` at once. */
async function simWithout(error: Error, ...args: string[]): Promise<{ status: number; err: string }> {
  let err = '';
  const status = await simMain(args, {
    out: () => Promise.reject(error),
    err: (text) => (err += text),
    isErrTerminal: false,
    environment: { LANG: 'en_US.UTF-8' },
    onInterrupt: () => undefined,
  });
  return { status, err };
}

test('a reader of the trace that leaves takes nothing from the facts', async () => {
  const facts = join(folder, 'left.json');
  expect(await simWithout(new ReaderGone(), 'run', file, '--trace', '-', '--facts', facts, '--quiet')).toEqual({ status: 0, err: '' });
  expect(JSON.parse(readFileSync(facts, 'utf8'))).toMatchObject({ kind: 'facts', id: 'cli', outcome: { kind: 'exit', code: 0 } });
  expect(await simWithout(new ReaderGone(), 'run', file, '--trace', '-')).toEqual({ status: 0, err: '' });
});

test.each([['run', '--trace', '-'], ['run', '--facts', '-'], ['run', '--state-at', '3'], ['--version']])(
  'a full standard output: %s %s %s',
  async (command, ...options) => {
    const { status, err } = await simWithout(
      new Error('ENOSPC: no space left on device, write'),
      command,
      ...(command === 'run' ? [file] : []),
      ...options,
    );
    expect({ status, err }).toEqual({ status: 1, err: 'cannot write standard output: the disk is full (ENOSPC)\n' });
  },
);

test('a folder that is not there is not made', async () => {
  const path = join(folder, 'nowhere', 'x.jsonl');
  expect(await sim('run', file, '--trace', path)).toEqual({
    status: 1,
    out: '',
    err: `cannot write ${path}: there is no folder ${join(folder, 'nowhere')}; create it first\n`,
  });
  expect((await sim('run', file, '--facts', path, '--lang', 'zh')).err).toContain('先建好它');
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

test('a refused file leaves no output', async () => {
  const bad = join(folder, 'bad2.yaml');
  writeFileSync(bad, 'kind: nothing\n');
  const out = join(folder, 'never.jsonl');
  expect((await sim('run', bad, '--trace', out)).status).toBe(1);
  expect(existsSync(out)).toBe(false);
});

test('a place that cannot be written to is said', async () => {
  expect(await sim('run', file, '--trace', join(file, 'x.jsonl'))).toMatchObject({
    status: 1,
    err: expect.stringContaining('cannot write') as string,
  });
  expect(await sim('run', file, '--trace', folder)).toEqual({
    status: 1,
    out: '',
    err: `cannot write ${folder}: it is a folder; name a file in it\n`,
  });
  expect((await sim('run', file, '--facts', folder)).status).toBe(1);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.skipIf(!existsSync('/dev/full')).each(['--trace', '--facts'])('a full disk is said of %s, too', async (output) => {
  const { status, err } = await sim('run', file, output, '/dev/full');
  expect(err).toMatch(/^cannot write \/dev\/full: .*ENOSPC/);
  expect(status).toBe(1);
});

test('outputs that would replace one another or the scenario are bad usage', async () => {
  const out = join(folder, 'same.jsonl');
  const link = join(folder, 'link.yaml');
  symlinkSync(file, link);
  const before = readFileSync(file, 'utf8');
  for (const [args, said] of [
    [['--trace', '-', '--facts', '-'], '--trace and --facts cannot both go to standard output'],
    [['--trace', '-', '--state-at', '3'], '--trace and --state-at cannot both go to standard output'],
    [['--facts', '-', '--state-at', '3'], '--facts and --state-at cannot both go to standard output'],
    [['--trace', out, '--facts', join(folder, '.', 'same.jsonl')], '--trace and --facts are the same file'],
    [['--facts', file], '--facts would overwrite'],
    [['--trace', link], '--trace would overwrite'],
  ] as const) {
    const { status, err } = await sim('run', file, ...args);
    expect(err).toContain(said);
    expect(status).toBe(2);
  }
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(existsSync(out)).toBe(false);
  expect((await sim('run', file, '--trace', '/dev/null', '--facts', '/dev/null')).status).toBe(0);
});

/** A run of so many steps that it is interrupted in its middle. */
function longScenario(): string {
  const long = join(folder, 'long.yaml');
  writeFileSync(
    long,
    'schedville: 1\nkind: scenario\nid: long\ntitle: { zh: 甲, en: a }\nlimits: { time: 100s }\ngoroutines: { main: [ { repeat: { times: 1000000, do: [gosched] } } ] }\n',
  );
  return long;
}

/** Interrupted after `ms`, counted from when it listens. */
async function interrupted(args: readonly string[], ms: number): Promise<{ status: number; err: string }> {
  let err = '';
  const status = await simMain(args, {
    out: () => undefined,
    err: (text) => (err += text),
    isErrTerminal: false,
    environment: {},
    onInterrupt: (stop) => {
      setTimeout(stop, ms);
    },
  });
  return { status, err };
}

const partsIn = (name: string): string[] => readdirSync(folder).filter((each) => each.includes(name) || each.endsWith('.part'));

test.each([
  ['run', '--trace'],
  ['export', '--format=csv', '--out'],
  ['export', '--format=perfetto', '--out'],
])('an interrupted %s leaves no half-written file', async (command, ...switches) => {
  const { status, err } = await interrupted([command, longScenario(), ...switches, join(folder, 'long.out')], 30);
  expect(err).toMatch(/interrupted/);
  expect(status).toBe(130);
  expect(partsIn('long.out')).toEqual([]);
});

test('an interrupted import leaves no half-written file', async () => {
  const recording = join(folder, 'long.go126');
  expect((await sim('export', longScenario(), '--format', 'go126', '--out', recording)).status).toBe(0);
  const { status } = await interrupted(['import', recording, '--out', join(folder, 'long.jsonl')], 0);
  expect(status).toBe(130);
  expect(partsIn('long.jsonl')).toEqual([]);
});

test('a recording is not replaced by what is made of it', async () => {
  const recording = join(folder, 'real.trace');
  expect((await sim('export', file, '--format', 'go126', '--out', recording)).status).toBe(0);
  const before = readFileSync(recording);
  const link = join(folder, 'link.trace');
  symlinkSync(recording, link);
  for (const out of [recording, link]) {
    const { status, err } = await sim('import', recording, '--out', out);
    expect(err).toContain('--out would overwrite');
    expect(status).toBe(2);
  }
  expect(readFileSync(recording)).toEqual(before);
});

/** Every call reads 64 KiB, whose hex stands twice in a line. */
const LARGE_READS =
  'schedville: 1\nkind: scenario\nid: large\ntitle: { zh: 甲, en: a }\ngoroutines: { main: [ { repeat: { times: 40, do: [ { syscall: { name: getrandom, args: [{ buf: 65536 }, 65536, 0] } } ] } } ] }\n';
const LARGEST_LINE = 300_000;

test('large lines are written one by one, not joined', async () => {
  const large = join(folder, 'large.yaml');
  writeFileSync(large, LARGE_READS);
  const sizes: number[] = [];
  const status = await simMain(['run', large, '--trace', '-', '--quiet'], {
    out: (data) => sizes.push(data.length),
    err: () => undefined,
    isErrTerminal: false,
    environment: {},
    onInterrupt: () => undefined,
  });
  expect(status).toBe(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan((20 * LARGEST_LINE) / 3);
  expect(Math.max(...sizes)).toBeLessThan(LARGEST_LINE + 65_536);
});

test('an interruption is looked at while a slice is written', async () => {
  const large = join(folder, 'large.yaml');
  writeFileSync(large, LARGE_READS);
  let stop = (): void => undefined;
  let pieces = 0;
  const status = await simMain(['run', large, '--trace', '-', '--quiet'], {
    out: () => {
      if (++pieces === 3) stop();
    },
    err: () => undefined,
    isErrTerminal: false,
    environment: {},
    onInterrupt: (given) => {
      stop = given;
    },
  });
  expect([status, pieces]).toEqual([130, 3]);
});
