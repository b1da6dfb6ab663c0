/** The CPU by small programs: flags worth remembering, calls and frames, and how a program dies. All single instructions: measured.test.ts. */
import { textOfMessage } from '../../formats/messages';
import { describe, expect, test } from 'vitest';
import { flagsWord } from './amd64/stack';
import { cpuEntersKernel, executeInstruction } from './cpu';
import { parseListing } from './parse-listing';
import { textAddress } from './program';
import type { Arch } from './arch/index';
import { goDeath, type Signal } from './signals';
import { codeOf, run, runRoutine, TestCpu } from './testdata/run-code';

const MIN = -(1n << 63n);

describe('flags', () => {
  test.each([
    ['CMPQ AX, $5', 5n, 'PF ZF'],
    ['CMPQ AX, $6', 5n, 'CF PF AF SF'],
    ['CMPQ AX, $1', MIN, 'PF AF OF'],
    ['CMPQ AX, $0xfffffffffffff001', -4095n, 'PF ZF'],
    ['CMPQ AX, $0xfffffffffffff001', -4094n, ''],
    ['CMPQ AX, $0xfffffffffffff001', 16n, 'CF PF AF'],
    // Go's assembler keeps 32 bits of a 64-bit instruction's constant and extends their sign.
    ['CMPQ AX, $0xffffffff', -1n, 'PF ZF'],
    ['NEGQ AX', 0n, 'PF ZF'],
    ['NEGQ AX', 9n, 'CF AF SF'],
    ['NEGQ AX', MIN, 'CF PF SF OF'],
    ['ADDQ $1, AX', -1n, 'CF PF AF ZF'],
    ['ADDQ $1, AX', (1n << 63n) - 1n, 'PF AF SF OF'],
    ['INCQ AX', -1n, 'PF AF ZF'],
    ['XORQ AX, AX', 77n, 'PF ZF'],
    ['XORL AX, AX', 77n, 'PF ZF'],
    ['SUBB $1, AX', 0x80n, 'AF OF'],
  ])('%s with AX = %s leaves %s', (code, ax, flags) => {
    expect(run(code, { AX: ax }).flags).toBe(flags);
  });

  test.each([
    ['CMP $5, R0', 5n, 'Z C'],
    ['CMP $6, R0', 5n, 'N'],
    ['CMP $1, R0', MIN, 'C V'],
    ['CMN $4095, R0', -4095n, 'Z C'],
    ['CMN $4095, R0', -4096n, 'N'],
    ['CMN $4095, R0', -1n, 'C'],
    ['ADDS $1, R0', (1n << 63n) - 1n, 'N V'],
    ['NEGS R0, R1', 0n, 'Z C'],
    ['TST $1, R0', 2n, 'Z'],
    ['ADDSW $1, R0', 0xffffffffn, 'Z C'],
  ])('%s with R0 = %s leaves %s', (code, r0, flags) => {
    expect(run(code, { R0: r0 }, 'arm64').flags).toBe(flags);
  });

  test('SYSCALL saves the address behind it and the flags', () => {
    const cpu = new TestCpu();
    cpu.setFlags({ AF: true });
    cpuEntersKernel(cpu, 0x4677fbn, 'amd64');
    expect(cpu.reg('CX')).toBe(0x4677fbn);
    // As measured: AF, IF and the bit that is always set.
    expect(cpu.reg('R11')).toBe(0x212n);
    expect(flagsWord(cpu)).toBe(0x212n);
  });

  test('SVC changes nothing', () => {
    const cpu = new TestCpu();
    cpuEntersKernel(cpu, 0x4677fbn, 'arm64');
    expect(cpu.regs.size).toBe(0);
  });
});

describe('the error test of the listings', () => {
  test.each([
    ['16', 16n, true],
    ['−2⁶³', MIN, true],
    ['−4096', -4096n, true],
    ['−4095, one short of the kernel’s own rule', -4095n, true],
    ['−4094', -4094n, false],
    ['−1', -1n, false],
  ])('amd64: a result of %s is success: %s', (_, ax, isOk) => {
    const { cpu } = run('CMPQ AX, $0xfffffffffffff001\nJLS ok\nMOVQ $1, BX\nJMP end\nok:\nMOVQ $2, BX\nend:\nNOP', { AX: ax });
    expect(cpu.reg('BX')).toBe(isOk ? 2n : 1n);
  });

  test.each([
    ['−4096', -4096n, true],
    ['−4095', -4095n, false],
    ['−1', -1n, false],
    ['0', 0n, true],
  ])('arm64: a result of %s is success: %s', (_, r0, isOk) => {
    const { cpu } = run('CMN $4095, R0\nBCC ok\nMOVD $1, R9\nB end\nok:\nMOVD $2, R9\nend:\nNEG R9, R10', { R0: r0 }, 'arm64');
    expect(cpu.reg('R9')).toBe(isOk ? 2n : 1n);
  });
});

describe('frames', () => {
  test('FP names the caller’s arguments, above the return address', () => {
    const { cpu } = run('MOVQ $-1, r1+32(FP)\nMOVQ r1+32(FP), BX\nMOVL BX, CX', { SP: 0x2000n });
    expect(cpu.word(0x2000n + 8n + 32n)).toBe((1n << 64n) - 1n);
    expect(cpu.reg('CX')).toBe(0xffffffffn);
  });

  test('with locals FP is where it was, and x-8(SP) the highest of them', () => {
    const { cpu, last } = run(
      'MOVQ a+0(FP), AX\nMOVQ AX, x-8(SP)\nMOVQ $7, y-16(SP)\nMOVQ (SP), CX\nLEAQ a+0(FP), DX\nRET',
      { SP: 0x8000n, BP: 0x1234n },
      'amd64',
      'TEXT ·f(SB),NOSPLIT,$16-8',
    );
    expect(cpu.reg('DX')).toBe(0x8008n);
    expect(cpu.reg('CX')).toBe(7n);
    // From the return address down: the caller's BP, x, y.
    expect([cpu.word(0x7ff8n), cpu.word(0x7ff0n), cpu.word(0x7fe8n)]).toEqual([0x1234n, 0n, 7n]);
    expect([last.kind, cpu.reg('SP'), cpu.reg('BP')]).toEqual(['ret', 0x8008n, 0x1234n]);
  });

  test('arm64: the link register lies at the bottom and comes back', () => {
    const { cpu, last } = run(
      'BL runtime·x(SB)\nMOVD a+8(FP), R1\nMOVD R1, x-8(SP)\nRET',
      { RSP: 0x8000n, R29: 0x1234n, R30: 0x5678n },
      'arm64',
      'TEXT ·f(SB),NOSPLIT,$24-16',
    );
    expect(cpu.word(0x8000n - 48n)).toBe(0x5678n);
    expect([last.kind, cpu.reg('RSP'), cpu.reg('R29'), cpu.reg('R30'), cpu.reg('PC')]).toEqual(['ret', 0x8000n, 0x1234n, 0x5678n, 0x5678n]);
  });

  test('PUSHQ and POPQ: the last one in is the first one out; FP stays', () => {
    const { cpu } = run('MOVQ $5, a+0(FP)\nPUSHQ $1\nPUSHQ $2\nMOVQ a+0(FP), DX\nPOPQ AX\nPOPQ BX\nRET');
    expect([cpu.reg('AX'), cpu.reg('BX'), cpu.reg('DX')]).toEqual([2n, 1n, 5n]);
  });

  test('an access across two words is one access', () => {
    const { cpu } = run('MOVQ $0x1122334455667788, AX\nMOVQ AX, 5(BX)\nMOVL 6(BX), CX\nRET', { BX: 0x2000n });
    expect([cpu.word(0x2000n), cpu.word(0x2008n)]).toEqual([0x6677880000000000n, 0x1122334455n]);
    expect(cpu.reg('CX')).toBe(0x44556677n);
  });
});

describe('calls and jumps', () => {
  test('CALL pushes where to return, RET pops it', () => {
    const cpu = new TestCpu();
    cpu.setReg('SP', 0x2000n);
    const code = codeOf('CALL runtime·entersyscall(SB)\nRET');
    expect(executeInstruction(code, 0, cpu)).toEqual({ kind: 'call', symbol: 'runtime.entersyscall', returnIndex: 1 });
    expect(cpu.reg('PC')).toBe(textAddress('runtime.entersyscall'));
    expect(cpu.word(0x1ff8n)).toBe(textAddress('syscall.f') + 5n);
    expect(executeInstruction(code, 1, cpu).kind).toBe('ret');
    expect(cpu.reg('PC')).toBe(textAddress('syscall.f') + 5n);
  });

  test('BL keeps where to return in R30', () => {
    const cpu = new TestCpu();
    cpu.setReg('RSP', 0x2000n);
    const code = codeOf('BL runtime·entersyscall(SB)\nRET', 'arm64', 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0-8');
    expect(executeInstruction(code, 0, cpu)).toMatchObject({ kind: 'call', symbol: 'runtime.entersyscall' });
    expect(cpu.reg('R30')).toBe(textAddress('syscall.f') + 4n);
    expect(executeInstruction(code, 1, cpu)).toEqual({ kind: 'ret' });
    expect(cpu.reg('PC')).toBe(textAddress('syscall.f') + 4n);
  });

  test.each<[Arch, string]>([
    ['amd64', 'MOVQ $·g(SB), AX\nCALL AX\nRET\nTEXT ·g(SB),NOSPLIT,$0\nRET'],
    ['arm64', 'MOVD $·g(SB), R1\nBL (R1)\nRET\nTEXT ·g(SB),NOSPLIT,$0\nRET'],
  ])('%s: a call through a register finds the routine', (arch, code) => {
    const parsed = parseListing(`TEXT ·f(SB),NOSPLIT|NOFRAME,$0\n${code}\n`, 'x.s', arch);
    const routine = parsed.ok ? parsed.program.routines['syscall.f'] : undefined;
    if (!parsed.ok || !routine) throw new Error('refused');
    const ready = parsed.program.codeOf(routine);
    const cpu = new TestCpu();
    cpu.setReg('SP', 0x2000n);
    executeInstruction(ready, 0, cpu);
    expect(executeInstruction(ready, 1, cpu)).toEqual({ kind: 'call', symbol: 'syscall.g', returnIndex: 2 });
  });

  test.each<[Arch, string]>([
    ['amd64', 'JMP'],
    ['arm64', 'B'],
  ])('%s: a jump to another routine does not come back', (arch, op) => {
    expect(run(`${op} ·g(SB)`, {}, arch).last).toEqual({ kind: 'tail', symbol: 'syscall.g' });
  });

  test('NOP, LOCK, fences and hints do nothing', () => {
    for (const [arch, ops] of [
      ['amd64', ['NOP', 'LOCK', 'PAUSE', 'MFENCE', 'LFENCE', 'SFENCE']],
      ['arm64', ['NOP', 'NOOP', 'YIELD', 'WFE', 'SEV', 'HINT $1', 'DMB $11', 'DSB $11', 'ISB $15']],
    ] as const) {
      for (const op of ops) {
        const { cpu, flags, last } = run(op, {}, arch);
        expect([flags, last.kind]).toEqual(['', 'next']);
        expect([...cpu.regs.keys()].sort()).toEqual(arch === 'amd64' ? ['PC', 'SP'] : ['PC', 'RSP']);
      }
    }
  });

  test('a loop', () => {
    const { cpu, steps } = run('MOVQ $10, CX\nXORL AX, AX\nagain: ADDQ CX, AX\nDECQ CX\nJNE again\nRET');
    expect([cpu.reg('AX'), steps]).toEqual([55n, 32]);
  });
});

describe('how a program dies', () => {
  const pc = (offset: number): string => `0x${(textAddress('syscall.f') + BigInt(offset)).toString(16)}`;

  // Signal, si_code and address as real Go reported them for the same code.
  test.each<[Arch, string, Partial<Signal>, string]>([
    [
      'amd64',
      'MOVQ $8, AX; MOVQ (AX), BX',
      { name: 'SIGSEGV', code: 1, addr: '0x8', pc: pc(7) },
      'line 2, MOVQ (AX), BX: nothing is mapped at 0x8',
    ],
    ['amd64', 'MOVQ 1, AX', { name: 'SIGSEGV', code: 1, addr: '0x1' }, 'line 2, MOVQ 1, AX: nothing is mapped at 0x1'],
    [
      'amd64',
      'MOVQ $0x123456789abcdef0, AX; MOVQ (AX), BX',
      { name: 'SIGSEGV', code: 0x80, addr: '0x0' },
      'line 2, MOVQ (AX), BX: 0x123456789abcdef0 is not a canonical address',
    ],
    [
      'amd64',
      'MOVQ $0x123456789abcdef0, BP; MOVQ (BP), BX',
      { name: 'SIGBUS', code: 0x80, addr: '0x0' },
      'line 2, MOVQ (BP), BX: 0x123456789abcdef0 is not a canonical address',
    ],
    ['amd64', 'XORL CX, CX; DIVQ CX', { name: 'SIGFPE', code: 1, addr: pc(2), pc: pc(2) }, 'line 2, DIVQ CX: division by zero'],
    ['amd64', 'MOVQ $-1, DX; MOVQ $2, CX; DIVQ CX', { name: 'SIGFPE', code: 1 }, 'line 2, DIVQ CX: the quotient does not fit'],
    [
      'amd64',
      'MOVQ $-1, CX; XORL AX, AX; MOVQ $0x8000000000000000, DX; MOVQ DX, AX; CQO; IDIVQ CX',
      { name: 'SIGFPE', code: 1 },
      'line 2, IDIVQ CX: the quotient does not fit',
    ],
    ['amd64', 'UNDEF', { name: 'SIGILL', code: 2, pc: pc(0) }, 'line 2, UNDEF: this instruction is meant to fail'],
    ['amd64', 'UD2', { name: 'SIGILL', code: 2 }, 'line 2, UD2: this instruction is meant to fail'],
    ['amd64', 'INT $3', { name: 'SIGTRAP', code: 0x80, pc: pc(2) }, 'line 2, INT $3: breakpoint'],
    ['amd64', 'INT $0x80', { name: 'SIGSEGV', code: 0x80, addr: '0x0' }, 'line 2, INT $0x80: INT $128 is not permitted'],
    ['amd64', 'HLT', { name: 'SIGSEGV', code: 0x80, addr: '0x0', pc: pc(0) }, 'line 2, HLT: only the kernel may use HLT'],
    ['amd64', 'XORL AX, AX; CALL AX', { name: 'SIGSEGV', code: 1, addr: '0x0', pc: '0x0' }, 'line 2, CALL AX: there is no code at 0x0'],
    ['amd64', 'NEGQ AX', { name: 'SIGTRAP', code: 0x80, pc: pc(4) }, 'syscall.f ran past its end: is a RET missing?'],
    [
      'arm64',
      'MOVD $8, R0; MOVD (R0), R1',
      { name: 'SIGSEGV', code: 1, addr: '0x8', pc: pc(4) },
      'line 2, MOVD (R0), R1: nothing is mapped at 0x8',
    ],
    [
      'arm64',
      'SUB $8, RSP; MOVD (RSP), R0',
      { name: 'SIGBUS', code: 1, addr: '0x7ff8' },
      'line 2, MOVD (RSP), R0: RSP = 0x7ff8 is not a multiple of 16',
    ],
    ['arm64', 'UNDEF', { name: 'SIGILL', code: 1 }, 'line 2, UNDEF: this instruction is meant to fail'],
    ['arm64', 'BRK', { name: 'SIGTRAP', code: 1, pc: pc(0) }, 'line 2, BRK: breakpoint'],
    ['arm64', 'MOVD ZR, R0; BL (R0)', { name: 'SIGSEGV', code: 1, addr: '0x0', pc: '0x0' }, 'line 2, BL (R0): there is no code at 0x0'],
    ['arm64', 'NEG R0, R0', { name: 'SIGILL', code: 1 }, 'syscall.f ran past its end: is a RET missing?'],
  ])('%s: %s', (arch, code, signal, reason) => {
    const ready = codeOf(code, arch, 'TEXT ·f(SB),NOSPLIT|NOFRAME,$0');
    const cpu = new TestCpu();
    cpu.setReg(arch === 'amd64' ? 'SP' : 'RSP', 0x8000n);
    const { last } = runRoutine(ready, cpu);
    const end = last.kind === 'fault' ? last : executeInstruction(ready, ready.code.length, cpu);
    if (end.kind !== 'fault') throw new Error(`ended with ${end.kind}`);
    expect(textOfMessage(end.reason).en).toBe(reason);
    expect(textOfMessage(end.reason).zh).not.toBe('');
    expect(end.signal).toMatchObject(signal);
    expect(end.line).toBe(2);
  });

  test('code cannot be written', () => {
    const cpu = new TestCpu();
    cpu.isMapped = () => false;
    const { last } = runRoutine(codeOf('MOVQ $·f(SB), AX\nMOVQ AX, (AX)\nRET'), cpu);
    expect(last).toMatchObject({ kind: 'fault', signal: { name: 'SIGSEGV', code: 2, addr: pc(0) }, line: 3 });
  });

  test('pushing too much ends at the end of the stack', () => {
    const cpu = new TestCpu();
    cpu.isMapped = (address) => address >= 0x7f00n && address < 0x9000n;
    cpu.setReg('SP', 0x8000n);
    const { last } = runRoutine(codeOf('again: PUSHQ AX\nJMP again'), cpu);
    expect(last).toMatchObject({
      kind: 'fault',
      signal: { name: 'SIGSEGV', code: 1, addr: '0x7ef8' },
      reason: { key: 'diedAt', line: 2, instruction: 'PUSHQ AX', why: { key: 'stackOverflow', address: '0x7ef8' } },
    });
    expect(cpu.reg('SP')).toBe(0x7f00n);
  });

  test('a frame beyond the stack is found at its first touch', () => {
    const cpu = new TestCpu();
    cpu.isMapped = (address) => address >= 0x7f00n && address < 0x9000n;
    cpu.setReg('SP', 0x8000n);
    const { last } = runRoutine(codeOf('MOVQ AX, (SP)\nRET', 'amd64', 'TEXT ·f(SB),NOSPLIT,$512'), cpu);
    expect(last).toMatchObject({ kind: 'fault', line: 2, signal: { addr: '0x7df8' } });
  });

  test('half an access is none', () => {
    const cpu = new TestCpu();
    cpu.isMapped = (address) => address < 0x2008n;
    cpu.store(0x2000n, 8, 0x55n);
    const { last } = runRoutine(codeOf('MOVQ $-1, CX\nMOVQ CX, 4(BX)\nRET'), Object.assign(cpu, (cpu.setReg('BX', 0x2000n), {})));
    expect(last).toMatchObject({ kind: 'fault', signal: { addr: '0x2008' } });
    expect(cpu.word(0x2000n)).toBe(0x55n);
  });
});

describe('Go’s words for it', () => {
  const signal = (name: Signal['name'], code: number, addr: string): Signal => ({ name, code, addr, pc: '0x4608a7' });
  const running = { canPanic: true, m: 0 };

  // As real Go printed them.
  test.each([
    [
      signal('SIGSEGV', 1, '0x8'),
      'panic',
      'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x4608a7]',
    ],
    [
      signal('SIGSEGV', 1, '0xdeadbeef'),
      'fatal',
      'unexpected fault address 0xdeadbeef\nfatal error: fault\n[signal SIGSEGV: segmentation violation code=0x1 addr=0xdeadbeef pc=0x4608a7]',
    ],
    [
      signal('SIGSEGV', 0x80, '0x0'),
      'fatal',
      'unexpected fault address 0x0\nfatal error: fault\n[signal SIGSEGV: segmentation violation code=0x80 addr=0x0 pc=0x4608a7]',
    ],
    [
      signal('SIGBUS', 0x80, '0x0'),
      'fatal',
      'unexpected fault address 0x0\nfatal error: fault\n[signal SIGBUS: bus error code=0x80 addr=0x0 pc=0x4608a7]',
    ],
    [
      signal('SIGFPE', 1, '0x4608a7'),
      'panic',
      'panic: runtime error: integer divide by zero\n[signal SIGFPE: floating-point exception code=0x1 addr=0x4608a7 pc=0x4608a7]',
    ],
    [signal('SIGILL', 2, '0x4608a7'), 'fatal', 'SIGILL: illegal instruction\nPC=0x4608a7 m=0 sigcode=2'],
    [signal('SIGTRAP', 0x80, '0x4608a7'), 'fatal', 'SIGTRAP: trace trap\nPC=0x4608a7 m=0 sigcode=128'],
  ])('%o', (given, kind, message) => {
    expect(goDeath(given, running)).toEqual({ kind, code: 2, message });
  });

  test('between entersyscall and exitsyscall, or on g0, no goroutine can panic', () => {
    expect(goDeath(signal('SIGSEGV', 1, '0x8'), { canPanic: false, m: 0 })).toEqual({
      kind: 'fatal',
      code: 2,
      message:
        'fatal error: unexpected signal during runtime execution\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x4608a7]',
    });
  });
});
