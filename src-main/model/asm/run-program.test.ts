import { describe, expect, test } from 'vitest';
import { parseListing } from './parse-listing';
import type { Arch } from './registers';
import { type Advance, advance, resume, startAt } from './run-program';
import { TestCpu } from './testdata/run-code';

interface Run {
  cpu: TestCpu;
  end: Advance;
  /** Routines in the order of being entered or returned to, `->` before those outside of the program. */
  path: string[];
}

function run(text: string, args: readonly bigint[], arch: Arch = 'amd64', kernel: (cpu: TestCpu) => bigint = () => 0n): Run {
  const parsed = parseListing(text, 'x.s', arch, 'main');
  if (!parsed.ok) throw new Error(parsed.faults[0]?.message.en);
  const cpu = new TestCpu();
  const path: string[] = [];
  let cursor = startAt(parsed.program, 'main.f', cpu, 0x8000n, args);
  for (let steps = 0; steps < 10_000; steps++) {
    if (path.at(-1) !== cursor.symbol) path.push(cursor.symbol);
    const step = advance(parsed.program, cursor, cpu);
    if (step.kind === 'end' || step.kind === 'died') return { cpu, end: step, path };
    if (step.kind === 'outside') path.push(`-> ${step.symbol}`);
    cursor = step.kind === 'syscall' ? resume(parsed.program, step.cursor, cpu, kernel(cpu)) : step.cursor;
  }
  throw new Error('does not end');
}

describe('several routines', () => {
  test('a routine calls another one, with arguments in its own frame', () => {
    const { cpu, end, path } = run(
      'TEXT ·f(SB),NOSPLIT,$16-16\nMOVQ a+0(FP), AX\nMOVQ AX, (SP)\nCALL ·double(SB)\nMOVQ 8(SP), AX\nMOVQ AX, ret+8(FP)\nRET\nTEXT ·double(SB),NOSPLIT,$0-16\nMOVQ a+0(FP), AX\nADDQ AX, AX\nMOVQ AX, ret+8(FP)\nRET\n',
      [21n],
    );
    expect(end).toEqual({ kind: 'end' });
    expect(cpu.word(0x8010n)).toBe(42n);
    expect(path).toEqual(['main.f', 'main.double', 'main.f']);
  });

  test('a routine that calls itself', () => {
    const text = `TEXT ·f(SB),NOSPLIT,$16-16
	MOVQ n+0(FP), AX
	CMPQ AX, $1
	JLE  one
	DECQ AX
	MOVQ AX, (SP)
	CALL ·f(SB)
	MOVQ 8(SP), AX
	IMULQ n+0(FP), AX
	MOVQ AX, ret+8(FP)
	RET
one:
	MOVQ $1, ret+8(FP)
	RET
`;
    expect(run(text, [10n]).cpu.word(0x8010n)).toBe(3_628_800n);
  });

  test('the same on arm64', () => {
    const text = `TEXT ·f(SB),NOSPLIT,$24-16
	MOVD n+0(FP), R0
	CMP  $1, R0
	BLE  one
	SUB  $1, R0
	MOVD R0, 8(RSP)
	BL   ·f(SB)
	MOVD 16(RSP), R0
	MOVD n+0(FP), R1
	MUL  R1, R0
	MOVD R0, ret+8(FP)
	RET
one:
	MOVD $1, R0
	MOVD R0, ret+8(FP)
	RET
`;
    expect(run(text, [10n], 'arm64').cpu.word(0x8010n)).toBe(3_628_800n);
  });

  test('a jump to another routine returns to the caller’s caller', () => {
    const { end, path } = run('TEXT ·f(SB),NOSPLIT,$0\nCALL ·g(SB)\nRET\nTEXT ·g(SB),NOSPLIT,$0\nJMP ·h(SB)\nTEXT ·h(SB),NOSPLIT,$0\nRET\n', []);
    expect(end.kind).toBe('end');
    expect(path).toEqual(['main.f', 'main.g', 'main.h', 'main.f']);
  });

  test('Go functions outside and system calls', () => {
    const text = 'TEXT ·f(SB),NOSPLIT,$0-8\nCALL runtime·entersyscall(SB)\nMOVQ $39, AX\nSYSCALL\nMOVQ AX, ret+0(FP)\nCALL runtime·exitsyscall(SB)\nRET\n';
    const { cpu, end, path } = run(text, [], 'amd64', (inKernel) => {
      expect(inKernel.reg('AX')).toBe(39n);
      return 4711n;
    });
    expect(end.kind).toBe('end');
    expect(cpu.word(0x8008n)).toBe(4711n);
    expect(path.filter((each) => each.startsWith('->'))).toEqual(['-> runtime.entersyscall', '-> runtime.exitsyscall']);
  });

  test('who writes over the return address does not come back', () => {
    const { end } = run('TEXT ·f(SB),NOSPLIT,$0\nMOVQ $0x1234, (SP)\nRET\n', []);
    expect(end).toMatchObject({ kind: 'died', signal: { name: 'SIGSEGV', addr: '0x1234', pc: '0x1234' }, line: 3 });
  });

  test('recursion without an end uses up the stack', () => {
    const parsed = parseListing('TEXT ·f(SB),NOSPLIT,$64\nCALL ·f(SB)\nRET\n', 'x.s', 'amd64', 'main');
    if (!parsed.ok) throw new Error('refused');
    const cpu = new TestCpu();
    cpu.isMapped = (address) => address >= 0x7800n && address < 0x9000n;
    let cursor = startAt(parsed.program, 'main.f', cpu, 0x8000n, []);
    for (;;) {
      const step = advance(parsed.program, cursor, cpu);
      if (step.kind === 'died') {
        expect(step.signal).toMatchObject({ name: 'SIGSEGV', code: 1 });
        expect(step.reason.en).toContain('stack overflow');
        break;
      }
      if (step.kind !== 'at') throw new Error(step.kind);
      cursor = step.cursor;
    }
  });
});
