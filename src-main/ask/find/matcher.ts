/** Goes through the steps of a run and tells of which of them an expression is true. Pure. */
import type { GId, GRow, Json, State, Step } from '../../model/state';
import { applyStep, copyState } from '../../model/trace/replay';
import type { Comparison, Expression, Operand } from './expression';

type Value = unknown;

/** Whether a step and the state after it are as an expression says. */
export class Matcher {
  private readonly state: State;
  private readonly idOf = new Map<string, GId>();
  /** Places of the expression that have not been there so far. */
  private readonly missing: Map<string, Operand & { kind: 'place' }>;
  private readonly isTrue: (step: Step) => boolean;

  constructor(first: State, expression: Expression) {
    this.state = copyState(first);
    for (const [g, { name }] of Object.entries(first.G) as [GId, GRow][]) this.idOf.set(name, g);
    this.missing = new Map(placesOf(expression).map((place) => [place.text, place]));
    this.isTrue = this.compiled(expression);
  }

  /** The next step of the run: they come in order, none left out. */
  add(step: Step): boolean {
    applyStep(this.state, step);
    for (const [path, , now] of step.set) {
      if (!path.startsWith('G.')) continue;
      const dot = path.indexOf('.', 2);
      if (dot < 0 && now !== null) this.idOf.set((now as unknown as GRow).name, path.slice(2) as GId);
      else if (path.endsWith('.name') && typeof now === 'string') this.idOf.set(now, path.slice(2, dot) as GId);
    }
    return this.isTrue(step);
  }

  /** Places that no step so far had: most likely misspelt. */
  get neverThere(): (Operand & { kind: 'place' })[] {
    return [...this.missing.values()];
  }

  /** Fields that the owner of a place has instead. */
  fieldsBeside({ owner, rest }: Operand & { kind: 'place' }): string[] {
    const [top = '', ...more] = this.keysOf(owner, rest);
    const row =
      more.length > 1
        ? (this.state as unknown as Record<string, Record<string, object> | undefined>)[top]?.[more[0] ?? '']
        : (this.state as unknown as Record<string, object | undefined>)[top];
    return row === undefined ? [...Object.keys(this.state), ...this.idOf.keys()] : Object.keys(row);
  }

  private keysOf(owner: string, rest: readonly string[]): string[] {
    if (Object.hasOwn(this.state, owner))
      return owner === 'kernel' && rest[0] === 'files' ? [owner, 'files', rest.slice(1).join('.')] : [owner, ...rest];
    if (/^[GMP]\d+$/.test(owner)) return [owner[0] ?? '', owner, ...rest];
    return ['G', this.idOf.get(owner) ?? '', ...rest];
  }

  private compiled(expression: Expression): (step: Step) => boolean {
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
            !(Array.isArray(value) && value.length === 0)
          );
        };
      }
      case 'changed': {
        const { owner, rest, text } = expression.place;
        return (step) => {
          const place = this.keysOf(owner, rest).join('.');
          if (this.missing.has(text)) this.valueAt(owner, rest, text);
          return step.set.some(([path]) => path === place || path.startsWith(`${place}.`));
        };
      }
      case 'has': {
        const [left, right] = [this.read(expression.left), this.read(expression.right)];
        return (step) => {
          const [all, one] = [left(step), right(step)];
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

  private read(operand: Operand): (step: Step) => Value {
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
        return () => this.valueAt(owner, rest, text);
      }
    }
  }

  private valueAt(owner: string, rest: readonly string[], text: string): Value {
    let at: Value = this.state;
    for (const key of this.keysOf(owner, rest)) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
      at = (at as Record<string, Json>)[key];
    }
    if (this.missing.size > 0) this.missing.delete(text);
    return at;
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

const sameWord = (a: string, b: string): boolean => HEX.test(a) && HEX.test(b) && BigInt(a) === BigInt(b);

function placesOf(expression: Expression): (Operand & { kind: 'place' })[] {
  const places = (...operands: readonly Operand[]): (Operand & { kind: 'place' })[] => operands.filter((each) => each.kind === 'place');
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
