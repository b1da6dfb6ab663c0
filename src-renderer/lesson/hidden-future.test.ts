/**
 * While a question is open nobody sees what comes of it. Whatever tells of a run is listed here with the tests that open a question and look: a
 * request or a panel that is not is a fault, and so is one whose test has gone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ofEachExport } from '../../src-main/contract/exports';
import { REQUEST_NAMES, type RequestName } from '../../src-main/contract/request-table';
import { bridgeUses } from '../testdata/bridge-uses';

const HERE = join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(HERE, file), 'utf8');
const FILES = readdirSync(HERE, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(ts|svelte)$/.test(file) && !file.includes('.test.') && !file.startsWith('testdata/'))
  // The bridge itself, and what stands for it in a page that plays.
  .filter((file) => !['bridge.ts', 'play/offline-bridge.ts'].includes(file));

/** A file that asks, by the tests that see it (or whoever calls it) hold back what is still to be guessed: each a file and a title in it. */
type Held = Readonly<Record<string, readonly (readonly [file: string, title: string])[]>>;

const ASKING = 'lesson/asking.test.ts';
const DRAWN = 'lesson/hidden-future-drawn.test.ts';
const LANES = 'timeline/timeline-drawn.test.ts';
const TRIED = 'stores/experiment.test.ts';
const WRITTEN = 'stores/exporter.test.ts';
const MARKED = 'stores/bookmarks.test.ts';
const PICTURED = 'picture/picture-drawn.test.ts';

/** Lanes and steps come by one door, and are drawn and gone to up to the horizon. */
const SOURCE: Held[string] = [
  [ASKING, 'by a press on the timeline or any other jump; while it is open nobody jumps past it'],
  [LANES, 'has a cover, and neither ticks, marks nor lesson steps'],
];
/** Before its first picture a run goes to where its question is asked. */
const OPENED: Held[string] = [[ASKING, 'from another run: by its tab, the contents and the way back']];
/** --export: nobody guesses. */
const EXPORTED = [WRITTEN, 'without a person (%s) nothing is asked of anybody until it is over'] as const;

/** Requests whose replies tell of steps of the open run, by the files that send them. */
const TELLING: Readonly<Partial<Record<RequestName, Held>>> = {
  readSteps: { 'stores/run-source.ts': SOURCE },
  stateAt: { 'stores/run-source.ts': SOURCE },
  lanes: { 'stores/run-source.ts': [[LANES, 'is painted on no lane']] },
  laneRows: {
    'stores/run-source.ts': [
      [LANES, 'who is not there yet has no lane, not even among those that do nothing'],
      [LANES, 'is neither asked for nor told under the pointer'],
    ],
  },
  links: { 'stores/run-source.ts': [[LANES, 'has no arrows: of a leap only what has been seen on both sides']] },
  runLine: {
    'stores/run-source.ts': [
      [LANES, 'has a cover, and neither ticks, marks nor lesson steps'],
      [LANES, 'says on its map of no stop of the world that it comes'],
    ],
  },
  inspect: { 'stores/run-source.ts': [[DRAWN, 'a card is told nothing from behind the question, and its leaps end before it']] },
  events: {
    'events/EventList.svelte': [['events/event-list.test.ts', 'while a question is open nothing that follows is listed']],
    'picture/PictureDialog.svelte': [
      [PICTURED, 'of a kind of event there are as many pictures as steps at which it is told, none behind the question'],
    ],
    'stores/exporter.svelte.ts': [EXPORTED],
    'events/Spoken.svelte': [[DRAWN, 'what is spoken of a step, and why something is so, is found up to the question']],
    // In a page that plays; a run of one's own has no questions.
    'play/OwnStory.svelte': [
      ['play/play-drawn.test.ts', 'a run without a story tells itself event by event, and goes to one that is pressed'],
    ],
  },
  findPlaces: {
    'stores/bookmarks.svelte.ts': [[MARKED, 'a mark behind the next question is not on the timeline until that has been answered']],
  },
  // The step that is shown.
  placeAt: { 'stores/bookmarks.svelte.ts': [[MARKED, 'a step is marked once, its note is kept, deleted ones come back to their place']] },
  // Backwards only, from the step that is shown.
  why: { 'why/WhyPanel.svelte': [[DRAWN, 'what is spoken of a step, and why something is so, is found up to the question']] },
  find: {
    'stores/search.svelte.ts': [
      ['stores/search.test.ts', 'nothing behind an open question is asked for; when it is answered the search goes on'],
    ],
  },
  runAnchors: {
    'palette/Palette.svelte': [[DRAWN, 'the palette names neither rows nor steps of the lesson behind the question']],
    'stores/search.svelte.ts': [
      ['search/completion.test.ts', 'what only comes after the last step that may be seen is not told'],
      ['search/completion.test.ts', 'nor what is written, or who comes, only then: %s'],
    ],
  },
  openRun: { 'stores/lesson-opener.svelte.ts': OPENED },
  openLesson: { 'stores/lesson-opener.svelte.ts': OPENED },
  startUp: { 'stores/app.svelte.ts': OPENED },
  // An experiment begins at no open question, and shows no more than the lesson would.
  tryScenario: {
    'stores/lesson-opener.svelte.ts': [
      [TRIED, 'what is still to be guessed in the lesson is not told by a copy of it: only what has been played is shown'],
    ],
  },
  scenarioText: { 'stores/experiment.svelte.ts': [[TRIED, 'at an open question nothing can be tried']] },
  compareRuns: {
    'stores/experiment.svelte.ts': [[TRIED, 'a copy is laid beside its original when all of it has been seen, and not before']],
  },
  compareWith: {
    'stores/experiment.svelte.ts': [
      [TRIED, 'a step’s run is laid beside another one of the lesson, by their titles, and not before everything in them has been guessed'],
    ],
  },
  // The cells of a step's table stand behind its question.
  stepAnswers: {
    'stores/shown-lesson.svelte.ts': [
      [DRAWN, 'what a step gives to do, and the run beside it, stand behind its question'],
      ['play/play-drawn.test.ts', 'what a step gives to do stands behind its question'],
    ],
  },
  checkLesson: {
    'stores/own-check.svelte.ts': [
      [
        'lesson/lesson-check-drawn.test.ts',
        'while the class is being asked nobody is told what would answer the question, not even at a press',
      ],
      [
        'lesson/lesson-check-drawn.test.ts',
        'a step that has been passed is told with its title, its place, the likely word and how to mend it; of later ones only the line, until somebody prepares the lesson',
      ],
    ],
  },
  ...ofEachExport(
    () => ({ 'stores/exporter.svelte.ts': [[WRITTEN, 'at an open question no form of the run is written: each tells all of it']] }) as Held,
  ),
  makePictures: {
    'picture/PictureDialog.svelte': [
      [PICTURED, 'while a question is open neither it nor what follows can be drawn, and it is said how much that is'],
    ],
    'stores/exporter.svelte.ts': [EXPORTED],
  },
  makeFilm: {
    'film/FilmDialog.svelte': [[DRAWN, 'no film goes beyond the question']],
    // --export: nobody guesses.
    'stores/exporter.svelte.ts': [[WRITTEN, 'a film to a step behind the last one goes to the last one']],
  },
  previewPicture: {
    'picture/PictureDialog.svelte': [[PICTURED, 'of a run that is there to be found out nothing is drawn that lies behind the step']],
  },
  copyPicture: {
    'picture/PictureDialog.svelte': [[PICTURED, 'of a run that is there to be found out nothing is drawn that lies behind the step']],
  },
  // The teacher's own window tells the answer; nothing of it comes back to the class but what was pressed.
  tellPresenter: {
    'present/Presenting.svelte': [
      ['present/present-drawn.test.ts', 'the other window is told only while it is open, and the clock of a step begins with it'],
    ],
  },
};

/** Requests that tell nothing of a step that lies ahead. */
const SILENT: readonly RequestName[] = [
  'cancelRun',
  'tellMenu',
  'chooseScenario',
  'checkScenario',
  'scenarioKeys',
  'saveScenario',
  'keepScenarioDraft',
  'scenarioDraft',
  'openDropped',
  'takeLink',
  'copyLink',
  'openGiven',
  'openAgain',
  'pictureSettings',
  // Sheets, storyboards and pages that play are files for the teacher; the window shows none of them.
  'makePapers',
  'makePlay',
  'bookmarks',
  'keepBookmarks',
  'cancelPictures',
  'cancelExports',
  // The gallery’s own scenarios, of which no lesson asks.
  'exhibitPicture',
  'galleryMemory',
  'keepGalleryMemory',
  'showWritten',
  'nextPicture',
  'nextFrame',
  'saveSettings',
  'keepLearner',
  'dropLearner',
  'exportAnswers',
  'importAnswers',
  'openPlayground',
  'checkListing',
  'playListing',
  'keepDraft',
  'saveListing',
  'openListing',
  'about',
  'licences',
  'ownLessons',
  'chooseLessonFolder',
  'makeLesson',
  'openGivenLesson',
  'forgetLesson',
  'ownFollowed',
  'dropLesson',
  'togglePresenter',
  'presenterView',
  'presenterAct',
  'pageReady',
  'exportDone',
];

const PANE = [ASKING, 'in the pane: no titles, no number of steps, no later runs'] as const;

/** Panels beside the requests: each shows something of a lesson or of a run, and what it leaves out while a question is open. */
const PANELS: Held = {
  'contents of the lesson': [PANE],
  'number of its steps': [PANE],
  'progress through it': [PANE],
  'its later runs': [PANE],
  'number of the run’s steps': [['window/app.test.ts', 'while a question is open the window does not say how many steps the run has']],
  'the next instruction': [['window/views-drawn.test.ts', 'while a question is open nothing says when the machine has something to show']],
  'numbers to try': [['stores/vary.test.ts', 'at an open question no number is held out, as another run would answer it']],
  'steps and rows in the palette': [[DRAWN, 'the palette names neither rows nor steps of the lesson behind the question']],
  'a thing’s life': [['inspect/thing.test.ts', 'of %s ends at the horizon, and lies within the bar']],
  'where one leaps from change to change': [[DRAWN, 'a card is told nothing from behind the question, and its leaps end before it']],
  'what is so, where a choice is a common belief': [
    [DRAWN, 'what is so, where a choice is a common belief, stands in the list once it has been answered'],
  ],
  'the menu’s exports': [['window/menu-state.test.ts', '%o: these would do nothing: %j']],
};

/** The titles of the tests in a file that are run: what a call of test(…) or test.each(…)(…) has in front. */
function titlesIn(file: string): ReadonlySet<string> {
  const titles = new Set<string>();
  const see = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const called = ts.isCallExpression(node.expression) ? node.expression.expression : node.expression;
      const [title] = node.arguments;
      if (/^(test|it)(\.each)?$/.test(called.getText()) && title && ts.isStringLiteralLike(title)) titles.add(title.text);
    }
    ts.forEachChild(node, see);
  };
  see(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true));
  return titles;
}

describe('what tells of a run', () => {
  test('is every request, told or silent, once', () => {
    expect([...Object.keys(TELLING), ...SILENT].sort()).toEqual([...REQUEST_NAMES].sort());
  });

  test('is asked for in no place that is not listed', () => {
    const places = FILES.flatMap((file) => {
      const { sent, isOfExports } = bridgeUses(textOf(file), file);
      return [...sent, ...(isOfExports ? Object.keys(ofEachExport(() => null)) : [])].flatMap((name) =>
        name in TELLING ? [`${name} in ${file}`] : [],
      );
    });
    const listed = Object.entries(TELLING).flatMap(([name, guards]) => Object.keys(guards).map((file) => `${name} in ${file}`));
    expect([...new Set(places)].sort()).toEqual(listed.sort());
  });

  test.each([
    ["import { bridge } from '../bridge';", 'void bridge.find({});', ['find']],
    ["import { bridge as b } from '../bridge';", 'void b\n  .find({}).then(() => b.events({}));', ['events', 'find']],
    [
      "import type { Bridge } from '../../src-main/contract/index';",
      'class A { constructor(private readonly at: Bridge) { at.why({}); } go() { this.at.find({}); } }',
      ['find', 'why'],
    ],
    [
      "import type { Bridge } from '../../src-main/contract/index';",
      "type Some = Pick<Bridge, 'find'>; const ask = (some: Some) => some.find({});",
      ['find'],
    ],
    ["import { bridge } from '../bridge';", 'new Store(bridge);', []],
  ])('is found by whose it is: %s %s', (head, code, names) => {
    expect([...bridgeUses(`${head}\n${code}`, 'x.ts').sent].sort()).toEqual(names);
    expect([...bridgeUses(`<script lang="ts">\n${head}\n${code}\n</script>\n<p>bridge.why()</p>`, 'x.svelte').sent].sort()).toEqual(names);
  });

  test.each([
    'const { find } = bridge;',
    'const door = bridge;',
    'hand(bridge);',
    "bridge['find']({});",
    'bridge[name]({});',
    'const ask = bridge.find;',
    'for (const name in bridge) ask(name);',
  ])('is not asked for by ways that nobody can follow: %s', (code) => {
    expect(() => bridgeUses(`import { bridge } from '../bridge';\n${code}`, 'x.ts')).toThrow('x.ts');
  });

  test('is found in the markup, too', () => {
    const text = `<script lang="ts">import { bridge } from '../bridge';</script>\n{#if a}<button onclick={() => bridge.find({})}></button>{/if}`;
    expect([...bridgeUses(text, 'x.svelte').sent]).toEqual(['find']);
  });

  const known = new Map<string, ReadonlySet<string>>();
  test.each(
    [...Object.entries(TELLING), ['panel', PANELS] as const].flatMap(([name, held]) =>
      Object.entries(held).map(([file, tests]) => ({ name, file, tests })),
    ),
  )('$name, $file: that it is held back at the horizon is tested', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const [file, title] of tests) {
      const titles = known.get(file) ?? titlesIn(file);
      known.set(file, titles);
      expect([...titles], file).toContain(title);
    }
  });
});
