/** The assembly listings as the machine view shows them: every line of a routine, with the byte offset that steps carry in their pc. */
import type { ListingLine } from '../contract/requests';
import type { Arch } from '../model/arch';
import type { Instruction } from '../model/asm/listing';
import type { ModelAssets } from '../model/run/simulate';

/** Routines of one architecture by symbol. Comments are written “zh | en” in the listing. */
export function listingView(assets: ModelAssets, arch: Arch): Record<string, ListingLine[]> {
  const linesOf = new Map(Object.entries(assets.listings).map(([file, text]) => [file, text.split(/\r?\n/)]));
  const view: Record<string, ListingLine[]> = {};
  for (const routine of Object.values(assets.programFor(arch).routines)) {
    const last = routine.instructions.at(-1)?.line ?? routine.line;
    view[routine.symbol] = (linesOf.get(routine.file) ?? []).slice(routine.line - 1, last).flatMap((line, i) =>
      shown(
        line,
        routine.instructions.filter((instruction) => instruction.line === routine.line + i),
      ),
    );
  }
  return view;
}

/** A row for each step that the line makes: its own text, or a statement each where it holds several or the assembler adds some. */
function shown(line: string, instructions: readonly Instruction[]): ListingLine[] {
  const at = line.indexOf('//');
  const code = (at < 0 ? line : line.slice(0, at)).trim().replace(/\s+/g, ' ');
  if (code === '') return [];
  const [zh = '', en = ''] = (at < 0 ? '' : line.slice(at + 2)).split('|').map((part) => part.trim());
  const words = { zh, en: en === '' ? zh : en };
  const own = instructions.filter((instruction) => !instruction.inserted);
  if (own.length === 0) return [{ offset: null, code, ...words }, ...instructions.map(added)];
  const label = /^[^\s:]+:/.exec(code)?.[0];
  return instructions.map((instruction) => {
    if (instruction.inserted) return added(instruction);
    const { offset, text } = instruction;
    if (own.length === 1) return { offset, code, ...words };
    return instruction === own[0]
      ? { offset, code: label === undefined ? text : `${label} ${text}`, ...words }
      : { offset, code: text, zh: '', en: '' };
  });
}

function added({ offset, text }: Instruction): ListingLine {
  return { offset, code: text, zh: '汇编器自动加的：栈帧', en: 'added by the assembler, for the frame' };
}
