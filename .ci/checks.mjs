/** What npm test runs: the checks, side by side, each one's output in one piece. */
import { availableParallelism } from 'node:os';
import { Misuse } from './failures.mjs';
import { printingTo, run, say, tool } from './processes.mjs';

/**
 * The longest first, so that the short ones fill the cores beside it. `needsApp`: only with Electron, a display and the build. A function,
 * because the tools are known only when node_modules is there.
 */
const checks = () => [
  {
    name: 'e2e in a real Electron',
    args: tool('playwright', ['test', '-c', 'e2e/playwright.config.ts'], '@playwright/test'),
    needsApp: true,
  },
  { name: 'unit, layer and property tests', args: tool('vitest', ['run']) },
  { name: 'lint: components', args: tool('eslint', ['--max-warnings', '0', '.']) },
  {
    name: 'types: renderer',
    args: tool('svelte-check', ['--tsconfig', 'src-renderer/tsconfig.json', '--output', 'human', '--fail-on-warnings']),
  },
  { name: 'lint: all else', args: tool('oxlint', []) },
  { name: 'types: main', args: tsc('tsconfig.json') },
  { name: 'types: model', args: tsc('src-main/model/tsconfig.json') },
  { name: 'types: e2e', args: tsc('e2e/tsconfig.json') },
  { name: 'format', args: tool('prettier', ['--check', '--log-level', 'warn', ...cached('prettier'), '.']) },
];

/** Only for what looks at each file by itself; the linter's rules about types look at the others, too. */
const cached = (name) => ['--cache', '--cache-strategy', 'content', '--cache-location', `node_modules/.cache/${name}/`];

/** The compiler in Go, a sixth of the work. Whatever asks the compiler's own interface (components, their linter) needs the older one. */
const tsc = (project) =>
  tool(
    'tsc',
    ['-p', project, '--incremental', '--tsBuildInfoFile', `node_modules/.cache/tsc/${project.replace(/\W/g, '-')}`],
    'typescript7',
  );

/**
 * Runs the checks whose name contains `wanted`; `more` are arguments for the only one, which is then called by the beginning of its name
 * (e2e does not mean the types of e2e, too). Resolves to the exit status. `withApp` as in sideBySide.
 */
export async function runChecks(wanted, more, withApp) {
  const all = checks();
  const names = (some) => some.map(({ name }) => name).join('; ');
  const chosen = all.filter(({ name }) => (more.length > 0 ? name.startsWith(wanted) : name.includes(wanted)));
  if (chosen.length === 0) throw new Misuse(`No check is called ${wanted}. There are: ${names(all)}.`);
  if (more.length > 0 && chosen.length > 1)
    throw new Misuse(`${more.join(' ')} is for one check, but ${wanted} means ${chosen.length}: ${names(chosen)}.`);
  return sideBySide(
    chosen.map((check) => ({ ...check, args: [...check.args, ...more] })),
    withApp,
  );
}

/**
 * Runs checks, all of them even when one fails, as many side by side as there are cores, and two at least: the tests in Electron mostly wait.
 * `withApp` is called once at most and gives the environment of the checks that need the app. Resolves to the exit status.
 */
export async function sideBySide(chosen, withApp) {
  const failed = [];
  const waiting = [...chosen];
  const running = new Set();
  const slot = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const output = new Output(check.name, () => waiting.length === 0 && running.size === 1);
      running.add(output);
      const isGood = await printingTo(output.write, () => passes(check, withApp));
      if (!isGood) failed.push(output);
      running.delete(output);
      output.end(isGood);
      for (const last of running) last.show();
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, slot));
  // Whoever comes back to the end of it all need not look for the reason above what went well.
  for (const each of failed) console.log(`\n▸ ${each.name}, once more how it ended:\n${each.last()}`);
  console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.map(({ name }) => name).join('; ')}`);
  console.log(`${chosen.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

async function passes({ args, needsApp }, withApp) {
  try {
    return (await run(process.execPath, args, needsApp ? await withApp() : process.env)) === 0;
  } catch (error) {
    // The app could not be set up. The other checks have something to say all the same.
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

const LAST_LINES = 60;

/** One check's output: kept until the check has ended, or until `isAlone` says that no other can come in between. */
class Output {
  #kept = '';
  #end = '';
  #isShown = false;
  #began = Date.now();

  constructor(name, isAlone) {
    this.name = name;
    this.isAlone = isAlone;
    this.write = (text) => {
      this.#kept += text;
      this.#end = (this.#end + text).split('\n').slice(-LAST_LINES).join('\n');
      this.show();
    };
  }

  show() {
    if (this.isAlone()) this.#flush();
  }

  #flush() {
    if (!this.#isShown) console.log(`▸ ${this.name}`);
    this.#isShown = true;
    process.stdout.write(this.#kept);
    this.#kept = '';
  }

  /** Its last lines: runners of tests list there what failed. */
  last() {
    return this.#end.trimEnd();
  }

  end(isGood) {
    this.#flush();
    say(`${this.name}: ${isGood ? 'passed' : 'FAILED'} after ${((Date.now() - this.#began) / 1000).toFixed(0)} s`);
  }
}
