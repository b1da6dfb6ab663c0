import { expect, test } from 'vitest';
import { ModelAssets } from '../model/asm/assemble';
import { findAssets, loadListings } from './asset-folder';
import { listingView } from './listing-view';

const assets = loadListings(findAssets());

test.each(['amd64', 'arm64'] as const)('every step of our own %s listings has its line, and each line one step at most', (arch) => {
  const view = listingView(assets, arch);
  const routines = Object.values(assets.programFor(arch).routines);
  expect(routines.length).toBeGreaterThan(3);
  for (const { symbol, instructions } of routines) {
    const offsets = (view[symbol] ?? []).flatMap(({ offset }) => offset ?? []);
    expect(offsets, symbol).toEqual(instructions.map(({ offset }) => offset));
  }
});

test('what the assembler adds stands where it happens', () => {
  const view = listingView(
    new ModelAssets({
      'arm64/x.s':
        'TEXT ·f(SB),NOSPLIT,$0-8\n\tBL\truntime·entersyscall(SB)  // 进 | in\nok:\tMOVD $1, R0; NEG R0, R0  // 二 | two\n\tRET\n',
    }),
    'arm64',
  );
  const rows = (view['syscall.f'] ?? []).map(
    ({ offset, code, bytes, en }) => `${offset ?? '-'} ${bytes} ${code}${en === '' ? '' : ` | ${en}`}`,
  );
  expect(rows).toMatchInlineSnapshot(`
    [
      "-  TEXT ·f(SB),NOSPLIT,$0-8",
      "0 fe 0f 1f f8 MOVD.W R30, -16(RSP) | inserted by the assembler: stack frame",
      "4 fd 83 1f f8 MOVD R29, -8(RSP) | inserted by the assembler: stack frame",
      "8 fd 23 00 d1 SUB $8, RSP, R29 | inserted by the assembler: stack frame",
      "12 00 00 00 94 BL runtime·entersyscall(SB) | in",
      "16 e0 03 40 b2 ok: MOVD $1, R0 | two",
      "20 e0 03 00 cb NEG R0, R0",
      "24 fd 83 5f f8 MOVD -8(RSP), R29 | inserted by the assembler: stack frame",
      "28 fe 07 41 f8 MOVD.P 16(RSP), R30 | inserted by the assembler: stack frame",
      "32 c0 03 5f d6 RET",
    ]
  `);
});

test('a line of one statement stands as it was written, with its label; of several each is the assembler’s', () => {
  const view = listingView(new ModelAssets({ 'amd64/x.s': 'TEXT ·f(SB),NOSPLIT,$0-8\n\tMOVQ\tAX,BX // 一 | one\nok:  RET\n' }), 'amd64');
  expect((view['syscall.f'] ?? []).map(({ code }) => code)).toEqual(['TEXT ·f(SB),NOSPLIT,$0-8', 'MOVQ AX,BX', 'ok: RET']);
});
