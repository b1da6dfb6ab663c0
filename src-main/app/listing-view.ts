/** The assembly listings as the machine view shows them: every line of a routine, with the byte offset that steps carry in their pc. */
import { inEveryLanguage } from '../../assets/words/index';
import { LANGUAGES, textOf } from '../model/words';
import type { ListingLine } from '../contract/requests';
import type { Arch } from '../model/arch';
import type { Instruction } from '../model/asm/listing';
import type { ModelAssets } from '../model/run/simulate';

type Listings = Record<string, ListingLine[]>;

/** Every run of an architecture shows the same ones: they are made once, and nobody changes them. */
const made = new WeakMap<ModelAssets, Map<Arch, Listings>>();

/** Routines of one architecture by symbol. Comments are written “zh | en” in the listing. */
export function listingView(assets: ModelAssets, arch: Arch): Listings {
  const known = made.get(assets) ?? new Map<Arch, Listings>();
  made.set(assets, known);
  const view = known.get(arch) ?? viewOf(assets, arch);
  known.set(arch, view);
  return view;
}

function viewOf(assets: ModelAssets, arch: Arch): Listings {
  const linesOf = new Map(Object.entries(assets.listings).map(([file, text]) => [file, text.split(/\r?\n/)]));
  const view: Listings = {};
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
  // One remark for each language, in their order; who has none reads the English one, and a lone remark stands for all.
  const remarks = (at < 0 ? '' : line.slice(at + 2)).split('|').map((part) => part.trim());
  const words = textOf((language) => remarks[LANGUAGES.indexOf(language)] || remarks[LANGUAGES.indexOf('en')] || (remarks[0] ?? ''));
  const own = instructions.filter((instruction) => !instruction.inserted);
  if (own.length === 0) return [{ offset: null, code, bytes: '', ...words }, ...instructions.map(added)];
  const label = /^[^\s:]+:/.exec(code)?.[0];
  return instructions.map((instruction) => {
    if (instruction.inserted) return added(instruction);
    const { offset, text } = instruction;
    const bytes = bytesOf(instruction);
    if (own.length === 1) return { offset, code, bytes, ...words };
    return instruction === own[0]
      ? { offset, code: label === undefined ? text : `${label} ${text}`, bytes, ...words }
      : { offset, code: text, bytes, ...textOf(() => '') };
  });
}

function added(instruction: Instruction): ListingLine {
  const { offset, text } = instruction;
  return { offset, code: text, bytes: bytesOf(instruction), ...inEveryLanguage((words) => words.machineListing.added) };
}

const bytesOf = ({ code }: Instruction): string => code.match(/../g)?.join(' ') ?? '';
