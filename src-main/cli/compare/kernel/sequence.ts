/**
 * System calls that one process makes one after the other, written so that the model and a program on Linux can both make them: numbers,
 * memory of their own, and what earlier calls have returned.
 */

/** An argument: a number, memory that is made for this call, or something that an earlier call had or returned. */
export type Arg =
  | number
  /** 64 bits, hex with 0x. */
  | { readonly word: string }
  /** UTF-8 with a NUL byte behind it. */
  | { readonly text: string }
  /** So many zero bytes. */
  | { readonly buf: number }
  /** Bytes in hex, and addresses that stand in them (8 bytes each). */
  | { readonly bytes: string; readonly pointers?: readonly (readonly [at: number, to: Arg])[] }
  /** The address of the memory that argument `arg` of call `call` of this sequence had. */
  | { readonly call: number; readonly arg: number; readonly plus?: number }
  /** What call `result` returned. */
  | { readonly result: number; readonly plus?: number };

export interface Call {
  readonly name: string;
  readonly args: readonly Arg[];
}

/** The calls of one process, from the same beginning each time (FIRST_FILES, descriptor 3). */
export type Sequence = readonly Call[];

/** What is there at the beginning, besides /tmp. */
export const FIRST_FILES: Readonly<Record<string, string>> = {
  '/etc/motd': 'hello\n',
  '/a': 'some text that is a little longer than the others\n',
  '/d/x': 'inside',
  '/d/e/f': 'deep',
  '/empty': '',
};
/** Open for reading and writing. */
export const FIRST_FDS: Readonly<Record<string, string>> = { 3: '/etc/motd' };

/** What came of a call. `written`: for each memory of the call, its bytes afterwards in hex; null where they are as they were before. */
export interface Outcome {
  /** The kernel's own result, −errno for an error; `blocks` when the call waited until it was interrupted. */
  readonly result: string;
  readonly written: readonly (string | null)[];
}

/** Memory that a call brings with it, innermost first, as both sides make it. */
export interface Slot {
  readonly bytes: readonly number[];
  readonly pointers: readonly { at: number; to: Place }[];
}

/** A number, or where it comes from. */
export type Place =
  { readonly value: bigint } | { readonly slot: number; readonly plus: number } | { readonly result: number; readonly plus: number };

export interface PlacedCall {
  readonly name: string;
  /** The slots that are made just before the call; numbered on through the whole sequence. */
  readonly slots: readonly Slot[];
  readonly args: readonly Place[];
  /** The slots that are looked at after the call. */
  readonly watched: readonly number[];
}

const hexBytes = (digits: string): number[] => (digits.match(/../g) ?? []).map((each) => Number.parseInt(each, 16));

/** The sequence with its memory numbered. */
export function placed(sequence: Sequence): PlacedCall[] {
  let next = 0;
  const slotOf: (number | undefined)[][] = [];
  return sequence.map(({ name, args }) => {
    const slots: Slot[] = [];
    const watched: number[] = [];
    const make = (bytes: readonly number[], pointers: Slot['pointers'] = []): Place => {
      slots.push({ bytes, pointers });
      watched.push(next);
      return { slot: next++, plus: 0 };
    };
    const place = (arg: Arg): Place => {
      if (typeof arg === 'number') return { value: BigInt(arg) };
      if ('word' in arg) return { value: BigInt(arg.word) };
      if ('text' in arg) return make([...new TextEncoder().encode(arg.text), 0]);
      if ('buf' in arg) return make(Array.from({ length: arg.buf }, () => 0));
      if ('bytes' in arg)
        return make(
          hexBytes(arg.bytes),
          (arg.pointers ?? []).map(([at, to]) => ({ at, to: place(to) })),
        );
      if ('result' in arg) return { result: arg.result, plus: arg.plus ?? 0 };
      const slot = slotOf[arg.call]?.[arg.arg];
      if (slot === undefined) throw new Error(`${name}: argument ${arg.arg} of call ${arg.call} is no memory`);
      if (!watched.includes(slot)) watched.push(slot);
      return { slot, plus: arg.plus ?? 0 };
    };
    const values = args.map(place);
    slotOf.push(values.map((value) => ('slot' in value ? value.slot : undefined)));
    return { name, slots, args: values, watched: watched.sort((a, b) => a - b) };
  });
}
