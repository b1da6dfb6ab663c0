/** kill and tgkill: whom a signal goes to. What it does there is the receiver's business (runtime/call-operations.ts). */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort } from './answer';

const LAST_SIGNAL = 64;
const INIT = 1;

export const kill: Handler = (port, [pidArgument, signalArgument]) => {
  const [pid, signal] = [int(pidArgument), int(signalArgument)];
  if (signal < 0 || signal > LAST_SIGNAL) return error('EINVAL');
  const { pid: own } = port.kernel;
  if (pid === own || pid === 0 || pid === -own) return send(port, own, signal);
  // Simplified: nobody else is there but init, and what it makes of a signal is not our subject.
  return pid === INIT || pid === -1 ? give(0) : error('ESRCH');
};

export const tgkill: Handler = (port, [tgid, tid, signalArgument]) => {
  const signal = int(signalArgument);
  if (int(tgid) <= 0 || int(tid) <= 0 || signal < 0 || signal > LAST_SIGNAL) return error('EINVAL');
  return int(tgid) === port.kernel.pid ? send(port, int(tid), signal) : error('ESRCH');
};

/** A process's signal goes to its first thread, which has the process's own number. */
function send(port: KernelPort, tid: number, signal: number): KernelAnswer {
  const to = port.threadOf(tid);
  if (to === null) return error('ESRCH');
  return signal === 0 ? give(0) : { kind: 'return', result: 0n, wokenObjects: [], sent: { to, signal } };
}

export const tkill: Handler = (port, [tid, signalArgument]) => {
  const signal = int(signalArgument);
  if (int(tid) <= 0 || signal < 0 || signal > LAST_SIGNAL) return error('EINVAL');
  return send(port, int(tid), signal);
};
