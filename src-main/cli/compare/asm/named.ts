/**
 * Where the model's assembler differs from Go's on purpose. Each of these lines Go's assembler takes and makes into something else than it
 * says, without a word; here it is refused with its reason. Found by comparing; those of arm64's atomics are refused by Go from 1.26 on.
 */
import type { Arch } from '../../../model/asm/arch/index';

interface Named {
  arch: Arch;
  name: string;
  /** Of a body's first line with this instruction. */
  is: RegExp;
}

const ATOMIC = '(?:LD(?:ADD|CLR|EOR|OR)|SWP|CAS)A?L?[DWHB]|STL?XR[WHB]?|STL?XPW?|CASP[DW]';

const NAMED: readonly Named[] = [
  {
    arch: 'arm64',
    name: 'the flags of CCMP beyond four bits spill into its other fields',
    is: /^CCM[PN]W? .*, \$(?:-|1[6-9]|[2-9]\d|\d{3})/,
  },
  { arch: 'arm64', name: 'a missing third register is R0', is: new RegExp(`^(?:${ATOMIC}) (?:[^,(]+|\\([^)]*\\)), [^,]+$`) },
  { arch: 'arm64', name: 'an extension of the third register is dropped', is: new RegExp(`^(?:${ATOMIC}) .*\\.[US]XT[BHWX](?:<<\\d)?$`) },
  { arch: 'arm64', name: 'RSP among exclusive pairs is ZR', is: /^(?:LDA?XPW?|STL?XPW?|CASP[DW]) .*RSP[,)]/ },
  { arch: 'arm64', name: 'RSP as the target of a jump is ZR', is: /^(?:B|BL|JMP|CALL) .*\((?:RSP|ZR)\)/ },
  { arch: 'arm64', name: 'a number as the target of a jump is ZR', is: /^(?:B|BL|JMP|CALL) \$/ },
  { arch: 'arm64', name: 'ADR of a distance is ADR of itself', is: /^ADR -?\d+\(PC\)/ },
  {
    arch: 'arm64',
    name: 'a 32-bit operation with a constant of upper bits only means R0',
    is: /^(?:(?:ADD|SUB)S?W|CM[PN]W|TSTW|(?:AND|ORR|EOR|BIC|ORN|EON)S?W|MOVW) \$/,
  },
  {
    arch: 'arm64',
    name: 'a constant into or against ZR ends in a word of zeros',
    is: /^(?:(?:AND|ORR|EOR|BIC|ORN|EON)W?|CM[PN]W?|MOV[DW]) \$.*ZR$/,
  },
  { arch: 'arm64', name: 'MOVWU with a constant is a word of zeros', is: /^MOVWU \$/ },
  { arch: 'arm64', name: 'an offset beside a shifted index is dropped', is: /-?[1-9]\d*\([A-Z0-9_a-z]+\)\([A-Z0-9_a-z]+(?:<<|\.)/ },
  { arch: 'arm64', name: 'ZR or an address where a number belongs is 0 or its offset', is: / ZR(?:,|$)|\$-?\d*\(|\$[ax·]/ },
  { arch: 'arm64', name: 'a named place that happens to be at 0 passes for (RSP)', is: /[ax][+-]\d+\([FS]P\)/ },
  { arch: 'amd64', name: 'AH to BH behind a REX prefix are SPB to DIB', is: /\b[ABCD]H\b/ },
  { arch: 'amd64', name: 'a number as the target of a jump is left to a linker that knows none', is: /^(?:JMP|CALL) \$/ },
  { arch: 'amd64', name: 'an address where a number belongs is its offset', is: /\$-?\d*\(|\$[ax]/ },
  { arch: 'amd64', name: 'a byte register in a wider NEG or NOT is the whole one', is: /^(?:NEG|NOT)[WLQ] (?:[A-D]L|[A-Z0-9]+B)$/ },
];

/** Why Go takes the body and the model does not, where that is meant; null: it is not. */
export function namedDifference(arch: Arch, body: string): string | null {
  for (const line of body.split('\n')) {
    const found = NAMED.find((each) => each.arch === arch && each.is.test(line.replace(/^to: /, '')));
    if (found) return found.name;
  }
  return null;
}
