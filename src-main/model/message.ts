/**
 * What the model has to say to a person about what that person wrote. The model names it and gives the values; the words, in every
 * language, are those of the dictionaries (assets/words), and src-main/formats/messages.ts joins the two.
 */

import type { Fault } from './words';

/** No values: the words are the same each time. */
type Nothing = Readonly<Record<never, never>>;

/** A word that is the same in every language, or a message inside of another. */
export type Words = string | Message;

export interface Messages {
  mainIsRunning: Nothing;
  nestedTooDeep: { most: number };
  returnsAndErrno: Nothing;
  inVdso: { name: string };
  secondDefault: Nothing;
  selectBranch: Nothing;
  nameIsMutex: { name: string };
  noSyscallOnArch: { arch: string; name: string };
  unknownSyscall: { name: string };
  unknownErrno: { name: string };
  tooManyArguments: { n: number };
  /** `buffer`: how a buffer is written. */
  badArgument: { buffer: string; found: string };
  tooManyWords: { n: number; most: number };

  // Assembly: reading a listing, linking it, running it.
  listingTooLong: { n: number; most: number };
  noVariable: { name: string };
  badStatement: { op: string };
  labelBeforeText: { name: string };
  duplicateLabel: { name: string };
  textShape: Nothing;
  duplicateSymbol: { name: string };
  frameMultiple: { frameBytes: number; multiple: number };
  frameTooLarge: { frameBytes: number; most: number };
  nosplitOverflow: { most: number; frameBytes: number };
  flagSeparator: { found: string };
  unknownFlag: { found: string };
  wantsFlags: Nothing;
  instructionBeforeText: { op: string };
  routineTooLong: { most: number };
  notModelled: { op: string };
  otherArchInstruction: { op: string; other: string; arch: string };
  unknownInstruction: { op: string };
  noEncoding: { shown: string };
  needsFunction: { op: string; name: string };
  memoryToMemory: { op: string };
  indexAndOffset: Nothing;
  suffixOperand: { suffix: string };
  sixteenBits: { op: string };
  immediateTooWide: { value: bigint };
  immediateRange: { value: bigint; least: bigint; most: bigint };
  globlShape: Nothing;
  variableTooLarge: { most: number };
  dataShape: Nothing;
  dataOffset: { most: number };
  stringWidth: { n: number; width: number };
  dataWidth: { width: number };
  wantsNumberOrString: Nothing;
  wantsEndOfNumber: Nothing;
  /** `found`: the character itself and its number. */
  lookAlike: { found: string; meant: string };
  lookAlikeBlank: { found: string };
  argumentsTooLarge: { bytes: number; most: number };
  allArgumentsTooLarge: { most: number };
  dataWithoutGlobl: { name: string };
  variablesTooLarge: { most: number };
  noLabel: { label: string };
  emptyRoutine: { symbol: string };
  jumpsOut: { target: string };
  missingOperand: Nothing;
  squareBrackets: Nothing;
  percentSign: Nothing;
  unreadableOperand: { found: string };
  stringOutsideData: Nothing;
  immediateNumber: { found: string };
  wantsNumberAfterDollar: { found: string };
  bareSp: { arch: string; stackPointer: string };
  barePseudoRegister: { found: string; example: string };
  otherArchRegister: { found: string; other: string; arch: string };
  noShiftedOperands: { arch: string };
  shiftRange: { amount: bigint };
  symbolBase: { name: string };
  noRegister: { name: string };
  namedRsp: Nothing;
  namedRegister: { name: string };
  namelessFp: Nothing;
  namelessSb: Nothing;
  namelessSp: { arch: string; stackPointer: string };
  badIndex: { found: string };
  badScale: { found: string };
  offsetTooWide: { offset: bigint };
  parenthesesTooDeep: { most: number };
  divisionByZero: Nothing;
  divisionOfHighBit: Nothing;
  negativeShift: Nothing;
  shiftOfHighBit: Nothing;
  expressionTooDeep: { most: number };
  floatNumber: { found: string };
  notANumber: { found: string };
  numberTooWide: { found: string };
  notOneCharacter: { found: string };
  openIfdef: Nothing;
  recursiveMacro: { found: string };
  strayBranch: { word: string };
  noHeader: { header: string };
  defineName: Nothing;
  macroParameters: { found: string };
  unknownDirective: { found: string };
  openComment: Nothing;
  openQuotationMark: { mark: string };
  endOfLine: Nothing;
  wantsSizes: { found: Words };
  operandCount: { op: string; want: string; n: number };
  noSuffix: { op: string; suffix: string; why: Message };
  sizeInName: Nothing;
  suffixOnLoads: Nothing;
  wrongOperand: { op: string; n: number; found: string; expected: readonly Words[] };
  registerOperand: Nothing;
  memoryOperand: Nothing;
  immediateOperand: Nothing;
  zeroOperand: Nothing;
  addressOperand: Nothing;
  labelOperand: Nothing;
  functionOperand: Nothing;
  shiftedOperand: Nothing;
  registerAddressOperand: Nothing;
  pairOperand: Nothing;
  conditionOperand: Nothing;
  plainRegister: Nothing;
  registerOrSp: Nothing;
  extendedOperand: Nothing;
  systemOperand: Nothing;
  scratchRegister: Nothing;
  /** `bytes`: raised by so many. */
  stackMovesTooFar: { bytes: number; most: number };
  noRotation: { op: string };
  amountRange: { amount: number; most: number };
  shiftedSp: Nothing;
  spIsNotRead: { op: string };
  offsetRange: { op: string; offset: number; least: number; most: number };
  pairOffset: { op: string; offset: number; least: number; most: number; unit: number };
  unpredictable: { register: string };
  sameTwice: { op: string; register: string };
  pairRegister: { op: string; found: string };
  noIndex: { op: string };
  noIndexedStore: { op: string };
  indexShift: { op: string; amount: number; allowed: number };
  noIndexShift: { op: string; amount: number };
  zeroPiece: { op: string };
  pieceBeyond: { op: string };
  fieldOutside: { op: string; most: number };
  conditionAlways: { op: string };
  statusRegister: { op: string };
  atomicIntoZr: { op: string };
  evenPair: { op: string };
  notAlignedAccess: { address: string; alignment: bigint };
  jumpTooFar: { op: string; distance: number; least: number; most: number };
  registerNotModelled: { found: string };
  noExtension: { found: string };
  indexExtension: { found: string };
  shiftForFactor: Nothing;
  needsBase: { arch: string };
  needsBaseOrNumber: { arch: string; number: string };
  pushedMore: { bytes: number };
  poppedMore: { bytes: number };
  wantsText: { text: string; found: Words };
  missingComma: { found: string };
  leftOver: { found: string };
  wantsNumber: { found: Words };
  expandsTooFar: { tokens: number; levels: number };
  moreFaults: { n: number };
  noFunction: { name: string };
  diedAt: { line: number; instruction: string; why: Message };
  noCodeAt: { address: string };
  ranPastEnd: { symbol: string };
  notCanonical: { address: string };
  isCode: { address: string };
  stackOverflow: { address: string };
  notWritable: { address: string };
  notMapped: { address: string };
  notAligned: { address: string; alignment: bigint };
  meantToFail: Nothing;
  breakpoint: Nothing;
  quotientTooLarge: Nothing;
  kernelOnly: { op: string };
  notPermitted: { instruction: string };
  noRoutine: Nothing;
  tooManyArgumentBytes: { bytes: number; most: number };
  stillInSyscall: Nothing;
  sleepsTooLong: { name: string };
  stuckInKernel: { name: string };
  tooMuchRewritten: { steps: number };
  endlessLoop: { steps: number };
  returnsNowhere: { line: number; address: string };
  misusedAt: { line: number; why: Message };
  enteredTwice: Nothing;
  exitedWithoutEntry: Nothing;
}

// No Readonly<…> around it: it would look into messages inside of messages before their own type is known.
export type Message = { [K in keyof Messages]: { readonly key: K } & Messages[K] }[keyof Messages];

/** A fault of what a person wrote, before it is put into words. */
export interface ModelFault extends Omit<Fault, 'message'> {
  message: Message;
}

/** What a text says, or all of its faults, before they are put into words. */
export type ReadInModel<T extends object> = ({ ok: true } & T) | { ok: false; faults: ModelFault[] };

/** A message without words, for an error of the product's own: `noLabel (label: loop)`. */
export function inBrief({ key, ...values }: Message): string {
  const shown = Object.entries(values).map(([name, value]: [string, unknown]) => `${name}: ${briefly(value)}`);
  return shown.length === 0 ? key : `${key} (${shown.join(', ')})`;
}

function briefly(value: unknown): string {
  if (Array.isArray(value)) return value.map(briefly).join(' ');
  return typeof value === 'object' ? inBrief(value as Message) : String(value);
}
