/** Hand-outs as files: which folder, how far it is, when to stop. What they are made of is loaded when they are first asked for. */
import { join } from 'node:path';
import { done, notMade, Refusal, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import { filesOf, OF_LESSON, type PapersAsk } from '../contract/paper';
import type { MadePictures } from '../contract/picture';
import type { Result } from '../model/words';
import { folder, type Pictures } from './pictures';
import type { Session } from './session';

/** Somebody has had enough. */
class Stopped extends Error {}

const must = <T>(outcome: Result<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Refusal(outcome.message);
};

export async function makePapers(session: Session, pictures: Pictures, ask: PapersAsk): Promise<Result<MadePictures | null>> {
  const { papers, languages, lesson: id } = ask;
  if (filesOf(ask) === 0) return refuse((_, all) => all.papers.nothing);
  if (id === '' && papers.some((kind) => OF_LESSON.has(kind))) return refuse((_, all) => all.papers.needsLesson);
  const where = await folder(session);
  if (where === null) return done(null);
  const [{ PaperMaker }, { PaperPress }, studio] = await Promise.all([import('./paper-maker'), import('./paper-press'), pictures.opened()]);
  const press = new PaperPress();
  let [files, steps, total] = [0, 0, 0];
  let isStopped = false;
  const goOn = (): void => {
    if (pictures.isCancelled) throw new Stopped();
    session.window()?.webContents.send('schedville:exportProgress', { done: ++steps, total });
  };
  const maker = new PaperMaker(
    {
      lessons: async () => must(await session.player.ask('list', null)).cards.map((card) => card.id),
      lesson: async (lesson) => must(await studio.lesson(lesson)).lesson,
      stem: async (lesson) => must(await studio.lesson(lesson)).stem ?? lesson,
      answers: (lesson, step) => studio.answers(lesson, step),
      picture: async (lesson, settings, place, inPage) => Buffer.from(must(await pictures.one(lesson, settings, place, inPage))),
      onDone: goOn,
    },
    press,
  );
  pictures.begin();
  let path = where;
  try {
    total = await maker.count(ask);
    for (const language of languages) {
      for (const kind of papers) {
        for (const { name, data } of await maker.make(kind, language, ask)) {
          path = join(where, name);
          await writeFileWhole(path, data);
          pictures.wrote(path);
          files++;
          goOn();
        }
      }
    }
  } catch (error) {
    isStopped = error instanceof Stopped;
    if (!isStopped) return notMade(path, error);
  } finally {
    press.close();
  }
  return done({ path: where, files, asked: isStopped ? filesOf(ask) : files });
}
