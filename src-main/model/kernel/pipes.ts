/**
 * What lies in a pipe. The kernel keeps pages, not bytes: a write goes into the last page if it fits there, else into new ones; a pipe is
 * full when all of its places are taken, however little lies in each.
 */
import type { KernelFd } from '../kernel-state';
import type { Json } from '../state';
import { error, give, type KernelAnswer, type KernelCall, type KernelPort, wait } from './answer';
import { bytesOfHex, hexOfBytes } from './bytes';
import { O_NONBLOCK } from './descriptor-table';
import { gather, type Ranges, scatter } from './memory';
import { changed, objectOf, PIPE_BYTES, type Pipe, type PipePage, POLL, waitPlace } from './poll';

export const PIPE_PAGE = 4096;

export const placesOf = ({ size }: Pick<Pipe, 'size'>): number => (size ?? PIPE_BYTES) / PIPE_PAGE;
export const isPipeFull = (pipe: Pipe): boolean => pipe.pages.length >= placesOf(pipe);

function setPipe(port: KernelPort, object: number, bytes: string, pages: readonly PipePage[]): void {
  const path = ['objects', String(object)];
  port.set([...path, 'bytes'], bytes);
  port.set([...path, 'pages'], pages as unknown as Json);
}

/** Takes up to `wanted` bytes out of the pages; a page counts as read only when all that is asked of it has arrived. */
export function readPipe(port: KernelPort, open: KernelFd, into: Ranges, wanted: number): KernelAnswer {
  const pipe = objectOf(port, open.object, 'pipe');
  if (wanted === 0) return give(0);
  if (pipe.pages.length === 0) {
    if (pipe.writers === 0) return give(0);
    if ((open.flags & O_NONBLOCK) !== 0) return error('EAGAIN');
    return wait(waitPlace('pipe', open.object, 'readable'), { open, done: 0 });
  }
  const { taken, gone, pages } = takePages(port, pipe, into, wanted);
  if (gone === 0) return error('EFAULT');
  const hasRoom = isPipeFull(pipe) && pages.length < pipe.pages.length;
  setPipe(port, open.object, pipe.bytes.slice(gone * 2), pages);
  return give(taken, hasRoom ? changed(port, open.object, POLL.OUT) : []);
}

function takePages(
  port: KernelPort,
  { bytes, pages }: Pipe,
  into: Ranges,
  wanted: number,
): { taken: number; gone: number; pages: PipePage[] } {
  let [taken, gone] = [0, 0];
  const left = [...pages];
  while (left[0] && taken < wanted) {
    const [at, length, isPacket] = left[0];
    const part = Math.min(length, wanted - taken);
    if (scatter(port, into, taken, bytesOfHex(bytes.slice(gone * 2, (gone + part) * 2))) < part) break;
    taken += part;
    // Of a packet the rest is lost, and a read takes one.
    const used = isPacket ? length : part;
    gone += used;
    if (used === length) left.shift();
    else left[0] = [at + used, length - used];
    if (isPacket) break;
  }
  return { taken, gone, pages: left };
}

/** A blocking write returns when all is in the pipe. */
export function writePipe(port: KernelPort, open: KernelFd, from: Ranges, count: number, call: KernelCall): KernelAnswer {
  const pipe = objectOf(port, open.object, 'pipe');
  const done = call.held?.done ?? 0;
  if (count === 0) return give(0);
  // SIGPIPE comes along; Go's handler ignores it, save for descriptors 1 and 2 written through package os.
  if (pipe.readers === 0) return done > 0 ? give(done) : error('EPIPE');
  const { moved, failed, bytes, pages } = putPages(port, pipe, from, done, count - done, (open.flags & 0o40000) !== 0);
  if (moved > 0) setPipe(port, open.object, pipe.bytes + bytes, pages);
  const sofar = done + moved;
  const woken = moved > 0 ? changed(port, open.object, POLL.IN) : [];
  if (failed) return sofar > 0 ? give(sofar, woken) : error('EFAULT');
  // Of a file's pages it takes what there is room for.
  if (sofar === count || (sofar > 0 && from[0]?.held !== undefined)) return give(sofar, woken);
  if ((open.flags & O_NONBLOCK) !== 0) return sofar > 0 ? give(sofar, woken) : error('EAGAIN');
  if (call.occasion === 'signal' && sofar > 0) return give(sofar, woken);
  return wait(waitPlace('pipe', open.object, 'writable'), { open, done: sofar }, woken);
}

function putPages(
  port: KernelPort,
  pipe: Pipe,
  from: Ranges,
  done: number,
  count: number,
  isPacket: boolean,
): { moved: number; failed: boolean; bytes: string; pages: PipePage[] } {
  const pages = [...pipe.pages];
  let [moved, bytes] = [0, ''];
  const put = (wanted: number): boolean => {
    const held = gather(port, from, done + moved, wanted);
    if (held.length < wanted) return false;
    moved += wanted;
    bytes += hexOfBytes(held);
    return true;
  };
  // What is left over of whole pages goes to the end of the last page, if all of it fits there.
  const odd = count % PIPE_PAGE;
  const last = pages.at(-1);
  const [first] = from;
  const filePlace = first?.held === undefined ? null : Number(first.at) + done;
  if (odd > 0 && last && !isPacket && filePlace === null && last[2] !== 1 && last[0] + last[1] + odd <= PIPE_PAGE) {
    if (!put(odd)) return { moved, failed: true, bytes, pages };
    pages[pages.length - 1] = [last[0], last[1] + odd];
  }
  while (moved < count && pages.length < placesOf(pipe)) {
    const within = filePlace === null ? 0 : (filePlace + moved) % PIPE_PAGE;
    const part = Math.min(PIPE_PAGE - within, count - moved);
    if (!put(part)) return { moved, failed: true, bytes, pages };
    // A page of a file is the file's: nobody else's bytes go behind those that were sent.
    pages.push(isPacket ? [0, part, 1] : [filePlace === null ? 0 : PIPE_PAGE - part, part]);
  }
  return { moved, failed: false, bytes, pages };
}

/** F_SETPIPE_SZ: a power of two of pages, at least as many as are in use; the answer is the size there is now. */
const MOST_PIPE_BYTES = 2 ** 31;
/** fs.pipe-max-size counts only for those who are not root; the model keeps no more. */
const KEPT_PIPE_BYTES = 1 << 20;

export function resizePipe(port: KernelPort, object: number, wanted: number): KernelAnswer {
  const pipe = objectOf(port, object, 'pipe');
  if (wanted > MOST_PIPE_BYTES) return error('EINVAL');
  let size = PIPE_PAGE;
  while (size < wanted) size *= 2;
  if (size > KEPT_PIPE_BYTES) return error('ENOMEM');
  if (size / PIPE_PAGE < pipe.pages.length) return error('EBUSY');
  const grows = size > (pipe.size ?? PIPE_BYTES) && isPipeFull(pipe);
  port.set(['objects', String(object), 'size'], size);
  return give(size, grows ? changed(port, object, POLL.OUT) : []);
}
