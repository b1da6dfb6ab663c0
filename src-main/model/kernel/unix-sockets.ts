/** Sockets of the family AF_UNIX by name: a path in the tree, or a name that belongs to no tree. */
import type { KernelPort } from './answer';
import { workingDirectory } from './file-names';
import { findEntry } from './paths';
import type { Socket } from './poll';
import type { UnixName } from './socket-addresses';
import { allSockets, isUnix } from './sockets';
import { fileAt } from './tree';

/** The socket that has this name; an errno when there is none of this type. */
export function unixSocketAt(port: KernelPort, { path, name }: UnixName, type: Socket['type']): number | string {
  const object = path === null ? abstractSocket(port, name) : socketFile(port, path);
  if (typeof object === 'string') return object;
  const socket = allSockets(port).find(([each, { closed }]) => each === object && !closed)?.[1];
  if (!socket) return 'ECONNREFUSED';
  return socket.type === type ? object : 'EPROTOTYPE';
}

export function abstractSocket(port: KernelPort, name: string): number | 'ECONNREFUSED' {
  const found = allSockets(port).find(([, socket]) => isUnix(socket) && !socket.closed && socket.name === name && socket.accepted !== true);
  return found?.[0] ?? 'ECONNREFUSED';
}

function socketFile(port: KernelPort, path: string): number | string {
  if (path === '') return 'ENOENT';
  const found = findEntry(port, workingDirectory(port), path, true);
  if ('errno' in found) return found.errno;
  const { object } = found.entry.kind === 'file' ? fileAt(port, found.entry.key) : { object: undefined };
  return object ?? 'ECONNREFUSED';
}
