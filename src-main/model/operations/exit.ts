/** os.Exit. */
import { exited } from '../runtime/panic';
import { row } from '../runtime/thread';
import type { OperationRow } from './operation';

export interface Exit {
  kind: 'exit';
  code: number;
}

export const exit: OperationRow<Exit> = {
  kind: 'exit',
  example: 'exit: 0',
  go: 'os.Exit(n)',
  read: (parameter) => ({ kind: 'exit', code: parameter.whole('exit', 0, 255) ?? 0 }),
  written: ({ code }) => code,
  *carryOut({ code }, { rt, g }) {
    yield row('exit', 'exit_group', 'op');
    throw exited(rt, rt.mOf(g), code);
  },
};
