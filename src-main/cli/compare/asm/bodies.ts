/** Bodies of routines for both assemblers: every instruction with operands of its own kinds at their edges, and with wrong ones; jumps. */
import { type Arch, ARCHS } from '../../../model/asm/arch/index';
import { instructionNamed, mnemonicsOf } from '../../../model/asm/instructions';
import { Draw } from '../kernel/draw';

/** Where one bit decides: the ends of what instructions hold. */
const EDGES: readonly bigint[] = [
  0n, 1n, 2n, 3n, 4n, 5n, 7n, 8n, 15n, 16n, 31n, 32n, 33n, 63n, 64n, 127n, 128n, 129n, 200n, 255n, 256n, 300n, 504n, 511n, 512n, 1008n, 4094n,
  4095n, 4096n, 4097n, 0x1010n, 0x7fffn, 0x8000n, 0xfff0n, 0xffffn, 0x10000n, 0x10001n, 0x12345n, 0x120000n, 0xff000n, 0xfff000n, 0xfff001n,
  0xffffffn, 0x1000000n, 0x1000001n, 0x12345678n, 0x7fffffffn, 0x80000000n, 0x80000001n, 0xffff0000n, 0xfffffffen, 0xffffffffn, 0x100000000n,
  0x123456789n, 0x1234000000000n, 0x5555555555555555n, 0x3333333333333333n, 0x0f0f0f0f0f0f0f0fn, 0x00ff00ff00ff00ffn, 0x8000000000000000n,
  0x123456789abcdef0n, 0x1234ffff5678ffffn, 0x1234ffffffff5678n, 0x7ffffffffffffffen, 0xff00n, 0x1ffen, 0xf000000000000001n,
]; // prettier-ignore

const OFFSETS: readonly number[] = [
  0, 0, 0, 1, 2, 3, 4, 8, 12, 16, 24, 127, 128, 129, 248, 252, 255, 256, 257, 260, 264, 504, 508, 512, 520, 1008, 2048, 4092, 4095, 4096, 4097, 8190,
  8191, 8192, 16380, 16384, 32760, 32768, 65528, 0x10000, 0xfff000, 0xfff008, 0x1000000, 0x1000ff8, 0x12345678, 0x7ffffff8, -1, -3, -4, -8, -16, -128,
  -129, -255, -256, -257, -260, -264, -504, -512, -513, -520, -1024, -4095, -4096, -4097, -65536, -0x1000000, -0x7ffffff8,
]; // prettier-ignore

export class Bodies {
  private readonly draw: Draw;
  private readonly names: readonly string[];
  private next = 0;
  /** Most numbers of this instruction are counts of bits or flags. */
  private isOfBits = false;

  constructor(
    private readonly arch: Arch,
    seed: number,
  ) {
    this.draw = new Draw(seed);
    this.names = mnemonicsOf(arch);
  }

  /** The instructions in turn, so that each comes up as often as the others. */
  body(): string {
    const op = this.names[this.next++ % this.names.length] ?? '';
    return this.isJump(op) && !this.draw.oneIn(3) ? this.jump(op) : this.line(op);
  }

  private isJump(op: string): boolean {
    return instructionNamed(this.arch, op)?.forms.some((form) => /(^| )l( |$)/i.test(form)) ?? false;
  }

  /** Over so many instructions forwards or back, near the edges of what a short form reaches. */
  private jump(op: string): string {
    const { draw } = this;
    const form = draw.pick((instructionNamed(this.arch, op)?.forms ?? []).filter((each) => /(^| )l( |$)/i.test(each)));
    const operands = form.split(' ').map((letters) => (letters.toLowerCase() === 'l' ? 'to' : this.operand(letters)));
    const line = `${op} ${operands.join(', ')}`;
    const isFar = this.arch === 'arm64' && /^TB/.test(op) && draw.oneIn(40);
    const count = isFar ? draw.pick([1638, 1639, 1640]) : draw.pick([0, 1, 2, 11, 12, 13, 24, 25, 26, 30, 60]);
    const filler =
      this.arch === 'amd64'
        ? draw.pick(['MOVQ $1, AX', 'MOVQ $0x123456789, BX', 'ADDQ AX, BX'])
        : isFar
          ? 'ADD $0x123456789abcdef, R1'
          : 'ADD R1, R2';
    const fillers = Array<string>(count).fill(filler).join('\n');
    return draw.oneIn(2) ? `${line}\n${fillers}\nto: NOP\n${filler}` : `to: ${filler}\n${fillers}\n${line}`;
  }

  private line(op: string): string {
    const { draw } = this;
    this.isOfBits = /BF|EXTR|CCM|^[LAR][SO][LR]|^BT/.test(op);
    const spec = instructionNamed(this.arch, op);
    if (!spec) throw new Error(`no ${op}`);
    const form = draw.pick(spec.forms);
    const letters = form === '' ? [] : form.split(' ');
    const wild = draw.oneIn(4) ? draw.below(Math.max(1, letters.length)) : -1;
    const operands = letters.map((each, i) => this.operand(i === wild ? (this.arch === 'amd64' ? 'rximab' : 'rximae') : each));
    if (draw.oneIn(30)) operands.pop();
    const suffix = spec.mayChangeBase && draw.oneIn(3) ? draw.pick(['.P', '.W']) : '';
    const line = `${op}${suffix} ${operands.join(', ')}`;
    if (op === 'PUSHQ' || op === 'PUSHFQ') return `${line}\nPOPQ AX`;
    return op === 'POPQ' || op === 'POPFQ' ? `PUSHQ AX\n${line}` : line;
  }

  private number(): bigint {
    const { draw } = this;
    if (this.isOfBits && !draw.oneIn(4)) return BigInt(draw.below(draw.pick([16, 16, 32, 34, 66])));
    const edge = draw.oneIn(3) ? BigInt(draw.below(70)) : draw.pick(EDGES);
    const value = draw.oneIn(5) ? edge << BigInt(draw.below(60)) : edge;
    return BigInt.asIntN(64, draw.oneIn(4) ? -value : draw.oneIn(20) ? ~value : value);
  }

  private register(): string {
    const { draw, arch } = this;
    if (arch === 'amd64') return draw.pick(ARCHS.amd64.assembler.registers);
    return draw.pick(['R0', 'R1', 'R2', 'R3', 'R5', 'R10', 'R16', 'R25', 'R27', 'R29', 'R30', 'LR', 'g', 'R18_PLATFORM', 'ZR', 'RSP']);
  }

  private memory(): string {
    const { draw, arch } = this;
    const offset = draw.pick(OFFSETS);
    const shown = offset === 0 && draw.oneIn(2) ? '' : String(offset);
    const base = this.register();
    switch (draw.below(8)) {
      case 0:
        return `a+${Math.abs(draw.pick(OFFSETS)) & 0xffff}(FP)`;
      case 1:
        return `x-${Math.abs(draw.pick(OFFSETS)) & 0xffff}(SP)`;
      case 2:
        return draw.oneIn(2) ? '·v(SB)' : '·v+8(SB)';
      case 3:
      case 4:
        if (arch === 'amd64') return `${draw.oneIn(2) ? shown : ''}(${base})(${this.register()}*${draw.pick([1, 2, 4, 8])})`;
        return `${draw.oneIn(30) ? shown : ''}(${base})(${this.register()}${draw.pick(['', '', '*1', `<<${draw.below(5)}`, '.UXTW', `.SXTW<<${draw.below(5)}`, `.UXTW<<${draw.below(4)}`, '.SXTX', '.SXTX<<3', '.UXTX', '.UXTB'])})`;
      case 5:
        if (arch === 'amd64') return draw.oneIn(3) ? `${shown}(${base}*${draw.pick([2, 4, 8])})` : `${shown}(${base})`;
        return `(${base})`;
      default:
        return `${shown}(${base})`;
    }
  }

  /** One of the kinds that the letters name. */
  private operand(letters: string): string {
    const { draw, arch } = this;
    switch (draw.pick([...letters])) {
      case 'b':
        return draw.pick(['AL', 'AH', 'BL', 'BH', 'CL', 'DH', 'SIB', 'DIB', 'BPB', 'R8B', 'R15B', this.register()]);
      case 'C':
        return draw.pick(['CX', 'CL', 'CX']);
      case 'm':
      case 'n':
        return this.memory();
      case 'i':
        return `$${this.number()}`;
      case 'z':
        return '$0';
      case 'a':
        return `$${this.memory()}`;
      case 's':
        return draw.pick(['·f(SB)', '·g(SB)', 'runtime·entersyscall(SB)']);
      case 'l':
      case 'L':
        return draw.pick(['1(PC)', '2(PC)', '0(PC)']);
      case 'q':
        return draw.oneIn(6) ? this.memory() : `(${this.register()})`;
      case 'x':
      case 'y':
        return arch === 'amd64'
          ? this.register()
          : `${this.register()}${draw.pick(['<<', '>>', '->', '@>'])}${draw.pick([0, 1, 3, 7, 31, 32, 63, 64])}`;
      case 'e':
        return `${this.register()}.${draw.pick(['UXTB', 'UXTH', 'UXTW', 'UXTX', 'SXTB', 'SXTH', 'SXTW', 'SXTX'])}${draw.pick(['', '<<1', '<<2', '<<4', '<<5'])}`;
      case 'p': {
        const even = draw.pick([0, 2, 4, 10, 26]);
        return draw.oneIn(2) ? `(R${even}, R${even + 1})` : `(${this.register()}, ${this.register()})`;
      }
      case 'c':
        return draw.pick(['EQ', 'NE', 'CS', 'HS', 'CC', 'LO', 'MI', 'PL', 'VS', 'VC', 'HI', 'LS', 'GE', 'LT', 'GT', 'LE', 'AL', 'NV']);
      case 'v':
        return 'NZCV';
      default:
        return this.register();
    }
  }
}
