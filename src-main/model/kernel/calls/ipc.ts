/** System V’s shared memory, semaphores and messages, and POSIX message queues. Simplified: only decoded. */
import type { CallRow } from '../call-row';
import * as show from '../strace-arguments';

export const IPC: readonly CallRow[] = [
  { name: 'shmget', via: null, args: null },
  {
    name: 'shmat',
    via: null,
    args: null,
    printResult: show.addressResult,
  },
  { name: 'shmctl', via: null, args: null },
  { name: 'shmdt', via: null, args: null },
  { name: 'semget', via: null, args: null },
  {
    name: 'semop',
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'semctl', via: null, args: null },
  {
    name: 'semtimedop',
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'msgget', via: null, args: null },
  {
    name: 'msgsnd',
    via: null,
    args: null,
    restarts: false,
  },
  {
    name: 'msgrcv',
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'msgctl', via: null, args: null },
  { name: 'mq_open', via: null, args: null },
  { name: 'mq_unlink', via: null, args: null },
  { name: 'mq_timedsend', via: null, args: null },
  { name: 'mq_timedreceive', via: null, args: null },
  { name: 'mq_notify', via: null, args: null },
  { name: 'mq_getsetattr', via: null, args: null },
];
