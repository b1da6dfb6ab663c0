/** The programs that both sides run: whatever an operation is, there is one with it, as a scenario that is read and as Go. */
import { expect, test } from 'vitest';
import { OPERATIONS, rowOf, usesCgo } from '../../../model/operations/index';
import type { AnyOperation } from '../../../model/operations/operation';
import { generate } from './generator';
import { goText } from './go-text';
import { BY_C, markOf } from './outcome';
import { ownersOfMarks, scenarioOf } from './program';

/** Operations that stand for something inside of the runtime: a Go program cannot say them, or not without the rest of a collection. */
const WITHOUT_GO = ['blockingsyscall', 'foreachp', 'gc'];

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
  const text = goText(programs, true);
  expect(text.match(/^func p\d+_run\(\)/gm)).toHaveLength(programs.length);
  expect(text.match(/^func p0_g_/gm)).toHaveLength(Object.keys(first?.goroutines ?? {}).length);
  expect(text).toMatch(/op\(\)\nmark\(\d+, self\)/);
});

test('a mark in a function that a thread of C calls is nobody’s', () => {
  const [withC] = programs.filter(({ goroutines }) => JSON.stringify(goroutines).includes('"kind":"cgothread"'));
  const owners = ownersOfMarks(withC?.goroutines ?? {});
  expect([...owners.values()]).toContain(BY_C);
  expect(owners.get('1')).not.toBe(BY_C);
  expect(markOf(BY_C, 0, '7')).toBe('cgo:7');
});

test('only programs that use them have C and connections', () => {
  const [plain] = programs.filter(({ goroutines }) => !usesCgo(goroutines));
  expect(goText(plain ? [plain] : [])).not.toContain('import "C"');
  expect(goText(programs, true)).toContain('import "C"');
  expect(goText(programs, true)).toMatch(/var conn \*connection\n[^]*netread\(&conn, \d+\)/);
});
