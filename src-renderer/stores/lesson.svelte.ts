/** Going through the open lesson: its steps, its questions, its run step by step, and playing. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { LessonMove, LessonStep, Moment } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { entryOf, firstRunOf, traceStepOf } from './lesson-entry';
import { LessonOpener } from './lesson-opener.svelte';
import { movedId } from './trail';

export class LessonStore extends LessonOpener {
  /** The lesson step to which everybody is walking. */
  private heading: LessonStep | null = null;
  /** The last way back or on, whatever becomes of it. */
  private returning: Promise<unknown> = Promise.resolve();

  /** The file that the program was started with, or that a second start handed over. */
  async openGiven(): Promise<void> {
    const moment = this.notices.told(await bridge.takeLink({}));
    if (moment) await this.openMoment(moment);
    await this.openWith(() => bridge.openGiven({}));
  }

  /** To a moment that a link names. What is not there is told, and what is shown stays. */
  async openMoment({ lesson, step, run, n }: Moment): Promise<void> {
    if (lesson !== this.lessonId) {
      await this.openLesson(lesson, run === null ? null : { lesson, run, n: n ?? 0 });
      if (lesson !== this.lessonId) return;
    }
    const index = this.steps.findIndex(({ id }) => id === step);
    if (step !== null && index < 0) this.notices.warn(inEveryLanguage(({ refusal }) => fill(refusal.noLessonStep, { step })));
    const name = run ?? this.steps[index]?.run ?? this.run;
    if (n === null) {
      if (index >= 0) await this.visit(index);
    } else if (name === this.run) await this.jump(n);
    else {
      this.leave();
      await this.openRun(name, { n });
    }
  }

  /**
   * To the next page; after the last one to the next lesson step. Its question comes first. Once more at an open question: the answer is
   * revealed, chosen or not; then on to the step.
   */
  async lessonNext(): Promise<void> {
    this.playback.pause();
    if (this.pages.next()) return;
    const { pending } = this;
    if (pending && this.isToBeAsked(pending)) {
      this.reveal();
      return;
    }
    // On the way to a step that was picked, "next" is that step, whatever else they come past.
    const goal = this.heading === this.current ? null : this.heading;
    const next = pending ?? goal ?? this.steps[this.next];
    if (!next) await this.playback.travel(this.playback.stepCount);
    else if (this.isToBeAsked(next)) this.pending = next;
    else {
      this.leave();
      await this.goTo(this.steps.indexOf(next));
    }
  }

  /** To the page before; from the first one to the lesson step before. */
  async lessonPrev(): Promise<void> {
    this.playback.pause();
    if (this.pages.previous()) return;
    if (this.pending && !this.isToBeAsked(this.current)) {
      this.pending = null;
      return;
    }
    const here = this.stops.find((stop) => stop.id === this.current?.id);
    // In the middle of a step, back goes to its beginning.
    await this.goTo(here && here.n < this.playback.n && !this.pending ? this.at : Math.max(0, this.next - (here ? 2 : 1)));
  }

  /** To a step that was picked: back leads here. */
  async visit(index: number): Promise<void> {
    this.leave();
    await this.goTo(index);
  }

  /** To a lesson step; its question is asked first, from a place before it. `how`: with everybody walking there, or at once. */
  async goTo(index: number, how: 'travel' | 'jump' = 'travel'): Promise<void> {
    this.playback.pause();
    this.pending = null;
    this.heading = null;
    const step = this.steps[index];
    if (!step) return;
    if (step.run !== this.run) await this.openRun(step.run, { stop: step.id });
    else if (this.isToBeAsked(step)) await this.ask(step);
    else {
      this.heading = step;
      try {
        await this.playback[how](this.placeOf(step));
      } finally {
        if (this.heading === step) this.heading = null;
      }
    }
    this.keepPlace();
  }

  /** Asks the question of a step of the open run, where nothing of what it is about has been seen. */
  private async ask(step: LessonStep): Promise<void> {
    this.pending = step;
    const before = this.placeBefore(step);
    if (this.playback.n < before || this.playback.n >= this.placeOf(step)) await this.playback.jump(before);
  }

  /** Whether a question stands in the way to step n of the open run. Then it is asked; nobody gets past one that is open. */
  private async isStopped(n: number): Promise<boolean> {
    const { pending } = this;
    if (pending?.run === this.run && this.isToBeAsked(pending) && n >= this.placeOf(pending)) return true;
    this.pending = null;
    const asked = this.askedAt(n);
    if (asked) await this.ask(asked);
    return asked !== null;
  }

  /** One step on or back, out of whatever was going on. */
  async one(way: 'forward' | 'back'): Promise<void> {
    this.playback.pause();
    const to = this.playback.target + (way === 'forward' ? 1 : -1);
    if (!(await this.isStopped(Math.min(Math.max(0, to), this.playback.stepCount)))) await this.playback[way]();
    this.keepPlace();
  }

  /** `isDragged`: on from where the last jump went, so that going back leads to where the pointer was put down. */
  async jump(n: number, isDragged = false): Promise<void> {
    if (!isDragged) this.leave();
    this.playback.pause();
    if (!(await this.isStopped(n))) await this.playback.jump(n);
    this.keepPlace();
  }

  /** To where the last jump came from: another step, or another lesson. */
  placeBack(): Promise<void> {
    return this.returnNext('back');
  }

  placeOn(): Promise<void> {
    return this.returnNext('on');
  }

  /** One after the other: where a press leads is seen from where the one before it has led. */
  private returnNext(way: 'back' | 'on'): Promise<void> {
    const returning = this.returning.then(() => this.return(way));
    this.returning = returning.catch(() => undefined);
    return returning;
  }

  private async return(way: 'back' | 'on'): Promise<void> {
    const place = this.trail[way](this.here);
    this.ways = this.trail.ways;
    if (!place) return;
    this.playback.pause();
    this.isReturning = true;
    this.wasStopped = false;
    try {
      if (place.lesson !== this.lessonId) await (place.lesson === '' ? this.openAgain(place) : this.openLesson(place.lesson, place));
      else if (place.run !== this.run) {
        this.pending = null;
        await this.openRun(place.run, { n: place.n });
      } else if (!(await this.isStopped(place.n))) await this.playback.jump(place.n);
    } finally {
      this.isReturning = false;
    }
    if (this.wasStopped) {
      this.trail.stay(way, place);
      this.ways = this.trail.ways;
    }
    this.keepPlace();
  }

  /** Lessons whose folders have moved: what has been done of them, and the ways back to them, are those of their new ids; the open one stays open. False: not all of it could be written. */
  async follow(moved: readonly LessonMove[]): Promise<boolean> {
    const { opened } = this;
    const id = movedId(this.lessonId, moved);
    const isOpen = id !== this.lessonId;
    // Before what has been answered goes, or its questions would be asked again.
    if (isOpen && opened) this.opened = { ...opened, lesson: { ...opened.lesson, id } };
    const written = this.learners.follow(moved);
    for (const move of moved) {
      this.trail.follow(move);
      this.followTried(move);
      if (this.wayBack?.lesson === move.from) this.wayBack = { ...this.wayBack, lesson: move.to };
    }
    // The way back is kept with the place.
    this.keepPlace();
    if (!isOpen) return written;
    // Whoever has asked for another one meanwhile gets that.
    await this.settled();
    if (this.lessonId === id) await this.reload();
    return written;
  }

  /** The step that is shown has been seen, and is where whoever learns has stopped. */
  markSeen(step: LessonStep): void {
    const { seen } = this.learners.progressOf(this.lessonId);
    const { place } = this.learners.current;
    if (seen.includes(step.id) && place?.lesson === this.lessonId && place.run === this.run) return;
    this.learners.setProgress(this.lessonId, { seen: [...new Set([...seen, step.id])] }, this.place);
  }

  /** Somebody else learns from now on, from where they stopped. */
  async switchTo(id: string): Promise<void> {
    if (id === this.learners.current.id) return;
    this.learners.choose(id);
    await this.goToLearner();
  }

  /** To where whoever learns now has stopped; who has not begun yet begins with the lesson that is open. */
  async goToLearner(): Promise<void> {
    const { place } = this.learners.current;
    const id = place?.lesson ?? this.lessonId;
    if (id !== '') await this.openLesson(id, place);
  }

  /** For the next class: every question of the lesson is asked again, and nothing of what it gives to do has been done. */
  askAgain(): void {
    this.answers.forget();
    this.activities.clear();
  }

  /** The answer to the question that is open. */
  reveal(): void {
    if (this.pending) this.answers.reveal(this.pending);
  }

  /** Plays up to the next lesson step. A question that stands before it is asked first, and playing waits for the answer. */
  async togglePlay(): Promise<void> {
    if (this.playback.isPlaying) {
      this.playback.pause();
      return;
    }
    if (this.pending) {
      if (this.isToBeAsked(this.pending)) return;
      if (this.pending.run !== this.run) {
        await this.goTo(this.steps.indexOf(this.pending));
        return;
      }
      this.pending = null;
    }
    if (this.isRunOver && this.at < this.steps.length - 1) {
      await this.lessonNext();
      return;
    }
    const next = this.stops.find((stop) => stop.n > this.playback.n);
    const step = this.stepOf(next);
    if (step && this.isToBeAsked(step)) {
      this.pending = step;
      return;
    }
    await this.playback.play(next?.n);
    if (next && this.playback.n === next.n) this.playedTo = next.n;
    this.keepPlace();
  }

  async restart(): Promise<void> {
    this.playback.pause();
    this.pending = null;
    const first = this.opened ? firstRunOf(this.opened) : undefined;
    if (!this.opened || first === undefined) return;
    const entry = entryOf(this.opened, first);
    const n = traceStepOf(entry, this.stops);
    if (first !== this.run) await this.openRun(first, entry);
    else if (!(await this.isStopped(n))) await this.playback.jump(n);
    this.keepPlace();
  }

  changeSpeed(factor: number): void {
    this.playback.speed = Math.min(8, Math.max(0.25, this.playback.speed * factor));
    this.keepPlace();
  }
}
