/** The variables of a listing: DATA and GLOBL. */
import type { DataSymbol, FaultList } from './listing';
import type { OperandContext } from './expressions';
import { isConstantStart, readConstant, readOperand } from './operands';
import { splitAtCommas } from './pieces';
import { readFlags } from './text-flags';
import { characters, type Token } from './tokens';

const DATA_BASE = 0x520000;
const MAX_DATA_BYTES = 0x10000;

interface Variable {
  bytes: Map<number, number>;
  size: number | null;
  readOnly: boolean;
  at: Token;
}

export class Variables {
  private readonly data = new Map<string, Variable>();

  constructor(
    private readonly faults: FaultList,
    private readonly context: (end: Token) => OperandContext,
  ) {}

  private variable(name: string, at: Token): Variable {
    const known = this.data.get(name);
    if (known) return known;
    const made = { bytes: new Map<number, number>(), size: null, readOnly: false, at };
    this.data.set(name, made);
    return made;
  }

  /** `GLOBL name<>(SB), RODATA, $size`. */
  globl(op: Token, tokens: readonly Token[], end: Token): void {
    const parts = splitAtCommas(tokens, end).map((piece) => piece.tokens);
    const symbol = parts.length === 2 || parts.length === 3 ? readOperand(parts[0] ?? [], this.context(end)) : null;
    const size = parts.at(-1) ?? [];
    const bytes = size[0]?.text === '$' && parts.length > 1 ? readConstant(size.slice(1), this.context(end)) : null;
    if (symbol?.kind !== 'symbol' || bytes?.rest !== 0) {
      this.faults.add(op, { key: 'globlShape' }, 'GLOBL name<>(SB), RODATA, $8');
      return;
    }
    const variable = this.variable(symbol.name, op);
    if (bytes.value > BigInt(MAX_DATA_BYTES)) this.faults.add(size[0] ?? op, { key: 'variableTooLarge', most: MAX_DATA_BYTES });
    else variable.size = Number(bytes.value);
    variable.readOnly = parts.length === 3 && readFlags(parts[1] ?? [], end, this.faults).includes('RODATA');
  }

  /** `DATA name<>+8(SB)/8, $value` or `$"text"`. */
  dataLine(op: Token, tokens: readonly Token[], end: Token): void {
    const [place = [], value = [], ...more] = splitAtCommas(tokens, end).map((piece) => piece.tokens);
    const slash = place.findLastIndex((token) => token.text === '/');
    const symbol = slash > 0 ? readOperand(place.slice(0, slash), this.context(end)) : null;
    const width = Number(place[slash + 1]?.text);
    const isShaped =
      symbol?.kind === 'symbol' && place.length === slash + 2 && Number.isInteger(width) && value[0]?.text === '$' && more.length === 0;
    if (!isShaped) {
      this.faults.add(op, { key: 'dataShape' }, 'DATA name<>+0(SB)/8, $0');
      return;
    }
    const bytes = this.dataBytes(value.slice(1), width, end);
    if (!bytes) return;
    if (symbol.offset < 0 || symbol.offset + width > MAX_DATA_BYTES) {
      this.faults.add(place[0] ?? op, { key: 'dataOffset', most: MAX_DATA_BYTES });
      return;
    }
    const variable = this.variable(symbol.name, op);
    for (const [i, byte] of bytes.entries()) variable.bytes.set(symbol.offset + i, byte);
  }

  private dataBytes(tokens: readonly Token[], width: number, end: Token): number[] | null {
    const [first] = tokens;
    if (first?.kind === 'string' && tokens.length === 1) {
      const bytes = utf8(characters(first.text) ?? []);
      if (width < 1 || width > 64 || bytes.length > width) {
        this.faults.add(first, { key: 'stringWidth', n: bytes.length, width }, `/${Math.min(64, bytes.length)}`);
        return null;
      }
      return Array.from({ length: width }, (_, i) => bytes[i] ?? 0);
    }
    if (![1, 2, 4, 8].includes(width)) {
      this.faults.add(first ?? end, { key: 'dataWidth', width }, '8');
      return null;
    }
    if (!isConstantStart(first)) {
      // Simplified: no addresses in variables.
      this.faults.add(first ?? end, { key: 'wantsNumberOrString' });
      return null;
    }
    const constant = readConstant(tokens, this.context(end));
    if (!constant) return null;
    if (constant.rest > 0) this.faults.add(tokens[tokens.length - constant.rest] ?? end, { key: 'wantsEndOfNumber' });
    return Array.from({ length: width }, (_, i) => Number((constant.value >> BigInt(8 * i)) & 0xffn));
  }

  placed(): Record<string, DataSymbol> {
    const placed: [string, DataSymbol][] = [];
    let next = DATA_BASE;
    let total = 0;
    for (const [name, { bytes, size, readOnly, at }] of this.data) {
      if (size === null) {
        this.faults.add(at, { key: 'dataWithoutGlobl', name }, `GLOBL ${name}(SB), RODATA, $${Math.max(0, ...bytes.keys()) + 1}`);
        continue;
      }
      total += size;
      if (total > MAX_DATA_BYTES) {
        this.faults.add(at, { key: 'variablesTooLarge', most: MAX_DATA_BYTES });
        break;
      }
      let digits = '';
      for (let i = 0; i < size; i++) digits += (bytes.get(i) ?? 0).toString(16).padStart(2, '0');
      placed.push([name, { address: `0x${next.toString(16)}`, bytes: digits, readOnly }]);
      next += Math.ceil(Math.max(1, size) / 16) * 16;
    }
    return Object.fromEntries(placed);
  }
}

function utf8(found: readonly { value: number; isByte: boolean }[]): number[] {
  return found.flatMap(({ value, isByte }) => {
    if (isByte || value < 0x80) return [value & 0xff];
    if (value < 0x800) return [0xc0 | (value >> 6), 0x80 | (value & 63)];
    if (value < 0x10000) return [0xe0 | (value >> 12), 0x80 | ((value >> 6) & 63), 0x80 | (value & 63)];
    return [0xf0 | (value >> 18), 0x80 | ((value >> 12) & 63), 0x80 | ((value >> 6) & 63), 0x80 | (value & 63)];
  });
}
