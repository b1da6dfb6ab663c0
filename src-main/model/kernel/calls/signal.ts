/** kill and tgkill: whom a signal goes to. What it does there is the receiver's business (runtime/call-operations.ts). */
import { error, give, type Handler, int, type KernelAnswer, type KernelPort } from '../answer';

const LAST_SIGNAL = 64;
const INIT = 1;

function isSignal(signal: number): boolean {
  return signal >= 0 && signal <= LAST_SIGNAL;
}

export const kill: Handler = (port, [pidArgument, signalArgument]) => {
  const [pid, signal] = [int(pidArgument), int(signalArgument)];
  const { pid: own } = port.kernel;
  if (pid === own || pid === 0 || pid === -own) return send(port, own, signal);
  // Simplified: nobody else is there but init, and what it makes of a signal is not our subject.
  if (pid !== INIT && pid !== -1) return error('ESRCH');
  return isSignal(signal) ? give(0) : error('EINVAL');
};

export const tgkill: Handler = (port, [tgid, tid, signalArgument]) => {
  const signal = int(signalArgument);
  if (int(tgid) <= 0 || int(tid) <= 0) return error('EINVAL');
  return int(tgid) === port.kernel.pid ? send(port, int(tid), signal) : error('ESRCH');
};

/** A process's signal goes to its first thread, which has the process's own number. */
function send(port: KernelPort, tid: number, signal: number): KernelAnswer {
  const to = port.threadOf(tid);
  if (to === null) return error('ESRCH');
  if (!isSignal(signal)) return error('EINVAL');
  return signal === 0 ? give(0) : { kind: 'return', result: 0n, wokenObjects: [], sent: { to, signal } };
}

export const tkill: Handler = (port, [tid, signalArgument]) => {
  return int(tid) <= 0 ? error('EINVAL') : send(port, int(tid), int(signalArgument));
};
