import { testFamily } from '../../testdata/family-table';
import { SOCKET } from './socket';

testFamily(SOCKET, [
  { call: ['socket', 2, 0x80001, 0], prints: 'socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, 0) = 0' },
  { call: ['socketpair', 1, 1, 0, { buf: 8 }], prints: 'socketpair(AF_UNIX, SOCK_STREAM, 0, [6, 7]) = 0' },
  {
    call: ['sendto', 3, 'abc', 3, 0x4000, 0, 0],
    prints: 'sendto(3, "abc", 3, MSG_NOSIGNAL, NULL, 0) = -1 ENOTSOCK (Socket operation on non-socket)',
    waits: 'for its file',
  },
  {
    call: ['recvfrom', 3, { buf: 8 }, 8, 2, 0, 0],
    prints: 'recvfrom(3, 0xc100002000, 8, MSG_PEEK, NULL, NULL) = -1 ENOTSOCK (Socket operation on non-socket)',
    waits: 'for its file',
  },
  { call: ['shutdown', 3, 1], prints: 'shutdown(3, SHUT_WR) = -1 ENOTSOCK (Socket operation on non-socket)' },
]);
