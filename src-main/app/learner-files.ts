/**
 * Classes and persons, a file for each in a folder beside the settings: what happens to one file costs no other. A file that cannot be read is
 * set aside and named, never lost.
 */
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LEARNER_ID, LIMITS } from '../contract/limits';
import type { AskedQuestion, Learner, LessonProgress, Settings } from '../contract/requests';
import { type Result, type Text, writtenText } from '../model/words';
import { readOwnJson, whyUnread, wrongPart } from './own-file';
import { OwnFileRefused } from './people-file';
import { cannotWrite, done } from './refusal';
import { type SaidOfIt, setAside } from './set-aside';
import { writeOwnFile } from './write-file';

/** None where there is no such folder yet. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export class LearnerFiles {
  private readonly folder: string;
  /** What is to be written next, by id; null: to be removed. Many changes in a row are one write. */
  private readonly waiting = new Map<string, Learner | null>();
  private working: Promise<Result<null>> | null = null;
  /** The last read; none throws. */
  private reading: Promise<unknown> = Promise.resolve();
  /** Whose damaged file could not be moved: it is not written over. */
  private readonly stuck = new Set<string>();

  constructor(userData: string) {
    this.folder = join(userData, 'learners');
  }

  /**
   * All that are kept, by name, and what became of the others' files. Read at once: the first picture waits for them. `isTold` false: nobody would
   * read that, so the others' files are left where they are for whoever does.
   */
  read(isTold = true): Promise<{ all: Learner[]; damaged: Text[] }> {
    // One after the other: two that read a damaged file at once would both want to move it.
    const read = this.reading.then(() => this.readNow(isTold));
    this.reading = read;
    return read;
  }

  private async readNow(isTold: boolean): Promise<{ all: Learner[]; damaged: Text[] }> {
    await this.written();
    const names = namesIn(this.folder);
    const [all, damaged]: [Learner[], Text[]] = [[], []];
    for (const name of names.sort()) {
      const [, id] = /^(.+)\.json$/.exec(name) ?? [];
      if (id === undefined || !LEARNER_ID.test(id)) continue;
      const path = join(this.folder, name);
      const read = learnerIn(path, id);
      if (read === null) continue;
      if ('learner' in read) all.push(read.learner);
      else if (isTold && !this.stuck.has(id)) {
        const { isMoved, told } = await setAside(path, read.why, OF_CLASS);
        if (!isMoved) this.stuck.add(id);
        damaged.push(told);
      }
    }
    return { all, damaged };
  }

  keep(learner: Learner): Promise<Result<null>> {
    return this.put(learner.id, learner);
  }

  drop(id: string): Promise<Result<null>> {
    return this.put(id, null);
  }

  /** When nothing is being written any more; whoever wrote has been told how it went. */
  async written(): Promise<void> {
    while (this.working) await this.working;
  }

  private put(id: string, learner: Learner | null): Promise<Result<null>> {
    this.waiting.set(id, learner);
    const turn = (this.working ?? Promise.resolve(done(null))).then(() => this.writeNext());
    this.working = turn;
    void turn.then(() => {
      if (this.working === turn) this.working = null;
    });
    return turn;
  }

  private async writeNext(): Promise<Result<null>> {
    let outcome: Result<null> = done(null);
    for (const [id, learner] of [...this.waiting]) {
      this.waiting.delete(id);
      if (this.stuck.has(id)) continue;
      const path = join(this.folder, `${id}.json`);
      try {
        if (learner === null) await rm(path, { force: true });
        else await writeOwnFile(path, `${JSON.stringify(learner, null, 1)}\n`, dirname(this.folder));
      } catch (error) {
        outcome = cannotWrite(path, error);
      }
    }
    return outcome;
  }
}

const OF_CLASS: SaidOfIt = { moved: ({ refusal }) => refusal.learnerRenamed, stuck: ({ refusal }) => refusal.learnerStuck };

/** null: the file has just gone. */
function learnerIn(path: string, id: string): { learner: Learner } | { why: Text } | null {
  const found = readOwnJson(path);
  if (found === null || 'why' in found) return found;
  try {
    return { learner: learnerFrom(id, found.json) };
  } catch (error) {
    return { why: whyUnread(path, error, '') };
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Throws a sentence that says what is not as it should be: a file that is only half understood would be written back without the rest. */
function learnerFrom(id: string, value: unknown): Learner {
  const { name, isClass, place, lessons } = fieldsOf(value, 'file');
  return {
    id,
    name: nameOf(name, 'name'),
    isClass: isClass === true,
    place: placeOf(place),
    lessons: ofEach(lessons, 'lessons', lessonOf),
  };
}

function lessonOf(value: unknown): LessonProgress {
  const { seen, asked } = fieldsOf(value, 'lesson');
  return { seen: listOf(seen, 'seen', LIMITS.lessonSteps).map((each) => nameOf(each, 'seen')), asked: ofEach(asked, 'asked', askedOf) };
}

function askedOf(value: unknown): AskedQuestion {
  const { question, choices, answer, votes, isRevealed } = fieldsOf(value, 'question');
  return {
    question: textOf(question),
    choices: listOf(choices, 'choices', LIMITS.choice).map((each) => {
      const { text, believes } = fieldsOf(each, 'choice');
      return { text: textOf(text), believes: believes === null ? null : nameOf(believes, 'believes') };
    }),
    answer: countOf(answer, 'answer', LIMITS.choice),
    votes: listOf(votes, 'votes', LIMITS.votes).map((each) => {
      const { counts, timeMs } = fieldsOf(each, 'vote');
      return {
        counts: listOf(counts, 'counts', LIMITS.choice).map((count) => countOf(count, 'counts', LIMITS.hands)),
        timeMs: countOf(timeMs, 'timeMs', Number.MAX_SAFE_INTEGER),
      };
    }),
    isRevealed: isRevealed === true,
  };
}

function wrong(what: string): never {
  throw new OwnFileRefused(wrongPart(what));
}

function fieldsOf(value: unknown, what: string): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : wrong(what);
}

function ofEach<T>(value: unknown, what: string, read: (value: unknown) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(fieldsOf(value, what)).map(([key, each]) => [nameOf(key, what), read(each)]));
}

function listOf(value: unknown, what: string, most: number): unknown[] {
  return Array.isArray(value) && value.length <= most ? value : wrong(what);
}

function nameOf(value: unknown, what: string): string {
  return typeof value === 'string' && value.length <= LIMITS.nameCharacters ? value : wrong(what);
}

function countOf(value: unknown, what: string, most: number): number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most ? Number(value) : wrong(what);
}

function textOf(value: unknown): Text {
  const { zh, en } = fieldsOf(value, 'text');
  const isText = (each: unknown): each is string => typeof each === 'string' && each.length <= LIMITS.fieldCharacters;
  return isText(zh) && isText(en) ? writtenText({ zh, en }) : wrong('text');
}

function placeOf(value: unknown): Settings['place'] {
  if (value === null || value === undefined) return null;
  const { lesson, run, n } = fieldsOf(value, 'place');
  return { lesson: nameOf(lesson, 'place'), run: nameOf(run, 'place'), n: countOf(n, 'place', LIMITS.step) };
}
