/** What goroutines wait for each other by: channels, the locks of package sync, semaphores, and the network poller's descriptors. */
import type { GId, MId } from './ids';

export interface ChanRow {
  cap: number;
  /** Values in the buffer. */
  count: number;
  closed: boolean;
  /** Ours: the M that holds hchan.lock. */
  lock: MId | null;
  recvq: GId[];
  sendq: GId[];
}

/** sync.Mutex: the bits of its state word and the waiters on its semaphore, first one woken first. */
export interface MutexRow {
  locked: boolean;
  woken: boolean;
  starving: boolean;
  waiters: number;
  /** The semaphore's count, and who waits on it. */
  sema: number;
  queue: GId[];
  /** Ours: the M that holds the semaphore's root lock. */
  lock: MId | null;
}

/** sync.WaitGroup: its counter and the waiters on its semaphore. */
export interface WaitGroupRow {
  counter: number;
  /** How many wait, by the wait group's own count; the queue is the semaphore's. */
  waiters: number;
  sema: number;
  queue: GId[];
  /** Ours: the M that holds the semaphore's root lock. */
  lock: MId | null;
}

/** sync.RWMutex. Its mutex w, which writers hold, stands in `mutex` under the same name. */
export interface RWMutexRow {
  /** Less than 0 while a writer waits or writes: rwmutexMaxReaders taken off. */
  readerCount: number;
  /** Readers for whom the writer still waits. */
  readerWait: number;
  writerSem: SemaRow;
  readerSem: SemaRow;
}

/** A semaphore that belongs to a larger row. */
export interface SemaRow {
  sema: number;
  queue: GId[];
  /** Ours: the M that holds the semaphore's root lock. */
  lock: MId | null;
}

/** sync.Cond: its list of tickets (notifyList) and the mutex L. */
export interface CondRow {
  mutex: string;
  /** The next waiter's ticket, and the next one to be notified. */
  wait: number;
  notify: number;
  queue: { g: GId; ticket: number }[];
  lock: MId | null;
}

/** The network poller. Go: runtime/netpoll.go and netpoll_epoll.go. */
export interface NetpollRow {
  /** Its epoll set, and the pipe whose byte ends a wait in it (netpollBreak). */
  epfd: number;
  breakRd: number;
  breakWr: number;
  /** Go: pollcache. pollDescs that are free, the next one taken last. */
  free: readonly string[];
  pd: Record<string, PollDescRow>;
}

/** Go: pollDesc.rg and wg. null: nobody waits and nothing was told. */
export type PollWaiter = null | 'pdReady' | 'pdWait' | GId;

/** A descriptor that the poller watches: the runtime's pollDesc, and what package internal/poll keeps of it (FD). */
export interface PollDescRow {
  /** −1 once it is closed. */
  fd: number;
  /** Ours: how many goroutines read, write or close it, or wait to. Until they have left, the row is not used again. */
  inside: number;
  closing: boolean;
  rg: PollWaiter;
  wg: PollWaiter;
  /** Go: FD.fdmu. Who reads, and who writes; and how many wait for their turn to. */
  reader: GId | null;
  writer: GId | null;
  rwait: number;
  wwait: number;
  rsema: SemaRow;
  wsema: SemaRow;
  /** Who closes it sleeps here until the others have left it. */
  csema: SemaRow;
}
