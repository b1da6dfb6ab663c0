import { testFamily } from '../../testdata/family-table';
import { SIGNAL } from './signal';

testFamily(SIGNAL, [
  { call: ['rt_sigaction', 23, 0, 0, 8], prints: 'rt_sigaction(SIGURG, NULL, NULL, 8) = 0' },
  { call: ['rt_sigtimedwait', 0, 0, 0, 8, 0, 0], prints: 'rt_sigtimedwait(0, 0, 0, 0x8, 0, 0) = 0', signal: 'EINTR' },
  { call: ['rt_sigsuspend', 0, 8, 0, 0, 0, 0], prints: 'rt_sigsuspend(0, 0x8, 0, 0, 0, 0) = 0', signal: 'EINTR' },
  { call: ['sigaltstack', 0, 0], prints: 'sigaltstack(NULL, NULL) = 0' },
  { call: ['kill', 1, 0], prints: 'kill(1, 0) = 0' },
  { call: ['tkill', 1000, 0], prints: 'tkill(1000, 0) = 0' },
  { call: ['tgkill', 1000, 1009, 23], prints: 'tgkill(1000, 1009, SIGURG) = -1 ESRCH (No such process)' },
  { call: ['pause'], prints: 'pause() = 0', signal: 'EINTR' },
]);
