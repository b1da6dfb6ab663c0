import { testFamily } from '../../testdata/family-table';
import { SIGNAL } from './signal';

testFamily(SIGNAL, [
  { call: ['rt_sigaction', 23, 0, 0, 8], prints: 'rt_sigaction(SIGURG, NULL, NULL, 8) = 0' },
  { call: ['rt_sigprocmask', 0, { buf: 8 }, { buf: 8 }, 8], prints: 'rt_sigprocmask(SIG_BLOCK, [], [], 8) = 0' },
  { call: ['rt_sigpending', { buf: 8 }, 8], prints: 'rt_sigpending([], 8) = 0' },
  {
    call: ['rt_sigtimedwait', { buf: 8 }, 0, { buf: 16 }, 8],
    prints: 'rt_sigtimedwait([], NULL, {tv_sec=0, tv_nsec=0}, 8) = -1 EAGAIN (Resource temporarily unavailable)',
    waits: 'for others',
    signal: 'EINTR',
  },
  { call: ['rt_sigsuspend', 0, 8], prints: 'rt_sigsuspend(NULL, 8) = -1 EFAULT (Bad address)', waits: 'for others', signal: 'EINTR' },
  { call: ['sigaltstack', 0, 0], prints: 'sigaltstack(NULL, NULL) = 0' },
  { call: ['kill', 1, 0], prints: 'kill(1, 0) = 0' },
  { call: ['tkill', 1000, 0], prints: 'tkill(1000, 0) = 0' },
  { call: ['tgkill', 1000, 1009, 23], prints: 'tgkill(1000, 1009, SIGURG) = -1 ESRCH (No such process)' },
  { call: ['pause'], prints: 'pause() = 0', waits: 'for others', signal: 'EINTR' },
  { call: ['signalfd', -1, { buf: 8 }, 8], prints: 'signalfd(-1, [], 8) = 6' },
  { call: ['signalfd4', -1, { buf: 8 }, 8, 0x80800], prints: 'signalfd4(-1, [], 8, SOCK_CLOEXEC|SOCK_NONBLOCK) = 6' },
]);
