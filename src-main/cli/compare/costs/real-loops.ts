/** What a turn of each loop takes with the Go of this machine. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGo, minorVersion } from '../go/build-go';
import type { Loop } from './loops';

/** Short rounds, all loops in turn, many times: on a busy machine the quickest round of each was left alone. */
const TURNS = 1_000;
const ROUNDS = 400;
const PROCESSES = 3;

function loopText({ go: { before, turn, other } }: Loop): string {
  const loop = (body: string): string => `for i := 0; i < n; i++ { ${body.replaceAll('; ', '\n')} }`;
  return `	func(n int) time.Duration {
		${before ?? ''}
		${other === undefined ? '' : `go func() { ${loop(other)} }()`}
		from := time.Now()
		${loop(turn)}
		return time.Since(from)
	},`;
}

const goText = (loops: readonly Loop[]): string => `package main

import (
	"runtime"
	"sync"
	"syscall"
	"time"
)

func w() {}

var loops = []func(n int) time.Duration{
${loops.map(loopText).join('\n')}
}

var _ sync.Mutex
var _ = syscall.Getpid

func main() {
	least := make([]time.Duration, len(loops))
	for round := 0; round < ${ROUNDS}; round++ {
		for i, loop := range loops {
			took := loop(${TURNS})
			if round == 0 || took < least[i] {
				least[i] = took
			}
			runtime.Gosched()
		}
	}
	for _, took := range least {
		println(int(took))
	}
}
`;

/** Real ns of one turn of each loop. */
export function realTurns(go: string, version: string, loops: readonly Loop[]): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'compare-costs-'));
  try {
    const program = buildGo(go, minorVersion(version), folder, 'loops', goText(loops));
    const runs = Array.from({ length: PROCESSES }, () =>
      execFileSync('sh', ['-c', `exec "${program}" 2>&1`], { encoding: 'utf8', env: { GOMAXPROCS: '1', GOGC: 'off' } })
        .trim()
        .split('\n')
        .map((took) => Number(took) / TURNS),
    );
    return loops.map((_, i) => Math.min(...runs.map((run) => run[i] ?? Infinity)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
