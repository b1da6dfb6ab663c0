/** The model's assembler held against Go's: which lines it takes, and their bytes, for both architectures. */
import { textOfMessage } from '../../../formats/messages';
import { type Arch, ARCH_NAMES } from '../../../model/asm/arch/index';
import { parseListing } from '../../../model/asm/parse-listing';
import { type Agreement, Differences, type Judge } from '../judge';
import { Bodies } from './bodies';
import { GoAssembler, goProgram, goVersion, TEXT_FLAGS, type Verdict } from './go-assembler';
import { namedDifference } from './named';
import { Sample } from './sample';

/** Of each architecture. */
const ENOUGH = 12_000;
const BATCH = 400;

/** What the model's assembler makes of a body, as hex: the routine's code and the constants behind it. */
export function ownVerdict(body: string, arch: Arch): Verdict {
  const text = `GLOBL ·v(SB), 16, $64\nTEXT ·f(SB),${TEXT_FLAGS},$0-64\n${body}\nRET\n`;
  const parsed = parseListing(text, 'x.s', arch, 'x');
  if (!parsed.ok) return { refusal: parsed.faults.map(({ message }) => textOfMessage(message).en).join('; ') };
  const routine = parsed.program.routines['x.f'];
  return { bytes: `${routine?.instructions.map(({ code }) => code).join('') ?? ''}${routine?.constants ?? ''}` };
}

/** Go's assembler fills arm64's routines up to 16 bytes. */
const withoutFiller = (bytes: string, own: string): string => (bytes.startsWith(own) && /^0*$/.test(bytes.slice(own.length)) ? own : bytes);

/** The instruction and the kinds of its operands: what differs alike has the same. */
function kindOf(body: string): string {
  const line = body.split('\n').find((each) => !each.includes('NOP')) ?? body;
  const [op = '', ...rest] = line.replace(/^to: /, '').split(' ');
  const kinds = rest
    .join(' ')
    .replace(/\$-?\d+/g, '$n')
    .replace(/-?\b\d+\(/g, 'n(')
    .replace(/\bR\d+\b|\bLR\b|\bg\b|R18_PLATFORM/g, 'R')
    .replace(/\b([ABCD]X|[SD]I|BP)\b/g, 'R');
  return `${op} ${kinds}`.trim();
}

export function compareBodies(arch: Arch, bodies: readonly string[], verdicts: readonly Verdict[], differences: Differences): number {
  let equal = 0;
  for (const [i, body] of bodies.entries()) {
    const [real, own] = [verdicts[i], ownVerdict(body, arch)];
    if (!real) continue;
    const shown = (verdict: Verdict): string => ('bytes' in verdict ? verdict.bytes : verdict.refusal);
    const example = (): string => `${body.split('\n').slice(0, 3).join('; ')}\nGo: ${shown(real)}\nmodel: ${shown(own)}`;
    if ('bytes' in real && 'bytes' in own) {
      if (withoutFiller(real.bytes, own.bytes) === own.bytes) equal++;
      else differences.add(`${arch}: other bytes: ${kindOf(body)}`, example);
    } else if ('bytes' in real) differences.add(`${arch}: refused, taken by Go: ${namedDifference(arch, body) ?? kindOf(body)}`, example);
    else if ('bytes' in own) differences.add(`${arch}: taken, refused by Go: ${kindOf(body)}`, example);
    else equal++;
  }
  return equal;
}

export const ASM_JUDGE: Judge = {
  about: 'the model’s assembler against Go’s: acceptance and bytes, amd64 and arm64',
  needs: [{ program: goProgram(), probe: ['version'] }],
  // What is named (named.ts) counts as a difference, too.
  atLeast: 0.97,
  compare: (options) => {
    const program = goProgram();
    options.say(`judge: ${goVersion(program)}`);
    const differences = new Differences();
    const agreement = { unit: 'routines', total: 0, equal: 0 };
    for (const arch of ARCH_NAMES) {
      const bodies = new Bodies(arch, options.seed);
      const assembler = new GoAssembler(program, arch);
      const sample = new Sample(arch);
      const sum = { total: 0, equal: 0, taken: 0 };
      try {
        const count = options.count ?? ENOUGH;
        while (sum.total < count) {
          const batch = Array.from({ length: Math.min(BATCH, count - sum.total) }, () => bodies.body());
          const verdicts = assembler.judge(batch);
          sum.total += batch.length;
          sum.taken += verdicts.filter((verdict) => 'bytes' in verdict).length;
          sum.equal += compareBodies(arch, batch, verdicts, differences);
          if (options.keep) sample.add(batch, verdicts);
        }
        if (options.keep) options.say(sample.write());
      } finally {
        assembler.close();
      }
      options.say(`${arch}: ${sum.equal} of ${sum.total} equal, ${sum.taken} of them taken by Go`);
      agreement.total += sum.total;
      agreement.equal += sum.equal;
    }
    const result: Agreement = { ...agreement, differences: differences.list };
    return Promise.resolve(result);
  },
};
