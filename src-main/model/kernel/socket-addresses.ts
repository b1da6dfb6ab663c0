/** Addresses of sockets as programs write them: struct sockaddr_un, sockaddr_in, sockaddr_in6. Kept as hex. */
import { error, give, int, type KernelAnswer, type KernelPort } from './answer';
import { bytesOfHex, fromLittleEndian, hexOfBytes, littleEndian } from './bytes';
import { readMemory, writeMemory } from './memory';
import { utf8Text } from './utf8';

export const AF_UNSPEC = 0;
export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const INET_BYTES = 16;
export const INET6_BYTES = 28;
/** struct sockaddr_storage. */
const MOST_BYTES = 128;
const UNIX_BYTES = 110;

/** The bytes of an address that a program gives. */
export function givenAddress(port: KernelPort, address: bigint, length: bigint | undefined): number[] | 'EINVAL' | 'EFAULT' {
  if (int(length) < 0 || int(length) > MOST_BYTES) return 'EINVAL';
  return readMemory(port, address, int(length)) ?? 'EFAULT';
}

/** Tells an address where the program wants it, cut off where its room ends; `lengthAt` says how much room there is, and then how long it is. */
export function tellAddress(port: KernelPort, name: string, address: bigint, lengthAt: bigint): KernelAnswer {
  const bytes = bytesOfHex(name);
  const held = readMemory(port, lengthAt, 4);
  if (!held) return error('EFAULT');
  const room = Number(BigInt.asIntN(32, fromLittleEndian(held)));
  if (room < 0) return error('EINVAL');
  const shown = bytes.slice(0, room);
  if (!writeMemory(port, lengthAt, littleEndian(bytes.length, 4))) return error('EFAULT');
  return shown.length === 0 || writeMemory(port, address, shown) ? give(0) : error('EFAULT');
}

export const familyIn = (bytes: readonly number[]): number => (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);

/** A name of the family AF_UNIX: a path in the tree, or (after a NUL byte) any bytes, which belong to no tree. */
export type UnixName = { path: string; name: string } | { path: null; name: string };

export function unixName(bytes: readonly number[]): UnixName | 'EINVAL' {
  if (bytes.length <= 2 || bytes.length > UNIX_BYTES || familyIn(bytes) !== AF_UNIX) return 'EINVAL';
  if (bytes[2] === 0) return { path: null, name: hexOfBytes(bytes) };
  const end = bytes.indexOf(0, 2);
  const path = bytes.slice(2, end < 0 ? undefined : end);
  return { path: utf8Text(path), name: hexOfBytes([...bytes.slice(0, 2), ...path, 0]) };
}

/** An address of the families AF_INET and AF_INET6: where and which port. */
export interface InetName {
  family: number;
  port: number;
  /** Hex of the address alone. */
  host: string;
}

export function inetName(name: string): InetName {
  const bytes = bytesOfHex(name);
  const family = familyIn(bytes);
  return {
    family,
    port: ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0),
    host: hexOfBytes(family === AF_INET ? bytes.slice(4, 8) : bytes.slice(8, 24)),
  };
}

export function inetBytes({ family, port, host }: InetName): number[] {
  const head = [family, 0, port >> 8, port & 0xff];
  return family === AF_INET
    ? [...head, ...bytesOfHex(host), 0, 0, 0, 0, 0, 0, 0, 0]
    : [...head, 0, 0, 0, 0, ...bytesOfHex(host), 0, 0, 0, 0];
}

export const anyHost = (family: number): string => '0'.repeat(family === AF_INET ? 8 : 32);
export const loopback = (family: number): string => (family === AF_INET ? '7f000001' : '0'.repeat(31) + '1');
export const isAnyHost = (host: string): boolean => /^0+$/.test(host);
/** 127.0.0.0/8 and ::1: the one network there is. */
export const isLoopback = (family: number, host: string): boolean =>
  family === AF_INET ? host.startsWith('7f') : host === loopback(family);
