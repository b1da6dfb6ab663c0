/** Sending and receiving by the calls that only sockets have: with an address, and as struct msghdr. */
import { error, type Handler, int, type KernelPort, notModelled } from './answer';
import { fromLittleEndian, littleEndian } from './bytes';
import { MOST_BYTES, oneRange, rangesAt } from './iovec';
import { isUserRange, readMemory, totalOf, writeMemory } from './memory';
import { givenAddress, tellAddress } from './socket-addresses';
import { receive, send } from './socket-transfer';
import { opened } from './sockets';

export const sendto: Handler = (port, [fd, buffer = 0n, count = 0n, flags, address = 0n, length], call) => {
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const open = call.held?.open ?? opened(port, fd);
  if (typeof open === 'string') return error(open);
  const to = address === 0n ? [] : givenAddress(port, address, length);
  if (typeof to === 'string') return error(to);
  return send(port, open, oneRange(buffer, Math.min(Number(count), MOST_BYTES)), Math.min(Number(count), MOST_BYTES), int(flags), to, call);
};

export const recvfrom: Handler = (port, [fd, buffer = 0n, count = 0n, flags, address = 0n, lengthAt = 0n], call) => {
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const open = call.held?.open ?? opened(port, fd);
  if (typeof open === 'string') return error(open);
  const wanted = Math.min(Number(count), MOST_BYTES);
  const { answer, sender } = receive(port, open, oneRange(buffer, wanted), wanted, int(flags), call);
  if (address === 0n || answer.kind !== 'return' || answer.result < 0n) return answer;
  const told = tellAddress(port, sender, address, lengthAt);
  return told.kind === 'return' && told.result !== 0n ? { ...told, wokenObjects: answer.wokenObjects } : answer;
};

/** struct msghdr. */
interface Message {
  name: bigint;
  nameBytes: number;
  pieces: bigint;
  count: bigint;
  controlBytes: bigint;
}
const MSGHDR_BYTES = 56;

function messageAt(port: KernelPort, address: bigint): Message | null {
  const held = readMemory(port, address, MSGHDR_BYTES);
  if (!held) return null;
  const word = (at: number, bytes = 8): bigint => fromLittleEndian(held.slice(at, at + bytes));
  return { name: word(0), nameBytes: Number(BigInt.asIntN(32, word(8, 4))), pieces: word(16), count: word(24), controlBytes: word(40) };
}

export const sendmsg: Handler = (port, [fd, address = 0n, flags], call) => {
  const open = call.held?.open ?? opened(port, fd);
  if (typeof open === 'string') return error(open);
  const message = messageAt(port, address);
  if (!message) return error('EFAULT');
  if (message.nameBytes < 0) return error('EINVAL');
  const to = message.name === 0n ? [] : givenAddress(port, message.name, BigInt(Math.min(message.nameBytes, 128)));
  if (typeof to === 'string') return error(to);
  if (message.count > 1024n) return error('EMSGSIZE');
  const ranges = rangesAt(port, message.pieces, message.count);
  if (typeof ranges === 'string') return error(ranges);
  // Descriptors and credentials go along with no message.
  return message.controlBytes === 0n ? send(port, open, ranges, totalOf(ranges), int(flags), to, call) : notModelled();
};

const MSG_TRUNC = 0x20;

export const recvmsg: Handler = (port, [fd, address = 0n, flags], call) => {
  const open = call.held?.open ?? opened(port, fd);
  if (typeof open === 'string') return error(open);
  const message = messageAt(port, address);
  if (!message) return error('EFAULT');
  if (message.nameBytes < 0) return error('EINVAL');
  if (message.count > 1024n) return error('EMSGSIZE');
  const ranges = rangesAt(port, message.pieces, message.count);
  if (typeof ranges === 'string') return error(ranges);
  const { answer, sender, cut } = receive(port, open, ranges, totalOf(ranges), int(flags), call);
  if (answer.kind !== 'return' || answer.result < 0n) return answer;
  if (message.name !== 0n) {
    const told = tellAddress(port, sender, message.name, address + 8n);
    if (told.kind === 'return' && told.result !== 0n) return { ...told, wokenObjects: answer.wokenObjects };
  }
  writeMemory(port, address + 48n, littleEndian(cut ? MSG_TRUNC : 0, 4));
  writeMemory(port, address + 40n, littleEndian(0, 8));
  return answer;
};
