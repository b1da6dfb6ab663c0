/** Questions that are ready to be asked, in words, with their expressions. */
import { fill, type Words } from '../../assets/words/index';

export interface Example {
  question: string;
  expression: string;
}

/** `g`: the goroutine that some of them are about, by its name or id. */
export function examplesFor(g: string, { examples: said }: Words['search']): Example[] {
  return [
    { question: said.taken, expression: 'fn == retake && at == retake' },
    { question: fill(said.waits, { g }), expression: `changed(${g}.status) && ${g}.status == _Gwaiting` },
    { question: fill(said.calls, { g }), expression: `changed(${g}.status) && ${g}.status == _Gsyscall` },
    { question: fill(said.runs, { g }), expression: `changed(${g}.status) && ${g}.status == _Grunning` },
    { question: said.queued, expression: 'sched.runq' },
    { question: said.preempted, expression: 'ev has GoPreempt' },
    { question: said.stopped, expression: 'changed(sched.gcwaiting) && sched.gcwaiting' },
    { question: said.marks, expression: 'note' },
    { question: said.later, expression: 't > 10ms' },
  ];
}
