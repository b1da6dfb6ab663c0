/** Files, pipes and connections as package os and package net use them: held against what strace and Go's tracer have shown of real programs. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';
import { ended, plain } from '../testdata/log-of-run';

const { measured } = JSON.parse(readFileSync(new URL('./testdata/go119-os-files.json', import.meta.url), 'utf8')) as {
  measured: Record<string, string[]>;
};

interface Given {
  runtime?: Record<string, unknown>;
  kernel?: Record<string, unknown>;
  goroutines: Record<string, unknown[]>;
}

function run({ runtime = {}, kernel = {}, goroutines }: Given): Played {
  const head = {
    schedville: 1,
    kind: 'scenario',
    id: 'files',
    title: { zh: '文件', en: 'files' },
    limits: { time: '200ms', steps: 100_000 },
  };
  return play(scenarioOf(JSON.stringify({ ...head, runtime: { gomaxprocs: 1, ...runtime }, kernel, goroutines })));
}

const call = (name: string, args: unknown[], more: Record<string, unknown> = {}): unknown => ({ syscall: { name, args, ...more } });
const O_CLOEXEC = 0x80000;
const pipe = call('pipe2', [{ buf: 8 }, O_CLOEXEC]);
const read = (fd: number, bytes = 8): unknown => call('read', [fd, { buf: bytes }, bytes]);
const write = (fd: number, what: unknown, bytes: number): unknown => call('write', [fd, what, bytes]);
const close = (fd: number): unknown => call('close', [fd]);

const isOfFiles = (line: string): boolean =>
  /^(read|write|close|openat|pipe2|fcntl|epoll_ctl|epoll_pwait)\(/.test(line) && !/^epoll_pwait\(\d+, \[\]/.test(line);

const POLLER = ['epoll_create1(EPOLL_CLOEXEC) = 3', 'pipe2([4, 5], O_NONBLOCK|O_CLOEXEC) = 0'];

describe('as strace has shown a real program', () => {
  const nap = { sleep: '1ms' };
  /** The poller is there already, since the first sleep: 3 to 5 are its descriptors. */
  const programs: Record<string, Given> = {
    files: {
      kernel: { files: { '/etc/hostname': 'vm\n' } },
      goroutines: {
        main: [call('openat', [-100, '/etc/hostname', O_CLOEXEC]), read(6), close(6), pipe, { go: 'w' }, read(6), close(6), close(7)],
        w: [{ sleep: '20ms' }, write(7, 'x', 1)],
      },
    },
    write: {
      goroutines: { main: [pipe, { go: 'r' }, write(7, { buf: 70_000 }, 70_000)], r: [{ sleep: '20ms' }, read(6, 65_536)] },
    },
    close: {
      goroutines: { main: [pipe, { go: { name: 'r', times: 2 } }, { sleep: '20ms' }, close(6), { sleep: '20ms' }], r: [read(6)] },
    },
    readers: {
      goroutines: {
        main: [
          pipe,
          { go: { name: 'r', times: 2 } },
          { sleep: '20ms' },
          write(7, 'x', 1),
          { sleep: '20ms' },
          write(7, 'y', 1),
          { sleep: '20ms' },
        ],
        r: [read(6)],
      },
    },
    eof: { goroutines: { main: [pipe, { go: 'w' }, read(6)], w: [{ sleep: '20ms' }, close(7)] } },
  };

  test.each(Object.entries(programs))('%s', (name, { kernel = {}, goroutines: { main = [], ...others } }) => {
    const lines = ended(run({ kernel, goroutines: { main: [nap, ...main], ...others } }));
    expect(lines.slice(0, 2)).toEqual(POLLER);
    const own = lines.slice(3).filter(isOfFiles).map(plain);
    // Opening the pipe is measured once, with `files`.
    const from = name === 'files' ? 0 : own.findIndex((line) => line.startsWith('fcntl(7, F_SETFL')) + 1;
    const said = measured[name] ?? [];
    // Go 1.14 takes off even what epoll has refused; 1.19 does not.
    const kept = own.slice(from).filter((line) => !/EPOLL_CTL_DEL.*EPERM/.test(line));
    expect(kept).toEqual(said);
  });

  test('Go 1.14 takes a regular file off again, which epoll has not taken', () => {
    const opened = run({ kernel: { files: { '/a': '' } }, goroutines: { main: [call('openat', [-100, '/a', 0])] } });
    expect(ended(opened).map((line) => line.replace(/, (\{events.*\}|0x\w+)\)/, ')'))).toEqual([
      'openat(AT_FDCWD, "/a", O_RDONLY) = 3',
      'epoll_create1(EPOLL_CLOEXEC) = 4',
      'pipe2([5, 6], O_NONBLOCK|O_CLOEXEC) = 0',
      'epoll_ctl(4, EPOLL_CTL_ADD, 5) = 0',
      'epoll_ctl(4, EPOLL_CTL_ADD, 3) = -1 EPERM (Operation not permitted)',
      'epoll_ctl(4, EPOLL_CTL_DEL, 3) = -1 EPERM (Operation not permitted)',
      'exit_group(0) = ?',
    ]);
  });
});

describe('netread', () => {
  /** As measured of a connection; its first EPOLLOUT, which came with its opening, is not shown here. */
  const said = (measured.net ?? []).filter((line) => !line.startsWith('write(') && !line.includes('[{events=EPOLLOUT,'));
  const given = {
    goroutines: { main: [{ go: 'N' }, { sleep: '60ms' }], N: [{ netread: { takes: '20ms' } }, { netread: { takes: '20ms' } }] },
  };

  test('reads, gets EAGAIN, waits for the poller, and reads again', () => {
    const own = ended(run(given)).slice(3).filter(isOfFiles).map(plain);
    expect(own).toEqual(said.map((line) => line.replace('read(8,', 'read(6,')));
  });

  test('gives the tracer the events of a real read', () => {
    const { steps } = run({ goroutines: { main: [{ go: 'N' }, { sleep: '60ms' }], N: [{ netread: { takes: '20ms' } }, { mark: 'n' }] } });
    const told = steps.flatMap(({ g, ev = '', set }) => {
      const isOfN = g === 'G2' || set.some(([path]) => path.startsWith('G.G2.'));
      return isOfN ? ev.split(' ').filter((each) => each !== '' && each !== 'GoEnd') : [];
    });
    expect(told).toEqual(['GoCreate', 'GoStart', 'GoSysCall', 'GoBlockNet', 'GoUnblock', 'GoStart', 'GoSysCall']);
  });

  test('goes through the instruction that enters the kernel, twice, and keeps no thread while it waits', () => {
    const { steps, facts } = run(given);
    expect(steps.filter(({ asm, g }) => asm?.text === 'SYSCALL' && g === 'G2')).toHaveLength(4);
    expect(facts.goroutines.N?.syscalls.map(({ name, path, errno }) => [name, path, errno])).toEqual([
      ['read', 'oldp', 'EAGAIN'],
      ['read', 'oldp', null],
      ['read', 'oldp', 'EAGAIN'],
      ['read', 'oldp', null],
    ]);
    expect(facts.threads.peak).toBe(2);
    expect(facts.goroutines.N?.ended).toBeGreaterThan(40_000_000);
    expect(facts.goroutines.N?.ended).toBeLessThan(40_100_000);
  });

  test('what has come in meanwhile is told of in the order in which it came, whoever had begun to wait first', () => {
    const { steps } = run({
      goroutines: {
        // The one that is made last runs first.
        main: [{ go: 'early' }, { go: 'late' }, { sleep: '10us' }, { spin: '8ms' }, { sleep: '60ms' }],
        late: [{ netread: { takes: '3ms' } }, { mark: 'late' }],
        early: [{ netread: { takes: '1ms' } }, { mark: 'early' }],
      },
    });
    // Go's netpoll makes a stack of them: who comes last goes on first.
    expect(steps.flatMap(({ note }) => note ?? [])).toEqual(['late', 'early']);
    const waiting = steps.flatMap(({ set }) =>
      set.filter(([path]) => path === 'kernel.netpoll').map(([, , now]) => (now as unknown[]).length),
    );
    expect(waiting, 'both have come in by one look').toEqual([1, 2, 0]);
  });

  test('each goroutine has a connection of its own', () => {
    const { last } = run({ goroutines: { main: [{ go: { name: 'r', times: 3 } }, { sleep: '5ms' }], r: [{ netread: { takes: '1ms' } }] } });
    expect(Object.values(last.sched.netpoll?.pd ?? {}).map(({ fd }) => fd)).toEqual([6, 7, 8]);
    expect(Object.entries(last.kernel.fds).filter(([, { kind }]) => kind === 'socket')).toHaveLength(3);
  });
});

describe('the descriptors of the poller', () => {
  test('are taken when the first timer needs them', () => {
    const { last } = run({ goroutines: { main: [{ sleep: '1us' }] } });
    expect(last.sched.netpoll).toEqual({ epfd: 3, breakRd: 4, breakWr: 5, free: [], pd: {} });
    expect(run({ goroutines: { main: [{ compute: '1us' }] } }).last.sched.netpoll).toBeUndefined();
  });

  test('a sleep that is too long is broken off by a byte in its pipe', () => {
    const lines = ended(
      run({
        runtime: { gomaxprocs: 2 },
        goroutines: { main: [{ go: 's' }, { netread: { takes: '20ms' } }], s: [{ compute: '1ms' }, { sleep: '2ms' }] },
      }),
    );
    const at = lines.indexOf('write(5, "\\0", 1) = 1');
    expect(at).toBeGreaterThan(0);
    expect(lines.slice(at + 1).map(plain)).toContain('epoll_pwait(3, [{events=EPOLLIN, data=*}]) = 1');
    expect(lines.slice(at + 1).some((line) => /^read\(4, "[\\0]+", 16\) = [12]$/.test(line))).toBe(true);
  });

  test.each([
    ['the set', 3, /^runtime: epollwait on fd 3 failed with 9\nfatal error: runtime: netpoll failed\n/],
    ['its pipe', 5, /^runtime: netpoll: break fd ready for 16\nfatal error: runtime: netpoll: break fd ready for something unexpected\n/],
  ])('a program that closes %s dies of it', (_, fd, message) => {
    const main = [{ sleep: '1ms' }, call('close', [fd], { via: 'Syscall' }), { sleep: '1ms' }];
    expect(run({ goroutines: { main } }).facts.outcome).toMatchObject({
      kind: 'fatal',
      code: 2,
      message: expect.stringMatching(message) as string,
    });
  });
});

test('whoever names the routine makes the call himself: a blocking pipe, of which the poller knows nothing', () => {
  const plainly = { via: 'Syscall' };
  const played = run({
    goroutines: {
      main: [call('pipe2', [{ buf: 8 }, 0], { via: 'RawSyscall' }), { go: 'w' }, call('read', [3, { buf: 8 }, 8], plainly)],
      w: [{ compute: '500us' }, call('write', [4, 'x', 1], plainly), { compute: '1ms' }],
    },
  });
  expect(ended(played).filter(isOfFiles)).toEqual(['pipe2([3, 4], 0) = 0', 'write(4, "x", 1) = 1', 'read(3, "x", 8) = 1']);
  expect(played.facts.retakes).toHaveLength(1);
});

test('what the scenario says that the kernel answers is all there is', () => {
  const { facts, last } = run({
    goroutines: { main: [call('openat', [-100, '/a', 0], { returns: 7 }), call('close', [7], { errno: 'EIO' })] },
  });
  expect(facts.goroutines.main?.syscalls.map(({ name }) => name)).toEqual(['openat', 'close']);
  expect(last.sched.netpoll).toBeUndefined();
});

test('a pollDesc is used again once everybody has left the file that was closed', () => {
  const others = [{ sleep: '1ms' }, close(3), pipe, { sleep: '1ms' }, pipe];
  const { last } = run({ goroutines: { main: [pipe, { go: { name: 'r', times: 2 } }, ...others], r: [read(3)] } });
  // The second pipe comes while the readers of the first one are still on their way out.
  expect(Object.values(last.sched.netpoll?.pd ?? {}).map(({ fd }) => fd)).toEqual([9, 4, 3, 8, 10]);
  expect(Object.values(last.G).filter(({ status }) => status === '_Gwaiting')).toEqual([]);
});

test('the poller and all who wait for it are in the state, and go back with it', () => {
  const { last } = run({ goroutines: { main: [pipe, { go: 'r' }, { sleep: '1ms' }, { mark: 'x' }], r: [read(3)] } });
  expect(last.sched.netpoll?.pd.pd0).toMatchObject({ fd: 3, rg: 'G2', reader: 'G2', closing: false });
  expect(last.sched.netpollWaiters).toBe(1);
  const hangs = run({ goroutines: { main: [pipe, read(3)] } });
  expect(hangs.facts.outcome).toMatchObject({ kind: 'limit', message: expect.stringContaining('main [IO wait] fd 3') as string });
});
