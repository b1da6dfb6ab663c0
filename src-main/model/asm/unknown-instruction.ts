/** What is said of a word in the place of an instruction that this assembler does not have. */
import { type Arch, ARCH_NAMES } from './arch/index';
import { goMnemonicOf, instructionNamed, mnemonicsOf, isLeftOut } from './instructions';
import { type FaultList, likelyWord } from './listing';
import type { Token } from './tokens';

export function unknownInstruction(op: Token, arch: Arch, faults: FaultList): void {
  if (isLeftOut(arch, op.text)) {
    faults.add(op, { key: 'notModelled', op: op.text });
    return;
  }
  const other = ARCH_NAMES.find((each) => each !== arch && instructionNamed(each, op.text) !== null);
  const translated = goMnemonicOf(arch, op.text);
  const suggestion = translated ?? nearestInstruction(op.text, arch, faults);
  if (other !== undefined && (translated !== null || suggestion === null)) {
    faults.add(op, { key: 'otherArchInstruction', op: op.text, other, arch: arch }, suggestion);
    return;
  }
  faults.add(op, { key: 'unknownInstruction', op: op.text }, suggestion);
}

/** Among equally near ones the widest: in Go's listings most work is on 64 bits. */
function nearestInstruction(word: string, arch: Arch, faults: FaultList): string | null {
  const known = mnemonicsOf(arch);
  return faults.isFull
    ? null
    : likelyWord(word, [...known.filter((name) => name.endsWith('Q')), ...known.filter((name) => !name.endsWith('Q'))]);
}
