/** The command line's entry: `sim run` and `sim check`. See sim-main.ts. */
import { simMain } from './sim-main';

process.exitCode = await simMain(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isErrTerminal: process.stderr.isTTY,
  environment: process.env,
  onInterrupt: (stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  },
});
