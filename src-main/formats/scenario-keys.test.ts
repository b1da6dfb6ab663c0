import { expect, test } from 'vitest';
import { OPERATIONS } from '../model/operations/index';
import { parseScenario } from './scenario';
import { scenarioKeys } from './scenario-keys';

const keys = scenarioKeys();

test('every operation is offered, with its own keys and an example that can be read', () => {
  expect(keys.operations.map(({ kind }) => kind)).toEqual(OPERATIONS);
  const fields = new Map(keys.operations.map(({ kind, fields }) => [kind, fields]));
  expect(fields.get('syscall')).toEqual(['name', 'args', 'via', 'takes', 'returns', 'errno']);
  expect(fields.get('repeat')).toEqual(['times', 'do']);
  expect(fields.get('go')).toEqual(['name', 'times']);
  expect([fields.get('compute'), fields.get('gosched')]).toEqual([[], []]);
});

/** What the reader says of a key that it does not know, at any place of a file. */
function refusedKeys(text: string): string[] {
  const parsed = parseScenario(text, 'a');
  const said = parsed.ok ? [] : parsed.faults.map(({ message }) => message.en);
  return said.flatMap((each) => /^unknown key (\S+) in /.exec(each)?.[1] ?? []);
}

test('keys that are offered are those that the reader takes', () => {
  const inMap = (map: string, name: string): string =>
    map === '' ? `${name}: 1` : map.split('.').reduceRight((inner, key) => `${key}: { ${inner} }`, `${name}: 1`);
  for (const [map, names] of Object.entries(keys.maps)) {
    expect(refusedKeys(inMap(map, 'zzz')), map).toHaveLength(1);
    for (const name of names) expect(refusedKeys(inMap(map, name)), inMap(map, name)).toEqual([]);
  }
});
