/** How strace shows the arguments of calls on sockets. */
import { int } from './answer';
import { errnoByNumber } from './errno';
import * as names from './flag-names';
import { AF_INET, AF_UNIX, familyIn, INET_BYTES, unixName } from './socket-addresses';
import * as show from './strace-arguments';

const MOST_IN_ADDRESS = 128;
const SOL_SOCKET = 1n;
const SOL_TCP = 6n;
const SO_ERROR = 4n;

function addressText(held: readonly number[]): string {
  const family = familyIn(held);
  if (family === AF_INET && held.length >= INET_BYTES) {
    return `{sa_family=AF_INET, sin_port=htons(${((held[2] ?? 0) << 8) | (held[3] ?? 0)}), sin_addr=inet_addr("${held.slice(4, 8).join('.')}")}`;
  }
  if (family !== AF_UNIX) return `{sa_family=${names.oneName(family, names.AF, 'AF')}, ...}`;
  if (held.length === 2) return '{sa_family=AF_UNIX}';
  const name = unixName(held);
  if (name === 'EINVAL' || name.path === null) return `{sa_family=AF_UNIX, sun_path=@${show.quoted(held.slice(3), 108)}}`;
  return `{sa_family=AF_UNIX, sun_path="${name.path}"}`;
}

/** An address that the call is given, argument 2 of it long. */
export const sockaddr: show.Value = (value, memory, { args }) =>
  show.struct(memory, value, Math.min(Math.max(0, int(args[2])), MOST_IN_ADDRESS), addressText);

/** An address that the call fills in, as long as it says through the pointer behind it. */
export function filledAddress(i: number): show.Argument {
  return show.out(i, (value, memory, { args }) => {
    const length = show.struct(memory, args[i + 1] ?? 0n, 4, (held) => `${show.field(held, 0, 4)}`);
    const bytes = Math.min(Number(length), MOST_IN_ADDRESS);
    return bytes >= 2 ? show.struct(memory, value, bytes, addressText) : show.address(value);
  });
}

/** A pointer to a number. Simplified: where the call changes it, strace shows what it was before, too: [112 => 16]. */
export const oneInt: show.Value = (value, memory) =>
  show.struct(memory, value, 4, (held) => `[${BigInt.asIntN(32, show.field(held, 0, 4))}]`);

export const socketType: show.Value = (value) => {
  const type = names.oneName(show.word(value) & 0xf, names.SOCK, 'SOCK');
  const rest = show.word(value) & ~0xf;
  return rest === 0 ? type : `${type}|${names.flagNames(rest, names.SOCK_FLAGS)}`;
};

export const protocol: show.Value = (value, memory, call) =>
  int(call.args[0]) === AF_UNIX ? show.int(value, memory, call) : names.oneName(show.word(value), names.IPPROTO, 'IPPROTO');

export const level: show.Value = (value) => names.oneName(show.word(value), names.SOL, 'SOL');

export const optionName: show.Value = (value, _memory, { args }) => {
  if (args[1] === SOL_SOCKET) return names.oneName(show.word(value), names.SO, 'SO');
  return args[1] === SOL_TCP ? names.oneName(show.word(value), names.TCP, 'TCP') : show.hex(value);
};

export const optionValue: show.Value = (value, memory, call) =>
  show.struct(memory, value, 4, (held) => {
    const number = Number(BigInt.asIntN(32, show.field(held, 0, 4)));
    const isError = call.name === 'getsockopt' && call.args[1] === SOL_SOCKET && call.args[2] === SO_ERROR;
    return `[${(isError ? errnoByNumber(number)?.name : undefined) ?? number}]`;
  });
