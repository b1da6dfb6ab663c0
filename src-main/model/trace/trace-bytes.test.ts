/**
 * The trace of every golden and branch scenario, byte for byte: whoever changes how the code is built sees here that the runs stay
 * what they were. One line each, steps and SHA-256 of the trace file, so that a difference names its scenario.
 * UPDATE_GOLDENS=1 writes the file anew; a commit that does so says which bytes changed and why.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScenario } from '../../formats/scenario';
import { TraceBytes } from '../../formats/trace-bytes';
import { traceHeader, traceLine } from '../../formats/trace-jsonl';
import { Simulation } from '../run/simulate';
import { assets } from '../testdata/run-scenario';

const ROOT = new URL('../../../', import.meta.url);
const FOLDERS = ['src-main/model/testdata/golden', 'src-main/model/testdata/branches'];
/** Small, so that most traces are taken in several pieces. */
const PIECE = 4_096;
const KEPT = new URL('src-main/model/testdata/trace-bytes.txt', ROOT);

function scenariosBelow(folder: string): string[] {
  const found = readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' });
  return found.filter((name) => name.endsWith('.scenario.yaml')).map((name) => `${folder}/${name}`);
}

function lineOf(file: string): string {
  const parsed = parseScenario(readFileSync(new URL(file, ROOT), 'utf8'), file);
  if (!parsed.ok) throw new Error(`${file} is refused`);
  const simulation = new Simulation(parsed.scenario, assets);
  const hash = createHash('sha256').update(traceHeader(parsed.source, simulation.first));
  const bytes = createHash('sha256');
  const lines = new TraceBytes(PIECE);
  lines.addText(traceHeader(parsed.source, simulation.first));
  let count = 0;
  while (!simulation.outcome) {
    for (const step of simulation.run(1_000).steps) {
      hash.update(traceLine(step));
      lines.add(step);
      if (lines.isFull) bytes.update(lines.take());
      count++;
    }
  }
  bytes.update(lines.take());
  // What is said of a step, and what is written of it.
  const said = hash.digest('hex');
  if (bytes.digest('hex') !== said) throw new Error(`${file}: the bytes are not those of its lines`);
  return `${file} ${count} ${said}`;
}

test('every trace has the bytes that it had', () => {
  const lines = FOLDERS.flatMap(scenariosBelow).sort().map(lineOf);
  expect(lines.length).toBeGreaterThan(150);
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(KEPT, `${lines.join('\n')}\n`);
  expect(lines).toEqual(readFileSync(KEPT, 'utf8').trimEnd().split('\n'));
});
