/** Whom the village marks while somebody reads the list of causes: those who have a part in the fact that is looked at. */
class WhyShown {
  /** Ids of threads, Ps and goroutines; empty: nobody looks at causes. */
  ids = $state.raw<readonly string[]>([]);
}

export const whyShown = new WhyShown();
