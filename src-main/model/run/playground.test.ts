import { textOfMessage } from '../../formats/messages';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Arch } from '../arch';
import { type OwnArgument, playListing, type PlaygroundRun, readRoutines } from './playground';
import type { State } from '../state';
import { applyStep, copyState, undoStep } from '../trace/replay';

const ASSETS = join(import.meta.dirname, '../../../assets/listings/1.14');
const SYSCALLS = {
  amd64: readFileSync(join(ASSETS, 'amd64/syscall.s'), 'utf8'),
  arm64: readFileSync(join(ASSETS, 'arm64/syscall.s'), 'utf8'),
};

const num = (value: bigint | number): OwnArgument => ({ kind: 'number', value: String(value) });

function played(
  source: string,
  args: readonly OwnArgument[] = [],
  options: { arch?: Arch; entry?: string; returns?: number | null } = {},
): PlaygroundRun {
  const read = playListing({ arch: options.arch ?? 'amd64', source, entry: options.entry ?? '', args, returns: options.returns ?? null });
  if (!read.ok) throw new Error(read.faults.map((fault) => `${fault.line}:${fault.column} ${textOfMessage(fault.message).en}`).join('; '));
  return read.value;
}

function last({ first, steps }: PlaygroundRun): State {
  const state = copyState(first);
  for (const step of steps) applyStep(state, step);
  return state;
}

/** The slot at FP+offset when all is done. */
function slot(run: PlaygroundRun, offset: number): bigint {
  const fp = BigInt(run.activations[0]?.fp ?? '0');
  return BigInt(last(run).G.G1?.stack[`0x${(fp + BigInt(offset)).toString(16)}`] ?? '0x0');
}

const ADD = 'TEXT ·add(SB),NOSPLIT,$0-24\n\tMOVQ a+0(FP), AX\n\tADDQ b+8(FP), AX\n\tMOVQ AX, sum+16(FP)\n\tRET\n';
const code = (body: string, text = 'TEXT ·f(SB),NOSPLIT,$0-16'): string =>
  `${text}\n${body
    .split(';')
    .map((line) => `\t${line.trim()}\n`)
    .join('')}`;

describe('a listing runs', () => {
  test('with arguments in and results out', () => {
    const run = played(ADD, [num(40), num(2)]);
    expect(run.end).toEqual({ kind: 'return', code: 0, printed: '', reason: null, line: 5 });
    expect(slot(run, 16)).toBe(42n);
    expect(run.lines.filter((line) => line > 0)).toEqual([2, 3, 4, 5]);
  });

  test('each step can be taken back, to the first state', () => {
    const run = played(SYSCALLS.amd64, [num(0), num(3), { kind: 'buffer', bytes: 32 }, num(32)], { entry: 'syscall.Syscall' });
    const state = last(run);
    for (const step of [...run.steps].reverse()) undoStep(state, step);
    expect(state).toEqual(run.first);
  });

  test('the same ask gives the same bytes', () => {
    const once = (): string =>
      JSON.stringify(played(SYSCALLS.amd64, [num(318), { kind: 'buffer', bytes: 16 }, num(16)], { entry: 'syscall.RawSyscall' }));
    expect(once()).toBe(once());
  });

  test('words of an argument lie in memory one after the other', () => {
    const run = played(code('MOVQ p+0(FP), AX; MOVQ 8(AX), BX; MOVQ BX, r+8(FP); RET'), [{ kind: 'words', values: ['1', '-2'] }]);
    expect(BigInt.asIntN(64, slot(run, 8))).toBe(-2n);
  });

  test('routines call each other and return by the addresses on the stack', () => {
    const run = played(
      `${code('MOVQ n+0(FP), AX; MOVQ AX, 0(SP); MOVQ AX, 8(SP); CALL ·add(SB); MOVQ 16(SP), AX; MOVQ AX, r+8(FP); RET', 'TEXT ·twice(SB),NOSPLIT,$24-16')}${ADD}`,
      [num(21)],
    );
    expect(run.end.kind).toBe('return');
    expect(slot(run, 8)).toBe(42n);
    expect(run.activations.map((each) => each.symbol)).toEqual(['syscall.twice', 'syscall.add']);
  });

  test('a call by address reaches the routine that was meant, however alike the names', () => {
    const run = played(
      `${code('LEAQ ·BB(SB), AX; CALL AX; RET', 'TEXT ·Aa(SB),NOSPLIT,$8-0')}${code('MOVQ $7, BX; RET', 'TEXT ·BB(SB),NOSPLIT,$0-0')}`,
    );
    expect(run.activations.map((each) => each.symbol)).toEqual(['syscall.Aa', 'syscall.BB']);
    expect(run.end.kind).toBe('return');
  });

  test('CALL runtime·entersyscall goes into the scheduler', () => {
    const run = played(SYSCALLS.amd64, [num(39)], { entry: 'syscall.Syscall' });
    expect(run.steps.map((step) => step.fn)).toEqual(expect.arrayContaining(['reentersyscall', 'exitsyscall']));
    expect(run.steps.some((step) => step.set.some(([path, , now]) => path === 'P.P0.status' && now === '_Psyscall'))).toBe(true);
    expect(slot(run, 32)).toBe(1000n);
  });

  test('variables of the listing are memory; read-only ones cannot be written', () => {
    const data = 'DATA word<>+0(SB)/8, $7\nGLOBL word<>(SB),RODATA,$8\n';
    expect(slot(played(`${data}${code('MOVQ word<>(SB), AX; MOVQ AX, r+0(FP); RET')}`), 0)).toBe(7n);
    expect(played(`${data}${code('MOVQ $1, word<>(SB); RET')}`).end).toMatchObject({ kind: 'fatal', line: 4 });
  });

  test.each(['amd64', 'arm64'] as const)('on %s a read from a file fills the buffer and moves the offset', (arch) => {
    const run = played(SYSCALLS[arch], [num(arch === 'amd64' ? 0 : 63), num(3), { kind: 'buffer', bytes: 64 }, num(64)], {
      arch,
      entry: 'syscall.Syscall',
    });
    expect(slot(run, 32)).toBe(15n);
    expect(last(run).kernel.fds['3']?.offset).toBe(15);
    expect(last(run).kernel.strace.at(-1)?.text).toBe('read(3, "hello, village\\n", 64) = 15');
  });
});

describe('the error test', () => {
  test.each([
    ['amd64', -4096, -4096n, 0n],
    ['amd64', -4095, -4095n, 0n],
    ['amd64', -4094, -1n, 4094n],
    ['amd64', -1, -1n, 1n],
    ['arm64', -4096, -4096n, 0n],
    ['arm64', -4095, -1n, 4095n],
    ['arm64', -9, -1n, 9n],
  ] as const)('%s: the kernel answers %i, r1 is %i and err %i', (arch, returns, r1, err) => {
    const run = played(SYSCALLS[arch], [num(0)], { arch, entry: 'syscall.Syscall', returns });
    expect([BigInt.asIntN(64, slot(run, 32)), slot(run, 48)]).toEqual([r1, err]);
  });
});

describe('a program that goes wrong ends clearly', () => {
  test.each([
    ['a nil pointer', 'MOVQ $0, AX; MOVQ (AX), BX; RET', 'panic', 3, 'invalid memory address'],
    ['an instruction that is there to fail', 'UNDEF; RET', 'fatal', 2, 'SIGILL'],
    ['a missing RET', 'NOP', 'fatal', 2, 'SIGTRAP'],
    ['a division by zero', 'MOVQ $0, CX; DIVQ CX; RET', 'panic', 3, 'integer divide by zero'],
    ['an overwritten return address', 'MOVQ $5, 24(SP); RET', 'panic', 3, 'SIGSEGV'],
    ['code that is written to', 'LEAQ ·f(SB), AX; MOVQ $1, (AX); RET', 'fatal', 3, 'SIGSEGV'],
    ['exitsyscall without entersyscall', 'CALL runtime·exitsyscall(SB); RET', 'fatal', 2, 'no longer valid'],
  ])('%s', (_, body, kind, line, printed) => {
    const run = played(code(body, 'TEXT ·f(SB),NOSPLIT,$16-16'));
    const { end } = run;
    expect(end).toMatchObject({ kind, code: 2, line });
    expect(end.printed).toContain(printed);
    expect(end.printed).toMatch(/^goroutine 1 \[(running|syscall)\]:$/m);
    expect(end.reason && textOfMessage(end.reason).en).toBeTruthy();
    // All of it goes to descriptor 2, and the last call is exit_group.
    const { kernel } = last(run);
    expect(kernel.stderr.trimEnd()).toBe(end.printed);
    expect(kernel.strace.at(-1)?.text).toMatch(/^exit_group\(2\)/);
    expect(kernel.strace.some(({ text }) => text.startsWith('write(2, '))).toBe(true);
  });

  test('entersyscall twice waits for ever, in silence', () => {
    const run = played(code('CALL runtime·entersyscall(SB); CALL runtime·entersyscall(SB); RET'));
    expect(run.end).toMatchObject({ kind: 'stuck', code: null, line: 3, printed: '' });
    expect(run.end.reason && textOfMessage(run.end.reason).en).toContain('casgstatus');
    expect(last(run).kernel.stderr).toBe('');
  });

  test('an endless loop is stopped', () => {
    const { end, steps } = played(code('top: JMP top'));
    expect(end).toMatchObject({ kind: 'limit', code: null, line: 2 });
    expect(steps.length).toBe(10_000);
  });

  test('a recursion without end overflows the stack', () => {
    expect(played(code('CALL ·f(SB); RET', 'TEXT ·f(SB),NOSPLIT,$16-0')).end).toMatchObject({ kind: 'fatal' });
  });

  test('a read that nobody will ever answer says so', () => {
    const pipe = code(
      'MOVQ $22, AX; LEAQ fds-8(SP), DI; SYSCALL; MOVLQZX fds-8(SP), DI; LEAQ buf-16(SP), SI; MOVQ $1, DX; MOVQ $0, AX; SYSCALL; RET',
      'TEXT ·f(SB),NOSPLIT,$16-0',
    );
    const { end } = played(pipe);
    expect(end).toMatchObject({ kind: 'stuck', line: 9 });
    expect(end.reason && textOfMessage(end.reason).en).toContain('read');
  });

  test('a loop over a large buffer stays within bounds of memory', () => {
    const run = played(code('MOVQ p+0(FP), AX; top: MOVB $1, (AX); INCQ BX; MOVB BX, (AX); JMP top'), [{ kind: 'buffer', bytes: 4096 }]);
    expect(run.end.kind).toBe('limit');
    expect(JSON.stringify(run.steps).length).toBeLessThan(20_000_000);
  });

  test('coming back without exitsyscall is told', () => {
    expect(played(code('CALL runtime·entersyscall(SB); RET')).end).toMatchObject({ kind: 'return' });
    expect(played(code('CALL runtime·entersyscall(SB); RET')).end.reason?.key).toBe('stillInSyscall');
  });

  test('exit of its only thread ends the program, too', () => {
    expect(played(code('MOVQ $60, AX; MOVQ $3, DI; SYSCALL; RET')).end).toMatchObject({ kind: 'exit', code: 3, line: 4 });
  });

  test('exit_group ends the program with its code', () => {
    expect(played(code('MOVQ $231, AX; MOVQ $3, DI; SYSCALL; RET')).end).toMatchObject({ kind: 'exit', code: 3 });
  });
});

describe('what is read of a listing', () => {
  test('its routines with arguments, results and locals by offset', () => {
    const read = readRoutines('amd64', SYSCALLS.amd64);
    expect(read.ok && read.value[0]).toEqual({
      symbol: 'syscall.Syscall',
      line: expect.any(Number) as number,
      slots: ['trap', 'a1', 'a2', 'a3', 'r1', 'r2', 'err'].map((name, i) => ({ name, offset: 8 * i, bytes: 8, isResult: i > 3 })),
      locals: [],
      saved: [],
    });
  });

  test('smaller slots and locals', () => {
    const read = readRoutines(
      'amd64',
      code('MOVL fd+0(FP), AX; MOVL n+4(FP), BX; MOVQ AX, t-8(SP); MOVL AX, ret+8(FP); RET', 'TEXT ·f(SB),NOSPLIT,$8-12'),
    );
    expect(read.ok && read.value[0]).toMatchObject({
      slots: [
        { name: 'fd', offset: 0, bytes: 4, isResult: false },
        { name: 'n', offset: 4, bytes: 4, isResult: false },
        { name: 'ret', offset: 8, bytes: 4, isResult: true },
      ],
      // 8 bytes of locals, the saved BP and the return address lie below FP.
      locals: [{ name: 't', offset: -24, fromSp: -8 }],
      saved: [{ name: 'BP', offset: -16 }],
    });
  });

  test('all faults at once, with places and suggestions', () => {
    const read = readRoutines('amd64', 'TEXT ·f(SB),NOSPLIT,$0-0\n\tMOVE AX, BX\n\tADDQ $1, EAX\n\tRET\n');
    expect(read.ok ? [] : read.faults.map(({ line, column, suggestion }) => [line, column, suggestion])).toEqual([
      [2, 2, 'MOVQ'],
      [3, 11, 'AX'],
    ]);
  });

  test('a call of what is nowhere', () => {
    const read = readRoutines('amd64', code('CALL runtime·entersyscal(SB); RET'));
    expect(read).toMatchObject({ ok: false, faults: [{ line: 2, column: 7, suggestion: 'runtime·entersyscall(SB)' }] });
  });

  test('a listing without a routine', () => {
    expect(playListing({ arch: 'amd64', source: '', entry: '', args: [], returns: null })).toMatchObject({
      ok: false,
      faults: [{ line: 1 }],
    });
  });
});

/** Lines of which programs can be thrown together that do themselves every kind of harm. */
const LINES = {
  amd64:
    'MOVQ $1, AX|MOVQ $-1, AX|MOVQ $0, DI|MOVQ $3, DI|MOVQ $22, AX|MOVQ $9, AX|MOVQ $35, AX|MOVQ $202, AX|MOVQ $231, AX|MOVQ $0x7fffffffffffffff, DX|MOVQ p+0(FP), SI|MOVQ AX, (SI)|MOVQ SI, DI|LEAQ ·f(SB), AX|CALL AX|JMP AX|CALL ·f(SB)|CALL ·g(SB)|JMP ·g(SB)|CALL runtime·entersyscall(SB)|CALL runtime·exitsyscall(SB)|JMP runtime·exitsyscall(SB)|SYSCALL|SYSCALL|SYSCALL|RET|PUSHQ AX|POPQ SI|ADDQ $8, SP|MOVQ AX, 0(SP)|MOVQ x-8(SP), BX|JMP top|JNE top|DECQ CX|DIVQ CX|UNDEF|MOVQ AX, SP|MOVQ $4096, SI|MOVQ $6, R10',
  arm64:
    'MOVD $64, R8|MOVD $-1, R0|MOVD $3, R0|MOVD $59, R8|MOVD $222, R8|MOVD $101, R8|MOVD $98, R8|MOVD $94, R8|MOVD $0x7fffffffffffffff, R2|MOVD p+0(FP), R1|MOVD R0, (R1)|MOVD R1, R0|MOVD $·f(SB), R3|BL (R3)|B (R3)|BL ·f(SB)|BL ·g(SB)|B ·g(SB)|BL runtime·entersyscall(SB)|BL runtime·exitsyscall(SB)|B runtime·exitsyscall(SB)|SVC|SVC|SVC|RET|SUB $16, RSP|ADD $16, RSP|MOVD R0, 0(RSP)|MOVD x-8(SP), R4|B top|BNE top|SUBS $1, R5|UNDEF|MOVD R0, RSP|MOVD R0, R30',
};

test.each(['amd64', 'arm64'] as const)('whatever a program does on %s, it ends within bounds and can be taken back', (arch) => {
  const body = fc.array(fc.constantFrom(...LINES[arch].split('|')), { minLength: 1, maxLength: 14 });
  let ran = 0;
  fc.assert(
    fc.property(body, body, fc.constantFrom(0, 8, 24), fc.constantFrom(null, -4095, 0), (f, g, frame, returns) => {
      const source = `TEXT ·f(SB),NOSPLIT,$${frame}-16\ntop:\n\t${f.join('\n\t')}\nTEXT ·g(SB),NOSPLIT,$0-16\ntop:\n\t${g.join('\n\t')}\n`;
      const read = playListing({ arch, source, entry: '', args: [{ kind: 'buffer', bytes: 16 }], returns });
      if (!read.ok) return;
      ran++;
      const run = read.value;
      expect(run.steps.length).toBeLessThanOrEqual(10_000);
      if (run.end.kind === 'exit') expect(run.end.code).not.toBeNull();
      else if (run.end.kind !== 'return') expect(run.end.printed + (run.end.reason?.key ?? '')).not.toBe('');
      const state = last(run);
      for (const step of [...run.steps].reverse()) undoStep(state, step);
      expect(state).toEqual(run.first);
    }),
    { numRuns: 120 },
  );
  expect(ran).toBeGreaterThan(40);
});
