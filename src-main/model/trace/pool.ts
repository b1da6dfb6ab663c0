/** Each different thing once, by number. */
export class Pool<T> {
  private readonly numbers = new Map<T, number>();
  readonly things: T[] = [];

  numberOf(thing: T): number {
    let number = this.numbers.get(thing);
    if (number === undefined) {
      number = this.things.length;
      this.numbers.set(thing, number);
      this.things.push(thing);
    }
    return number;
  }
}
