/** All listings of one architecture as one program. */
import type { Arch } from './arch/index';
import { inBrief } from '../message';
import type { Assembled } from './listing';
import { type ParsedListing, parseListing } from './parse-listing';
import { Program } from './program';
import type { VersionFacts } from '../versions/profile';

/** How a listing is read; counted in tests. */
export type Parse = (...of: Parameters<typeof parseListing>) => ParsedListing;

/** What of a version of Go concerns its listings (versions/profile.ts). */
type OfVersion = Pick<VersionFacts, 'listings' | 'nosplitBytes'>;

/** What the model needs besides a scenario: the product's listings, each read once. Every run of an architecture shares one program. */
export class ModelAssets {
  private readonly programs = new Map<Arch, Program>();
  private readonly versions = new Map<string, ModelAssets>();

  /**
   * `listings`: file name below assets/listings/1.14 (`amd64/syscall.s`) to text. `own`: the listings of other versions by their folder;
   * each takes the place of 1.14's of the same name.
   */
  constructor(
    readonly listings: Readonly<Record<string, string>>,
    private readonly parse: Parse = parseListing,
    private readonly own: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
    private readonly nosplitBytes?: number,
  ) {}

  /** With the listings of a version: 1.14's where it has none of its own. */
  ofVersion({ listings: folder, nosplitBytes }: OfVersion): ModelAssets {
    const theirs = this.own[folder];
    if (theirs === undefined) return this;
    let assets = this.versions.get(folder);
    if (!assets) this.versions.set(folder, (assets = new ModelAssets({ ...this.listings, ...theirs }, this.parse, {}, nosplitBytes)));
    return assets;
  }

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
      const parsed = this.parse(text, file, arch, undefined, undefined, this.nosplitBytes);
      if (!parsed.ok)
        throw new Error(parsed.faults.map((fault) => `${fault.file}:${fault.line}:${fault.column}: ${inBrief(fault.message)}`).join('\n'));
      Object.assign(all.routines, parsed.program.routines);
      Object.assign(all.data, parsed.program.data);
    }
    if (Object.keys(all.routines).length === 0)
      throw new Error(`no listings for ${arch} among ${Object.keys(listings).join(', ') || 'none at all'}`);
    return new Program(all);
  }
}
