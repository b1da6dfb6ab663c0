/** The command line as it is typed: usage, languages, help. */
import { expect, test } from 'vitest';
import { simMain } from './sim-main';
import { sim } from './testdata/sim';

test.each([
  [[], 'no command given: write sim run FILE, sim check FILE, sim anchors FILE or sim find FILE EXPR.'],
  [['run'], 'run needs a file, as in sim run assets/examples/two-houses.scenario.yaml.'],
  [['check'], 'check needs a file, as in'],
  [['rum', 'x'], 'unknown command rum (did you mean run?)'],
  [['s.scenario.yaml'], 'To run this file: sim run s.scenario.yaml'],
  [['run', 'x', 'y'], 'run takes one file, found 2: x y'],
  [['run', 'x', '--fact', '-'], 'unknown option --fact (did you mean --facts?); known options: --trace, '],
  [['run', 'x', '-q'], 'unknown option -q'],
  [['check', 'x', '--trace', 'y'], '--trace belongs to run; check does not accept it.'],
  [['run', 'x', '--seed', '1', '--seed=2'], '--seed is given twice.'],
  [['run', 'x', '--seed', '-1'], 'expected a whole number from 0 to 9007199254740991 for --seed, found -1.'],
  [['run', 'x', '--seed', '9007199254740992'], 'expected a whole number from 0 to 9007199254740991 for --seed'],
  [['run', ''], 'an argument of run is empty'],
  [['check', 'x', ''], 'an argument of check is empty'],
  [['why', 'x', ''], 'an argument of why is empty'],
  [['find', '', 'n == 1'], 'an argument of find is empty'],
  [['import'], 'as in sim import server.trace.'],
  [['upgrade'], 'as in sim upgrade lesson.yaml.'],
  [['run', 'x', '--trace'], '--trace needs a value, as in --trace run.trace.jsonl.'],
  [['run', 'x', '--trace', '--quiet'], '--trace needs a value'],
  [['run', 'x', '--quiet=yes'], '--quiet takes no value, found --quiet=yes.'],
  [['run', 'x', '--until', 'soon'], 'expected a duration such as 200ns, 5us, 30ms or 1s for --until, found soon.'],
  [['run', 'x', '--lang', 'fr'], 'expected zh or en for --lang, found fr.'],
])('bad usage is told with what would be right: %j', async (args, message) => {
  const { status, out, err } = await sim(...args);
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain(`sim: `);
  expect(err).toContain(message);
  expect(err.trimEnd().split('\n')).toHaveLength(2);
});

test.each([
  [{ LC_ALL: '', LANG: 'zh_CN.UTF-8' }, '没有写要做什么'],
  [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'no command given'],
  [{}, 'no command given'],
])('the language of %j', async (environment, said) => {
  let err = '';
  await simMain([], {
    out: () => undefined,
    err: (text) => (err += text),
    isErrTerminal: false,
    environment,
    onInterrupt: () => undefined,
  });
  expect(err).toContain(said);
});

test.each(['run', 'anchors', 'events', 'export'])('a lesson that %s is given is called one, in a line', async (command) => {
  const lesson = 'assets/lessons/01-hunting/lesson.yaml';
  const { status, err } = await sim(command, lesson, ...(command === 'export' ? ['--format', 'csv'] : []));
  expect(status).toBe(1);
  expect(err).toBe(`${lesson}:1:1: this is a lesson; sim check checks it, and sim takes the scenario files beside it\n`);
});

test('the largest seed of a scenario is one of the command line, too', async () => {
  const { status, out } = await sim('run', 'assets/examples/two-houses.scenario.yaml', '--seed', '9007199254740991', '--trace', '-');
  expect(status).toBe(0);
  expect(out).toContain('"seed":9007199254740991');
});

test('--help and --version', async () => {
  expect((await sim('--help')).out).toContain('run --help');
  expect((await sim('run', '--help')).out).toContain('--state-at N');
  expect((await sim('check', '-h', '--lang', 'zh')).out).toContain('没有错误的文件');
  expect((await sim('--version')).out).toMatch(/^schedville \d/);
});
