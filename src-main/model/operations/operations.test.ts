import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScenario } from '../../formats/scenario';
import type { Operation, Scenario } from '../scenario';
import { randomScenario } from '../testdata/random-scenario';
import { scenarioText } from '../../formats/scenario-text';
import { OPERATIONS, operationNamed, rowOf, usesCgo } from './index';
import { InstanceNames } from './instance-names';
import type { AnyOperation } from './operation';

const HEAD = `schedville: 1
kind: scenario
id: x
title: { zh: 甲, en: a }
channels: { c: { cap: 0 } }
mutexes: [mu]
rwmutexes: [rw]
conds: { co: { mutex: mu } }
waitgroups: [wg]
goroutines:
  worker: []
  main:
    - `;

function scenarioWith(operation: string): Scenario {
  const parsed = parseScenario(HEAD + operation, 'x');
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message.en).join('\n'));
  return parsed.scenario;
}

function read(operation: string): Operation {
  const [first] = scenarioWith(operation).goroutines.main ?? [];
  if (!first) throw new Error('main is empty');
  return first;
}

test.each(OPERATIONS)('the example of %s is read as that operation, and what is written of it is read as the same', (kind) => {
  const example = operationNamed(kind)?.example ?? kind;
  expect(read(example).kind).toBe(kind);
  expect(parseScenario(scenarioText(scenarioWith(example)), 'x')).toMatchObject({ ok: true, scenario: scenarioWith(example) });
});

const kindsIn = (operations: readonly AnyOperation[]): string[] =>
  operations.flatMap((each) => [each.kind, ...kindsIn(rowOf(each).within?.(each).operations ?? [])]);

test('the random scenarios of the laws have every operation', () => {
  const made = fc.sample(randomScenario, { seed: 1, numRuns: 500 });
  const kinds = made.flatMap(({ goroutines }) => Object.values(goroutines).flatMap(kindsIn));
  expect([...new Set(kinds)].sort()).toEqual([...OPERATIONS].sort());
});

test.each([
  ['cgo: { takes: 1ms }', true],
  ['cgothread: { callback: [gosched] }', true],
  ['cgo: { takes: 1ms, callback: [{ cgothread: { after: 5us, callback: [] } }, gosched] }', true],
  ['repeat: { times: 2, do: [{ repeat: { times: 1, do: [{ cgo: { takes: 1ms } }] } }] }', true],
  ['repeat: { times: 2, do: [gosched] }', false],
  ['blockingsyscall: { takes: 1ms }', false],
])('%s: linked with C: %s', (operation, isLinked) => {
  expect(usesCgo({ main: [], worker: [read(operation)] })).toBe(isLinked);
});

test.each([
  ['go: worker', 'worker'],
  ['go: { name: worker, times: 2 }', 'worker#1'],
  ['repeat: { times: 1, do: [{ go: worker }] }', 'worker'],
  ['repeat: { times: 2, do: [{ repeat: { times: 1, do: [{ go: worker }] } }] }', 'worker#1'],
])('after %s the first instance is %s', (operation, name) => {
  expect(new InstanceNames({ main: [read(operation)], worker: [] }).next('worker')).toBe(name);
});
