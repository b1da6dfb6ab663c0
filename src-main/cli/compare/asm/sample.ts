/** What the tests are held against: Go's verdicts on a part of the bodies, kept beside the assembler (testdata/go-assembler-*.txt). */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findAssets } from '../../../app/asset-folder';
import type { Arch } from '../../../model/asm/arch/index';
import type { Verdict } from './go-assembler';
import { namedDifference } from './named';

/** Of each instruction, so many lines that are taken and so many that are refused. */
const TAKEN = 7;
const REFUSED = 3;
const LONGEST = 200;

export class Sample {
  private readonly lines: string[] = [];
  private readonly counts = new Map<string, number>();

  constructor(private readonly arch: Arch) {}

  add(bodies: readonly string[], verdicts: readonly Verdict[]): void {
    for (const [i, body] of bodies.entries()) {
      const verdict = verdicts[i];
      if (!verdict || body.length > LONGEST || namedDifference(this.arch, body) !== null) continue;
      const isTaken = 'bytes' in verdict;
      const op = /(?:^|\n)(?:to: )?([A-Z0-9]+)/.exec(body.split('\n').at(body.startsWith('to: ') ? -1 : 0) ?? '')?.[1] ?? '';
      const key = `${op} ${isTaken ? 'taken' : 'refused'}`;
      const count = this.counts.get(key) ?? 0;
      if (count >= (isTaken ? TAKEN : REFUSED)) continue;
      this.counts.set(key, count + 1);
      this.lines.push(`${body.split('\n').join('; ')} = ${isTaken ? verdict.bytes.replace(/(?:00)+$/, '') : '-'}`);
    }
  }

  /** Says what it wrote. */
  write(): string {
    const file = resolve(findAssets(import.meta.dirname), '../src-main/model/asm/testdata', `go-assembler-${this.arch}.txt`);
    const head =
      '# What Go 1.19.8 makes of single lines between TEXT with $0-64 and RET; zeros at the end left out, - refused. Made by npm run compare -- asm --keep.';
    writeFileSync(file, `${[head, ...this.lines].join('\n')}\n`);
    return `${this.lines.length} lines kept in ${file}`;
  }
}
