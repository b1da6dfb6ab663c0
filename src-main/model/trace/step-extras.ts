/** What steps tell beside their changes, each different telling once. */
import type { Step } from '../state';

export type Extras = Pick<Step, 'asm' | 'note' | 'ev' | 'assumed'>;

/** Lists of paths that are inferred, each one a way from the root: a recording has few different ones, and one for almost every step. */
class AssumedNode {
  private readonly below = new Map<string, AssumedNode>();
  /** By event: the number of what a step tells beside its changes. */
  readonly numbers = new Map<string | undefined, number>();

  to(path: string): AssumedNode {
    let node = this.below.get(path);
    if (!node) this.below.set(path, (node = new AssumedNode()));
    return node;
  }
}

export class ExtraPool {
  /** By number; that of a step which tells nothing is 0. */
  readonly things: Extras[] = [{}];
  private readonly numbers = new Map<string, number>();
  private readonly assumed = new AssumedNode();

  numberOf(step: Step): number {
    const { asm, note, ev, assumed } = step;
    if (asm === undefined && note === undefined && assumed?.length !== 0) {
      if (ev === undefined && assumed === undefined) return 0;
      let node = this.assumed;
      if (assumed !== undefined) for (const path of assumed) node = node.to(path);
      let number = node.numbers.get(ev);
      if (number === undefined) node.numbers.set(ev, (number = this.add(step)));
      return number;
    }
    // The note comes last: only it may have lines of its own.
    const key = `${asm?.pc ?? ''}\n${asm?.text ?? ''}\n${ev ?? ''}\n${assumed === undefined ? '' : JSON.stringify(assumed)}\n${note === undefined ? '' : `:${note}`}`;
    let number = this.numbers.get(key);
    if (number === undefined) this.numbers.set(key, (number = this.add(step)));
    return number;
  }

  private add({ asm, note, ev, assumed }: Step): number {
    return (
      this.things.push({
        ...(asm === undefined ? {} : { asm }),
        ...(note === undefined ? {} : { note }),
        ...(ev === undefined ? {} : { ev }),
        ...(assumed === undefined ? {} : { assumed }),
      }) - 1
    );
  }
}

/** A step, and what it tells besides: spreading several objects into one would cost several times as much. */
export function withExtras(step: Step, { asm, note, ev, assumed }: Extras): Step {
  if (asm !== undefined) step.asm = asm;
  if (note !== undefined) step.note = note;
  if (ev !== undefined) step.ev = ev;
  if (assumed !== undefined) step.assumed = assumed;
  return step;
}
