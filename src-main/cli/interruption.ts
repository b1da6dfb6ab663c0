/** Whether somebody has interrupted the command, asked while it writes: what it has begun is then taken away, as if it had never been run. */
import type { Terminal } from './terminal';

/** A signal waits so long for its turn, ms. */
const TURN_MS = 50;

/** Exit status 130. */
export class Interrupted extends Error {}

export class Interruption {
  private isWanted = false;
  private next = performance.now() + TURN_MS;

  /** From here on signals no longer end the program by themselves. */
  constructor(terminal: Terminal) {
    terminal.onInterrupt(() => {
      this.isWanted = true;
    });
  }

  /** To be asked often, and awaited: now and then a signal has its turn. null: nothing to wait for. Rejects with Interrupted. */
  turn(): Promise<void> | null {
    return performance.now() < this.next ? null : this.listen();
  }

  private async listen(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (this.isWanted) throw new Interrupted();
    this.next = performance.now() + TURN_MS;
  }
}
