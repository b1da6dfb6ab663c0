/** The commands of the launcher: each takes what was typed behind its name and gives the exit status. */
import { join } from 'node:path';
import { runChecks } from './checks.mjs';
import { display, hasDisplay } from './display.mjs';
import { electronEnvironment, findElectron } from './electron-runtime.mjs';
import { Failure, Misuse } from './failures.mjs';
import { busy, ROOT, run, say, tool } from './processes.mjs';
import { build, checkNode, installPackages } from './set-up.mjs';
import { asArguments, startSwitches } from './switches.mjs';
import { checkLibraries, isRoot } from './system.mjs';

async function packages() {
  checkNode();
  await installPackages();
}

/** An Electron that can be started, and the build. */
async function app() {
  const electron = await findElectron(ROOT, { say, busy });
  await checkLibraries(electron);
  await build();
  return electron;
}

/** Does `work` with the environment of an Electron that has a display. */
async function withDisplay(electron, work) {
  const screen = await display();
  try {
    return await work({ ...electronEnvironment(electron), ...screen.env }, screen);
  } finally {
    screen.stop();
  }
}

/** What every Electron of ours is started with. */
function electronFlags() {
  if (!isRoot()) return ['--disable-gpu'];
  say('running as root: Chromium’s own sandbox is off (--no-sandbox)');
  return ['--disable-gpu', '--no-sandbox'];
}

export async function start(args) {
  const switches = startSwitches(args);
  if (switches.delete('--window') && !hasDisplay())
    throw new Failure('There is no display for a window. Set DISPLAY, or leave out --window: the first lesson then plays by itself.');
  await packages();
  const electron = await app();
  return withDisplay(electron, (env, { isOwn }) => {
    if (switches.has('--open') && !switches.has('--play') && (isOwn || switches.has('--export')))
      throw new Failure('A file is opened in a window. Set DISPLAY, leave out --export, or use npm run sim -- run FILE.');
    if (isOwn && !switches.has('--export')) {
      say('no display: the first lesson plays by itself and writes into exports/');
      switches.set('--export', join(ROOT, 'exports'));
    }
    return run(electron.executable, [ROOT, ...electronFlags(), ...asArguments(switches)], env);
  });
}

/** `more` is for the tool behind the one check that is called `wanted`: a test file, or a test's name. */
export async function test([wanted = '', ...more]) {
  await packages();
  let screen = null;
  try {
    return await runChecks(wanted, more, async () => {
      const electron = await app();
      screen = await display();
      return { ...electronEnvironment(electron), ...screen.env };
    });
  } finally {
    screen?.stop();
  }
}

/** Types only: no Electron, no build, no display. */
export async function typecheck() {
  await packages();
  return runChecks('types', [], null);
}

/** What electron-vite may be told: where debuggers find the main process and the page. */
const DEBUGGING = /^--(inspect|inspectBrk|remoteDebuggingPort)=\d+$/;

/**
 * The page comes from Vite, which renews it while its sources change; a change of the main process's sources starts Electron again. A window
 * is what it is for, so a display is needed.
 */
export async function dev(args) {
  const unknown = args.find((arg) => !DEBUGGING.test(arg));
  if (unknown !== undefined)
    throw new Misuse(
      `${unknown} is not a switch of npm run dev. There are: --inspect=PORT, --inspectBrk=PORT, --remoteDebuggingPort=PORT.`,
    );
  if (!hasDisplay()) throw new Failure('There is no display for a window. Set DISPLAY.');
  await packages();
  const electron = await app();
  const flags = electronFlags();
  return run(
    process.execPath,
    tool('electron-vite', [
      'dev',
      ...['-c', 'electron.config.ts', '--watch', '--sourcemap'],
      ...args,
      ...(flags.includes('--no-sandbox') ? ['--noSandbox'] : []),
      ...['--', '--disable-gpu'],
    ]),
    // Vite's page has no policy, as Electron would say each time.
    { ...electronEnvironment(electron), ELECTRON_DISABLE_SECURITY_WARNINGS: '1' },
  );
}

export async function bench(args) {
  await packages();
  const electron = await app();
  return withDisplay(electron, (env) => run(process.execPath, [join(ROOT, 'out', 'main', 'bench.js'), ...args], env));
}

/** What the window shows of scenarios, side by side. */
export async function sheet(args) {
  await packages();
  const electron = await app();
  return withDisplay(electron, (env) => run(process.execPath, [join(ROOT, '.ci', 'contact-sheet.mjs'), ...args], env));
}

/** Packages to install. `--test` then starts what was built as its users would; a word builds only targets with it in their names. */
async function packaging(args) {
  const isTested = args.includes('--test');
  const words = args.filter((arg) => arg !== '--test');
  const unknown = words.find((word) => word.startsWith('-'));
  if (unknown !== undefined) throw new Misuse(`${unknown} is not a switch of npm run package.`);
  if (words.length > 1) throw new Misuse(`npm run package takes --test and one word, found ${words.join(' ')}.`);
  await packages();
  const electron = await app();
  // Loaded only here: it needs node_modules.
  const { buildPackages } = await import('./build-packages.mjs');
  const status = await buildPackages(electron, words[0] ?? '');
  if (!isTested || status !== 0) return status;
  const { testPackages } = await import('./test-package.mjs');
  // At once: what drives the window has its own idea of the exit status.
  process.exit(await testPackages(electron));
}

/** The name is a reserved word. */
export { packaging as package };

/** The model held against something real: no Electron, no display. What is real there (a compiler, Go) is its own business. */
export async function compare(args) {
  await packages();
  await build();
  return run(process.execPath, [join(ROOT, 'out', 'main', 'compare.js'), ...args]);
}

const SOAK_SCENARIOS = 20_000;

/** How many times the inputs of npm test the fuzz takes in each round. */
const SOAK_FUZZ = 40;

/** How often a program is killed while it saves, in each round. */
const SOAK_KILLS = 200;

/** How many questions of exercises are held against their runs in each round. */
const SOAK_QUESTIONS = 10_000;
const SOAK_WHY = 2_000;

/** Some 60,000 inputs for everything that reads something; `npm run soak -- fuzz` does only that, again and again: seventeen rounds are a million. */
async function damagedFiles(round) {
  const seed = Date.now() % 1_000_000_000;
  say(`round ${round}: damaged files, command lines and requests, FUZZ_SEED=${seed}`);
  const fuzz = tool('vitest', ['run', '--project', 'main', 'src-main/fuzz/']);
  return run(process.execPath, fuzz, { ...process.env, FUZZ_SEED: String(seed), FUZZ_TIMES: String(SOAK_FUZZ) });
}

/** The laws over random scenarios and damaged files for every reader, round after round with new seeds, until something breaks or somebody stops it. */
export async function soak([only = '', ...more]) {
  if (more.length > 0 || !['', 'fuzz'].includes(only))
    throw new Misuse(`npm run soak takes nothing, or fuzz: found ${[only, ...more].join(' ')}.`);
  await packages();
  for (let times = 1; only === 'fuzz'; times++) {
    const status = await damagedFiles(times);
    if (status !== 0) return status;
  }
  for (let round = 1; ; round++) {
    say(`round ${round}: ${SOAK_SCENARIOS} random scenarios (Ctrl+C ends)`);
    const laws = tool('vitest', ['run', '--project', 'main', 'src-main/model/laws/random/', '-t', 'keep every law']);
    const status = await run(process.execPath, laws, { ...process.env, SOAK_RUNS: String(SOAK_SCENARIOS) });
    if (status !== 0) return status;
    say(`round ${round}: the reasons of whoever waits in ${SOAK_WHY} random runs`);
    const reasons = tool('vitest', ['run', '--project', 'main', 'src-main/ask/why/random.test.ts']);
    const reasoned = await run(process.execPath, reasons, { ...process.env, SOAK_WHY: String(SOAK_WHY) });
    if (reasoned !== 0) return reasoned;
    say(`round ${round}: ${SOAK_QUESTIONS} questions of exercises`);
    const questions = tool('vitest', ['run', '--project', 'main', 'src-main/exercises/', '-t', 'exactly one right choice']);
    const asked = await run(process.execPath, questions, { ...process.env, SOAK_QUESTIONS: String(SOAK_QUESTIONS) });
    if (asked !== 0) return asked;
    say(`round ${round}: a writer that is killed ${SOAK_KILLS} times`);
    const saving = tool('vitest', ['run', '--project', 'main', 'src-main/app/killed-writer.test.ts']);
    const saved = await run(process.execPath, saving, { ...process.env, SOAK_KILLS: String(SOAK_KILLS) });
    if (saved !== 0) return saved;
    const fuzzed = await damagedFiles(round);
    if (fuzzed !== 0) return fuzzed;
  }
}
