/**
 * What a scenario's operation is: one row, in one file, with the text that it is read from and the functions of the runtime that it
 * calls. index.ts lists the rows; everything that has to know all operations asks that list.
 */
import type { Arch } from '../arch';
import type { Message } from '../message';
import type { CostName } from '../run/costs';
import type { Runtime } from '../runtime/runtime';
import type { Thread } from '../runtime/thread';
import type { GId, Json } from '../state';

/** Any operation. An operation made of others says so with this type: index.ts, which knows them all, imports its file. */
export interface AnyOperation {
  kind: string;
}

/** A key of a scenario file that declares names for operations to use. */
export type Declares = 'goroutines' | 'channels' | 'mutexes' | 'rwmutexes' | 'conds' | 'waitgroups';

export interface Field {
  name: string;
  key: Parameter;
  value: Parameter;
}

/**
 * What a person wrote as an operation's parameter, or a part of it. formats/ implements it on top of its file format. Whatever does not
 * fit is noted there as a fault with its place, and null or nothing returned; the reader of the operation goes on with a stand-in, so
 * that one reading finds every fault. `what` names the part in the fault's sentence.
 */
export interface Parameter {
  readonly arch: Arch;
  /** How many operations this one lies in. */
  readonly nesting: number;
  readonly isNothing: boolean;
  readonly isText: boolean;
  readonly isNumber: boolean;
  readonly isMap: boolean;
  text(what: string): string | null;
  /** The same of what a person has made up: a number that a comment has taken from it (`job #3`) is told. */
  freeText(what: string): string | null;
  whole(what: string, from: number, to: number): number | null;
  /** A whole number of up to 64 bits, signed or not, also as a hexadecimal text; written out. */
  word64(what: string): string | null;
  /** A duration, in ns. */
  duration(what: string): number | null;
  /** One of these words. */
  choice<W extends string>(what: string, known: readonly W[]): W | null;
  /** A name that stands under one of these keys of the file. */
  declared(what: string, ...lists: [Declares, ...Declares[]]): string | null;
  /** A name that nobody declares: it is there because operations use it. It may not be a mutex's. */
  newName(what: string): string | null;
  items(what: string): Parameter[];
  /** The entries of a map that may have these keys only, in the order in which they were written. */
  fields(what: string, known: readonly string[], required?: readonly string[]): ReadonlyMap<string, Field>;
  /** A list of operations inside of this one. */
  operations(what: string): AnyOperation[];
  /** What stands there, for a fault's sentence. */
  found(): string;
  fault(message: Message, suggestion?: string | null): void;
  /** The likely word among those known. */
  nearest(word: string, known: Iterable<string>): string | null;
}

/** The program that a goroutine belongs to. */
export interface Starter {
  /** The name of the next instance of this goroutine. */
  nextInstance(name: string): string;
  /** What g does as an instance of the goroutine `name`. */
  goroutine(g: GId, name: string): Thread;
}

/** A goroutine that carries out an operation. */
export interface Doer {
  readonly rt: Runtime;
  readonly g: GId;
  readonly program: Starter;
  /** Carries out the operations inside of this one. */
  nested(operations: readonly AnyOperation[]): Thread;
  /** Calls a function of these operations: what it defers runs at its own end. */
  call(operations: readonly AnyOperation[]): Thread;
  /** What goroutine g does when a thread of C calls a function of these operations on it. False: the function has ended by runtime.Goexit. */
  readonly calledByC: (g: GId, operations: readonly AnyOperation[]) => Thread<boolean>;
  /** Go: the defer statement. */
  defer(operations: readonly AnyOperation[]): Thread;
  /** Go: recover(). */
  recover(): Thread;
}

/** The step that opens an operation: what it costs, and on which side of it a request to give way is looked for. */
export interface Opening {
  readonly cost: CostName;
  readonly givesWay: 'before' | 'after';
}

/** Every operation is a function call, and a call's prologue is where a request to give way is found. */
export const CALL: Opening = { cost: 'op', givesWay: 'after' };

export interface OperationRow<O extends AnyOperation> {
  readonly kind: O['kind'];
  /** The operation with a parameter, for whoever left it out; null: it takes none. */
  readonly example: string | null;
  /** The same in Go, or what of it Go has. */
  readonly go: string;
  /** null: it has no step of its own. Left out: CALL. */
  readonly opening?: Opening | null;
  /** Whether it needs a program that is linked with C. */
  readonly callsC?: boolean;
  read(parameter: Parameter): O;
  /** The parameter as a file has it; `nested` writes the operations inside. Reading it gives the operation again. */
  written(operation: O, nested: (operations: readonly AnyOperation[]) => Json): Json;
  /** What the goroutine does after the opening step; null: nothing that takes a step. */
  carryOut(operation: O, by: Doer): Thread | null;
  /** The goroutine that it starts, and how often. */
  starts?(operation: O): { name: string; times: number };
  /** The sync.Once or the variable of sync/atomic that it makes by using it; how many Ps it wants; whether it selects, whether threads of C call Go, and whether it collects. */
  makes?(operation: O): { once?: string; atomic?: string; procs?: number; selects?: boolean; cThreads?: boolean; collects?: boolean };
  /** The operations that it is made of, and how often it carries them out. */
  within?(operation: O): { operations: readonly AnyOperation[]; times: number };
}

/** A duration of so many ns as a file has it. */
export const writtenNs = (ns: number): string => `${ns}ns`;

/** The duration, in ns, of a parameter's only field. */
export function durationField(parameter: Parameter, what: string, name: string): number {
  return parameter.fields(what, [name], [name]).get(name)?.value.duration(`${what}.${name}`) ?? 0;
}
