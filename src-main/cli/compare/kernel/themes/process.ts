/** Who the process is, what it may have, and what it may not start. */
import type { Draw, Theme } from '../draw';
import { badAddress, buffer } from '../odd';
import type { Arg } from '../sequence';
import { struct64 } from './data';

const id = (d: Draw): number => d.pick([0, 0, 0, 1000, -1, 0x7fffffff]);
const pid = (d: Draw): number => d.pick([0, 0, 99_999_999, -1, -2]);
/** None whose hard limit would have to grow, which not every root may. */
const limit = (d: Draw): Arg => (d.oneIn(8) ? badAddress(d) : { bytes: struct64(d.pick([10, 100, 1000, -1])) + struct64(-1) });
const resource = (d: Draw): number => d.pick([0, 1, 2, 9, 15, 16, -1]);

export const PROCESS_THEME: Theme = [
  [1, 'getpid', () => []],
  [1, 'gettid', () => []],
  [2, 'getuid', () => []],
  [2, 'geteuid', () => []],
  [2, 'getgid', () => []],
  [2, 'getegid', () => []],
  [1, 'setuid', (d) => [d.pick([0, 0, -1])]],
  [1, 'setgid', (d) => [id(d)]],
  [1, 'setreuid', (d) => [d.pick([0, -1]), d.pick([0, -1])]],
  [2, 'setregid', (d) => [id(d), id(d)]],
  [1, 'setresuid', (d) => [d.pick([0, -1]), d.pick([0, -1]), id(d)]],
  [2, 'setresgid', (d) => [id(d), id(d), id(d)]],
  [3, 'getresuid', (d) => [buffer(d, 4), buffer(d, 4), buffer(d, 4)]],
  [3, 'getresgid', (d) => [buffer(d, 4), buffer(d, 4), buffer(d, 4)]],
  [3, 'getgroups', (d) => [d.pick([0, 1, 8, -1]), buffer(d, 32)]],
  [2, 'setgroups', (d) => [d.pick([0, 1, 2, -1, 65_537]), d.oneIn(8) ? badAddress(d) : { bytes: '0500000003000000' }]],
  [1, 'getpgid', (d) => [pid(d)]],
  [1, 'getsid', (d) => [pid(d)]],
  [1, 'getpgrp', () => []],
  [1, 'setsid', () => []],
  [2, 'setpgid', (d) => [pid(d), d.pick([0, 1, -1])]],
  [
    4,
    'wait4',
    (d) => [d.pick([-1, 0, 1, 99_999_999, { word: '0x80000000' }]), d.oneIn(2) ? 0 : buffer(d, 4), d.pick([0, 1, 2, 4, 0x40000000, -1]), 0],
  ],
  [
    3,
    'waitid',
    (d) => [d.pick([0, 1, 2, 3, 4, -1]), d.pick([0, 1, -1, 99]), d.oneIn(2) ? 0 : buffer(d, 128), d.pick([0, 1, 4, 5, 0x10, 8]), 0],
  ],
  [4, 'execve', (d) => [d.oneIn(10) ? badAddress(d) : { text: d.pick(['/none', '/a', '/d', '/etc/motd', '/a/x', '', '/a/']) }, 0, 0]],
  [1, 'chmod', (d) => [{ text: d.pick(['/a', '/etc/motd']) }, d.pick([0o755, 0o644])]],
  [1, 'sched_yield', () => []],
  [2, 'sched_getscheduler', (d) => [pid(d)]],
  [2, 'sched_getparam', (d) => [pid(d), d.oneIn(4) ? 0 : buffer(d, 4)]],
  [2, 'sched_get_priority_max', (d) => [d.pick([0, 1, 2, 3, 4, 5, 6, 9, -1])]],
  [2, 'sched_get_priority_min', (d) => [d.pick([0, 1, 2, 3, 4, 5, 6, 9, -1])]],
  [2, 'sched_getaffinity', (d) => [pid(d), d.pick([128, 8, 7, 0, 12]), buffer(d, 128)]],
  [2, 'getpriority', (d) => [d.pick([0, 1, 3, -1]), d.pick([0, 99_999_999])]],
  [2, 'setpriority', (d) => [d.pick([0, 0, 3, -1]), d.pick([0, 99_999_999]), d.pick([5, 100, -100, 0])]],
  [3, 'getrlimit', (d) => [d.pick([4, 7, 13, 16, -1]), buffer(d, 16)]],
  [3, 'setrlimit', (d) => [resource(d), limit(d)]],
  [3, 'prlimit64', (d) => [pid(d), resource(d), d.oneIn(2) ? 0 : limit(d), d.oneIn(2) ? 0 : buffer(d, 16)]],
  [2, 'getrusage', (d) => [d.pick([0, -1, 1, 2, -3]), buffer(d, 144)]],
  [2, 'prctl', (d) => [15, d.oneIn(8) ? badAddress(d) : { text: d.pick(['name', 'a name that is long']) }]],
  [2, 'prctl', (d) => [16, buffer(d, 16)]],
  [1, 'prctl', (d) => [d.pick([1, 1000, -1]), d.pick([0, 65])]],
  [1, 'set_tid_address', (d) => [buffer(d, 4)]],
  [1, 'personality', (d) => [d.pick([-1, 0])]],
  [1, 'uname', (d) => [buffer(d, 390)]],
  [1, 'sysinfo', (d) => [buffer(d, 112)]],
  [2, 'getrandom', (d) => [buffer(d, 16), d.pick([16, 0, 1]), d.pick([0, 1, 2, 4, 6, 8])]],
  [1, 'getcpu', (d) => [d.oneIn(2) ? 0 : buffer(d, 4), d.oneIn(2) ? 0 : buffer(d, 4), 0]],
  [1, 'sethostname', (d) => [badAddress(d), d.pick([-1, 65, 200])]],
  [1, 'ioctl', (d) => [d.pick([0, 1]), d.pick([0x5401, 0x5413, 0x541b, 0x9999]), buffer(d, 64)]],
];
