/** Everything that the launcher starts, and the lines in which it says so. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './failures.mjs';
import { withoutNoise } from './noise.mjs';

/** The checkout. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const sink = new AsyncLocalStorage();
const print = (text) => (sink.getStore() ?? process.stdout.write.bind(process.stdout))(text);

/** Does `work`; what say, busy, quiet and run print meanwhile on its behalf goes to `write`. */
export const printingTo = (write, work) => sink.run(write, work);

export const say = (text) => print(`▸ ${text}\n`);

const MENTIONED_MS = 2000;

/** Runs something that may take long: a line at once, and how long it took. On a terminal the seconds count up meanwhile. */
export async function busy(what, work) {
  const began = Date.now();
  const isLive = process.stdout.isTTY && sink.getStore() === undefined;
  const timer = isLive && setInterval(() => print(`\r▸ ${what} … ${Math.round((Date.now() - began) / 1000)} s `), MENTIONED_MS);
  if (isLive) print(`▸ ${what} …`);
  else say(what);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    const took = Date.now() - began;
    if (isLive) print('\r');
    if (isLive || took >= MENTIONED_MS) say(`${what}: ${(took / 1000).toFixed(1)} s`);
  }
}

/** HUP: the terminal was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in the checkout; its output goes where the launcher's own goes. Resolves to its exit status when its last line has been
 * written; 127 when it could not be started. A signal to the launcher is handed on.
 */
export function run(command, args, env = process.env) {
  return new Promise((resolve) => {
    const write = sink.getStore();
    const child = spawn(command, args, { cwd: ROOT, env, stdio: write ? ['ignore', 'pipe', 'pipe'] : ['inherit', 'inherit', 'pipe'] });
    child.stdout?.setEncoding('utf8').on('data', write);
    const said = withoutNoise(child.stderr, write ?? ((line) => process.stderr.write(line)));
    const stop = (signal) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, stop);
    child.on('error', (error) => {
      print(`${error}\n`);
      resolve(127);
    });
    child.on('close', (status, signal) => {
      for (const signal of SIGNALS) process.off(signal, stop);
      void said.finally(() => resolve(status ?? (signal ? 1 : 0)));
    });
  });
}

/** Runs a program silently unless it fails: then its output is the reason, or what `inWords` makes of it. */
export async function quiet(what, command, args, env = process.env, inWords = () => null) {
  const { status, said } = await busy(
    what,
    () =>
      new Promise((resolve) => {
        const child = spawn(command, args, {
          cwd: ROOT,
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
          shell: process.platform === 'win32' && command === 'npm',
        });
        let said = '';
        child.stdout.on('data', (data) => (said += data));
        child.stderr.on('data', (data) => (said += data));
        child.on('error', (error) => resolve({ status: 127, said: String(error) }));
        child.on('close', (status) => resolve({ status, said }));
      }),
  );
  if (status !== 0) throw new Failure(inWords(said) ?? `${what} failed (${command} ${args.join(' ')}):\n${said.trim()}`);
}

/** The script of a tool of node_modules and its arguments, to be run by this Node: the links in node_modules/.bin differ between systems. */
export function tool(name, args, inPackage = name) {
  const folder = join(ROOT, 'node_modules', inPackage);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [join(folder, typeof bin === 'string' ? bin : bin[name]), ...args];
}
