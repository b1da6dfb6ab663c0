/** Where the lines of a text begin. The YAML library's own counter misses those of a text in quotes that is out of place. */
export class LineStarts {
  private readonly starts = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** Line and column of a character, from 1. */
  linePos(at: number): { line: number; col: number } {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, col: at - (this.starts[low] ?? 0) + 1 };
  }
}
