/** System V’s shared memory, semaphores and messages, and POSIX message queues. Simplified: only decoded. */
import type { CallRow } from '../call-row';
import * as show from '../strace-arguments';

export const IPC: readonly CallRow[] = [
  { name: 'shmget', nr: { amd64: 29, arm64: 194 }, via: null, args: null },
  {
    name: 'shmat',
    nr: { amd64: 30, arm64: 196 },
    via: null,
    args: null,
    printResult: show.addressResult,
  },
  { name: 'shmctl', nr: { amd64: 31, arm64: 195 }, via: null, args: null },
  { name: 'shmdt', nr: { amd64: 67, arm64: 197 }, via: null, args: null },
  { name: 'semget', nr: { amd64: 64, arm64: 190 }, via: null, args: null },
  {
    name: 'semop',
    nr: { amd64: 65, arm64: 193 },
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'semctl', nr: { amd64: 66, arm64: 191 }, via: null, args: null },
  {
    name: 'semtimedop',
    nr: { amd64: 220, arm64: 192 },
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'msgget', nr: { amd64: 68, arm64: 186 }, via: null, args: null },
  {
    name: 'msgsnd',
    nr: { amd64: 69, arm64: 189 },
    via: null,
    args: null,
    restarts: false,
  },
  {
    name: 'msgrcv',
    nr: { amd64: 70, arm64: 188 },
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'msgctl', nr: { amd64: 71, arm64: 187 }, via: null, args: null },
  { name: 'mq_open', nr: { amd64: 240, arm64: 180 }, via: null, args: null },
  { name: 'mq_unlink', nr: { amd64: 241, arm64: 181 }, via: null, args: null },
  { name: 'mq_timedsend', nr: { amd64: 242, arm64: 182 }, via: null, args: null },
  { name: 'mq_timedreceive', nr: { amd64: 243, arm64: 183 }, via: null, args: null },
  { name: 'mq_notify', nr: { amd64: 244, arm64: 184 }, via: null, args: null },
  { name: 'mq_getsetattr', nr: { amd64: 245, arm64: 185 }, via: null, args: null },
];
