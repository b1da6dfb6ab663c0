/** setsockopt and getsockopt. Simplified: most options are remembered and told, and change nothing. */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled } from './answer';
import { fromLittleEndian, littleEndian } from './bytes';
import { fdOf } from './descriptor-table';
import { errnoByName } from './errno';
import { readMemory, writeMemory } from './memory';
import type { Socket } from './poll';
import { AF_INET } from './socket-addresses';
import { familyOf, isUnix, setSocket, socketAt } from './sockets';

const SOL_SOCKET = 1;
const IPPROTO_IP = 0;
const IPPROTO_TCP = 6;
const IPPROTO_IPV6 = 41;
const SO_TYPE = 3;
const SO_ERROR = 4;
const SO_ACCEPTCONN = 30;
const SO_PROTOCOL = 38;
const SO_DOMAIN = 39;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_LINGER = 13;
const SO_REUSEPORT = 15;
const DEFAULT_BUFFER = 212_992;

/** Options of SOL_SOCKET that are on or off: SO_DEBUG, SO_REUSEADDR, SO_DONTROUTE, SO_BROADCAST, SO_KEEPALIVE, SO_OOBINLINE, SO_REUSEPORT. */
const SWITCHES = new Set([1, 2, 5, 6, 9, 10, 15]);
/** Those of TCP that are numbers, with what they are at first: TCP_NODELAY, TCP_MAXSEG, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT. */
const TCP: Readonly<Record<number, number>> = { 1: 0, 2: 536, 4: 7200, 5: 75, 6: 9 };
const LARGEST: Readonly<Record<number, number>> = { 1: Number.MAX_SAFE_INTEGER, 4: 32_767, 5: 32_767, 6: 127 };
const IPV6_V6ONLY = 26;
const TYPE_NUMBERS: Readonly<Record<Socket['type'], number>> = { stream: 1, dgram: 2, seqpacket: 5 };

export const setsockopt: Handler = (port, [fd, levelArgument, nameArgument, value = 0n, length]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind !== 'socket') return error('ENOTSOCK');
  if (int(length) < 0) return error('EINVAL');
  const [level, name] = [int(levelArgument), int(nameArgument)];
  const socket = socketAt(port, open.object);
  const known = level === SOL_SOCKET || levels(socket).includes(level);
  if (!known) return error(isUnix(socket) ? 'EOPNOTSUPP' : 'ENOPROTOOPT');
  if (int(length) < 4) return error('EINVAL');
  const held = readMemory(port, value, name === SO_LINGER && level === SOL_SOCKET ? 8 : 4);
  if (!held) return error('EFAULT');
  const number = Number(BigInt.asIntN(32, fromLittleEndian(held.slice(0, 4))));
  return setOption(port, open.object, level, name, number);
};

/** Levels that a socket knows besides SOL_SOCKET. */
function levels(socket: Socket): number[] {
  if (isUnix(socket)) return [];
  const own = familyOf(socket) === AF_INET ? [IPPROTO_IP] : [IPPROTO_IP, IPPROTO_IPV6];
  return socket.type === 'stream' ? [...own, IPPROTO_TCP] : own;
}

function setOption(port: KernelPort, object: number, level: number, name: number, number: number): KernelAnswer {
  const { options = {} } = socketAt(port, object);
  const keep = (value: number): KernelAnswer => {
    setSocket(port, object, { options: { ...options, [`${level}:${name}`]: value } });
    return give(0);
  };
  if (level === IPPROTO_TCP) {
    if (TCP[name] === undefined) return notModelled();
    if (name === 1) return keep(number === 0 ? 0 : 1);
    if (name === 2) return number !== 0 && (number < 88 || number > 32_767) ? error('EINVAL') : keep(number);
    return number < 1 || number > (LARGEST[name] ?? 0) ? error('EINVAL') : keep(number);
  }
  if (level === IPPROTO_IPV6 && name === IPV6_V6ONLY) return keep(number === 0 ? 0 : 1);
  if (level !== SOL_SOCKET) return notModelled();
  if (name === SO_REUSEPORT && number !== 0 && isUnix(socketAt(port, object))) return error('EOPNOTSUPP');
  if (SWITCHES.has(name)) return keep(number === 0 ? 0 : 1);
  // The kernel doubles what is asked for, for its own needs.
  if (name === SO_SNDBUF) return keep(Math.max(4608, Math.min(number, DEFAULT_BUFFER) * 2));
  if (name === SO_RCVBUF) return keep(Math.max(2304, Math.min(number, DEFAULT_BUFFER) * 2));
  if ([SO_TYPE, SO_ERROR, SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN].includes(name)) return error('ENOPROTOOPT');
  return name > 80 || name <= 0 ? error('ENOPROTOOPT') : notModelled();
}

export const getsockopt: Handler = (port, [fd, levelArgument, nameArgument, value = 0n, lengthAt = 0n]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  if (open.kind !== 'socket') return error('ENOTSOCK');
  const [level, name] = [int(levelArgument), int(nameArgument)];
  const socket = socketAt(port, open.object);
  if (level !== SOL_SOCKET && !levels(socket).includes(level)) return error('EOPNOTSUPP');
  const held = readMemory(port, lengthAt, 4);
  if (!held) return error('EFAULT');
  const room = Number(BigInt.asIntN(32, fromLittleEndian(held)));
  if (room < 0) return error('EINVAL');
  const told = optionOf(port, open.object, level, name);
  if (typeof told !== 'number') return told;
  const bytes = (
    name === SO_LINGER && level === SOL_SOCKET ? [...littleEndian(0, 8)] : littleEndian(BigInt.asUintN(32, BigInt(told)), 4)
  ).slice(0, room);
  if (bytes.length > 0 && !writeMemory(port, value, bytes)) return error('EFAULT');
  return writeMemory(port, lengthAt, littleEndian(bytes.length, 4)) ? give(0) : error('EFAULT');
};

function optionOf(port: KernelPort, object: number, level: number, name: number): number | KernelAnswer {
  const socket = socketAt(port, object);
  const kept = socket.options?.[`${level}:${name}`];
  if (kept !== undefined) return kept;
  if (level === IPPROTO_TCP) return TCP[name] ?? notModelled();
  if (level === IPPROTO_IPV6 && name === IPV6_V6ONLY) return 0;
  if (level !== SOL_SOCKET) return notModelled();
  if (SWITCHES.has(name) || name === SO_LINGER) return 0;
  switch (name) {
    case SO_TYPE:
      return TYPE_NUMBERS[socket.type];
    case SO_ERROR:
      return takenError(port, object, socket);
    case SO_SNDBUF:
    case SO_RCVBUF:
      return isUnix(socket) || socket.type === 'dgram' ? DEFAULT_BUFFER : name === SO_SNDBUF ? 16_384 : 131_072;
    case SO_ACCEPTCONN:
      return socket.backlog === undefined ? 0 : 1;
    case SO_DOMAIN:
      return familyOf(socket);
    case SO_PROTOCOL:
      return isUnix(socket) ? 0 : socket.type === 'stream' ? IPPROTO_TCP : 17;
    default:
      return name > 80 || name <= 0 ? error('ENOPROTOOPT') : notModelled();
  }
}

function takenError(port: KernelPort, object: number, socket: Socket): number {
  if (socket.error === undefined) return 0;
  port.set(['objects', String(object), 'error'], null);
  return errnoByName(socket.error)?.number ?? 0;
}
