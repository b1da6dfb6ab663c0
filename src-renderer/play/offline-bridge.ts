/** Replaces bridge.ts in a page that plays (play.config.ts), where there is no main process: answers from the page's own data. */
import { inEveryLanguage } from '../../assets/words/index';
import type { Bridge, Learner, PlayFile, Refused, Result } from '../../src-main/contract/index';
import { OfflineRun } from './offline-run';

const done = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });
/** Never shown: the page asks only for what it has. */
const refused = (what: string): Promise<Refused> => Promise.resolve({ ok: false, message: inEveryLanguage(() => what) });

export const page = {
  file: null as PlayFile | null,
  run: null as OfflineRun | null,
  /** Called when the learner's progress changes. */
  onLearner: (_learner: Learner): void => undefined,
};

/** Runs that have been unpacked, by name. */
const unpacked = new Map<string, OfflineRun>();

function runOf(name: string): OfflineRun | null {
  const { file } = page;
  const known = unpacked.get(name);
  if (known || !file || !Object.hasOwn(file.runs, name)) return known ?? null;
  const run = file.runs[name];
  if (!run) return null;
  const made = new OfflineRun(run, file.listings[run.listings] ?? {});
  unpacked.set(name, made);
  return made;
}

function ask<T>(of: (run: OfflineRun) => T): Promise<Result<T>> {
  return page.run ? done(of(page.run)) : refused('no run is open');
}

export const bridge: Partial<Bridge> = {
  openLesson: () => (page.file ? done(page.file.opened) : refused('no lesson')),
  openRun: ({ run }) => {
    const found = runOf(run);
    if (!found) return refused(run);
    page.run = found;
    return done(found.opened);
  },
  readSteps: ({ from, to }) => ask((run) => run.readSteps(from, to)),
  stateAt: ({ n }) => ask((run) => run.stateAt(n)),
  lanes: (wanted) => ask((run) => run.look(wanted)),
  laneRows: (wanted) => ask((run) => run.rows(wanted)),
  links: (wanted) => ask((run) => run.links(wanted)),
  runLine: () => ask((run) => run.line()),
  events: (wanted) => ask((run) => run.events(wanted)),
  inspect: (wanted) => ask((run) => run.inspect(wanted)),
  stepAnswers: ({ step }) => {
    const answers = page.file?.answers[step];
    return answers ? done(answers) : refused(step);
  },
  keepLearner: (learner) => {
    page.onLearner(learner);
    return done(null);
  },
};
