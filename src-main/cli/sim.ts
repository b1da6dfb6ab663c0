/** The command line's entry: `sim run` and `sim check`. See sim-main.ts. */
import { simMain } from './sim-main';
import { writerTo } from './standard-output';

// Nobody could be told that nobody can be told.
process.stderr.on('error', () => undefined);

process.exitCode = await simMain(process.argv.slice(2), {
  out: writerTo(process.stdout),
  err: (text) => process.stderr.write(text),
  isErrTerminal: process.stderr.isTTY,
  environment: process.env,
  onInterrupt: (stop) => {
    // HUP: the terminal was closed.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  },
});
