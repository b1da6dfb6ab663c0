/**
 * Connections that `netread` reads from: sockets of the modelled kernel, whose other side is on another machine. They were opened, and the
 * poller told of them, before the program's part that the scenario shows; what it says is only when something comes in.
 * Simplified: they are not in the poller's epoll set but beside it (KernelState.netpoll), so that ten thousand of them cost no more than they must.
 */
import { freeFd, install, newObject, O_NONBLOCK, O_RDWR } from '../kernel/descriptor-table';
import type { GId, MId } from '../state';
import { portOf } from './kernel-port';
import { bytesAt } from './own-calls';
import type { Runtime } from './runtime';

const AF_INET = 2;
/** A byte comes in. */
const ARRIVES = '78';
const NO_STACK = bytesAt(0n, []);

/** g's connection: a descriptor that nobody else has. Part of the step under way. */
export function connect(rt: Runtime, m: MId, g: GId): { fd: number; object: number } {
  const port = portOf(rt, m, g, NO_STACK);
  const socket = { kind: 'socket', type: 'stream', received: [], closed: false, shutRead: false, shutWrite: false, family: AF_INET };
  rt.elsewhere ??= newObject(port, { ...socket, peer: 0 });
  const object = newObject(port, { ...socket, peer: rt.elsewhere });
  // Simplified: no limit of descriptors (RLIMIT_NOFILE) ends such a program.
  const fd = freeFd(port) ?? Object.keys(port.kernel.fds).length;
  const path = `socket:[${object}]`;
  install(port, fd, { kind: 'socket', path, flags: O_RDWR | O_NONBLOCK, object, cloexec: true });
  return { fd, object };
}

/** What is due comes in, at most `most` of it, the earliest first; the pollDescs of those connections. Part of the step under way. */
export function deliver(rt: Runtime, m: MId, most: number): string[] {
  const { netpoll } = rt.state.kernel;
  const due = netpoll
    .filter((each) => each.at <= rt.now)
    .sort((a, b) => a.at - b.at)
    .slice(0, most);
  if (due.length === 0) return [];
  rt.to.at(
    ['kernel', 'netpoll'],
    netpoll.filter((each) => !due.includes(each)),
  );
  const port = portOf(rt, m, null, NO_STACK);
  return due.flatMap(({ g, fd }) => {
    const open = port.kernel.fds[fd];
    const connection = rt.connections.get(g);
    if (!connection || open?.kind !== 'socket' || open.object !== connection.object) return [];
    const received = (port.kernel.objects[open.object]?.received ?? []) as string[];
    port.set(['objects', String(open.object), 'received'], [(received[0] ?? '') + ARRIVES]);
    return [connection.pd];
  });
}
