/** How a run ended, in words. */
import { type OpenedRun, unreachable, type Text } from '../../src-main/contract/index';

export function outcomeText({ kind, code }: OpenedRun['outcome']): Text {
  switch (kind) {
    case 'exit':
      return code === 0
        ? { zh: '程序正常结束（退出码 0）', en: 'The program has ended well (exit status 0)' }
        : { zh: `程序结束，退出码 ${code}`, en: `The program has ended with exit status ${code}` };
    case 'deadlock':
      return {
        zh: `死锁：人人都在等，没有谁会来叫醒（退出码 ${code}）`,
        en: `Deadlock: everybody waits and nobody will wake them (exit status ${code})`,
      };
    case 'fatal':
      return { zh: `运行时自己放弃了（退出码 ${code}）`, en: `The runtime itself has given up (exit status ${code})` };
    case 'panic':
      return { zh: `panic，没有谁接住（退出码 ${code}）`, en: `A panic that nobody recovered (exit status ${code})` };
    case 'limit':
      return { zh: '到了上限，程序还没有结束', en: 'The limit was reached before the program ended' };
    default:
      return unreachable(kind);
  }
}
