/** Giving a socket its name: bind, and listen, which gives one by itself. */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort } from './answer';
import { hexOfBytes, littleEndian } from './bytes';
import { lastNamedHere } from './file-names';
import {
  AF_INET,
  AF_UNIX,
  AF_UNSPEC,
  familyIn,
  givenAddress,
  INET6_BYTES,
  INET_BYTES,
  inetBytes,
  inetName,
  isAnyHost,
  isLoopback,
  unixName,
} from './socket-addresses';
import { bindByItself, familyOf, freePort, isPortFree, isUnix, opened, setSocket, socketAt } from './sockets';
import { makeFile, maskedMode } from './tree';
import { abstractSocket } from './unix-sockets';

export const bind: Handler = (port, [fd, address = 0n, length]) => {
  const open = opened(port, fd);
  if (typeof open === 'string') return error(open);
  const bytes = givenAddress(port, address, length);
  if (typeof bytes === 'string') return error(bytes);
  return isUnix(socketAt(port, open.object)) ? bindUnix(port, open.object, bytes) : bindInet(port, open.object, bytes);
};

function bindUnix(port: KernelPort, object: number, bytes: readonly number[]): KernelAnswer {
  const { name: own } = socketAt(port, object);
  // Without a name the kernel gives one that belongs to no tree.
  if (bytes.length === 2 && familyIn(bytes) === AF_UNIX) {
    if (own === undefined)
      setSocket(port, object, {
        name: hexOfBytes([
          AF_UNIX,
          0,
          0,
          ...littleEndian(object, 3)
            .flatMap((byte) => [0x30 + (byte >> 4), 0x30 + (byte & 15)])
            .slice(0, 5),
        ]),
      });
    return give(0);
  }
  const name = unixName(bytes);
  if (name === 'EINVAL') return error(name);
  if (name.path === null) {
    if (own !== undefined) return error('EINVAL');
    if (typeof abstractSocket(port, name.name) === 'number') return error('EADDRINUSE');
  } else {
    const last = lastNamedHere(port, name.path);
    if ('errno' in last) return error(last.errno);
    if (last.isTooLong) return error('ENAMETOOLONG');
    if (!last.isPlain || last.entry) return error('EADDRINUSE');
    if (last.slash || !last.directory.startsWith('/')) return error('ENOENT');
    if (own !== undefined) return error('EINVAL');
    makeFile(port, last.place, { data: '', mode: maskedMode(port, 0o777), object });
  }
  setSocket(port, object, { name: name.name });
  return give(0);
}

function bindInet(port: KernelPort, object: number, bytes: readonly number[]): KernelAnswer {
  const socket = socketAt(port, object);
  const family = familyOf(socket);
  if (bytes.length < (family === AF_INET ? INET_BYTES : INET6_BYTES - 4)) return error('EINVAL');
  const name = inetName(hexOfBytes(family === AF_INET ? [AF_INET, 0, ...bytes.slice(2)] : bytes));
  if (familyIn(bytes) !== family && !(family === AF_INET && familyIn(bytes) === AF_UNSPEC && isAnyHost(name.host)))
    return error('EAFNOSUPPORT');
  if (!isAnyHost(name.host) && !isLoopback(family, name.host) && !isForMany(family, name.host)) return error('EADDRNOTAVAIL');
  if (socket.name !== undefined || socket.peer !== 0) return error('EINVAL');
  const number = name.port === 0 ? freePort(port, socket, name.host) : name.port;
  if (number === null || !isPortFree(port, socket, number, name.host)) return error('EADDRINUSE');
  setSocket(port, object, { name: hexOfBytes(inetBytes({ family, port: number, host: name.host })) });
  return give(0);
}

/** Multicast and broadcast addresses may be bound, too. */
const isForMany = (family: number, host: string): boolean => (family === AF_INET ? /^e|^ffffffff$/.test(host) : host.startsWith('ff'));

const SOMAXCONN = 4096;

export const listen: Handler = (port, [fd, backlogArgument]) => {
  const open = opened(port, fd);
  if (typeof open === 'string') return error(open);
  const socket = socketAt(port, open.object);
  const backlog = Math.min(int(backlogArgument) >>> 0, SOMAXCONN);
  if (socket.type === 'dgram') return error('EOPNOTSUPP');
  if (isUnix(socket) && socket.name === undefined) return error('EINVAL');
  if (socket.peer !== 0 || socket.connecting === true) return error('EINVAL');
  if (!bindByItself(port, open.object)) return error('EADDRINUSE');
  const bound = socketAt(port, open.object);
  if (!isUnix(bound) && bound.backlog === undefined) {
    const { port: number, host } = inetName(bound.name ?? '');
    setSocket(port, open.object, { backlog });
    if (!isPortFree(port, socketAt(port, open.object), number, host)) {
      port.set(['objects', String(open.object), 'backlog'], null);
      return error('EADDRINUSE');
    }
  }
  setSocket(port, open.object, { backlog, waiting: bound.waiting ?? [] });
  return give(0);
};
