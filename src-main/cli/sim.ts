/** The command line's entry: `sim run` and `sim check`. See sim-main.ts. */
import { simMain } from './sim-main';

/** A closed pipe ends its stream, not the product. */
function onClosed(stream: NodeJS.WriteStream, then: () => void): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    then();
  });
}

// A reader that has seen enough (`sim run … --trace - | head -1`): nothing is left to be done. Files are renamed before anything goes to
// standard output, or are not written at all, so that none is left half done.
onClosed(process.stdout, () => process.exit(0));
onClosed(process.stderr, () => undefined);

process.exitCode = await simMain(process.argv.slice(2), {
  out: (text) =>
    new Promise<void>((resolve) => {
      process.stdout.write(text, () => {
        resolve();
      });
    }),
  err: (text) => process.stderr.write(text),
  isErrTerminal: process.stderr.isTTY,
  environment: process.env,
  onInterrupt: (stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  },
});
