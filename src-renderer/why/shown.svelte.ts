/** Of which fact of a chain the village shows whom: of the one that is looked at in the list of causes. */
class WhyShown {
  /** Threads, Ps and goroutines; none: nobody looks at causes. */
  ids = $state.raw<readonly string[]>([]);
}

export const whyShown = new WhyShown();
