/** All listings of one architecture as one program. */
import type { Arch } from '../arch';
import { type Assembled, parseListing } from './parse-listing';
import { adopt } from './program';

const assembled = new WeakMap<Record<string, string>, Map<string, Assembled>>();

/**
 * `listings`: file name below assets/listings (`amd64/syscall.s`) to text. Faults in them are the product's own: an error that names
 * file, line and column.
 */
export function assemble(listings: Record<string, string>, arch: Arch): Assembled {
  const known = assembled.get(listings) ?? new Map<string, Assembled>();
  assembled.set(listings, known);
  const before = known.get(arch);
  if (before) return before;
  const program: Assembled = { routines: {}, data: {} };
  for (const [file, text] of Object.entries(listings)) {
    if (!file.startsWith(`${arch}/`)) continue;
    const parsed = parseListing(text, file, arch);
    if (!parsed.ok)
      throw new Error(parsed.faults.map((fault) => `${fault.file}:${fault.line}:${fault.column}: ${fault.message.en}`).join('\n'));
    Object.assign(program.routines, parsed.program.routines);
    Object.assign(program.data, parsed.program.data);
  }
  if (Object.keys(program.routines).length === 0)
    throw new Error(`no listings for ${arch} among ${Object.keys(listings).join(', ') || 'none at all'}`);
  adopt(program);
  known.set(arch, program);
  return program;
}
