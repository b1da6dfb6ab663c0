/** What the product does for each request of the page. */
import { app } from 'electron';
import { fill, WORDS } from '../../assets/words/index';
import { done, refuse } from '../app/refusal';
import { ofEachExport } from '../contract/exports';
import { opensCourse } from '../app/course-first';
import type { Handlers, Settings, StartUp } from '../contract/requests';
import { about, licences } from './about-handlers';
import { exportAs } from './exporter';
import { dropLearner, exportAnswers, importAnswers, keepLearner } from './learner-handlers';
import { chooseLessonFolder, dropLesson, forgetLesson, makeLesson, openGivenLesson, ownFollowed, ownLessons } from './own-lessons';
import { act, tellPresenter, togglePresenter } from './presenter';
import { openingHandlers } from './opening-handlers';
import { pictureHandlers } from './picture-handlers';
import { openListing, openPlayground, saveListing } from './playground-handlers';
import type { Result } from '../model/words';
import { saveScenario } from './scenario-handlers';
import type { Session } from './session';

export function makeHandlers(session: Session): Handlers {
  const { player } = session;
  player.onProgress = (progress) => {
    session.window()?.webContents.send('schedville:runProgress', progress);
  };
  player.onExport = (progress) => {
    session.window()?.webContents.send('schedville:dataProgress', progress);
  };
  return {
    openLesson: (ask) => player.ask('openLesson', ask),
    openRun: (ask) => player.ask('chooseRun', ask),
    scenarioText: () => player.ask('scenarioText', null),
    checkScenario: (ask) => player.ask('checkScenario', ask),
    scenarioKeys: () => player.ask('scenarioKeys', null),
    saveScenario: (ask) => saveScenario(session, ask),
    keepScenarioDraft: ({ draft }) => session.scenarioDraft.keep(draft),
    scenarioDraft: () => session.scenarioDraft.read(),
    compareRuns: (ask) => player.ask('compareRuns', ask),
    compareWith: (ask) => player.ask('compareWith', ask),
    tryScenario: (ask) => player.ask('tryScenario', ask),
    bookmarks: () => session.bookmarkFile.read(),
    keepBookmarks: ({ all }) => session.bookmarkFile.keep(all),
    placeAt: (ask) => player.ask('placeAt', ask),
    findPlaces: (ask) => player.ask('findPlaces', ask),
    exhibitPicture: (ask) => player.ask('exhibitPicture', ask),
    galleryMemory: () => session.galleryFile.read(),
    keepGalleryMemory: (memory) => session.galleryFile.keep(memory),
    stepAnswers: (ask) => player.ask('stepAnswers', ask),
    checkLesson: (ask) => player.ask('checkLesson', ask),
    cancelRun: async () => {
      await player.ask('cancel', null);
      return done(null);
    },
    readSteps: (ask) => player.ask('readSteps', ask),
    lanes: (ask) => player.ask('lanes', ask),
    laneRows: (ask) => player.ask('laneRows', ask),
    links: (ask) => player.ask('links', ask),
    inspect: (ask) => player.ask('inspect', ask),
    events: (ask) => player.ask('events', ask),
    why: (ask) => player.ask('why', ask),
    runLine: () => player.ask('runLine', null),
    find: (ask) => player.ask('find', ask),
    runAnchors: () => player.ask('runAnchors', null),
    tellMenu: (state) => {
      session.onPainted();
      session.menu.show(state);
      return Promise.resolve(done(null));
    },
    stateAt: (ask) => player.ask('stateAt', ask),
    ...openingHandlers(session),
    cancelExports: async () => {
      await player.ask('cancelExports', null);
      return done(null);
    },
    ...ofEachExport(
      (id) =>
        ({ suggestedName }: { suggestedName: string }) =>
          exportAs(id, session, suggestedName),
    ),
    ...pictureHandlers(session),
    saveSettings: (settings) => saveSettings(session, settings),
    keepLearner: (learner) => keepLearner(session, learner),
    dropLearner: (ask) => dropLearner(session, ask),
    exportAnswers: (ask) => exportAnswers(session, ask),
    importAnswers: () => importAnswers(session),
    openPlayground: () => openPlayground(session),
    checkListing: (ask) => player.ask('checkListing', ask),
    playListing: (ask) => player.ask('playListing', ask),
    keepDraft: (draft) => session.draftFile.keep(draft),
    saveListing: (ask) => saveListing(session, ask),
    openListing: () => openListing(session),
    about: () => about(session),
    licences,
    ownLessons: () => ownLessons(session),
    chooseLessonFolder: () => chooseLessonFolder(session),
    makeLesson: () => makeLesson(session),
    openGivenLesson: () => openGivenLesson(session),
    forgetLesson: (ask) => forgetLesson(session, ask),
    ownFollowed: (ask) => ownFollowed(session, ask),
    dropLesson: (ask) => dropLesson(session, ask),
    togglePresenter: () => togglePresenter(session),
    tellPresenter: (view) => tellPresenter(session, view),
    presenterView: () => Promise.resolve(done(session.presenter.view)),
    presenterAct: (asked) => act(session, asked),
    startUp: () => startUp(session),
    pageReady: () => {
      player.warmUp();
      // A page that was loaded again finds the teacher's window as it was.
      if (session.presenter.window) session.window()?.webContents.send('schedville:presenterOpen', true);
      return Promise.resolve(done(null));
    },
    exportDone: ({ pictures, failure }) => {
      const where = session.options.exportTo;
      if (where === null) return Promise.resolve(refuse((words) => words.notExporting));
      if (failure === null) console.log(`Schedville: ${writtenText(session, pictures, where)}`);
      // Not as an error of ours: the log has no names of files.
      else process.stderr.write(`Schedville: ${failure}\n`);
      app.exit(failure === null ? 0 : 1);
      return Promise.resolve(done(null));
    },
  };
}

/** What the terminal is told of an export that was made: `n` files of its kind, into `folder`. */
function writtenText({ options, settings }: Session, n: number, folder: string): string {
  const { written } = WORDS[settings.language].program;
  const kind = options.film ? 'films' : options.play ? 'pages' : options.handout ? 'handouts' : 'pictures';
  return fill(written[kind], { n, folder });
}

async function startUp(session: Session): Promise<Result<StartUp>> {
  const { options, settings, player, given, learnerFiles, recent, hasBegun } = session;
  session.hasBegun = true;
  const { lesson, exportTo } = options;
  const hasFile = given.file !== null || given.link !== null;
  const isTold = exportTo === null;
  const [beginning, learners, ofList] = await Promise.all([
    player.beginning(isTold ? settings.stored.place : null),
    learnerFiles.read(isTold),
    isTold ? recent.damaged() : null,
  ]);
  const warnings = ofList ? [...session.warnings, ofList] : session.warnings;
  return done({
    options: {
      ...settings.once,
      lesson,
      isExport: exportTo !== null,
      exportSteps: options.steps,
      exportEvents: options.events,
      handout: options.handout,
      play: options.play,
      film: options.film,
      warnings,
      hasFile,
      opensCourse: opensCourse(settings.ofPage, { lesson, exportTo, hasFile, warnings, hasBegun }),
    },
    settings: settings.ofPage,
    learners,
    ...beginning,
  });
}

async function saveSettings(session: Session, shown: Settings): Promise<Result<null>> {
  const { language } = session.settings;
  session.settings.change(shown);
  if (session.settings.language !== language) session.onLanguage(session.settings.language);
  return storeSettings(session);
}

export async function storeSettings(session: Session): Promise<Result<null>> {
  // An export changes nothing that a person has set.
  if (session.options.exportTo !== null) return done(null);
  try {
    await session.settingsFile.write(session.settings.stored);
    return done(null);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse((words) => fill(words.settingsNotSaved, { why }));
  }
}
