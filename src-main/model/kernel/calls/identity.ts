/** Who and where the program is, and chance: uname, getrandom. */
import { error, give, type Handler, int } from '../answer';
import { copyOut, isUserRange, mappedBytes, writeMemory } from '../memory';
import { utf8Bytes } from '../utf8';

/** Each of the six names in struct utsname has so many bytes. */
const UTS_NAME_BYTES = 65;

export const uname: Handler = (port, [result = 0n]) => {
  const names = ['Linux', 'schedville', '5.4.0', '#1 SMP', port.arch === 'amd64' ? 'x86_64' : 'aarch64', '(none)'];
  const bytes = names.flatMap((name) => {
    const own = utf8Bytes(name);
    return [...own, ...Array.from({ length: UTS_NAME_BYTES - own.length }, () => 0)];
  });
  return writeMemory(port, result, bytes) ? give(0) : error('EFAULT');
};

/** GRND_NONBLOCK, GRND_RANDOM and GRND_INSECURE. */
const GRND = 7;
/** Simplified: one call gives at most so many bytes; Linux gives 32 MiB. */
const MOST = 1 << 20;

/** From the run's own seed, so that the same run gets the same bytes. */
export const getrandom: Handler = (port, [buffer = 0n, count = 0n, flags]) => {
  if ((int(flags) & ~GRND) !== 0 || (int(flags) & 6) === 6) return error('EINVAL');
  if (!isUserRange(buffer, count)) return error('EFAULT');
  const wanted = count > BigInt(MOST) ? MOST : Number(count);
  const room = mappedBytes(port, buffer, wanted, 'write');
  if (room === 0 && wanted > 0) return error('EFAULT');
  return give(
    copyOut(
      port,
      buffer,
      Array.from({ length: room }, () => port.random() & 0xff),
    ),
  );
};
