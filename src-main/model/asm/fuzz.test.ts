/**
 * No text makes the assembler throw, hang or take more memory than its limits allow; what it accepts, the CPU carries out without an error
 * of ours. A new seed each time; FUZZ_SEED repeats one, FUZZ_RUNS says how many texts.
 */
import { textOfMessage } from '../../formats/messages';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type * as NearestWord from '../nearest-word';
import { assets } from '../testdata/run-scenario';
import { executeInstruction } from './cpu';
import { mnemonicsOf } from './instructions';
import type { Work } from './listing';
import { type ParsedListing, parseListing } from './parse-listing';
import { type Arch, ARCH_NAMES, ARCHS } from './arch/index';
import { TestCpu } from './testdata/run-code';

const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000);
const SEED = process.env.FUZZ_SEED === undefined ? Date.now() & 0x7fffffff : Number(process.env.FUZZ_SEED);
/** What reading one text may cost; the dearest ones below take a fifth of it. */
const MOST_WORK = 5_000_000;

const OPS = ARCH_NAMES.flatMap((arch) => mnemonicsOf(arch));
const REGISTERS = [
  'AX',
  'AL',
  'AH',
  'CX',
  'R8',
  'R15',
  'SP',
  'BP',
  'R0',
  'R1',
  'R30',
  'RSP',
  'ZR',
  'g',
  'LR',
  'RAX',
  '%rax',
  'FP',
  'SB',
  'PC',
];

const word = fc.constantFrom('TEXT', '·f(SB)', 'NOSPLIT', '$0-8', '$16', ',', '$', '0x', '(FP)', 'a+8(FP)', 'x-8(SP)', '\n', 'ok:', 'ok', 'JLS', ' ', '//', '/*', '*/', '\t', '-1', 'CALL', '(SB)', ';')
  .map((text) => text); // prettier-ignore
const number = fc.oneof(
  fc.bigInt({ min: -(1n << 65n), max: 1n << 65n }).map(String),
  fc.constantFrom('0', '1', '0x7fffffff', '0xfffffffffffff001', "'a'", '(8+4)*2', '1<<3', '-(1)', '~0', '1/0', '1.5'),
);
const register = fc.constantFrom(...REGISTERS);
const operand = fc.oneof(
  register,
  number.map((n) => `$${n}`),
  fc.tuple(number, register).map(([n, r]) => `${n}(${r})`),
  fc.tuple(register, register, fc.integer({ min: 0, max: 9 })).map(([a, b, n]) => `(${a})(${b}*${n})`),
  fc
    .tuple(fc.constantFrom('a', 'x', '·f', 'runtime·g<>'), fc.integer({ min: -40, max: 40 }), fc.constantFrom('FP', 'SP', 'SB'))
    .map(([s, n, b]) => `${s}${n < 0 ? '' : '+'}${n}(${b})`),
  fc.constantFrom('ok', '2(PC)', '-1(PC)', 'R1<<3', '(R1, R2)', 'EQ', '$a+0(FP)', '"text"', ''),
);
const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom(...OPS), fc.array(operand, { maxLength: 4 })).map(([op, list]) => `${op} ${list.join(', ')}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'ok:',
      'RET',
      'TEXT ·g(SB),NOSPLIT,$24-8',
      '#define X 5',
      '#ifdef X',
      '#endif',
      'GLOBL ·v(SB), RODATA, $16',
      'DATA ·v+0(SB)/8, $"hi"',
      '/*',
      '*/',
    ),
  },
);
const listing = fc.array(line, { maxLength: 30 }).map((lines) => ['TEXT ·f(SB),NOSPLIT,$8-16', ...lines, 'ok: RET'].join('\n'));

const texts = Object.values(assets.listings);
/** One of our own listings with a piece cut out, doubled, or replaced. */
const damaged = fc
  .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 40 }), fc.oneof(fc.string({ maxLength: 12 }), word, operand))
  .map(([text, at, length, put]) => {
    const from = at % text.length;
    return text.slice(0, from) + put + text.slice(from + length);
  });

/** Letters compared in search of likely words. */
const compared = vi.hoisted(() => ({ done: 0 }));
vi.mock('../nearest-word', async (original) => {
  const real = await original<typeof NearestWord>();
  const nearest: typeof real.nearest = (word, known, effort = real.fileEffort()) => {
    const before = effort.left;
    const found = real.nearest(word, known, effort);
    compared.done += before - effort.left;
    return found;
  };
  return { ...real, nearest };
});

function parsedWithinBounds(text: string, arch: Arch): ParsedListing {
  const work: Work = { done: 0 };
  compared.done = 0;
  const parsed = parseListing(text, 'fuzz.s', arch, 'syscall', work);
  if (parsed.ok) expect(work.done).toBeGreaterThan(0);
  expect(work.done + compared.done).toBeLessThan(MOST_WORK);
  return parsed;
}

function checkFaults(parsed: ParsedListing, text: string): void {
  if (parsed.ok) return;
  const lines = text.split('\n').length;
  expect(parsed.faults.length).toBeGreaterThan(0);
  expect(parsed.faults.length).toBeLessThanOrEqual(101);
  // Asked once for all of them: there are hundreds of thousands.
  const bad = parsed.faults.filter(({ line: at, column, message }) => {
    const said = textOfMessage(message);
    return at < 1 || at > lines || column < 1 || said.zh === '' || /undefined|NaN|\[object/.test(said.en);
  });
  expect(bad).toEqual([]);
}

/** Up to 200 steps of each routine from registers full of `fill`. */
function runAll(parsed: ParsedListing, arch: Arch, fill: bigint): void {
  if (!parsed.ok) return;
  for (const routine of Object.values(parsed.program.routines)) {
    const cpu = new TestCpu();
    for (const name of REGISTERS) cpu.setReg(name, fill);
    cpu.setReg(ARCHS[arch].stackPointer, 0x8000n);
    const code = parsed.program.codeOf(routine);
    let index = 0;
    for (let step = 0; step < 200; step++) {
      const effect = executeInstruction(code, index, cpu);
      if (effect.kind === 'fault' && /undefined|NaN/.test(textOfMessage(effect.reason).en)) expect.fail(textOfMessage(effect.reason).en);
      if (effect.kind === 'ret' || effect.kind === 'fault' || effect.kind === 'tail') break;
      index = effect.kind === 'jump' ? effect.index : effect.kind === 'call' ? effect.returnIndex : index + 1;
    }
  }
}

const fill = fc.oneof(fc.constantFrom(0n, 0x8000n, (1n << 64n) - 1n), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }));

test.each([
  ['any characters', fc.string({ maxLength: 400, unit: 'binary' })],
  ['words of the language in any order', fc.array(fc.oneof(word, operand), { maxLength: 80 }).map((words) => words.join(''))],
  ['lines that look right', listing],
  ['our own listings, damaged', damaged],
])(`%s (seed ${SEED})`, (what, texts) => {
  let accepted = 0;
  fc.assert(
    fc.property(texts, fc.constantFrom(...ARCH_NAMES), fill, (text, arch, value) => {
      const parsed = parsedWithinBounds(text, arch);
      checkFaults(parsed, text);
      runAll(parsed, arch, value);
      if (parsed.ok) accepted++;
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: false },
  );
  console.log(`assembler fuzz: ${what}: ${RUNS} texts, ${accepted} accepted, FUZZ_SEED=${SEED}`);
});

/** Single instructions: most of these are accepted, so the CPU sees every operand there is. */
test(`single instructions run (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...OPS),
      fc.array(operand, { maxLength: 3 }),
      fc.constantFrom(...ARCH_NAMES),
      fill,
      (op, operands, arch, value) => {
        const parsed = parsedWithinBounds(`TEXT ·f(SB),NOSPLIT,$0-16\n${op} ${operands.join(', ')}\nok: RET\n`, arch);
        runAll(parsed, arch, value);
      },
    ),
    { seed: SEED, numRuns: 5 * RUNS, endOnFailure: false },
  );
});

const chain = Array.from({ length: 60 }, (_, i) => `#define M${i} M${i + 1} M${i + 1}`).join('\n');

test.each([
  ['a macro that doubles sixty times', `${chain}\nTEXT ·f(SB),NOSPLIT,$0\nM0\nRET`],
  ['macros that name each other', '#define A B\n#define B A\nTEXT ·f(SB),NOSPLIT,$0\nA\nRET'],
  ['a long chain of macros', `${Array.from({ length: 9_000 }, (_, i) => `#define M${i} M${i + 1}`).join('\n')}\nM0`],
  ['200 000 parentheses', '('.repeat(199_000)],
  ['deep parentheses in an expression', `TEXT ·f(SB),NOSPLIT,$0\nMOVQ $${'('.repeat(90_000)}1${')'.repeat(90_000)}, AX\nRET`],
  ['200 000 signs', `TEXT ·f(SB),NOSPLIT,$0\nMOVQ $${'-'.repeat(190_000)}1, AX\nRET`],
  ['a number of 190 000 digits', `TEXT ·f(SB),NOSPLIT,$0\nMOVQ $${'9'.repeat(190_000)}, AX\nRET`],
  ['quotation marks that never close', `'${"\\'".repeat(99_000)}`],
  ['a comment that never closes', `/*${'*'.repeat(199_000)}`],
  ['thousands of labels', `TEXT ·f(SB),NOSPLIT,$0\n${Array.from({ length: 15_000 }, (_, i) => `L${i}:`).join('\n')}\nJMP nowhere\nRET`],
  ['thousands of wrong jumps', `TEXT ·f(SB),NOSPLIT,$0\n${Array.from({ length: 4_000 }, (_, i) => `a${i}:JMP b${i}`).join('\n')}`],
  [
    'thousands of jumps that lengthen each other',
    `TEXT ·f(SB),NOSPLIT,$0\n${Array.from({ length: 3_900 }, (_, i) => `L${i}:JMP L${(i + 62) % 3_900}`).join('\n')}`,
  ],
  ['thousands of routines', Array.from({ length: 6_000 }, (_, i) => `TEXT ·f${i}(SB),4,$0\nRET`).join('\n')],
  ['thousands of faults', 'WRONG\n'.repeat(30_000)],
  ['many commas', `TEXT ·f(SB),NOSPLIT,$0\nMOVQ ${','.repeat(190_000)}`],
  [
    'names of JavaScript’s own',
    'TEXT __proto__(SB),NOSPLIT,$0\n__proto__: constructor: JMP __proto__\nJMP toString\nTEXT constructor(SB),NOSPLIT,$0\nRET\nTEXT ·g(SB),constructor,$0\ntoString AX\nhasOwnProperty\n',
  ],
  ['too long', 'x'.repeat(200_001)],
])('%s', (_, text) => {
  for (const arch of ARCH_NAMES) {
    const parsed = parsedWithinBounds(text, arch);
    checkFaults(parsed, text);
    runAll(parsed, arch, 0x8000n);
  }
});
