/** System calls as goroutines make them: what blocks a thread, what wakes it, what a signal does, and what the log says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';
import { applyStep, copyState, undoStep } from '../trace/replay';

interface Given {
  runtime?: Record<string, unknown>;
  kernel?: Record<string, unknown>;
  limits?: Record<string, unknown>;
  goroutines: Record<string, unknown[]>;
}

/** Plays under all laws, and goes through the trace forwards and backwards. */
function run({ runtime = {}, kernel = {}, limits = { time: '1s', steps: 100_000 }, goroutines }: Given): Played {
  const played = play(
    scenarioOf(
      JSON.stringify({
        schedville: 1,
        kind: 'scenario',
        id: 'calls',
        title: { zh: '调用', en: 'calls' },
        runtime,
        kernel,
        limits,
        goroutines,
      }),
    ),
  );
  const state = copyState(played.first);
  for (const step of played.steps) applyStep(state, step);
  expect(state).toEqual(played.last);
  for (const step of [...played.steps].reverse()) undoStep(state, step);
  expect(state).toEqual(played.first);
  return played;
}

const call = (name: string, args: unknown[] = [], more: Record<string, unknown> = {}): unknown => ({ syscall: { name, args, ...more } });
const lines = ({ facts }: Played, name = 'main'): (string | null)[] =>
  (facts.goroutines[name]?.syscalls ?? []).map((each) => (each as unknown as { strace: string | null }).strace);
const second = (fd: number): string => String.fromCharCode(fd) + '\0'.repeat(14);
const MILLISECOND = `${'\0'.repeat(8)}@B\u000f${'\0'.repeat(4)}`;

/** Made past package os: the poller does not know it, and its reads keep their threads. */
const blockingPipe = call('pipe2', [{ buf: 8 }, 0], { via: 'RawSyscall' });

describe('waiting for another goroutine', () => {
  test('a read of an empty pipe keeps its thread until somebody writes', () => {
    const played = run({
      runtime: { gomaxprocs: 1 },
      goroutines: {
        main: [blockingPipe, { go: 'writer' }, call('read', [3, { buf: 16 }, 16])],
        writer: [{ compute: '500us' }, call('write', [4, 'hello', 5]), { compute: '1ms' }],
      },
    });
    expect(lines(played)).toEqual(['pipe2([3, 4], 0) = 0', 'read(3, "hello", 16) = 5']);
    const [, read] = played.facts.goroutines.main?.syscalls ?? [];
    expect(read?.exit).toBeGreaterThan(500_000);
    // The P was taken from the sleeper, or the writer could never have run.
    expect(played.facts.retakes).toHaveLength(1);
    expect(played.steps.filter((step) => step.at === 'kernel-retry')).toHaveLength(1);
  });

  test('a write to a full pipe keeps its thread until somebody reads', () => {
    const played = run({
      goroutines: {
        main: [blockingPipe, { go: 'reader' }, call('write', [4, { buf: 70_000 }, 70_000])],
        reader: [{ compute: '1ms' }, call('read', [3, { buf: 65_536 }, 65_536])],
      },
    });
    expect(lines(played)[1]).toMatch(/^write\(4, "(\\0){32}"\.\.\., 70000\) = 70000$/);
    expect(played.facts.goroutines.main?.syscalls[1]?.exit).toBeGreaterThan(1_000_000);
  });

  test('the last writer leaves: the end of the pipe', () => {
    const played = run({
      goroutines: {
        main: [blockingPipe, { go: 'closer' }, call('read', [3, { buf: 16 }, 16])],
        closer: [{ compute: '50us' }, call('close', [4])],
      },
    });
    expect(lines(played)[1]).toBe('read(3, "", 16) = 0');
  });

  test.each([
    ['socketpair', call('socketpair', [1, 1, 0, { buf: 8 }]), call('write', [4, 'x', 1]), 'read(3, "x", 8) = 1'],
    ['eventfd', call('eventfd2', [0, 0]), call('write', [3, '\u0007\0\0\0\0\0\0', 8]), 'read(3, "\\7\\0\\0\\0\\0\\0\\0\\0", 8) = 8'],
  ])('%s', (_, open, write, line) => {
    const played = run({
      goroutines: { main: [open, { go: 'writer' }, call('read', [3, { buf: 8 }, 8])], writer: [{ compute: '50us' }, write] },
    });
    expect(lines(played)[1]).toBe(line);
  });

  test('futex: the waiter is woken, and only then', () => {
    const word = '\0\0\0';
    const played = run({
      goroutines: {
        main: [{ go: 'waker' }, call('futex', [word, 0, 0, 0])],
        waker: [{ compute: '100us' }, call('futex', [word, 1, 1]), call('futex', [word, 1, 1])],
      },
    });
    expect(lines(played)).toEqual(['futex(0xc100000000, FUTEX_WAIT, 0, NULL) = 0']);
    expect(lines(played, 'waker')[0]).toBe('futex(0xc100000000, FUTEX_WAKE, 1) = 1');
    expect(played.last.kernel.futex.filter((each) => each.on.startsWith('0x'))).toEqual([]);
  });

  test('epoll_wait sees what another goroutine has written', () => {
    const played = run({
      goroutines: {
        main: [
          call('eventfd2', [0, 0]),
          call('epoll_create1', [0]),
          call('epoll_ctl', [4, 1, 3, '\u0001\0\0\0\u0003\0\0\0\0\0\0']),
          { go: 'writer' },
          call('epoll_wait', [4, { buf: 12 }, 1, -1]),
        ],
        writer: [{ compute: '50us' }, call('write', [3, '\u0001\0\0\0\0\0\0', 8])],
      },
    });
    expect(lines(played).at(-1)).toBe('epoll_wait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 1, -1) = 1');
  });

  test.each([
    ['epoll_wait', [call('epoll_create1', [0]), call('epoll_wait', [3, { buf: 12 }, 1, 2])], 'epoll_wait(3, [], 1, 2) = 0', 2_000_000],
    [
      'futex',
      [call('futex', ['\0\0\0', 0, 0, MILLISECOND])],
      'futex(0xc100000000, FUTEX_WAIT, 0, {tv_sec=0, tv_nsec=1000000}) = -1 ETIMEDOUT (Connection timed out)',
      1_000_000,
    ],
    ['nanosleep', [call('nanosleep', [MILLISECOND, 0])], 'nanosleep({tv_sec=0, tv_nsec=1000000}, NULL) = 0', 1_000_000],
  ])('%s gives up when its time is over', (_, main, line, ns) => {
    const played = run({ goroutines: { main } });
    expect(lines(played).at(-1)).toBe(line);
    const last = played.facts.goroutines.main?.syscalls.at(-1);
    expect((last?.exit ?? 0) - (last?.enter ?? 0)).toBeGreaterThanOrEqual(ns);
    expect((last?.exit ?? 0) - (last?.enter ?? 0)).toBeLessThan(ns + 10_000);
  });

  test('`takes` comes first, then the wait', () => {
    const played = run({
      goroutines: {
        main: [blockingPipe, { go: 'writer' }, call('read', [3, { buf: 8 }, 8], { takes: '1ms' })],
        writer: [{ compute: '2ms' }, call('write', [4, 'x', 1])],
      },
    });
    expect(lines(played)[1]).toBe('read(3, "x", 8) = 1');
    expect(played.facts.goroutines.main?.syscalls[1]?.exit).toBeGreaterThan(2_000_000);
  });

  test('what the scenario says comes before what the kernel knows', () => {
    const played = run({
      goroutines: {
        main: [
          call('read', [99, { buf: 8 }, 8], { returns: 3 }),
          call('getpid', [], { errno: 'EPERM' }),
          call('mount', [], { errno: 'ENOSYS' }),
        ],
      },
    });
    expect(lines(played)).toEqual([
      'read(99, "\\0\\0\\0", 8) = 3',
      'getpid() = -1 EPERM (Operation not permitted)',
      'mount(NULL, NULL, NULL, 0, NULL) = -1 ENOSYS (Function not implemented)',
    ]);
  });
});

describe('signals', () => {
  const raw = (name: string, args: unknown[], more = {}): unknown =>
    call(name, args, { via: args.length > 3 ? 'RawSyscall6' : 'RawSyscall', ...more });
  const longSleep = second(1);

  test('the scheduler’s signal cuts a raw nanosleep short, and the rest is told', () => {
    const played = run({
      runtime: { gomaxprocs: 1 },
      goroutines: { main: [{ go: 'B' }, raw('nanosleep', [longSleep, { buf: 16 }])], B: [{ compute: '1us' }] },
    });
    expect(lines(played)[0]).toMatch(
      /^nanosleep\(\{tv_sec=1, tv_nsec=0\}, \{tv_sec=0, tv_nsec=9\d{8}\}\) = -1 EINTR \(Interrupted system call\)$/,
    );
    expect(played.facts.goroutines.main?.syscalls[0]).toMatchObject({ result: -1, errno: 'EINTR', path: 'raw' });
    expect(played.facts.goroutines.main?.syscalls[0]?.exit).toBeLessThan(30_000_000);
  });

  test('a raw read is started again: it starves the others to its end', () => {
    const played = run({
      runtime: { gomaxprocs: 1 },
      goroutines: { main: [{ go: 'B' }, raw('read', [0, { buf: 1 }, 1], { takes: '50ms' }), { compute: '1ms' }, 'gosched'], B: [] },
    });
    expect(played.facts.goroutines.main?.syscalls[0]).toMatchObject({ result: 0, errno: null });
    expect(played.facts.goroutines.B?.started).toBeGreaterThan(50_000_000);
  });

  test.each([
    ['with a limit ends', [longSleep], 'EINTR'],
    ['without one goes on', [0], null],
  ])('a raw futex wait %s', (_, limit, errno) => {
    const waker = [{ sleep: '60ms' }, call('futex', ['\0\0\0', 1, 1])];
    const played = run({
      runtime: { gomaxprocs: 2 },
      goroutines: { main: [{ go: 'waker' }, { go: 'B' }, raw('futex', ['\0\0\0', 0, 0, ...limit])], waker, B: [{ compute: '100ms' }] },
    });
    expect(played.facts.goroutines.main?.syscalls[0]?.errno).toBe(errno);
  });

  test('epoll_wait is never started again', () => {
    const played = run({
      runtime: { gomaxprocs: 1 },
      goroutines: { main: [{ go: 'B' }, call('epoll_create1', [0]), raw('epoll_wait', [3, { buf: 12 }, 1, -1])], B: [] },
    });
    expect(lines(played).at(-1)).toMatch(/= -1 EINTR \(Interrupted system call\)$/);
  });

  test('tgkill interrupts another thread', () => {
    const played = run({
      runtime: { gomaxprocs: 2, asyncpreempt: false },
      goroutines: {
        main: [{ go: 'killer' }, raw('nanosleep', [longSleep, 0])],
        killer: [{ compute: '1ms' }, call('tgkill', [1000, 1000, 10]), { compute: '1ms' }],
      },
    });
    expect(played.facts.goroutines.main?.syscalls[0]).toMatchObject({ errno: 'EINTR' });
    expect(lines(played, 'killer')).toEqual(['tgkill(1000, 1000, SIGUSR1) = 0']);
  });

  test.each([
    [9, { kind: 'exit', code: 137, message: 'signal: killed' }],
    [15, { kind: 'exit', code: 143, message: 'signal: terminated' }],
    [6, { kind: 'fatal', code: 2, message: 'SIGABRT: abort' }],
    [23, { kind: 'exit', code: 0 }],
    [0, { kind: 'exit', code: 0 }],
  ])('kill with %i', (signal, outcome) => {
    expect(run({ goroutines: { main: [call('kill', [1000, signal]), { compute: '1ms' }] } }).facts.outcome).toMatchObject(outcome);
  });
});

describe('the registers decide', () => {
  test('a pointer may lead into the stack: the frame of arguments itself', () => {
    // G1's stack ends at 0xc000010800; the call's number lies at 8 above the frame that is 0xa0 below that end.
    const played = run({
      goroutines: {
        main: [
          call('write', [1, 0xc000010800 - 0xa0 + 8, 16]),
          call('read', [99, 0xc000010800, 1]),
          call('getrandom', [0xc000010800 - 8, 16, 0]),
        ],
      },
    });
    expect(lines(played)[0]).toBe('write(1, "\\1\\0\\0\\0\\0\\0\\0\\0\\1\\0\\0\\0\\0\\0\\0\\0", 16) = 16');
    expect(lines(played)[2]).toMatch(/, 16, 0\) = 8$/);
  });

  test('a routine for three arguments leaves the fourth to chance', () => {
    const played = run({
      kernel: { files: { '/a': '' } },
      goroutines: { main: [call('pread64', [0, 0, 0, 7], { via: 'Syscall6' }), call('pread64', [0, 0, 0, 5], { via: 'Syscall' })] },
    });
    expect(lines(played).map((line) => line?.split(') ')[0])).toEqual(['pread64(0, NULL, 0, 7', 'pread64(0, NULL, 0, 7']);
  });

  test.each(['amd64', 'arm64'])('on %s', (arch) => {
    const played = run({
      runtime: { arch },
      kernel: { files: { '/etc/motd': 'hello\n' } },
      goroutines: {
        main: [
          call('openat', [-100, '/etc/motd', 0], { via: 'Syscall6' }),
          call('read', [3, { buf: 8 }, 8]),
          call('fstat', [3, { buf: 144 }]),
          call('exit_group', [4]),
        ],
      },
    });
    expect(lines(played)).toEqual([
      'openat(AT_FDCWD, "/etc/motd", O_RDONLY) = 3',
      'read(3, "hello\\n", 8) = 6',
      'fstat(3, {st_mode=S_IFREG|0644, st_size=6, ...}) = 0',
    ]);
    expect(played.facts.outcome).toMatchObject({ kind: 'exit', code: 4 });
    expect(played.last.kernel.strace.at(-1)?.text).toBe('exit_group(4) = ?');
  });
});

test('a call in a loop uses its buffer again, zeroed', () => {
  const played = run({
    kernel: { files: { '/a': 'xyz' } },
    goroutines: {
      main: [call('open', ['/a', 0]), { repeat: { times: 5, do: [call('read', [3, { buf: 4 }, 4]), call('lseek', [3, 1, 0])] } }],
    },
  });
  expect(lines(played).filter((line) => line?.startsWith('read'))).toEqual([
    'read(3, "xyz", 4) = 3',
    ...Array.from({ length: 4 }, () => 'read(3, "yz", 4) = 2'),
  ]);
  expect(Object.keys(played.last.kernel.mem)).toHaveLength(2);
});

test('calls that overlap are told as strace tells them', () => {
  const played = run({
    goroutines: {
      main: [blockingPipe, { go: 'writer' }, call('read', [3, { buf: 16 }, 16])],
      writer: [{ compute: '50us' }, call('write', [4, 'hello', 5]), { compute: '1ms' }],
    },
  });
  const log = played.last.kernel.strace.map(({ pid, text }) => `${pid === 1000 ? 'main' : 'other'} ${text}`);
  expect(log).toEqual([
    'main pipe2([3, 4], 0) = 0',
    'main read(3,  <unfinished ...>',
    'other write(4, "hello", 5) = 5',
    'main <... read resumed>"hello", 16) = 5',
    'other exit_group(0) = ?',
  ]);
});

describe('random programs', () => {
  const fd = fc.integer({ min: 0, max: 9 });
  const small = fc.integer({ min: 0, max: 20 });
  const large = fc.constantFrom(1, 5_000, 70_000);
  const syscall = fc.oneof(
    fc.record({ fd, n: large }).map(({ fd: n3, n }) => call('read', [n3, { buf: n }, n])),
    fc.record({ fd, n: large }).map(({ fd: n3, n }) => call('write', [n3, { buf: n }, n])),
    fc.constantFrom(0, 0o4000).map((flags) => call('pipe2', [{ buf: 8 }, flags])),
    fc.constantFrom(1, 2, 5, 0o4001).map((type) => call('socketpair', [1, type, 0, { buf: 8 }])),
    small.map((n) => call('eventfd2', [n, n & 1])),
    fc.constant(call('epoll_create1', [0])),
    fc
      .record({ set: fd, op: fc.integer({ min: 1, max: 3 }), fd })
      .map((each) => call('epoll_ctl', [each.set, each.op, each.fd, '\u0005\0\0\0\u0001\0\0\0\0\0\0'])),
    fc.record({ fd, ms: fc.integer({ min: -1, max: 3 }) }).map(({ fd: set, ms }) => call('epoll_wait', [set, { buf: 48 }, 4, ms])),
    fc
      .constantFrom([0, 0, 0], [0, 0, MILLISECOND], [1, 1], [1, 9])
      .map(([op, value, limit]) => call('futex', ['\0\0\0', op, value, limit ?? 0])),
    fd.map((n) => call('close', [n])),
    fd.map((n) => call('dup', [n])),
    fc.constantFrom('/a', '/b', '/none').map((path) => call('openat', [-100, path, 0o102])),
    fc.record({ fd, by: small }).map(({ fd: n, by }) => call('lseek', [n, by, 2])),
    fc.constant(call('mmap', [0, 8192, 3, 0x22, -1, 0])),
    fc.constant(call('munmap', [0x7ffff7ffd000, 4096])),
    fc.constantFrom(0, 10, 23).map((signal) => call('kill', [1000, signal])),
    fc.constant(call('nanosleep', [MILLISECOND, 0], { via: 'RawSyscall' })),
  );
  const other = fc.constantFrom({ compute: '30us' }, { spin: '200us' }, 'gosched', { sleep: '100us' }, { gc: { stw: '10us' } });
  const program = fc.array(fc.oneof({ weight: 5, arbitrary: syscall }, { weight: 1, arbitrary: other }), { maxLength: 12 });

  test('keep the laws, and their traces go both ways', () => {
    fc.assert(
      fc.property(
        program,
        program,
        program,
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('amd64', 'arm64'),
        (main, A, B, gomaxprocs, arch) => {
          const goroutines = { main: [{ go: 'A' }, { go: 'B' }, ...main, { sleep: '5ms' }], A, B };
          const known =
            arch === 'amd64'
              ? goroutines
              : Object.fromEntries(
                  Object.entries(goroutines).map(([name, list]) => [
                    name,
                    list.filter((each) => !JSON.stringify(each).includes('epoll_wait')),
                  ]),
                );
          run({
            runtime: { gomaxprocs, arch },
            kernel: { files: { '/a': 'text' } },
            limits: { time: '50ms', steps: 4_000 },
            goroutines: known,
          });
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('exit', () => {
  test('takes its thread, and the goroutine on it goes on no more', () => {
    const played = run({
      limits: { time: '50ms', steps: 100_000 },
      goroutines: { main: [{ go: 'other' }, call('exit', [4]), { mark: 'never' }], other: [{ compute: '30ms' }, { mark: 'on' }] },
    });
    expect(played.facts.marks.map(({ text }) => text)).toEqual(['on']);
    expect(played.last.kernel.strace.map(({ text }) => text)).toContain('exit(4) = ?');
    expect(played.last.M.M0?.kernel).toMatchObject({ name: 'exit', until: null });
    expect(played.facts.retakes).toHaveLength(1);
    expect(played.facts.outcome.kind).toBe('limit');
  });

  test('lasts as long as the scenario says', () => {
    const played = run({
      limits: { time: '50ms', steps: 100_000 },
      goroutines: { main: [call('exit', [4], { takes: '1ms', via: 'RawSyscall' }), { mark: 'never' }] },
    });
    expect(played.facts.marks).toEqual([]);
    expect(played.last.M.M0?.kernel).toMatchObject({ name: 'exit', until: null });
  });

  test('of the last thread ends the program', () => {
    const played = run({ runtime: { sysmon: false }, goroutines: { main: [call('exit', [4]), { mark: 'never' }] } });
    expect(played.facts.outcome).toMatchObject({ kind: 'exit', code: 4 });
    expect(played.last.kernel.strace.at(-1)?.text).toBe('exit(4) = ?');
  });
});

describe('clocks', () => {
  const clocks = [call('clock_gettime', [1, { buf: 16 }]), call('gettimeofday', [{ buf: 16 }, 0])];

  test('Go’s own wrappers read them in the vDSO: no entry, no instruction, no line of the log, the time all the same', () => {
    const { steps, facts, last } = run({ goroutines: { main: [{ compute: '5us' }, ...clocks, call('time', [0])] } });
    expect(steps.filter(({ fn, asm }) => fn === 'reentersyscall' || asm !== undefined)).toEqual([]);
    expect(facts.goroutines.main?.syscalls).toEqual([]);
    expect(last.kernel.strace.map(({ text }) => text)).toEqual(['exit_group(0) = ?']);
    expect(Object.values(last.kernel.mem)[0]).not.toMatch(/^0*$/);
  });

  test('a routine that is named enters the kernel', () => {
    expect(lines(run({ goroutines: { main: [call('clock_gettime', [1, { buf: 16 }], { via: 'Syscall' })] } }))[0]).toMatch(
      /^clock_gettime\(CLOCK_MONOTONIC, \{tv_sec=0, tv_nsec=\d+\}\) = 0$/,
    );
  });

  test('on arm64 gettimeofday is a RawSyscall', () => {
    const { facts } = run({ runtime: { arch: 'arm64' }, goroutines: { main: clocks } });
    expect(facts.goroutines.main?.syscalls.map(({ name, path }) => [name, path])).toEqual([['gettimeofday', 'raw']]);
  });

  test('what only a stay in the kernel has is refused with its reason', () => {
    expect(() => run({ goroutines: { main: [call('time', [0], { returns: 5 })] } })).toThrow(/vDSO.*via: Syscall/);
  });
});

describe('sysmon’s first look', () => {
  const first = (syscalltick: number): number => {
    const main = [call('read', [], { takes: '5ms', returns: 1 })];
    return run({ runtime: { gomaxprocs: 2, start: { syscalltick } }, goroutines: { main } }).facts.retakes.length;
  };

  test('takes the P when its tick is sysmon’s zero, since it has never looked', () => {
    expect([first(0), first(3)]).toEqual([1, 0]);
  });
});
