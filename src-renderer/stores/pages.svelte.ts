/** Which page of the lesson's text is seen. How many there are is measured where it is laid out (lesson/Pager.svelte). */
export class Pages {
  /** From 0. */
  at = $state(0);
  count = $state(1);
  private of = '';

  readonly hasNext = $derived(this.at < this.count - 1);

  /** `of`: what the text is about. Something else begins on its first page; the same stays where it is, whatever changes its layout. */
  begin(of: string): void {
    if (of === this.of) return;
    this.of = of;
    this.at = 0;
    this.count = 1;
  }

  measured(count: number): void {
    this.count = Math.max(1, count);
    this.turnTo(this.at);
  }

  turnTo(page: number): void {
    this.at = Math.min(Math.max(0, page), this.count - 1);
  }

  /** Whether there was one to turn to. */
  next(): boolean {
    if (!this.hasNext) return false;
    this.at++;
    return true;
  }

  previous(): boolean {
    if (this.at === 0) return false;
    this.at--;
    return true;
  }
}
