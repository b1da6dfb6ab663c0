/** The lessons in assets/lessons, and scenario files opened on their own, as what the window can play. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { ExhibitAsk, ExhibitPicture, LessonList, OwnLesson } from '../contract/requests';
import { exerciseLesson } from '../exercises/exercise-lesson';
import { type ExerciseAsk, exerciseAsk } from '../exercises/mechanisms';
import { type CourseUnit, parseCourse } from '../formats/course';
import { type Lesson, type LessonTables, type ParsedLesson, parseEither, parseLesson } from '../formats/lesson';
import type { ModelAssets } from '../model/run/simulate';
import { nearest } from '../model/nearest-word';
import { exhibitPicture } from './exhibit-picture';
import { fileStem } from './file-name';
import { cardOf } from './lesson-card';
import { checkLesson } from './lesson-check';
import { liesOutside } from './inside';
import { scenarioOf } from './lesson-runs';
import { keyOfId, ownId, ownKey } from './own-folder';
import { readYamlFile } from './people-file';
import { refuse } from './refusal';
import { loneLesson, recordedLesson } from './lone-lesson';
import { type OwnPart, type PlayableLesson, playableOf } from './playable-lesson';
import { readScenario, type ReadScenario, scenarioOfText, scenarioOfParsed } from './read-scenario';
import { isTraceFile } from './trace-file';
import type { Refused, Result } from '../model/words';

/** `folder`: from the root, or in assets/lessons. */
type LessonInFolder = Lesson & { folder: string };
/** As it was read, and from where: what it says of its runs can be checked. */
type Readable = Extract<ParsedLesson, { ok: true }> & { file: string };

/** A lesson's folder is named NN-id. */
const idOfFolder = (folder: string): string => folder.replace(/^\d+-/, '');

export class LessonLibrary {
  /** Folders of the teacher's own lessons, by their key. */
  private own = new Map<string, string>();
  /** Lessons that were opened by their files, by the keys of those: a copy of one of the course's is not to be taken for it. */
  private readonly inFiles = new Map<string, string>();
  /** The folder of each usable lesson, as the last look at all of them has shown. */
  private folderOf = new Map<string, string>();

  constructor(
    private readonly assets: string,
    private readonly listings: ModelAssets,
    private readonly tables: LessonTables,
  ) {}

  /** All lessons in the order of their folders' names, and those that cannot be opened with their faults. */
  async list(): Promise<Result<LessonList>> {
    const found = await this.all();
    const cards = [...found.usable.values()].map(cardOf);
    const { units, broken } = await this.course(new Set(cards.map(({ id }) => id)));
    const misconceptions = [...this.tables.misconceptions.values()];
    if (cards.length > 0)
      return { ok: true, value: { cards, units, misconceptions, broken: [...found.broken.map(({ refused }) => refused), ...broken] } };
    const none = refuse((words) => fill(words.noLessons, { folder: join(this.assets, 'lessons') }));
    return found.broken[0]?.refused ?? none;
  }

  /** The list that somebody has from an earlier look: until the next one a lesson's file is looked for where its folder's name says. */
  async known(list: LessonList): Promise<Result<LessonList>> {
    const ids = new Set(list.cards.map(({ id }) => id));
    for (const folder of await this.folders()) {
      const id = idOfFolder(folder);
      if (ids.has(id)) this.folderOf.set(id, folder);
    }
    return { ok: true, value: list };
  }

  /** The units with those of their lessons that are there. Without a course file there are none. */
  private async course(there: ReadonlySet<string>): Promise<{ units: CourseUnit[]; broken: Refused[] }> {
    const file = join(this.assets, 'lessons', 'course.yaml');
    const read = existsSync(file) ? await readYamlFile(file) : null;
    if (!read) return { units: [], broken: [] };
    const parsed = read.ok ? parseCourse(read.text, file) : { ok: false as const, faults: [read.fault] };
    if (!parsed.ok) return { units: [], broken: [refuse((words) => fill(words.courseFaults, { file }), parsed.faults)] };
    const units = parsed.units.map((unit) => ({ ...unit, lessons: unit.lessons.filter((id) => there.has(id)) }));
    return { units: units.filter(({ lessons }) => lessons.length > 0), broken: [] };
  }

  /** A broken lesson does not hide the others; of two with one id the first is the lesson. */
  private async all(): Promise<{ usable: Map<string, LessonInFolder>; broken: { folder: string; refused: Refused }[] }> {
    const usable = new Map<string, LessonInFolder>();
    const broken: { folder: string; refused: Refused }[] = [];
    for (const folder of await this.folders()) {
      const read = await this.read(folder);
      if (!read.ok) {
        broken.push({ folder, refused: read });
        continue;
      }
      const { id } = read.value;
      const first = usable.get(id);
      if (!first) usable.set(id, read.value);
      else
        broken.push({
          folder,
          refused: refuse((words) => fill(words.sameLesson, { folder, first: first.folder, id })),
        });
    }
    this.folderOf = new Map([...usable.values()].map(({ id, folder }) => [id, folder]));
    return { usable, broken };
  }

  private async folders(): Promise<string[]> {
    const entries = await readdir(join(this.assets, 'lessons'), { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  }

  private async read(folder: string): Promise<Result<LessonInFolder>> {
    const read = await this.readable(folder);
    return read.ok ? { ok: true, value: { ...read.value.lesson, folder } } : read;
  }

  private async readable(folder: string): Promise<Result<Readable>> {
    const file = join(resolve(this.assets, 'lessons', folder), 'lesson.yaml');
    const read = await readYamlFile(file);
    if (!read.ok) return refuse((words) => fill(words.lessonUnreadable, { file }), [read.fault]);
    const parsed = parseLesson(read.text, file, this.tables);
    return parsed.ok ? { ok: true, value: { ...parsed, file } } : refuse((words) => fill(words.lessonFaults, { file }), parsed.faults);
  }

  /** The teacher's own lessons from now on, each as its file is. One that cannot be opened hides no other. */
  async ownLessons(folders: readonly string[]): Promise<Result<OwnLesson[]>> {
    this.own = new Map(folders.map((folder) => [ownKey(folder), folder]));
    const lessons: OwnLesson[] = [];
    for (const [key, folder] of this.own) {
      const read = await this.readOwn(folder);
      // What is wrong with a scenario keeps the lesson from being opened, too.
      const opened = read.ok ? await this.playableOwn(key, folder, read.value) : read;
      const card = opened.ok ? cardOf(opened.value.opened.lesson) : null;
      lessons.push({ key, folder, card, refused: opened.ok ? null : opened });
    }
    return { ok: true, value: lessons };
  }

  private async readOwn(folder: string): Promise<Result<Readable>> {
    const file = join(folder, 'lesson.yaml');
    if (!existsSync(folder)) return refuse((words) => fill(words.ownFolderGone, { folder }));
    return (await liesOutside(file, folder)) ? refuse((words) => fill(words.lessonOutside, { file })) : this.readable(folder);
  }

  private playableOwn(key: string, folder: string, read: Readable): Promise<Result<PlayableLesson>> {
    return this.playable({ ...read.lesson, id: ownId(read.lesson.id, key), folder }, read);
  }

  /** Reads a lesson and the scenarios of its runs. */
  async open(id: string): Promise<Result<PlayableLesson>> {
    const exercises = exerciseAsk(id);
    if (exercises) return this.exercises(exercises);
    const key = keyOfId(id);
    const own = key === null ? undefined : this.own.get(key);
    if (key !== null && own !== undefined) {
      const read = await this.readOwn(own);
      return read.ok ? this.playableOwn(key, own, read.value) : read;
    }
    const file = key === null ? undefined : this.inFiles.get(key);
    if (file !== undefined) return this.openFile(file);
    const folder = this.folderOf.get(id);
    const known = folder === undefined ? null : await this.read(folder);
    if (known?.ok && known.value.id === id) return this.playable(known.value);
    // Not seen yet, or changed since: all lessons are looked at.
    const { usable, broken } = await this.all();
    const lesson = usable.get(id);
    if (lesson) return this.playable(lesson);
    // A broken file's id is not known.
    return broken.find(({ folder: each }) => idOfFolder(each) === id)?.refused ?? noLesson(id, [...usable.keys()]);
  }

  /** Drawn from a seed, not read: nothing of it can be faulty. */
  private exercises(ask: ExerciseAsk): Result<PlayableLesson> {
    const files = exerciseLesson(ask, this.listings);
    const parsed = parseLesson(files.lesson, 'lesson.yaml', this.tables);
    if (!parsed.ok) return refuse((words) => fill(words.lessonFaults, { file: 'lesson.yaml' }), parsed.faults);
    const scenarios = new Map<string, ReadScenario>();
    for (const [name, run] of Object.entries(parsed.lesson.runs)) {
      const file = run.kind === 'scenario' ? run.scenario : '';
      const scenario = scenarioOfText(files.scenarios.get(file) ?? '', file);
      if (!scenario.ok) return scenario;
      scenarios.set(name, scenario.value);
    }
    return { ok: true, value: playableOf(parsed.lesson, scenarios, this.listings) };
  }

  /** `own`: of one that is not the product's. */
  private async playable(lesson: LessonInFolder, own: Readable | null = null): Promise<Result<PlayableLesson>> {
    const scenarios = new Map<string, ReadScenario>();
    const lessons = resolve(this.assets, 'lessons');
    for (const [name, run] of Object.entries(lesson.runs)) {
      const found = await scenarioOf(run, resolve(lessons, lesson.folder), lessons);
      if (!found.ok) {
        const { why } = found;
        return {
          ok: false,
          message: inEveryLanguage(({ refusal }, language) => fill(refusal.runNotFound, { run: name, why: why[language] })),
        };
      }
      if (own && !existsSync(found.file)) return this.noScenario(own, name, found.file);
      const read = await readScenario(found.file);
      if (!read.ok) return read;
      scenarios.set(name, read.value);
    }
    const part: OwnPart | null = own && {
      hints: own.hints,
      stem: fileStem(basename(dirname(own.file))) ?? fileStem(own.lesson.title.zh) ?? own.lesson.id,
      check: async (beside) => (await checkLesson(own, own.file, this.listings, lessons, beside)).faults,
      placeOf: (step) => ({ file: own.file, ...own.placeOf(`steps.${step}`) }),
    };
    return { ok: true, value: playableOf(lesson, scenarios, this.listings, part) };
  }

  /** Where the lesson names it, with the file that was likely meant. */
  private async noScenario(own: Readable, run: string, path: string): Promise<Refused> {
    const beside = await readdir(dirname(path)).catch(() => []);
    const suggestion = nearest(
      basename(path),
      beside.filter((name) => /\.ya?ml$/.test(name) && name !== 'lesson.yaml'),
    );
    const message = inEveryLanguage(({ files }) => fill(files.noFile, { path }));
    return refuse(
      (words) => fill(words.lessonFaults, { file: own.file }),
      [{ file: own.file, ...own.placeOf(`runs.${run}`), message, suggestion }],
    );
  }

  /** A file that a person has chosen: a scenario, which is a lesson without steps, or a lesson with the scenarios beside it. */
  async openFile(file: string): Promise<Result<PlayableLesson>> {
    if (await isTraceFile(file)) return recordedLesson(file, this.listings);
    const read = await readYamlFile(file);
    if (!read.ok)
      return refuse((words) => fill(read.isForeign ? words.notOpened : words.scenarioUnreadable, { file: basename(file) }), [read.fault]);
    const { kind, parsed } = parseEither(read.text, file, () => this.tables);
    if (kind === 'lesson') {
      if (!parsed.ok) return refuse((words) => fill(words.lessonFaults, { file: basename(file) }), parsed.faults);
      const key = ownKey(file);
      this.inFiles.set(key, file);
      return this.playableOwn(key, resolve(dirname(file)), { ...parsed, file });
    }
    return loneLesson(scenarioOfParsed(parsed, file, read.text), file, this.listings);
  }

  /** A text that is in no file, or not as it is there. */
  openText(text: string, name: string): Result<PlayableLesson> {
    return loneLesson(scenarioOfText(text, name), name, this.listings);
  }

  /** Of a text's run, without opening it. */
  picture({ name, text, at }: ExhibitAsk): Result<ExhibitPicture> {
    const read = scenarioOfText(text, name);
    return read.ok ? exhibitPicture(read.value.scenario, at, this.listings) : read;
  }
}

/** Whoever has typed a name is told the one that is meant, or all that there are. */
function noLesson(id: string, known: readonly string[]): Refused {
  const near = nearest(id, known);
  if (near !== null) return refuse((words) => fill(words.noLessonNear, { id, near }));
  return refuse((words) => fill(known.length === 0 ? words.noLesson : words.noLessonOf, { id, ids: known.join(', ') }));
}
