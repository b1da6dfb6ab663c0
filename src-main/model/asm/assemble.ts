/** All listings of one architecture as one program. */
import type { Arch } from './arch/index';
import type { Assembled } from './listing';
import { type ParsedListing, parseListing } from './parse-listing';
import { Program } from './program';

/** How a listing is read; counted in tests. */
export type Parse = (text: string, file: string, arch: Arch) => ParsedListing;

/** What the model needs besides a scenario: the product's listings, each read once. Every run of an architecture shares one program. */
export class ModelAssets {
  private readonly programs = new Map<Arch, Program>();

  /** `listings`: file name below assets/listings (`amd64/syscall.s`) to text. */
  constructor(
    readonly listings: Readonly<Record<string, string>>,
    private readonly parse: Parse = parseListing,
  ) {}

  /** Faults in the listings are the product's own: an error that names file, line and column. */
  programFor(arch: Arch): Program {
    let program = this.programs.get(arch);
    if (!program) this.programs.set(arch, (program = this.assemble(arch)));
    return program;
  }

  private assemble(arch: Arch): Program {
    const { listings } = this;
    const all: Assembled = { routines: {}, data: {} };
    for (const [file, text] of Object.entries(listings)) {
      if (!file.startsWith(`${arch}/`)) continue;
      const parsed = this.parse(text, file, arch);
      if (!parsed.ok)
        throw new Error(parsed.faults.map((fault) => `${fault.file}:${fault.line}:${fault.column}: ${fault.message.en}`).join('\n'));
      Object.assign(all.routines, parsed.program.routines);
      Object.assign(all.data, parsed.program.data);
    }
    if (Object.keys(all.routines).length === 0)
      throw new Error(`no listings for ${arch} among ${Object.keys(listings).join(', ') || 'none at all'}`);
    return new Program(all);
  }
}
