/**
 * While a question is open nobody sees what comes of it. Whatever tells of a run is listed here with what keeps it from telling too much: a
 * request or a panel that is not is a fault, and so is one whose guard has gone. What some of the guards do is tried in
 * hidden-future-drawn.test.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** A file, and what in it (or in whoever calls it) holds back what is still to be guessed. */
type Guards = Readonly<Record<string, readonly [file: string, guard: RegExp][]>>;

/** Lanes and steps come by one door, and are drawn and gone to up to the horizon. */
const SOURCE: [string, RegExp][] = [
  ['stores/lesson.svelte.ts', /isStopped\(n\)/],
  ['timeline/Timeline.svelte', /lastStep = \$derived\(horizon \?\? stepCount\)/],
];

/** Requests whose replies tell of steps of the open run, by the files that send them. */
const TELLING: Readonly<Partial<Record<RequestName, Guards>>> = {
  readSteps: { 'stores/run-source.ts': SOURCE },
  stateAt: { 'stores/run-source.ts': SOURCE },
  lanes: { 'stores/run-source.ts': [['timeline/Timeline.svelte', /\{edgePx\}/]] },
  laneRows: { 'stores/run-source.ts': [['timeline/Timeline.svelte', /withoutUnborn\(store\.rows/]] },
  links: { 'stores/run-source.ts': [['timeline/Timeline.svelte', /Math\.max\(from\.n, to\.n\) <= lastStep/]] },
  runLine: {
    'stores/run-source.ts': [
      ['timeline/AxisLayer.svelte', /mark <= last/],
      ['timeline/Minimap.svelte', /at <= horizon/],
    ],
  },
  inspect: { 'stores/run-source.ts': [['stores/inspector.svelte.ts', /horizon: this\.horizon/]] },
  events: {
    'events/EventList.svelte': [['events/EventList.svelte', /horizon: lesson\.horizon/]],
    'picture/PictureDialog.svelte': [['picture/event-steps.ts', /if \(n <= \(horizon \?\? Infinity\)\)/]],
    // --export: nobody guesses.
    'stores/exporter.svelte.ts': [
      ['stores/exporter.svelte.ts', /lesson\.asksNothing = true;\n {4}let pictures = 0;\n {4}try \{\n {6}const \{ eventSteps/],
    ],
    'events/Spoken.svelte': [['events/Spoken.svelte', /bridge\.events\(\{.* horizon, n/]],
    // In a page that plays; a run of one's own has no questions.
    'play/OwnStory.svelte': [['play/Story.svelte', /<OwnStory/]],
  },
  findPlaces: { 'stores/bookmarks.svelte.ts': [['stores/bookmarks.svelte.ts', /found\.n <= \(this\.lesson\.horizon \?\? Infinity\)/]] },
  // The step that is shown.
  placeAt: { 'stores/bookmarks.svelte.ts': [['stores/bookmarks.svelte.ts', /const \{ n, step \} = playback;/]] },
  // Backwards only, from the step that is shown.
  why: { 'why/WhyPanel.svelte': [['why/WhyPanel.svelte', /bridge\.why\(\{ of: id, n \}\)/]] },
  find: { 'stores/search.svelte.ts': [['stores/search.svelte.ts', /Math\.min\(this\.lesson\.horizon \?\? Infinity/]] },
  runAnchors: {
    'palette/Palette.svelte': [['palette/Palette.svelte', /lesson\.horizon \?\? Infinity/]],
    'stores/search.svelte.ts': [['search/completion.ts', /n <= last/]],
  },
  // Before its first picture a run goes to where its question is asked.
  openRun: { 'stores/lesson-opener.svelte.ts': [['stores/lesson-opener.svelte.ts', /const asked = this\.askedAt\(wanted\)/]] },
  openLesson: { 'stores/lesson-opener.svelte.ts': [['stores/lesson-opener.svelte.ts', /const asked = this\.askedAt\(wanted\)/]] },
  startUp: { 'stores/app.svelte.ts': [['stores/lesson-opener.svelte.ts', /const asked = this\.askedAt\(wanted\)/]] },
  // An experiment begins at no open question, and shows no more than the lesson would.
  tryScenario: { 'stores/lesson-opener.svelte.ts': [['stores/lesson-opener.svelte.ts', /const isVeiled = .*this\.horizon !== null/]] },
  scenarioText: { 'stores/experiment.svelte.ts': [['stores/experiment.svelte.ts', /if \(this\.lesson\.isAsking\)/]] },
  compareRuns: { 'stores/experiment.svelte.ts': [['stores/experiment.svelte.ts', /if \(this\.lesson\.isStillVeiled\)/]] },
  compareWith: {
    'stores/experiment.svelte.ts': [['stores/experiment.svelte.ts', /if \(this\.lesson\.hasQuestionsIn\(\[step\.run, beside\]\)\)/]],
  },
  // The cells of a step's table stand behind its question.
  stepAnswers: {
    'stores/shown-lesson.svelte.ts': [
      ['lesson/LessonPane.svelte', /\{#if step && !app\.pending\}<ActivityButton/],
      ['play/Story.svelte', /\{#if step\?\.activity && !lesson\.pending\}[^#]*\{#if [^/]*\/p>\s*\{:else\}<ActivityButton/],
    ],
  },
  checkLesson: {
    'stores/own-check.svelte.ts': [
      ['stores/own-check.svelte.ts', /if \(firstOpen === null \|\| \(isPreparing && !isAsking\)\) return/],
      ['lesson/LessonCheck.svelte', /const shown = \$derived\(own\.check\.told\(isPreparing\)\)/],
      ['lesson/LessonCheck.svelte', /const all = shown\.told\./],
    ],
  },
  ...ofEachExport(() => ({ 'stores/exporter.svelte.ts': [['stores/exporter.svelte.ts', /if \(this\.lesson\.isAsking\)/]] }) as Guards),
  makePictures: {
    'picture/PictureDialog.svelte': [['picture/PictureDialog.svelte', /slice\(0, lesson\.hidden\?\.step/]],
    // --export: nobody guesses.
    'stores/exporter.svelte.ts': [['stores/exporter.svelte.ts', /lesson\.asksNothing = true/]],
  },
  makeFilm: {
    'film/FilmDialog.svelte': [['film/FilmDialog.svelte', /last = \$derived\(lesson\.horizon \?\? /]],
    // --export: nobody guesses.
    'stores/exporter.svelte.ts': [['stores/exporter.svelte.ts', /lesson\.asksNothing = true/]],
  },
  previewPicture: { 'picture/PictureDialog.svelte': [['picture/picture-plan.ts', /if \(isAsked\) return n/]] },
  copyPicture: { 'picture/PictureDialog.svelte': [['picture/picture-plan.ts', /if \(isAsked\) return n/]] },
  // The teacher's own window tells the answer; nothing of it comes back to the class but what was pressed.
  tellPresenter: { 'present/Presenting.svelte': [['window/App.svelte', /<later\.views\.presenting/]] },
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
  'dropLesson',
  'togglePresenter',
  'presenterView',
  'presenterAct',
  'pageReady',
  'exportDone',
];

/** Panels beside the requests: each shows something of a lesson or of a run, and what it leaves out while a question is open. */
const PANELS: Guards = {
  'contents of the lesson': [['lesson/Contents.svelte', /app\.steps\.slice\(0, app\.hidden\?\.step\)/]],
  'number of its steps': [['lesson/Contents.svelte', /app\.hidden \? ''/]],
  'progress through it': [['lesson/LessonFooter.svelte', /\{#if !app\.hidden && hasSteps\}/]],
  'its later runs': [['lesson/RunTabs.svelte', /runs\.slice\(0, app\.hidden\?\.run\)/]],
  'number of the run’s steps': [['window/App.svelte', /lesson\.hidden \? words\.statusHidden/]],
  'the next instruction': [['window/Views.svelte', /lesson\.hidden \|\| recordedBy !== '' \? null/]],
  'numbers to try': [['stores/vary.svelte.ts', /this\.lesson\.isAsking \? \[\]/]],
  'steps and rows in the palette': [['palette/Palette.svelte', /lesson\.hidden\?\.step/]],
  'a thing’s life': [['inspect/life.ts', /Math\.min\(last, horizon\)/]],
  'where one leaps from change to change': [['stores/inspector.svelte.ts', /this\.lesson\.horizon \?\?/]],
  'what is so, where a choice is a common belief': [['course/MisconceptionsTab.svelte', /asked\.has\(misconception\.id\) \? WORDS/]],
  'the menu’s exports': [['window/menu-state.ts', /ofEachExport\(\(\) => !facts\.hasRun \|\| facts\.isAsking\)/]],
};

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

  test.each(
    [...Object.entries(TELLING), ['panel', PANELS] as const].flatMap(([name, guards]) =>
      Object.entries(guards).map(([file, all]) => ({ name, file, all })),
    ),
  )('$name, $file: is held back at the horizon', ({ all }) => {
    expect(all.length).toBeGreaterThan(0);
    for (const [file, guard] of all) expect(textOf(file), file).toMatch(guard);
  });
});
