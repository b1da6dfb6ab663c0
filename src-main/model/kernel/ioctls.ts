/** ioctl: what every file knows, and what terminals, pipes and sockets do besides. */
import type { KernelFd } from '../kernel-state';
import { error, give, type Handler, int, type KernelAnswer, type KernelPort, notModelled, uint } from './answer';
import { fromLittleEndian, littleEndian } from './bytes';
import { fdOf, O_NONBLOCK, setShared } from './descriptor-table';
import { fileBytes } from './file-data';
import { readMemory, writeMemory } from './memory';
import { objectOf } from './poll';
import { unreadBytes, unsentBytes } from './sockets';

const TCGETS = 0x5401;
const TIOCGPGRP = 0x540f;
const TIOCOUTQ = 0x5411;
const TIOCGWINSZ = 0x5413;
const FIONREAD = 0x541b;
const FIONBIO = 0x5421;
const FIONCLEX = 0x5450;
const FIOCLEX = 0x5451;
const FIOQSIZE = 0x5460;
/** struct winsize of a terminal of 24 rows and 80 columns. */
const WINSIZE = [24, 0, 80, 0, 0, 0, 0, 0];
/** struct termios as a terminal has it at first: c_iflag, c_oflag, c_cflag, c_lflag, c_line, c_cc. */
const TERMIOS = [0x500, 5, 0xbf, 0x8a3b]
  .flatMap((flags) => littleEndian(flags, 4))
  .concat([0, 3, 0x1c, 0x7f, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1a, 0, 0x12, 0x0f, 0x17, 0x16, 0, 0, 0]);

const tell = (port: KernelPort, address: bigint, bytes: readonly number[]): KernelAnswer =>
  writeMemory(port, address, bytes) ? give(0) : error('EFAULT');

export const ioctl: Handler = (port, [fd, commandArgument, argument = 0n]) => {
  const open = fdOf(port, fd);
  if (!open) return error('EBADF');
  const command = uint(commandArgument);
  switch (command) {
    case FIOCLEX:
    case FIONCLEX:
      port.set(['fds', String(int(fd)), 'cloexec'], command === FIOCLEX);
      return give(0);
    case FIONBIO: {
      const held = readMemory(port, argument, 4);
      if (!held) return error('EFAULT');
      setShared(port, open, 'flags', fromLittleEndian(held) === 0n ? open.flags & ~O_NONBLOCK : open.flags | O_NONBLOCK);
      return give(0);
    }
    case FIOQSIZE:
      return open.kind === 'file'
        ? tell(port, argument, littleEndian(Math.ceil(fileBytes(port, open.path).length / 4096) * 4096, 8))
        : error('ENOTTY');
    default:
      return own(port, open, command, argument);
  }
};

function own(port: KernelPort, open: KernelFd, command: number, argument: bigint): KernelAnswer {
  if (open.kind === 'epoll') return error('EINVAL');
  if (command === FIONREAD) {
    const waiting = unread(port, open);
    return waiting === null
      ? error(open.kind === 'socket' ? 'EINVAL' : 'ENOTTY')
      : tell(port, argument, littleEndian(BigInt.asUintN(32, BigInt(waiting)), 4));
  }
  if (open.kind === 'socket') {
    if (command !== TIOCOUTQ) return command >= 0x8900 && command <= 0x89ff ? notModelled() : error('ENOTTY');
    return tell(port, argument, littleEndian(unsentBytes(port, open.object), 4));
  }
  if (open.kind !== 'tty') return error('ENOTTY');
  if (command === TCGETS) return tell(port, argument, TERMIOS);
  if (command === TIOCGWINSZ) return tell(port, argument, WINSIZE);
  if (command === TIOCGPGRP) return tell(port, argument, littleEndian(port.kernel.pid, 4));
  return command >> 8 === 0x54 ? notModelled() : error('ENOTTY');
}

/** What could be read at once; null: such a file does not say. */
function unread(port: KernelPort, open: KernelFd): number | null {
  switch (open.kind) {
    case 'file':
      return fileBytes(port, open.path).length - open.offset;
    case 'pipe-read':
    case 'pipe-write':
      return objectOf(port, open.object, 'pipe').bytes.length / 2;
    case 'socket':
      return unreadBytes(port, open.object);
    case 'tty':
      return 0;
    default:
      return null;
  }
}
