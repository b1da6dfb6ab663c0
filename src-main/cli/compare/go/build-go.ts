/** Go programs of one file, compiled for the occasion. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** 19 of `go version go1.19.8 …`. */
export function minorVersion(version: string): number {
  const found = /go1\.(\d+)/.exec(version)?.[1];
  if (found === undefined) throw new Error(`not a version of Go: ${version}`);
  return Number(found);
}

/** `go build` of one file; gives the program. `hasC`: it has C in it, which needs a compiler. */
export function buildGo(go: string, minor: number, folder: string, name: string, text: string, hasC = false): string {
  const file = join(folder, `${name}.go`);
  const program = join(folder, name);
  writeFileSync(file, text);
  // From 1.23 on the linker asks whether the runtime wants its variables to be seen.
  const flags = minor >= 23 ? '-w -checklinkname=0' : '-w';
  execFileSync(go, ['build', `-ldflags=${flags}`, '-o', program, file], {
    cwd: folder,
    env: { ...process.env, GO111MODULE: 'off', GOTOOLCHAIN: 'local', GOFLAGS: '', CGO_ENABLED: hasC ? '1' : '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return program;
}
