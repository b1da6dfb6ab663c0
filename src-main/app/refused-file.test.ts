import { expect, test } from 'vitest';
import { parseScenario } from '../formats/scenario';
import type { Result } from '../model/words';
import { refusedFileText } from './refused-file';

const parsed = parseScenario('schedville: 1\nkind: scenario\nid: bad\ngoroutines:\n  main:\n    - computee: 10us\n', 'bad.scenario.yaml');
const refused: Result<null> = { ok: false, message: { zh: '有错', en: 'it has errors' }, faults: parsed.ok ? [] : parsed.faults };

test('a terminal is told the lines of the faults, once', () => {
  expect(refusedFileText(refused, 'en', false)).toMatch(/^Schedville: it has errors\n(.*\n)*bad\.scenario\.yaml:6:\d+: .*compute.*\n/);
  expect(refusedFileText(refused, 'zh', false)).toMatch(/^Schedville: 有错\n(.*\n)*bad\.scenario\.yaml:6:\d+: /);
  expect(refusedFileText(refused, 'en', true)).toBe('');
  expect(refusedFileText({ ok: true, value: null }, 'en', false)).toBe('');
});
