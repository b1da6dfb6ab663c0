/**
 * Memory in pages: mmap and munmap, the heap (brk), protection, advice. Simplified: no range lies below MAP_BOTTOM, where a scenario's own
 * blocks are, whose pages stay as they are.
 */
import type { KernelFd, KernelMap } from '../../kernel-state';
import type { Json } from '../../state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled } from '../answer';
import type { CallRow } from '../call-row';
import { fdOf, mayRead, mayWrite } from '../descriptor-table';
import * as names from '../flag-names';
import { forget, isMapped, isUserRange, MAP_BOTTOM, MAP_TOP, mapAt, mappedBytes, PAGE, USER_END, writeMemory } from '../memory';
import { isUnix, socketAt } from '../sockets';
import * as show from '../strace-arguments';

const PROT_WRITE = 2;
/** PROT_WRITE and PROT_EXEC. */
const PROT_MORE = 6;
const MAP_SHARED = 0x01;
const MAP_PRIVATE = 0x02;
const MAP_SHARED_VALIDATE = 0x03;
const MAP_TYPE = 0x0f;
const MAP_FIXED = 0x10;
const MAP_ANONYMOUS = 0x20;
const MAP_GROWSDOWN = 0x100;
const MAP_HUGETLB = 0x40000;
const MAP_FIXED_NOREPLACE = 0x100000;

const mmap: Handler = (port, [address = 0n, length = 0n, prot = 0n, flagsArgument = 0n, fd, offset = 0n]) => {
  const flags = int(flagsArgument);
  if (offset % PAGE !== 0n) return error('EINVAL');
  const isAnonymous = (flags & MAP_ANONYMOUS) !== 0;
  const open = isAnonymous ? undefined : fdOf(port, fd);
  if (!isAnonymous && !open) return error('EBADF');
  if ((flags & MAP_HUGETLB) !== 0) return isAnonymous ? notModelled() : error('EINVAL');
  if (length === 0n) return error('EINVAL');
  const bytes = BigInt.asUintN(64, roundUp(length));
  if (bytes === 0n) return error('ENOMEM');
  if (BigInt.asUintN(64, offset / PAGE + bytes / PAGE) < offset / PAGE) return error('EOVERFLOW');
  if (bytes > USER_END) return error('ENOMEM');
  if (port.kernel.maps.length >= MOST_MAPS) return error('ENOMEM');
  const start = startOf(port, address, bytes, flags);
  if (typeof start === 'object') return start;
  if (open && isBehindEnd(open, offset, bytes)) return error('EOVERFLOW');
  const fault = open ? fileFault(open, flags, int(prot)) : anonymousFault(flags);
  // A TCP socket can be mapped, to be read from.
  if (fault === 'ENODEV' && open && isTcp(port, open)) return (int(prot) & PROT_MORE) === 0 ? notModelled() : error('EPERM');
  if (fault) return error(fault);
  if ((flags & MAP_FIXED) !== 0) unmap(port, start, start + bytes);
  const made: KernelMap = {
    start: `0x${start.toString(16)}`,
    bytes: Number(bytes),
    prot: int(prot) & 7,
    flags,
    path: open?.path ?? '',
    offset: open ? Number(offset) : 0,
    ...(open && (flags & MAP_TYPE) !== MAP_PRIVATE && !mayWrite(open) && { writable: false }),
  };
  port.set(['maps'], withMap(port.kernel.maps, made) as unknown as Json);
  return give(start);
};

/** The ranges stand in the order of their addresses; there may be tens of thousands. */
function withMap(maps: readonly KernelMap[], made: KernelMap): KernelMap[] {
  const start = BigInt(made.start);
  let [from, to] = [0, maps.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (BigInt(maps[middle]?.start ?? 0) < start) from = middle + 1;
    else to = middle;
  }
  return [...maps.slice(0, from), made, ...maps.slice(from)];
}

/** vm.max_map_count. */
const MOST_MAPS = 65_530;
/** Flags that MAP_SHARED_VALIDATE knows. */
const KNOWN_FLAGS = 0x7f9f3 | 0x7c000000;

function anonymousFault(flags: number): 'EINVAL' | null {
  const type = flags & MAP_TYPE;
  if (type === MAP_SHARED) return (flags & MAP_GROWSDOWN) !== 0 ? 'EINVAL' : null;
  return type === MAP_PRIVATE ? null : 'EINVAL';
}

/** The largest file, and with it the last page of one; of what is no file nothing is known but how far a position can go. */
const MOST_FILE_BYTES = (1n << 44n) - 4096n;
const MOST_SOCKET_BYTES = (1n << 63n) - 1n;
const MOST_BYTES = (1n << 64n) - 1n;

function isTcp(port: KernelPort, { kind, object }: KernelFd): boolean {
  if (kind !== 'socket') return false;
  const socket = socketAt(port, object);
  return socket.type === 'stream' && !isUnix(socket);
}

/** mm/mmap.c, file_mmap_ok: asked before who may do what. */
function isBehindEnd({ kind }: KernelFd, offset: bigint, bytes: bigint): boolean {
  const most = kind === 'file' ? MOST_FILE_BYTES : kind === 'socket' ? MOST_SOCKET_BYTES : MOST_BYTES;
  return bytes > most || offset / PAGE > (most - bytes) / PAGE;
}

function fileFault(open: KernelFd, flags: number, prot: number): 'EACCES' | 'EINVAL' | 'ENODEV' | 'EOPNOTSUPP' | null {
  const type = flags & MAP_TYPE;
  if (type !== MAP_SHARED && type !== MAP_PRIVATE && type !== MAP_SHARED_VALIDATE) return 'EINVAL';
  if (type === MAP_SHARED_VALIDATE && (flags & ~KNOWN_FLAGS) !== 0) return 'EOPNOTSUPP';
  if (type !== MAP_PRIVATE && (prot & PROT_WRITE) !== 0 && !mayWrite(open)) return 'EACCES';
  if (!mayRead(open)) return 'EACCES';
  if (open.kind !== 'file') return 'ENODEV';
  return (flags & MAP_GROWSDOWN) !== 0 ? 'EINVAL' : null;
}

function roundUp(length: bigint): bigint {
  return ((length + PAGE - 1n) / PAGE) * PAGE;
}

/** Where the range goes: where the caller insists, where it hints if that is free, else below all others. */
function startOf(port: KernelPort, address: bigint, bytes: bigint, flags: number): bigint | KernelAnswer {
  if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) !== 0) {
    if (address + bytes > USER_END) return error('ENOMEM');
    if (address % PAGE !== 0n) return error('EINVAL');
    if (address < MAP_BOTTOM) return notModelled();
    return (flags & MAP_FIXED_NOREPLACE) !== 0 && !isFree(port, address, address + bytes) ? error('EEXIST') : address;
  }
  const hint = address - (address % PAGE);
  if (hint >= MAP_BOTTOM && hint + bytes <= MAP_TOP && isFree(port, hint, hint + bytes)) return hint;
  const below = [...port.kernel.maps].reverse();
  let end = MAP_TOP;
  for (const map of below) {
    const start = BigInt(map.start);
    if (start + BigInt(map.bytes) + bytes <= end) break;
    if (start < end) end = start;
  }
  return end - bytes < MAP_BOTTOM ? error('ENOMEM') : end - bytes;
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
  if (address < MAP_BOTTOM && holdsBlock(port, address, address + roundUp(length))) return notModelled();
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

/** Whether a scenario's own block lies in the range. */
function holdsBlock({ kernel }: KernelPort, from: bigint, to: bigint): boolean {
  return Object.entries(kernel.mem).some(
    ([key, held]) => BigInt(key) < MAP_BOTTOM && BigInt(key) < to && BigInt(key) + BigInt(held.length / 2) > from,
  );
}

/** How far from `from` on there is memory without a gap. */
function mappedUntil(port: KernelPort, from: bigint, to: bigint): bigint {
  let reached = from;
  while (reached < to) {
    const map = reached < MAP_BOTTOM ? null : mapAt(port.kernel, reached);
    if (map) reached = BigInt(map.start) + BigInt(map.bytes);
    else if (reached < MAP_BOTTOM && isMapped(port, reached, 1)) reached += PAGE;
    else break;
  }
  return reached < to ? reached : to;
}

/** Changes every range between from and to, cut at both. */
function changeMaps(port: KernelPort, from: bigint, to: bigint, change: (map: KernelMap) => KernelMap): void {
  const inside = port.kernel.maps.flatMap((map) => cut(map, 0n, from)).flatMap((map) => cut(map, to, USER_END));
  if (inside.length === 0) return;
  setMaps(port, [...port.kernel.maps.flatMap((map) => cut(map, from, to)), ...inside.map(change)]);
}

const PROT_KNOWN = 0xf;
const PROT_GROWS = 0x3000000;

const mprotect: Handler = (port, [start = 0n, length = 0n, protArgument = 0n]) => {
  const prot = Number(BigInt.asUintN(32, protArgument));
  if ((prot & PROT_GROWS) === PROT_GROWS || start % PAGE !== 0n) return error('EINVAL');
  if (length === 0n) return give(0);
  const end = BigInt.asUintN(64, start + roundUp(length));
  if (end <= start) return error('ENOMEM');
  if ((prot & ~(PROT_KNOWN | PROT_GROWS)) !== 0) return error('EINVAL');
  if (holdsBlock(port, start, end)) return (prot & 3) === 3 ? give(0) : notModelled();
  if ((prot & PROT_GROWS) !== 0) return mappedUntil(port, start, end) > start ? error('EINVAL') : error('ENOMEM');
  const reached = mappedUntil(port, start, end);
  const refused = port.kernel.maps.find((map) => isBetween(map, start, reached) && (prot & PROT_WRITE) !== 0 && map.writable === false);
  const to = refused ? (BigInt(refused.start) > start ? BigInt(refused.start) : start) : reached;
  if (to > start) changeMaps(port, start, to, (map) => ({ ...map, prot: prot & 7 }));
  return refused ? error('EACCES') : reached < end ? error('ENOMEM') : give(0);
};

const isBetween = (map: KernelMap, from: bigint, to: bigint): boolean =>
  BigInt(map.start) < to && BigInt(map.start) + BigInt(map.bytes) > from;

/** Where the heap begins: below everything that mmap hands out. */
const HEAP = MAP_BOTTOM;
/** As far as it may grow. */
const MOST_HEAP = 1n << 36n;

/** The end of the heap; what cannot be had leaves it where it is. */
const brk: Handler = (port, [address = 0n]) => {
  const now = BigInt(port.kernel.brk ?? `0x${HEAP.toString(16)}`);
  const wanted = roundUp(address);
  const old = roundUp(now);
  if (address < HEAP || address > HEAP + MOST_HEAP) return give(now);
  if (wanted > old) {
    if (!isFree(port, old, wanted)) return give(now);
    const heap = port.kernel.maps.find((map) => BigInt(map.start) === HEAP);
    const whole: KernelMap = {
      start: `0x${HEAP.toString(16)}`,
      bytes: Number(wanted - HEAP),
      prot: 3,
      flags: MAP_PRIVATE | MAP_ANONYMOUS,
      path: '',
      offset: 0,
    };
    setMaps(port, [...port.kernel.maps.filter((map) => map !== heap), whole]);
  } else if (wanted < old) unmap(port, wanted, old);
  port.set(['brk'], `0x${address.toString(16)}`);
  return give(address);
};

const MREMAP_MAYMOVE = 1;

/** Simplified: neither to a given address, nor without taking the old range away. */
const mremap: Handler = (port, [start = 0n, oldLength = 0n, newLength = 0n, flagsArgument = 0n]) => {
  const flags = Number(BigInt.asUintN(32, flagsArgument));
  const [old, wanted] = [BigInt.asUintN(64, roundUp(oldLength)), BigInt.asUintN(64, roundUp(newLength))];
  const moves = (flags & MREMAP_MAYMOVE) !== 0;
  if ((flags & ~7) !== 0 || ((flags & 2) !== 0 && !moves) || ((flags & 4) !== 0 && (!moves || old !== wanted))) return error('EINVAL');
  if (start % PAGE !== 0n || wanted === 0n) return error('EINVAL');
  if ((flags & 6) !== 0) return notModelled();
  if (wanted > USER_END) return error('ENOMEM');
  const map = start < MAP_BOTTOM ? null : mapAt(port.kernel, start);
  if (!map) return holdsBlock(port, start, start + old) ? notModelled() : error('EFAULT');
  const end = start + old;
  if (old === 0n) return notModelled();
  if (wanted < old) {
    unmap(port, start + wanted, end);
    return give(start);
  }
  if (wanted === old) return give(start);
  if (end > BigInt(map.start) + BigInt(map.bytes)) return error('EFAULT');
  const isLast = end === BigInt(map.start) + BigInt(map.bytes);
  if (isLast && start + wanted <= MAP_TOP && isFree(port, end, start + wanted)) {
    setMaps(
      port,
      port.kernel.maps.map((each) => (each === map ? { ...each, bytes: each.bytes + Number(wanted - old) } : each)),
    );
    return give(start);
  }
  return moves ? moveMap(port, map, start, old, wanted) : error('ENOMEM');
};

function moveMap(port: KernelPort, map: KernelMap, start: bigint, old: bigint, wanted: bigint): KernelAnswer {
  const to = startOf(port, 0n, wanted, 0);
  if (typeof to === 'object') return to;
  const kept = Object.entries(port.kernel.mem).filter(([key]) => BigInt(key) >= start && BigInt(key) < start + old);
  const offset = map.path === '' ? 0 : map.offset + Number(start - BigInt(map.start));
  unmap(port, start, start + old);
  setMaps(port, [...port.kernel.maps, { ...map, start: `0x${to.toString(16)}`, bytes: Number(wanted), offset }]);
  for (const [key, held] of kept) port.set(['mem', `0x${(BigInt(key) - start + to).toString(16)}`], held);
  return give(to);
}

/** Looks at a range of pages; 0 when all of it is there. */
function wholeRange(port: KernelPort, start: bigint, length: bigint): KernelAnswer {
  return mappedUntil(port, start, start + length) < start + length ? error('ENOMEM') : give(0);
}

const msync: Handler = (port, [start = 0n, length = 0n, flagsArgument = 0n]) => {
  const flags = int(flagsArgument);
  if ((flags & ~7) !== 0 || start % PAGE !== 0n || (flags & 5) === 5) return error('EINVAL');
  const end = BigInt.asUintN(64, start + roundUp(length));
  if (end < start) return error('ENOMEM');
  return wholeRange(port, start, end - start);
};

const mincore: Handler = (port, [start = 0n, length = 0n, vector = 0n]) => {
  if (start % PAGE !== 0n) return error('EINVAL');
  if (!isUserRange(start, length)) return error('ENOMEM');
  const pages = Number(roundUp(length) / PAGE);
  if (!isUserRange(vector, BigInt(pages))) return error('EFAULT');
  const reached = Number((mappedUntil(port, start, start + roundUp(length)) - start) / PAGE);
  const told = Array.from({ length: Math.min(reached, MOST_PAGES) }, () => 1);
  if (told.length > 0 && !writeMemory(port, vector, told)) return error('EFAULT');
  return reached < pages ? error('ENOMEM') : give(0);
};
/** As many pages as are told at once: more are there only as addresses. */
const MOST_PAGES = 1 << 16;

const MADV_DONTNEED = 4;
const MADV_FREE = 8;
/** What changes nothing that a program could see: NORMAL, RANDOM, SEQUENTIAL, WILLNEED, DONTFORK, DOFORK, MERGEABLE, …, COLD, PAGEOUT. */
const HARMLESS_ADVICE = new Set([0, 1, 2, 3, 10, 11, 14, 15, 16, 17, 20, 21]);
/** REMOVE, MERGEABLE, UNMERGEABLE, WIPEONFORK, KEEPONFORK, POPULATE_READ, POPULATE_WRITE, DONTNEED_LOCKED, COLLAPSE and the poisons. */
const OTHER_ADVICE = new Set([9, 12, 13, 18, 19, 22, 23, 24, 25, 100, 101, 102, 103]);

const madvise: Handler = (port, [start = 0n, length = 0n, adviceArgument]) => {
  const advice = int(adviceArgument);
  const isKnown = advice === MADV_DONTNEED || advice === MADV_FREE || HARMLESS_ADVICE.has(advice);
  if (!isKnown) return OTHER_ADVICE.has(advice) ? notModelled() : error('EINVAL');
  const bytes = BigInt.asUintN(64, roundUp(length));
  const end = BigInt.asUintN(64, start + bytes);
  if (start % PAGE !== 0n || (length > 0n && bytes === 0n) || end < start) return error('EINVAL');
  if (end === start) return give(0);
  if (holdsBlock(port, start, end)) return advice === MADV_DONTNEED || advice === MADV_FREE ? notModelled() : give(0);
  const reached = mappedUntil(port, start, end);
  const maps = port.kernel.maps.filter((map) => isBetween(map, start, reached));
  if (advice === MADV_FREE && maps.some((map) => map.path !== '' || (map.flags & MAP_TYPE) !== MAP_PRIVATE)) return error('EINVAL');
  // What was written to private pages is gone; the next look finds zeros, or the file again.
  if (advice === MADV_DONTNEED) for (const map of maps) if ((map.flags & MAP_TYPE) === MAP_PRIVATE) forgetIn(port, map, start, reached);
  return reached < end ? error('ENOMEM') : give(0);
};

function forgetIn(port: KernelPort, map: KernelMap, from: bigint, to: bigint): void {
  const [start, end] = [BigInt(map.start), BigInt(map.start) + BigInt(map.bytes)];
  forget(port, start > from ? start : from, end < to ? end : to);
}

/** Nothing is ever swapped out, so that locking changes nothing. */
function locked(port: KernelPort, start: bigint, length: bigint, brings: boolean): KernelAnswer {
  const from = start - (start % PAGE);
  const bytes = BigInt.asUintN(64, roundUp(length + (start % PAGE)));
  if (BigInt.asUintN(64, from + bytes) < from) return error('EINVAL');
  const whole = wholeRange(port, from, bytes);
  if (!brings || whole.kind !== 'return' || whole.result !== 0n) return whole;
  // What is locked is brought in: nothing can be where nobody may look, or behind a file's end.
  return port.kernel.maps.some((map) => isBetween(map, from, from + bytes) && !isReadable(port, map, from, from + bytes))
    ? error('ENOMEM')
    : whole;
}

function isReadable(port: KernelPort, map: KernelMap, from: bigint, to: bigint): boolean {
  const start = BigInt(map.start) > from ? BigInt(map.start) : from;
  const end = BigInt(map.start) + BigInt(map.bytes) < to ? BigInt(map.start) + BigInt(map.bytes) : to;
  return mappedBytes(port, start, Number(end - start), 'read') === Number(end - start);
}

const mlock: Handler = (port, [start = 0n, length = 0n]) => locked(port, start, length, true);
const munlock: Handler = (port, [start = 0n, length = 0n]) => locked(port, start, length, false);

const mlockall: Handler = (_port, [flagsArgument]) => {
  const flags = int(flagsArgument);
  return flags === 0 || (flags & ~7) !== 0 || flags === 4 ? error('EINVAL') : give(0);
};

export const MMAP: readonly CallRow[] = [
  {
    name: 'mmap',
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
    via: 'Syscall',
    args: 'unsigned long addr, size_t length, unsigned long prot',
    print: [show.at(0, show.address), show.at(1, show.size), show.at(2, show.flags(names.PROT, 'PROT_NONE'))],
    handler: mprotect,
    // Of no page at all: a single call finds nothing mapped that it could change.
    example: ['0x7ffff7ffe000', '0', 'PROT_READ'],
  },
  {
    name: 'munmap',
    via: 'Syscall',
    args: 'unsigned long addr, size_t length',
    handler: munmap,
    print: [show.at(0, show.address), show.at(1, show.size)],
    example: ['0x7ffff7ffe000', '4096'],
  },
  {
    name: 'brk',
    via: null,
    args: 'unsigned long addr',
    print: [show.at(0, show.address)],
    printResult: show.addressResult,
    handler: brk,
  },
  {
    name: 'mremap',
    via: null,
    args: 'unsigned long old_addr, unsigned long old_len, unsigned long new_len, unsigned long flags, unsigned long new_addr',
    printResult: show.addressResult,
    handler: mremap,
  },
  { name: 'msync', via: null, args: 'unsigned long addr, size_t length, int flags', handler: msync },
  {
    name: 'mincore',
    via: null,
    args: 'unsigned long addr, size_t length, unsigned char *vec',
    handler: mincore,
  },
  {
    name: 'madvise',
    via: 'Syscall',
    args: 'unsigned long addr, size_t length, int advice',
    print: [show.at(0, show.address), show.at(1, show.size), show.at(2, show.one(names.MADV, 'MADV'))],
    handler: madvise,
  },
  { name: 'mlock', via: 'Syscall', args: 'unsigned long start, size_t len', handler: mlock },
  { name: 'munlock', via: 'Syscall', args: 'unsigned long start, size_t len', handler: munlock },
  {
    name: 'mlock2',
    via: null,
    args: 'unsigned long start, size_t len, int flags',
    handler: (port, args, call) => ((int(args[2]) & ~1) === 0 ? mlock(port, args, call) : error('EINVAL')),
  },
  { name: 'mlockall', via: 'Syscall', args: 'int flags', handler: mlockall },
  { name: 'munlockall', via: 'Syscall', args: '', handler: () => give(0) },
  { name: 'remap_file_pages', via: null, args: null },
  { name: 'mbind', via: null, args: null },
  { name: 'set_mempolicy', via: null, args: null },
  { name: 'get_mempolicy', via: null, args: null },
  { name: 'migrate_pages', via: null, args: null },
  { name: 'move_pages', via: null, args: null },
  { name: 'membarrier', via: null, args: 'int cmd, unsigned int flags, int cpu_id' },
];
