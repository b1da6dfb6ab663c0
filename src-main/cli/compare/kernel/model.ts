/** Sequences in the modelled kernel. */
import type { KernelAnswer, KernelCall, Occasion } from '../../../model/kernel/answer';
import { hexOfBytes, littleEndian } from '../../../model/kernel/bytes';
import { enterKernel, firstKernelState } from '../../../model/kernel/kernel';
import { type LonePort, lonePort } from '../../../model/kernel/lone-port';
import { placeBytes, readMemory } from '../../../model/kernel/memory';
import { syscallByName } from '../../../model/kernel/syscall-table';
import { FIRST_FDS, FIRST_FILES, type Outcome, type Place, placed, type PlacedCall, type Sequence } from './sequence';

/** Waits that end by themselves sooner than this are waited for; others are interrupted, as on Linux (play.c). */
const PATIENCE_NS = 20_000_000;
/** What a call takes, ns. */
const CALL_NS = 1_000;
/** As many bytes of a memory as are shown. */
const SHOWN = 512;

interface Slots {
  addresses: bigint[];
  results: bigint[];
  lengths: number[];
}

function valueOf({ addresses, results }: Slots, place: Place): bigint {
  if ('value' in place) return place.value;
  return ('slot' in place ? (addresses[place.slot] ?? 0n) : (results[place.result] ?? 0n)) + BigInt(place.plus);
}

function makeSlots(port: LonePort, slots: Slots, call: PlacedCall): void {
  for (const { bytes, pointers } of call.slots) {
    const held = [...bytes];
    for (const { at, to } of pointers) held.splice(at, 8, ...littleEndian(BigInt.asUintN(64, valueOf(slots, to)), 8));
    slots.addresses.push(placeBytes(port, held));
    slots.lengths.push(held.length);
  }
}

const shownOf = (port: LonePort, { addresses, lengths }: Slots, slot: number): string =>
  hexOfBytes(readMemory(port, addresses[slot] ?? 0n, Math.min(lengths[slot] ?? 0, SHOWN)) ?? []);

/** The answer, with waits waited for: null when it has to be interrupted, or when the call does not return. */
function answerOf(port: LonePort, call: KernelCall): bigint | 'blocks' | 'gone' {
  let occasion: Occasion = 'entered';
  let answer: KernelAnswer = enterKernel(port, call);
  let waits = 0;
  for (;;) {
    switch (answer.kind) {
      case 'return':
        return occasion === 'signal' && answer.result === -4n ? 'blocks' : answer.result;
      case 'exit':
        return 'gone';
      case 'sleep':
        if (answer.ns > PATIENCE_NS) return 'blocks';
        port.now += answer.ns;
        return answer.result;
      case 'wait': {
        if (occasion === 'signal' || ++waits > 100) return 'blocks';
        const { held, timeoutNs } = answer;
        occasion = timeoutNs !== null && timeoutNs <= PATIENCE_NS ? 'time' : 'signal';
        port.now += occasion === 'time' ? (timeoutNs ?? 0) : PATIENCE_NS;
        answer = enterKernel(port, held ? { ...call, occasion, held } : { ...call, occasion });
      }
    }
  }
}

/** What the model answers, up to the call that ends the process. */
export function playInModel(sequence: Sequence): Outcome[] {
  const port = lonePort(firstKernelState({ files: { ...FIRST_FILES }, fds: { ...FIRST_FDS } }));
  const slots: Slots = { addresses: [], results: [], lengths: [] };
  const outcomes: Outcome[] = [];
  for (const call of placed(sequence)) {
    makeSlots(port, slots, call);
    const before = call.watched.map((slot) => shownOf(port, slots, slot));
    const args = call.args.map((place) => BigInt.asUintN(64, valueOf(slots, place)));
    while (args.length < 6) args.push(0n);
    const result = answerOf(port, { nr: syscallByName(call.name)?.nr[port.arch] ?? -1, args, occasion: 'entered' });
    port.now += CALL_NS;
    if (result === 'gone') break;
    slots.results.push(result === 'blocks' ? -4n : BigInt.asIntN(64, result));
    const after = call.watched.map((slot) => shownOf(port, slots, slot));
    outcomes.push({
      result: typeof result === 'string' ? result : String(BigInt.asIntN(64, result)),
      written: after.map((held, i) => (held === before[i] ? null : held)),
    });
  }
  return outcomes;
}
