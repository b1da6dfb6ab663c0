/** The strings and call stacks that events of Go's traces name by number. */

/** A synthetic address for each function: a reader tells functions apart by it. */
const FIRST_PC = 0x400000;
const PC_STEP = 16;

export interface StackFrame {
  pc: number;
  /** Number of the function's name. */
  fn: number;
}

export class StackTable {
  private readonly strings = new Map<string, number>();
  private readonly stacks = new Map<string, { id: number; frames: readonly StackFrame[] }>();

  /** 0 is the empty text, which no table lists. */
  string(text: string): number {
    if (text === '') return 0;
    let id = this.strings.get(text);
    if (id === undefined) this.strings.set(text, (id = this.strings.size + 1));
    return id;
  }

  /** Functions, innermost first. 0: no stack. */
  stack(functions: readonly string[]): number {
    if (functions.length === 0) return 0;
    const key = functions.join('\n');
    let known = this.stacks.get(key);
    if (!known) {
      const frames = functions.map((name) => {
        const fn = this.string(name);
        return { pc: FIRST_PC + fn * PC_STEP, fn };
      });
      this.stacks.set(key, (known = { id: this.stacks.size + 1, frames }));
    }
    return known.id;
  }

  get allStrings(): Iterable<[text: string, id: number]> {
    return this.strings;
  }

  get allStacks(): Iterable<{ id: number; frames: readonly StackFrame[] }> {
    return this.stacks.values();
  }

  clear(): void {
    this.strings.clear();
    this.stacks.clear();
  }
}
