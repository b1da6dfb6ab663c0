/** A thread that C has made and that calls Go: with a borrowed M, from needm to dropm. Follows cgocallback_gofunc of runtime/asm_amd64.s, Go 1.14. */
import type { GId, MId } from '../state';
import { cgocallback } from './cgocall';
import { dropm, needm } from './extra-m';
import type { Runtime } from './runtime';
import { type Mcall, type Thread, type Wake, rows } from './thread';

const MCALL = rows('mcall', { switch: 'switch' });

/** One call of Go by a thread of C that has got m. `body`: what m's goroutine does in it; false: it has ended by runtime.Goexit. */
export function* callFromC(rt: Runtime, m: MId, body: (g: GId) => Thread<boolean>): Thread {
  yield* needm(rt, m);
  const isBack = yield* cgocallback(rt, m, (g) => onItsStack(rt, m, g, body(g)));
  if (isBack) yield* dropm(rt, m);
}

/** The goroutine's own code. It is wired, so that each time it leaves its stack it comes back on the same M. */
function* onItsStack(rt: Runtime, m: MId, g: GId, body: Thread<boolean>): Thread<boolean> {
  let why: Wake = 'time';
  for (;;) {
    const { done, value } = body.next(why);
    why = 'time';
    if (done && value) return true;
    if (done) yield* leave(rt, m, g, (on, ending) => rt.go.goexit0(rt, on, ending));
    else if (value.wait === 'mcall') yield* leave(rt, m, g, value.work);
    else why = yield value;
  }
}

function* leave(rt: Runtime, m: MId, g: GId, work: Mcall['work']): Thread {
  yield MCALL.switch;
  rt.to.m(m, 'ong0', true);
  yield* work(m, g);
  while (rt.M(m).curg === null) yield* rt.go.schedule(rt, m);
}
