/** What the linker would refuse: calls and jumps to functions that are nowhere. */
import { ARCHS } from './arch/index';
import { type Assembled, likelyWord } from './listing';
import type { ModelFault } from '../message';

/** `known`: functions outside of the listing. */
export function faultsOfLinking(program: Assembled, source: string, known: ReadonlySet<string>): ModelFault[] {
  const lines = source.split('\n');
  const names = [...Object.keys(program.routines), ...known];
  return Object.values(program.routines).flatMap((routine) => {
    const { call, jump } = ARCHS[routine.arch].mnemonics;
    return routine.instructions.flatMap(({ op, operands, line, text }): ModelFault[] => {
      const [target] = operands;
      if ((op !== call && op !== jump) || target?.kind !== 'symbol' || names.includes(target.name)) return [];
      const likely = likelyWord(target.name, names);
      const written = text.slice(op.length).trim().split('(')[0] ?? '';
      const column = (lines[line - 1] ?? '').indexOf(written) + 1;
      return [
        {
          file: routine.file,
          line,
          column: Math.max(1, column),
          message: { key: 'noFunction', name: target.name },
          suggestion: likely === null ? null : `${likely.replace('.', '·')}(SB)`,
        },
      ];
    });
  });
}
