/** The programs that both sides run: whatever an operation is, there is one with it, as a scenario that is read and as Go. */
import { expect, test } from 'vitest';
import { OPERATIONS, rowOf } from '../../../model/operations/index';
import type { AnyOperation } from '../../../model/operations/operation';
import { generate } from './generator';
import { goText } from './go-text';
import { scenarioOf } from './program';

/** Operations that stand for something inside of the runtime, or for C: a Go program cannot say them. */
const WITHOUT_GO = ['blockingsyscall', 'cgo', 'cgothread', 'foreachp', 'gc', 'netread'];

const programs = generate(1, 150);

function kindsIn(operations: readonly AnyOperation[]): string[] {
  return operations.flatMap((each) => [each.kind, ...kindsIn(rowOf(each).within?.(each).operations ?? [])]);
}

test('the same seed makes the same programs, another one others', () => {
  expect(generate(1, 20)).toEqual(programs.slice(0, 20));
  expect(generate(2, 20)).not.toEqual(programs.slice(0, 20));
});

test('every operation with a Go statement comes up', () => {
  const seen = new Set(programs.flatMap(({ goroutines }) => Object.values(goroutines).flatMap(kindsIn)));
  expect([...seen].sort()).toEqual(OPERATIONS.filter((kind) => !WITHOUT_GO.includes(kind)).sort());
});

test('each is a scenario that is read, and says the same when it is read', () => {
  for (const program of programs.slice(0, 40)) expect(scenarioOf(program).scenario.goroutines).toEqual(program.goroutines);
});

test('all of them are one Go file, in which each goroutine is a function and each operation is behind a call', () => {
  const [first] = programs;
  const text = goText(programs);
  expect(text.match(/^func p\d+_run\(\)/gm)).toHaveLength(programs.length);
  expect(text.match(/^func p0_g_/gm)).toHaveLength(Object.keys(first?.goroutines ?? {}).length);
  expect(text).toMatch(/op\(\)\nmark\(\d+, self\)/);
});
