/** Goes through the steps of a run and tells of which of them an expression is true. Pure. */
import type { Change, GId, GRow, Json, State, Step } from '../../model/state';
import { QueueVersion } from '../../model/trace/queue-versions';
import { copyState, type Place, placeOf, writeAt } from '../../model/trace/replay';
import type { Comparison, Expression, Operand, StepWord } from './expression';

type Value = unknown;
type PlaceOperand = Operand & { kind: 'place' };

/** What is read of a step: a run that is kept packed shows its steps so without making an object of each. */
export interface StepView extends Readonly<Pick<Step, Exclude<StepWord, 'ev' | 'note'>>> {
  readonly ev?: string | undefined;
  readonly note?: string | undefined;
  readonly changeCount: number;
  placeAt(i: number): Place;
  nowAt(i: number): Json;
}

/** What writing to a place may change: nothing that the expression reads, a value of it, or who has a name. */
type Concern = 'nothing' | 'value' | 'name';

/**
 * Whether a step and the state after it are as an expression says. Of the state only what the expression reads is followed, and only a step
 * that writes there, or an expression that asks for the step itself, is looked at closely: a search costs about as much as a replay.
 */
export class Matcher {
  private readonly state: State;
  private readonly idOf = new Map<string, GId>();
  /** Places of the expression that have not been there so far. */
  private readonly missing: Map<string, PlaceOperand>;
  private readonly places: readonly PlaceOperand[];
  private readonly isTrue: (step: StepView) => boolean;
  private readonly concerns = new Map<Place, Concern>();
  private readonly made = new MadeStep();
  /** Raised whenever something that the expression reads may be another. */
  private version = 0;
  private readonly isOfStateAlone: boolean;
  private last: { version: number; isTrue: boolean } | null = null;

  constructor(first: State, expression: Expression) {
    this.state = copyState(first);
    for (const [g, { name }] of Object.entries(first.G) as [GId, GRow][]) this.idOf.set(name, g);
    this.places = placesOf(expression);
    this.missing = new Map(this.places.map((place) => [place.text, place]));
    this.isOfStateAlone = !asksTheStep(expression);
    this.isTrue = this.compiled(expression);
  }

  /** The next step of the run: they come in order, none left out. */
  add(step: Step): boolean {
    this.made.step = step;
    return this.look(this.made);
  }

  /** The same for a step that is shown and not made. */
  look(step: StepView): boolean {
    for (let i = 0; i < step.changeCount; i++) {
      const place = step.placeAt(i);
      let concern = this.concerns.get(place);
      if (concern === undefined) this.concerns.set(place, (concern = this.concernOf(place)));
      if (concern === 'nothing') continue;
      const now = step.nowAt(i);
      if (concern === 'name') this.learnName(place, now);
      this.write(place, now);
      this.version++;
    }
    if (!this.isOfStateAlone) return this.isTrue(step);
    if (this.last?.version !== this.version) this.last = { version: this.version, isTrue: this.isTrue(step) };
    return this.last.isTrue;
  }

  private concernOf({ way, last }: Place): Concern {
    const keys = [...way, last];
    if (keys[0] === 'G' && (keys.length === 2 || (keys.length === 3 && last === 'name'))) return 'name';
    const touches = (wanted: readonly string[]): boolean => wanted.every((key, i) => i >= keys.length || key === keys[i]);
    const isRead = this.places.some(({ owner, rest }) =>
      this.isName(owner) ? keys[0] === 'G' && touches(['G', keys[1] ?? '', ...rest]) : touches(this.keysOf(owner, rest)),
    );
    return isRead ? 'value' : 'nothing';
  }

  private learnName({ way, last }: Place, now: Json): void {
    if (way.length === 2) {
      if (typeof now === 'string') this.idOf.set(now, way[1] as GId);
    } else if (now !== null) this.idOf.set((now as unknown as GRow).name, last as GId);
  }

  /** A version of a queue stays one until somebody reads it: of a thousand of them few are asked for. */
  private write(place: Place, now: Json): void {
    const version = now instanceof QueueVersion ? now : null;
    writeAt(this.state, place, version ? null : now);
    if (!version) return;
    let at: unknown = this.state;
    for (const key of place.way) at = (at as Record<string, unknown>)[key];
    (at as Record<string, unknown>)[place.last] = version;
  }

  /** Places that no step so far had: most likely misspelt. */
  get neverThere(): PlaceOperand[] {
    return [...this.missing.values()];
  }

  /** Fields that the owner of a place has instead. */
  fieldsBeside({ owner, rest }: PlaceOperand): string[] {
    const [top = '', ...more] = this.keysOf(owner, rest);
    const row =
      more.length > 1
        ? (this.state as unknown as Record<string, Record<string, object> | undefined>)[top]?.[more[0] ?? '']
        : (this.state as unknown as Record<string, object | undefined>)[top];
    return row === undefined ? this.owners : Object.keys(row);
  }

  /** What a place may begin with, besides ids. */
  get owners(): string[] {
    return [...Object.keys(this.state), ...this.idOf.keys()];
  }

  /** Whether a word is a part of the state, somebody's id, or a goroutine's name. */
  knows(word: string): boolean {
    return (
      this.idOf.has(word) || ['G', 'M', 'P'].some((table) => Object.hasOwn(this.rowsOf(table), word)) || Object.hasOwn(this.state, word)
    );
  }

  private rowsOf(table: string): object {
    return (this.state as unknown as Record<string, object | undefined>)[table] ?? {};
  }

  private isName(owner: string): boolean {
    return !Object.hasOwn(this.state, owner) && !/^[GMP]\d+$/.test(owner);
  }

  private keysOf(owner: string, rest: readonly string[]): string[] {
    if (Object.hasOwn(this.state, owner))
      return owner === 'kernel' && rest[0] === 'files' ? [owner, 'files', rest.slice(1).join('.')] : [owner, ...rest];
    if (/^[GMP]\d+$/.test(owner)) return [owner[0] ?? '', owner, ...rest];
    return ['G', this.idOf.get(owner) ?? '', ...rest];
  }

  private compiled(expression: Expression): (step: StepView) => boolean {
    switch (expression.kind) {
      case 'and': {
        const [left, right] = [this.compiled(expression.left), this.compiled(expression.right)];
        return (step) => left(step) && right(step);
      }
      case 'or': {
        const [left, right] = [this.compiled(expression.left), this.compiled(expression.right)];
        return (step) => left(step) || right(step);
      }
      case 'not': {
        const of = this.compiled(expression.of);
        return (step) => !of(step);
      }
      case 'is': {
        const of = this.read(expression.of);
        return (step) => {
          const value = of(step);
          return (
            value !== undefined &&
            value !== null &&
            value !== false &&
            value !== 0 &&
            value !== '' &&
            !(Array.isArray(value) && value.length === 0) &&
            !(value instanceof QueueVersion && value.from === value.to)
          );
        };
      }
      case 'changed': {
        const { owner, rest, text } = expression.place;
        return (step) => {
          if (this.missing.has(text)) this.valueAt(owner, rest, text);
          for (let i = 0; i < step.changeCount; i++) {
            const place = step.placeAt(i);
            // Most steps write elsewhere.
            if (this.concerns.get(place) === 'nothing') continue;
            const wanted = this.keysOf(owner, rest).join('.');
            if (place.path === wanted || place.path.startsWith(`${wanted}.`)) return true;
          }
          return false;
        };
      }
      case 'has': {
        const [left, right] = [this.read(expression.left), this.read(expression.right)];
        return (step) => {
          const [all, one] = [left(step), right(step)];
          if (all instanceof QueueVersion) return this.holds(all, one);
          if (typeof all === 'string') return all.split(/[\s,]+/).includes(String(one));
          return Array.isArray(all) && (all as Value[]).some((each) => this.equal(each, one));
        };
      }
      case 'compare': {
        const [left, right, { how }] = [this.read(expression.left), this.read(expression.right), expression];
        return (step) => {
          const [a, b] = [left(step), right(step)];
          // Of what is not there nothing is said.
          return a !== undefined && b !== undefined && this.compares(a, how, b);
        };
      }
    }
  }

  private holds({ log, from, to }: QueueVersion, one: Value): boolean {
    for (let i = from; i < to; i++) if (this.equal(log[i], one)) return true;
    return false;
  }

  private compares(a: Value, how: Comparison, b: Value): boolean {
    if (how === '==') return this.equal(a, b);
    if (how === '!=') return !this.equal(a, b);
    const [x, y] = [wholeOf(a), wholeOf(b)];
    if (x === null || y === null) return false;
    return how === '<' ? x < y : how === '<=' ? x <= y : how === '>' ? x > y : x >= y;
  }

  private equal(a: Value, b: Value): boolean {
    if (a instanceof Word) return this.equal(b, a.word) || (this.idOf.has(a.word) && b === this.idOf.get(a.word));
    if (b instanceof Word) return this.equal(b, a);
    if (a === b) return true;
    if (a === null || b === null || typeof a === typeof b) return typeof a === 'string' && typeof b === 'string' ? sameWord(a, b) : false;
    const [x, y] = [wholeOf(a), wholeOf(b)];
    return x !== null && y !== null && x <= y && x >= y;
  }

  private read(operand: Operand): (step: StepView) => Value {
    switch (operand.kind) {
      case 'step': {
        const { word } = operand;
        return (step) => step[word] ?? null;
      }
      case 'value': {
        const { value } = operand;
        return () => value;
      }
      case 'word': {
        const word = new Word(operand.word);
        return () => word;
      }
      case 'place': {
        const { owner, rest, text } = operand;
        let known = -1;
        let value: Value;
        return () => {
          if (known === this.version) return value;
          known = this.version;
          return (value = this.valueAt(owner, rest, text));
        };
      }
    }
  }

  private valueAt(owner: string, rest: readonly string[], text: string): Value {
    let at: Value = this.state;
    for (const key of this.keysOf(owner, rest)) {
      if (at instanceof QueueVersion) at = at.toJSON();
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
      at = (at as Record<string, Json>)[key];
    }
    if (this.missing.size > 0) this.missing.delete(text);
    return at;
  }
}

/** A step that is an object, looked at as if it were packed. */
class MadeStep implements StepView {
  step: Step = { n: 0, t: 0, d: 0, fn: '', at: '', m: 'M0', p: null, g: null, set: [] };
  private readonly places = new Map<string, Place>();

  get n(): number {
    return this.step.n;
  }
  get t(): number {
    return this.step.t;
  }
  get d(): number {
    return this.step.d;
  }
  get fn(): string {
    return this.step.fn;
  }
  get at(): string {
    return this.step.at;
  }
  get m(): Step['m'] {
    return this.step.m;
  }
  get p(): Step['p'] {
    return this.step.p;
  }
  get g(): Step['g'] {
    return this.step.g;
  }
  get ev(): Step['ev'] {
    return this.step.ev;
  }
  get note(): Step['note'] {
    return this.step.note;
  }
  get changeCount(): number {
    return this.step.set.length;
  }

  placeAt(i: number): Place {
    const [path] = this.step.set[i] as Change;
    let place = this.places.get(path);
    if (place === undefined) this.places.set(path, (place = placeOf(path)));
    return place;
  }

  nowAt(i: number): Json {
    return (this.step.set[i] as Change)[2];
  }
}

class Word {
  constructor(readonly word: string) {}
}

/** Registers and addresses are kept as hexadecimal words. */
const HEX = /^0x[0-9a-f]+$/i;

function wholeOf(value: Value): number | bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'string' && HEX.test(value) ? BigInt(value) : null;
}

const sameWord = (a: string, b: string): boolean => a.startsWith('0') && HEX.test(a) && HEX.test(b) && BigInt(a) === BigInt(b);

function placesOf(expression: Expression): PlaceOperand[] {
  const places = (...operands: readonly Operand[]): PlaceOperand[] => operands.filter((each) => each.kind === 'place');
  switch (expression.kind) {
    case 'and':
    case 'or':
      return [...placesOf(expression.left), ...placesOf(expression.right)];
    case 'not':
      return placesOf(expression.of);
    case 'is':
      return places(expression.of);
    case 'changed':
      return [expression.place];
    case 'has':
    case 'compare':
      return places(expression.left, expression.right);
  }
}

/** Whether it can be another at the next step although nothing of the state is. */
function asksTheStep(expression: Expression): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return asksTheStep(expression.left) || asksTheStep(expression.right);
    case 'not':
      return asksTheStep(expression.of);
    case 'is':
      return expression.of.kind === 'step';
    case 'changed':
      return true;
    case 'has':
    case 'compare':
      return expression.left.kind === 'step' || expression.right.kind === 'step';
  }
}
