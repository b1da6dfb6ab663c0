/**
 * mmap and munmap: ranges of pages. Simplified: what is written to a shared mapping of a file does not reach the file; no range
 * lies below MAP_BOTTOM, where a scenario's own blocks are; brk and mprotect are not modelled.
 */
import type { Json, KernelMap } from '../../state';
import { error, give, type Handler, int, type KernelPort } from '../answer';
import type { CallRow } from '../call-row';
import { fdOf, mayRead, mayWrite } from './descriptors';
import * as names from '../flag-names';
import { forget, MAP_BOTTOM, MAP_TOP, PAGE, USER_END } from '../memory';
import * as show from '../strace-arguments';

const PROT_WRITE = 2;
const MAP_SHARED = 0x01;
const MAP_PRIVATE = 0x02;
const MAP_SHARED_VALIDATE = 0x03;
const MAP_TYPE = 0x0f;
const MAP_FIXED = 0x10;
const MAP_ANONYMOUS = 0x20;
const MAP_FIXED_NOREPLACE = 0x100000;

const mmap: Handler = (port, [address = 0n, length = 0n, prot = 0n, flagsArgument = 0n, fd, offset = 0n]) => {
  const flags = int(flagsArgument);
  if (offset % PAGE !== 0n) return error('EINVAL');
  const isAnonymous = (flags & MAP_ANONYMOUS) !== 0;
  const open = isAnonymous ? undefined : fdOf(port, fd);
  if (!isAnonymous && !open) return error('EBADF');
  if (length === 0n) return error('EINVAL');
  const bytes = roundUp(length);
  if (bytes > USER_END) return error('ENOMEM');
  const type = flags & MAP_TYPE;
  if (type !== MAP_SHARED && type !== MAP_PRIVATE && type !== MAP_SHARED_VALIDATE) return error('EINVAL');
  if (open) {
    if (!mayRead(open) || (type !== MAP_PRIVATE && (int(prot) & PROT_WRITE) !== 0 && !mayWrite(open))) return error('EACCES');
    if (open.kind !== 'file') return error('ENODEV');
  }
  const start = startOf(port, address, bytes, flags);
  if (typeof start === 'string') return error(start);
  unmap(port, start, start + bytes);
  const made: KernelMap = {
    start: `0x${start.toString(16)}`,
    bytes: Number(bytes),
    prot: int(prot) & 7,
    flags,
    path: open?.path ?? '',
    offset: open ? Number(offset) : 0,
  };
  setMaps(port, [...port.kernel.maps, made]);
  return give(start);
};

function roundUp(length: bigint): bigint {
  return ((length + PAGE - 1n) / PAGE) * PAGE;
}

/** Where the range goes: where the caller insists, where it hints if that is free, else below all others. */
function startOf(port: KernelPort, address: bigint, bytes: bigint, flags: number): bigint | 'EINVAL' | 'EEXIST' | 'ENOMEM' {
  if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) !== 0) {
    if (address % PAGE !== 0n) return 'EINVAL';
    if (address < MAP_BOTTOM || address + bytes > USER_END) return 'ENOMEM';
    return (flags & MAP_FIXED_NOREPLACE) !== 0 && !isFree(port, address, address + bytes) ? 'EEXIST' : address;
  }
  const hint = address - (address % PAGE);
  if (hint >= MAP_BOTTOM && hint + bytes <= MAP_TOP && isFree(port, hint, hint + bytes)) return hint;
  const below = [...port.kernel.maps].sort((a, b) => (BigInt(a.start) > BigInt(b.start) ? -1 : 1));
  let end = MAP_TOP;
  for (const map of below) {
    if (BigInt(map.start) + BigInt(map.bytes) + bytes <= end) break;
    if (BigInt(map.start) < end) end = BigInt(map.start);
  }
  return end - bytes < MAP_BOTTOM ? 'ENOMEM' : end - bytes;
}

function isFree({ kernel }: KernelPort, from: bigint, to: bigint): boolean {
  return kernel.maps.every((map) => BigInt(map.start) >= to || BigInt(map.start) + BigInt(map.bytes) <= from);
}

function setMaps(port: KernelPort, maps: readonly KernelMap[]): void {
  const sorted = [...maps].sort((a, b) => (BigInt(a.start) < BigInt(b.start) ? -1 : 1));
  port.set(['maps'], sorted as unknown as Json);
}

const munmap: Handler = (port, [address = 0n, length = 0n]) => {
  if (address % PAGE !== 0n || length === 0n || address > USER_END || length > USER_END - address) return error('EINVAL');
  unmap(port, address, address + roundUp(length));
  return give(0);
};

/** Cuts [from, to) out of every range. Simplified: a scenario's own blocks stay where they are. */
function unmap(port: KernelPort, from: bigint, to: bigint): void {
  if (isFree(port, from, to)) return;
  setMaps(
    port,
    port.kernel.maps.flatMap((map) => cut(map, from, to)),
  );
  forget(port, from > MAP_BOTTOM ? from : MAP_BOTTOM, to);
}

/** What is left of a range: up to two pieces. */
function cut(map: KernelMap, from: bigint, to: bigint): KernelMap[] {
  const [start, end] = [BigInt(map.start), BigInt(map.start) + BigInt(map.bytes)];
  if (start >= to || end <= from) return [map];
  const left: KernelMap[] = [];
  if (start < from) left.push({ ...map, bytes: Number(from - start) });
  if (end > to)
    left.push({
      ...map,
      start: `0x${to.toString(16)}`,
      bytes: Number(end - to),
      offset: map.path === '' ? 0 : map.offset + Number(to - start),
    });
  return left;
}

export const MMAP: readonly CallRow[] = [
  {
    name: 'mmap',
    nr: { amd64: 9, arm64: 222 },
    via: 'Syscall6',
    args: 'unsigned long addr, unsigned long length, unsigned long prot, unsigned long flags, unsigned long fd, unsigned long offset',
    handler: mmap,
    print: [
      show.at(0, show.address),
      show.at(1, show.size),
      show.at(2, show.flags(names.PROT, 'PROT_NONE')),
      show.at(3, show.flags(names.MAP)),
      show.at(4, show.int),
      show.at(5, show.hex),
    ],
    printResult: show.addressResult,
    example: ['0', '4096', 'PROT_READ|PROT_WRITE', 'MAP_PRIVATE|MAP_ANONYMOUS', '-1', '0'],
  },
  {
    name: 'mprotect',
    nr: { amd64: 10, arm64: 226 },
    via: 'Syscall',
    args: 'unsigned long addr, size_t length, unsigned long prot',
    print: [show.at(0, show.address), show.at(1, show.size), show.at(2, show.flags(names.PROT, 'PROT_NONE'))],
  },
  {
    name: 'munmap',
    nr: { amd64: 11, arm64: 215 },
    via: 'Syscall',
    args: 'unsigned long addr, size_t length',
    handler: munmap,
    print: [show.at(0, show.address), show.at(1, show.size)],
    example: ['0x7ffff7ffe000', '4096'],
  },
  {
    name: 'brk',
    nr: { amd64: 12, arm64: 214 },
    via: null,
    args: 'unsigned long addr',
    print: [show.at(0, show.address)],
    printResult: show.addressResult,
  },
  {
    name: 'mremap',
    nr: { amd64: 25, arm64: 216 },
    via: null,
    args: 'unsigned long old_addr, unsigned long old_len, unsigned long new_len, unsigned long flags, unsigned long new_addr',
    printResult: show.addressResult,
  },
  { name: 'msync', nr: { amd64: 26, arm64: 227 }, via: null, args: 'unsigned long addr, size_t length, int flags' },
  { name: 'mincore', nr: { amd64: 27, arm64: 232 }, via: null, args: 'unsigned long addr, size_t length, unsigned char *vec' },
  {
    name: 'madvise',
    nr: { amd64: 28, arm64: 233 },
    via: 'Syscall',
    args: 'unsigned long addr, size_t length, int advice',
    print: [show.at(0, show.address), show.at(1, show.size), show.at(2, show.one(names.MADV, 'MADV'))],
  },
  { name: 'mlock', nr: { amd64: 149, arm64: 228 }, via: 'Syscall', args: 'unsigned long start, size_t len' },
  { name: 'munlock', nr: { amd64: 150, arm64: 229 }, via: 'Syscall', args: 'unsigned long start, size_t len' },
  { name: 'mlockall', nr: { amd64: 151, arm64: 230 }, via: 'Syscall', args: 'int flags' },
  { name: 'munlockall', nr: { amd64: 152, arm64: 231 }, via: 'Syscall', args: '' },
  { name: 'remap_file_pages', nr: { amd64: 216, arm64: 234 }, via: null, args: null },
  { name: 'mbind', nr: { amd64: 237, arm64: 235 }, via: null, args: null },
  { name: 'set_mempolicy', nr: { amd64: 238, arm64: 237 }, via: null, args: null },
  { name: 'get_mempolicy', nr: { amd64: 239, arm64: 236 }, via: null, args: null },
  { name: 'migrate_pages', nr: { amd64: 256, arm64: 238 }, via: null, args: null },
  { name: 'move_pages', nr: { amd64: 279, arm64: 239 }, via: null, args: null },
  { name: 'membarrier', nr: { amd64: 324, arm64: 283 }, via: null, args: 'int cmd, unsigned int flags, int cpu_id' },
];
