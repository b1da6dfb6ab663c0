/** For whose sake a thread was called: the goroutine that had just become runnable. Pure. */
import type { GId } from '../../model/state';
import type { Chain, WhyLink } from './chain';

/** How many steps back from wakep to look for the goroutine that had become runnable. */
const LOOK_BACK = 60;

/** wakep after ready or a go statement, on the thread of step n. False: it was called for something else. */
export function addForWhom(chain: Chain, link: WhyLink, n: number): boolean {
  const { m } = chain.run.step(n);
  for (let i = n; i > Math.max(0, n - LOOK_BACK); i--) {
    const step = chain.run.step(i);
    if (step.m !== m) continue;
    const [path] = step.set.find(([each, , now]) => /^G\.G\d+\.status$/.test(each) && now === '_Grunnable') ?? [];
    if (path === undefined) continue;
    const g = path.split('.')[1] as GId;
    // Found so there: by the time of wakep it may run already.
    const fact = chain.add('g.madeRunnable', path, i, i, { g, m, other: step.g === g ? null : step.g });
    if (fact) chain.because(link, fact.at);
    return true;
  }
  return false;
}
