/** Go 1.14: the functions in runtime/ as they are. A later version takes these and puts its own in place of those that differ. */
import { goschedImpl } from '../runtime/gosched';
import { netpoll } from '../runtime/netpoll';
import { newproc } from '../runtime/newproc';
import { goroutineheader } from '../runtime/panic';
import { injectglist } from '../runtime/park';
import { preemptone } from '../runtime/preempt';
import { globrunqget, runqsteal } from '../runtime/runq';
import type { Runtime } from '../runtime/runtime';
import { findrunnable, goexit0, resetspinning, schedule } from '../runtime/schedule';
import { procresize, startTheWorldWithSema, stopTheWorldWithSema } from '../runtime/stop-the-world';
import { entersyscall, entersyscallblock, exitsyscall } from '../runtime/syscall';
import { retake, sysmonRound } from '../runtime/sysmon';
import { handoffp, newm, startm, wakep, wantsWakep } from '../runtime/threads';
import type { Profile } from './functions';
import { VERSIONS } from './profile';

export const GO_1_14: Profile<Runtime> = {
  facts: VERSIONS['1.14'],
  fields: {},
  schedule,
  findrunnable,
  resetspinning,
  goexit0,
  wantsWakep,
  wakep,
  startm,
  newm,
  handoffp,
  goschedImpl,
  injectglist,
  globrunqget,
  runqsteal,
  netpoll,
  preemptone,
  sysmonRound,
  retake,
  entersyscall,
  entersyscallblock,
  exitsyscall,
  stopTheWorldWithSema,
  startTheWorldWithSema,
  procresize,
  goroutineheader,
  newproc,
};
