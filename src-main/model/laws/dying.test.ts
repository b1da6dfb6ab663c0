/** A program that dies freezes the world as well as it can; whoever is not stopped goes on, and the laws allow for it. */
import { expect, test } from 'vitest';
import { parseScenario } from '../../formats/scenario';
import { play } from '../testdata/run-scenario';

test('a goroutine that comes home from the kernel into a frozen world runs on', () => {
  const calls = '{ name: read, args: [3, { buf: 8 }, 8] }';
  const parsed = parseScenario(
    `schedville: 1
kind: scenario
id: frozen
title: { zh: 冻住的世界, en: Frozen }
runtime: { gomaxprocs: 4, asyncpreempt: false, start: { idlems: 2 } }
kernel: { files: { /etc/motd: hello }, fds: { 3: /etc/motd } }
channels: { c0: { cap: 0 } }
mutexes: [mu]
goroutines:
  main:
    - go: c
    - go: a
    - netread: { takes: 1000ns }
    - unlock: mu
  a: []
  c:
    - go: { name: e, times: 7 }
    - go: { name: d, times: 6 }
  d:
    - send: c0
  e:
    - syscall: ${calls}
`,
    'frozen.yaml',
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const { steps } = play(parsed.scenario);
  const frozen = steps.findIndex(({ fn }) => fn === 'freezetheworld');
  expect(frozen).toBeGreaterThan(0);
  expect(steps.slice(frozen).some(({ fn, at }) => fn === 'exitsyscallfast' && at === 'frozen')).toBe(true);
});
