import { testFamily } from '../../testdata/family-table';
import { SOCKET } from './socket';

testFamily(SOCKET, [
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
  { call: ['socket', 2, 0x80001, 0], prints: 'socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 6' },
  {
    call: ['connect', 3, { buf: 16 }, 16],
    prints: 'connect(3, {sa_family=AF_UNSPEC, ...}, 16) = -1 ENOTSOCK (Socket operation on non-socket)',
    waits: 'for its file',
  },
  { call: ['bind', 99, { buf: 16 }, 16], prints: 'bind(99, {sa_family=AF_UNSPEC, ...}, 16) = -1 EBADF (Bad file descriptor)' },
  { call: ['listen', 3, 5], prints: 'listen(3, 5) = -1 ENOTSOCK (Socket operation on non-socket)' },
  { call: ['accept', 3, 0, 0], prints: 'accept(3, NULL, NULL) = -1 ENOTSOCK (Socket operation on non-socket)', waits: 'for its file' },
  {
    call: ['accept4', 3, 0, 0, 0x80000],
    prints: 'accept4(3, NULL, NULL, SOCK_CLOEXEC) = -1 ENOTSOCK (Socket operation on non-socket)',
    waits: 'for its file',
  },
  { call: ['sendmsg', 3, 0, 0], prints: 'sendmsg(3, NULL, 0) = -1 ENOTSOCK (Socket operation on non-socket)', waits: 'for its file' },
  { call: ['recvmsg', 3, 0, 0], prints: 'recvmsg(3, NULL, 0) = -1 ENOTSOCK (Socket operation on non-socket)', waits: 'for its file' },
  { call: ['getsockname', 3, 0, 0], prints: 'getsockname(3, NULL, NULL) = -1 ENOTSOCK (Socket operation on non-socket)' },
  { call: ['getpeername', 3, 0, 0], prints: 'getpeername(3, NULL, NULL) = -1 ENOTSOCK (Socket operation on non-socket)' },
  {
    call: ['setsockopt', 3, 1, 2, 0, 4],
    prints: 'setsockopt(3, SOL_SOCKET, SO_REUSEADDR, NULL, 4) = -1 ENOTSOCK (Socket operation on non-socket)',
  },
  {
    call: ['getsockopt', 3, 1, 3, 0, 0],
    prints: 'getsockopt(3, SOL_SOCKET, SO_TYPE, NULL, NULL) = -1 ENOTSOCK (Socket operation on non-socket)',
  },
]);
