import { expect, test } from 'vitest';
import { parseScenario } from '../../formats/scenario';
import { play } from '../testdata/run-scenario';

const HEAD = 'schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 试, en: try }\ngoroutines:\n  main:\n';

function log(line: string): string[] {
  const parsed = parseScenario(`${HEAD}    - ${line}\n`, 'x.yaml');
  if (!parsed.ok) return parsed.faults.map((fault) => fault.message.en);
  return play(parsed.scenario).last.kernel.strace.map(({ text }) => text);
}

test('a struct of words is what the kernel reads', () => {
  expect(log('syscall: { name: nanosleep, args: [{ words: [0, 5000000] }, 0] }')).toEqual([
    'nanosleep({tv_sec=0, tv_nsec=5000000}, NULL) = 0',
    'exit_group(0) = ?',
  ]);
});

test.each([
  ['{ words: [0, 1.5] }', 'found 1.5'],
  ['{ words: ["0xfffffffffffffffff"] }', 'found "0xfffffffffffffffff"'],
  ['{ words: [18446744073709551616] }', 'found 18446744073709551616'],
  ['{ words: [1], buf: 8 }', '{ buf: N }, { words: [N, …] }'],
  ['{}', '{ buf: N }, { words: [N, …] }'],
])('%s is refused', (argument, said) => {
  const [fault = ''] = log(`syscall: { name: nanosleep, args: [${argument}] }`);
  expect(fault).toContain(said);
});

test('64 bits are taken whole, and a repeated call finds the struct as it was written', () => {
  const call = '{ syscall: { name: pwrite64, args: [1, { words: ["0x8000000000000001", -1, 18446744073709551615] }, 24, 0] } }';
  const parsed = parseScenario(`${HEAD}    - repeat: { times: 2, do: [${call}] }\n`, 'x.yaml');
  if (!parsed.ok) throw new Error(parsed.faults[0]?.message.en);
  const { mem } = play(parsed.scenario).last.kernel;
  expect(Object.values(mem)).toContain(`0100000000000080${'ff'.repeat(16)}`);
});
