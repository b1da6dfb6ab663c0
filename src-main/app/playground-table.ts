/** What the playground asks of the model, as the window is told it. */
import type { PlaygroundCall, PlaygroundTable } from '../contract/requests';
import { type Arch, forEachArch } from '../model/asm/arch/index';
import type { Parse } from '../model/asm/assemble';
import { parseListing } from '../model/asm/parse-listing';
import type { Program } from '../model/asm/program';
import { ERRNOS } from '../model/kernel/errno';
import { constantsOf } from '../model/kernel/flag-names';
import { isModelled } from '../model/kernel/kernel';
import { type SyscallInfo, SYSCALLS } from '../model/kernel/syscall-table';
import {
  playListing,
  type PlaygroundAsk,
  type PlaygroundRoutine,
  type PlaygroundRun,
  readListing,
  readRoutines,
} from '../model/run/playground';
import { findAssets, loadListings, MissingAsset } from './asset-folder';
import { refusalOf, refuse } from './refusal';
import { faultOfModel, textOfMessage } from '../formats/messages';
import type { ReadInModel } from '../model/message';
import type { Result, Text } from '../model/words';

const FILE = 'syscall.s';

export function playgroundTable(): Result<Omit<PlaygroundTable, 'draft' | 'damaged'>> {
  try {
    const { listings } = loadListings(findAssets());
    return {
      ok: true,
      value: {
        listings: forEachArch((arch) => listings[`${arch}/${FILE}`] ?? ''),
        runtimeListings: forEachArch((arch) => listings[`${arch}/runtime.s`] ?? ''),
        calls: SYSCALLS.map(offered),
        errnos: [...ERRNOS],
        constants: forEachArch(constantsOf),
      },
    };
  } catch (error) {
    if (error instanceof MissingAsset) return refusalOf(error);
    throw error;
  }
}

function offered(call: SyscallInfo): PlaygroundCall {
  const { name, nr, argc, args, via } = call;
  const fits = argc > 3 ? 'Syscall6' : 'Syscall';
  const own = via === null || via === 'AllThreadsSyscall' || via === 'vdso' ? fits : via;
  // A call whose parameters the table does not name has some all the same.
  const named = args.length > 0 ? args : Array.from({ length: argc }, (_, i) => ({ name: `a${i + 1}`, type: 'long' }));
  const example = call.example ?? named.map(({ type }) => exampleOfType(type));
  const half =
    via === 'vdso' ? 'vDSO' : via === null || via === 'AllThreadsSyscall' ? null : via.startsWith('Syscall') ? '//sys' : '//sysnb';
  return { name, nr: { ...nr }, args: [...named], via: own, half, isModelled: isModelled(call), example: [...example] };
}

/** What stands in a field for which the call's row has no example. */
function exampleOfType(type: string): string {
  if (type.startsWith('const char *')) return '"/etc/motd"';
  return type.includes('*') ? 'buf:64' : '0';
}

function told<T>(read: ReadInModel<{ value: T }>): Result<T> {
  return read.ok ? read : refuse((words) => words.listingFaults, read.faults.map(faultOfModel));
}

/** A listing is checked as it is typed, checked again before it runs, and runs: so many texts are kept as they were read last. */
const KEPT_LISTINGS = 4;

/** Checks and runs what is on the playground's table. A text is read once, however often it is asked for. */
export class PlaygroundService {
  /** By architecture and text, the one used last at the end. */
  private readonly kept = new Map<string, ReadInModel<{ value: Program }>>();

  constructor(private readonly parse: Parse = parseListing) {}

  private readonly read = (arch: Arch, source: string): ReadInModel<{ value: Program }> => {
    const key = `${arch}\n${source}`;
    const read = this.kept.get(key) ?? readListing(arch, source, this.parse);
    this.kept.delete(key);
    this.kept.set(key, read);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_LISTINGS) break;
      this.kept.delete(oldest);
    }
    return read;
  };

  readonly checkListing = ({ arch, source }: { arch: Arch; source: string }): Result<PlaygroundRoutine[]> =>
    told(readRoutines(arch, source, this.read));

  readonly playListing = (ask: PlaygroundAsk): Result<PlaygroundRun<Text>> => {
    const played = told(playListing(ask, this.read));
    if (!played.ok) return played;
    const { end } = played.value;
    return { ok: true, value: { ...played.value, end: { ...end, reason: end.reason && textOfMessage(end.reason) } } };
  };
}
