/** For tests: what the window asks, well and badly. A request that is added to the table needs its examples here; the tests and the fuzz take them. */
import { EXPORTS, ofEachExport } from '../../contract/exports';
import { FIRST_FILM } from '../../contract/film';
import { FIRST_PICTURE } from '../../contract/picture';
import type { RequestName } from '../../contract/request-table';

const settings = {
  language: 'zh',
  theme: 'system',
  speed: 1,
  place: null,
  learner: 'me',
  layout: {},
  isInWords: false,
  isCourseFirst: true,
  hasLetterKeys: true,
};
const place = { lesson: 'hunting', run: 'home', n: 3 };

const question = { zh: '问', en: 'asked' };
const asked = {
  question,
  choices: [{ text: question, believes: null }],
  answer: 0,
  votes: [{ counts: [3], timeMs: 1 }],
  isRevealed: true,
};
const learner = { id: 'me', name: '三班', isClass: true, place, lessons: { hunting: { seen: ['a'], asked: { door: asked } } } };
const learnerAsked = (change: object): object => ({
  ...learner,
  lessons: { hunting: { seen: [], asked: { door: { ...asked, ...change } } } },
});

const play = { arch: 'amd64', source: '', entry: '', args: [], returns: null };
const number = (value: string): object => ({ kind: 'number', value });
const draft = { arch: 'arm64', texts: { amd64: null, arm64: 'RET' }, entry: '', call: 'read', args: ['3'], returns: '' };

const presented = {
  language: 'zh',
  theme: 'light',
  lesson: { title: '打猎', language: 'zh', minutes: 45, steps: 2 },
  step: { number: 1, title: '一', minutes: 2.5, notes: null, plannedMinutes: 3 },
  question: {
    question: '谁？',
    choices: [{ text: '甲', why: '不', hands: [1, 2] }],
    answer: 0,
    because: '对',
    isOpen: true,
    isClass: true,
  },
  next: { title: '二', story: '', technical: '', question: null },
  clock: { elapsedMs: 0, stepMs: 0, sinceMs: 1 },
  isPlaying: false,
  isBlank: false,
  hasLetterKeys: true,
  page: { at: 0, count: 1 },
  status: '',
};
const film = { lesson: 'hunting', run: 'taken', stem: 'hunting', isVeiled: false, from: 1, to: 9, stops: [3], settings: FIRST_FILM };
const pictures = { ...FIRST_PICTURE, scale: 4, theme: 'print' };
const here = { run: 'home', stop: null, n: 7, isAsked: false };
const drawn = { widthPx: 1_366, heightPx: 768, n: 7, svg: '<svg/>' };

const bookmark = {
  id: 'b1',
  lesson: 'hunting',
  run: 'home',
  scenario: 'hunting-still-his',
  title: question,
  place: { n: 3, t: 12.5, who: 'main', op: -1, visit: 0, fn: 'exitsyscall', at: 'oldp' },
  note: '',
};

/** For each request something good, and what is wrong with it. */
export const EXAMPLES: Readonly<Record<RequestName, { good: unknown[]; bad: unknown[] }>> = {
  openLesson: {
    good: [
      { id: 'hunting', run: null },
      { id: 'hunting', run: 'home' },
    ],
    bad: [
      {},
      { id: 'hunting' },
      { id: 7, run: null },
      { id: 'a', run: 7 },
      { id: 'x'.repeat(201), run: null },
      { id: 'a', run: null, also: 1 },
    ],
  },
  openRun: {
    good: [
      { lesson: '', run: 'run', opening: null },
      { lesson: '', run: 'run', opening: 3 },
    ],
    bad: [
      { run: 'run', opening: null },
      { lesson: null, run: 'run', opening: null },
      { lesson: '', run: 'run', opening: 'last' },
    ],
  },
  stepAnswers: { good: [{ lesson: 'hunting', step: 'door' }], bad: [{ lesson: 'hunting' }, { lesson: 'hunting', step: 3 }] },
  checkLesson: {
    good: [{ lesson: 'my-lesson@0a1b2c3d' }],
    bad: [{}, { lesson: null }, { lesson: 'x'.repeat(201) }, { lesson: 'a', now: 1 }],
  },
  cancelRun: { good: [{}], bad: [{ now: true }, null] },
  readSteps: { good: [{ from: 1, to: 10 }], bad: [{ from: 1 }, { from: NaN, to: 2 }, { from: 1, to: 1e10 }, { from: 1, to: Infinity }] },
  lanes: {
    good: [{ axis: 'time', from: 0.5, to: 1e12, columns: 900, ids: ['P0', 'M12', 'G9990'] }],
    bad: [
      {},
      { axis: 'pixel', from: 0, to: 1, columns: 900, ids: [] },
      { axis: 'step', from: -1, to: 1, columns: 900, ids: [] },
      { axis: 'step', from: 0, to: 1, columns: 0, ids: [] },
      { axis: 'step', from: 0, to: 1, columns: 1e9, ids: [] },
      { axis: 'step', from: 0, to: 1, columns: 900, ids: ['sched'] },
      { axis: 'step', from: 0, to: 1, columns: 900, ids: Array.from({ length: 1_001 }, () => 'M0') },
    ],
  },
  laneRows: { good: [{ from: 0, to: 9 }], bad: [{ from: 0.5, to: 9 }, { from: 0 }] },
  why: {
    good: [
      { of: 'G7', n: 0 },
      { of: 'M.M1.regs.AX', n: 9 },
    ],
    bad: [{ of: 'G'.repeat(1_000_000), n: 3 }, { of: 'G7' }, { of: 'G7', n: -1 }],
  },
  events: {
    good: [
      { groups: ['syscall'], of: 'G7', match: { types: ['back'], ids: ['M1'], text: 'c' }, horizon: 9, n: 3, from: 0, count: 100 },
      { groups: [], of: null, match: null, horizon: null, n: 0, from: null, count: 1 },
    ],
    bad: [
      { groups: ['other'], of: null, match: null, horizon: null, n: 0, from: null, count: 1 },
      { groups: [], of: 'main', match: null, horizon: null, n: 0, from: null, count: 1 },
      { groups: [], of: null, match: 'x', horizon: null, n: 0, from: null, count: 1 },
      { groups: [], of: null, match: null, horizon: null, n: 0, from: null, count: 100_000 },
    ],
  },
  links: {
    good: [
      { n: 3, of: null, from: 0, to: 9 },
      { n: 3, of: 'G43', from: 0, to: 9 },
    ],
    bad: [
      { n: 3, from: 0, to: 9 },
      { n: 3, of: 'sched', from: 0, to: 9 },
      { n: -1, of: null, from: 0, to: 9 },
    ],
  },
  inspect: {
    good: [
      { places: ['G.G7.status'], n: 3, horizon: 9, fields: [], columns: 200, of: null },
      { places: ['kernel.poller', 'sched.lastpoll'], n: 0, horizon: 0, fields: ['M.M0.p'], columns: 1, of: 'M0' },
    ],
    bad: [
      {},
      { places: 'G.G7', n: 3, horizon: 9, fields: [], columns: 200, of: null },
      { places: ['x'.repeat(5_000)], n: 3, horizon: 9, fields: [], columns: 200, of: null },
      { places: ['G.G7'], n: 3, horizon: Infinity, fields: [], columns: 200, of: null },
      { places: ['G.G7'], n: 3, horizon: 9, fields: [], columns: 0, of: null },
      { places: Array.from({ length: 65 }, () => 'G.G7'), n: 3, horizon: 9, fields: [], columns: 9, of: null },
    ],
  },
  bookmarks: { good: [{}], bad: [{ lesson: 'hunting' }] },
  keepBookmarks: {
    good: [{ all: [] }, { all: [bookmark] }],
    bad: [
      {},
      { all: [{ ...bookmark, note: 'x'.repeat(2_001) }] },
      { all: [{ ...bookmark, path: '/a' }] },
      { all: Array.from({ length: 1_001 }, () => bookmark) },
    ],
  },
  placeAt: { good: [{ n: 0 }], bad: [{ n: -1 }, {}] },
  findPlaces: { good: [{ places: [bookmark.place] }], bad: [{ places: [{ n: 3 }] }, { places: 'all' }] },
  exhibitPicture: {
    good: [{ name: 'a.scenario.yaml', text: '', at: 'n == 1' }],
    bad: [
      { name: 'a', text: '' },
      { name: 'a', text: '', at: 1 },
      { name: 'a', text: '', at: 'n'.repeat(2_001) },
    ],
  },
  galleryMemory: { good: [{}], bad: [{ last: null }] },
  keepGalleryMemory: {
    good: [
      { last: null, reached: [] },
      { last: 'no-house', reached: ['no-house'] },
    ],
    bad: [
      { reached: [] },
      { last: 3, reached: [] },
      { last: null, reached: [3] },
      { last: null, reached: Array.from({ length: 1_001 }, () => 'a') },
    ],
  },
  runLine: { good: [{}], bad: [{ n: 1 }] },
  find: {
    good: [{ text: 'n == 3', from: 0, to: 9 }],
    bad: [{ text: 'n', from: -1, to: 9 }, { text: 3, from: 0, to: 9 }, { text: 'n'.repeat(2_001), from: 0, to: 9 }, { text: 'n' }],
  },
  tellMenu: {
    good: [{ disabled: ['play'], checked: [] }],
    bad: [{ disabled: [] }, { disabled: [3], checked: [] }, { disabled: Array.from({ length: 201 }, () => 'play'), checked: [] }],
  },
  runAnchors: { good: [{}], bad: [{ n: 1 }] },
  stateAt: { good: [{ n: 0 }], bad: [{ n: -1 }, { n: 0.5 }] },
  scenarioText: { good: [{}], bad: [{ run: 'run' }] },
  checkScenario: { good: [{ name: 'a', text: '' }], bad: [{ name: 'a' }, { text: '' }, { name: 'a', text: 'x'.repeat(1_048_577) }] },
  scenarioKeys: { good: [{}], bad: [{ of: 'runtime' }] },
  saveScenario: {
    good: [{ suggestedName: 'a.scenario.yaml', text: '', isAgain: true }],
    bad: [
      { suggestedName: 'a.scenario.yaml', text: '' },
      { path: '/tmp/a', text: '', isAgain: true },
    ],
  },
  keepScenarioDraft: { good: [{ draft: null }, { draft: { name: 'a', text: '' } }], bad: [{}, { draft: { name: 'a' } }] },
  scenarioDraft: { good: [{}], bad: [{ name: 'a' }] },
  compareRuns: {
    good: [{ name: 'a', text: 'x' }],
    bad: [{ name: 'a' }, { name: 'a', text: 'x'.repeat(1_048_577) }],
  },
  compareWith: { good: [{ lesson: 'hunting', run: 'home' }], bad: [{ run: 'home' }, { lesson: 'hunting', run: null }] },
  tryScenario: {
    good: [
      { name: 'a.scenario.yaml', text: '', changes: [], n: 0, listings: null },
      { name: 'a', text: 'x', changes: [{ path: 'runtime.gomaxprocs', value: '8' }], n: 12, listings: null },
      { name: 'a', text: 'x', changes: [], n: 0, listings: '1.14 amd64' },
    ],
    bad: [
      { name: 'a', text: 'x', changes: [], n: 0, listings: 'x'.repeat(201) },
      { name: 'a', text: 'x', changes: [], listings: null },
      { name: 'a', text: 'x', changes: [{ path: 'runtime.seed', value: 8 }], n: 0, listings: null },
      { name: 'a', text: 'x', changes: Array.from({ length: 201 }, () => ({ path: 'a', value: '1' })), n: 0, listings: null },
      { name: 'a', text: 'x'.repeat(1_048_577), changes: [], n: 0, listings: null },
      { name: 'a', text: 'x', changes: [], n: 0 },
    ],
  },
  openDropped: { good: [{ path: '/a/课.yaml' }], bad: [{}, { path: 3 }, { path: 'a'.repeat(4_501) }] },
  takeLink: { good: [{}], bad: [{ link: 'schedville://lesson/a' }] },
  copyLink: {
    good: [{ lesson: 'hunting', step: null, run: 'home', n: 3 }],
    bad: [{ lesson: 'hunting' }, { lesson: 'hunting', step: null, run: null, n: -1 }, { lesson: 3, step: null, run: null, n: null }],
  },
  openGiven: { good: [{}], bad: [{ file: '/etc/passwd' }] },
  openAgain: { good: [{}], bad: [{ file: '/etc/passwd' }] },
  chooseScenario: { good: [{}], bad: [{ file: '/etc/passwd' }] },
  ...ofEachExport((id) => ({ good: [{ suggestedName: `a.${EXPORTS[id].ending}` }], bad: [{}, { suggestedName: 'a', path: '/a' }] })),
  cancelExports: { good: [{}], bad: [{ id: 'trace' }] },
  makeFilm: {
    good: [film, { ...film, settings: { ...film.settings, format: 'gif', heightPx: 360 } }],
    bad: [
      { ...film, from: -1 },
      { ...film, stops: ['1'] },
      { ...film, settings: { ...film.settings, heightPx: 4_320 } },
      { ...film, settings: { ...film.settings, parts: ['sky'] } },
      { ...film, path: '/a' },
    ],
  },
  nextFrame: {
    good: [
      { file: null, failure: null },
      { file: new Uint8Array(3), failure: null },
    ],
    bad: [{}, { file: 'a', failure: null }, { file: [1], failure: null }],
  },
  pictureSettings: { good: [{}], bad: [{ of: 'me' }] },
  makePictures: {
    good: [{ lesson: 'hunting', stem: 'hunting', settings: pictures, places: [here, { ...here, stop: 'door' }] }],
    bad: [
      { lesson: 'hunting', stem: 'hunting', settings: { ...pictures, scale: 5 }, places: [here] },
      { lesson: 'hunting', stem: 'hunting', settings: { ...pictures, parts: ['sky'] }, places: [here] },
      { lesson: 'hunting', stem: 'hunting', settings: pictures, places: [{ ...here, path: '/tmp' }] },
      { lesson: 'hunting', stem: 'x'.repeat(601), settings: pictures, places: [here] },
    ],
  },
  previewPicture: {
    good: [{ lesson: '', settings: pictures, place: here }],
    bad: [{ lesson: '', settings: pictures, place: { ...here, n: -1 } }],
  },
  copyPicture: { good: [{ lesson: '', settings: pictures, place: here }], bad: [{ lesson: '', place: here }] },
  makePapers: {
    good: [{ lesson: 'hunting', papers: ['sheet', 'glossary'], formats: ['pdf'], languages: ['zh', 'en'], seed: 7 }],
    bad: [
      { lesson: 'hunting', papers: ['poster'], formats: ['pdf'], languages: ['zh'], seed: 7 },
      { lesson: 'hunting', papers: ['sheet'], formats: ['docx'], languages: ['zh'], seed: 7 },
      { lesson: 'hunting', papers: ['sheet'], formats: ['pdf'], languages: ['zh'], seed: -1 },
      { lesson: 'hunting', papers: ['sheet'], formats: ['pdf'], languages: ['zh'], seed: 7, path: '/tmp' },
    ],
  },
  makePlay: {
    good: [
      { lesson: 'hunting', stem: 'hunting', kinds: ['html', 'scorm12'], views: ['village'], language: 'zh', theme: 'dark', range: null },
      {
        lesson: '',
        stem: 'run',
        kinds: ['html'],
        views: ['runtime', 'machine'],
        language: 'en',
        theme: 'light',
        range: { from: 0, to: 9 },
      },
    ],
    bad: [
      { lesson: 'hunting', stem: 'hunting', kinds: ['exe'], views: ['village'], language: 'zh', theme: 'dark', range: null },
      { lesson: 'hunting', stem: 'hunting', kinds: ['html'], views: ['village'], language: 'zh', theme: 'print', range: null },
      {
        lesson: 'hunting',
        stem: 'hunting',
        kinds: ['html'],
        views: ['village'],
        language: 'zh',
        theme: 'dark',
        range: { from: -1, to: 2 },
      },
      { lesson: 'hunting', stem: 'hunting', kinds: ['html'], views: ['village'], language: 'zh', theme: 'dark', range: null, path: '/tmp' },
    ],
  },
  cancelPictures: { good: [{}], bad: [{ now: true }] },
  showWritten: { good: [{}], bad: [{ path: '/etc/passwd' }] },
  nextPicture: {
    good: [
      { drawn: null, failure: null },
      { drawn, failure: null },
      { drawn: null, failure: question },
    ],
    bad: [{ drawn: { ...drawn, widthPx: 1e6 }, failure: null }, { drawn: null }],
  },
  saveSettings: {
    good: [settings, { ...settings, place }, { ...settings, layout: { 'low.village': 50, 'huge.timeline': 80.5 } }],
    bad: [
      { ...settings, language: 'fr' },
      { ...settings, theme: 'blue' },
      { ...settings, speed: 9 },
      { ...settings, speed: NaN },
      { ...settings, place: { ...place, n: -1 } },
      { ...settings, window: null },
      { ...settings, learner: '../me' },
      { ...settings, layout: { 'low.village': 101 } },
      { ...settings, layout: { village: 50 } },
      { ...settings, isInWords: 'yes' },
      { ...settings, isCourseFirst: null },
      { ...settings, hasLetterKeys: 1 },
    ],
  },
  keepLearner: {
    good: [learner, { ...learner, place: null, lessons: {} }],
    bad: [
      { ...learner, id: '../me' },
      { ...learner, id: '' },
      { ...learner, isClass: 1 },
      { ...learner, name: 'x'.repeat(201) },
      { ...learner, lessons: { hunting: { seen: [] } } },
      learnerAsked({ votes: [{ counts: [-1], timeMs: 1 }] }),
      learnerAsked({ votes: [{ counts: [10_001], timeMs: 1 }] }),
      learnerAsked({ votes: [1, 2, 3].map((timeMs) => ({ counts: [], timeMs })) }),
      learnerAsked({ answer: 0.5 }),
      learnerAsked({ question: { zh: 'x'.repeat(2_001), en: '' } }),
    ],
  },
  dropLearner: { good: [{ id: 'a-1' }], bad: [{ id: 'a/b' }, {}] },
  exportAnswers: {
    good: [
      { suggestedName: 'a.csv', learner: null },
      { suggestedName: 'a.csv', learner: 'me' },
    ],
    bad: [{ suggestedName: 'a.csv' }, { suggestedName: 'a.csv', learner: '..' }],
  },
  importAnswers: { good: [{}], bad: [{ file: '/etc/passwd' }] },
  openPlayground: { good: [{}], bad: [{ arch: 'amd64' }] },
  checkListing: {
    good: [{ arch: 'arm64', source: '' }],
    bad: [{ arch: 'mips', source: '' }, { arch: 'amd64' }, { arch: 'amd64', source: 'x'.repeat(100_001) }],
  },
  playListing: {
    good: [
      play,
      { ...play, entry: 'x'.repeat(1_000) },
      {
        ...play,
        args: [
          number('0xffffffffffffffff'),
          { kind: 'string', value: 'a' },
          { kind: 'buffer', bytes: 4_096 },
          { kind: 'words', values: ['-1'] },
        ],
        returns: -4095,
      },
    ],
    bad: [
      { ...play, args: [number('1e9')] },
      { ...play, args: [number('9'.repeat(21))] },
      { ...play, args: [{ kind: 'buffer', bytes: 1e9 }] },
      { ...play, args: [{ kind: 'code', value: '' }] },
      { ...play, returns: 0.5 },
      { ...play, args: Array.from({ length: 129 }, () => number('0')) },
    ],
  },
  keepDraft: {
    good: [draft, { ...draft, entry: 'x'.repeat(1_000) }],
    bad: [
      { ...draft, arch: 'x' },
      { ...draft, texts: { amd64: '' } },
      { ...draft, args: [1] },
      { ...draft, file: 'a' },
    ],
  },
  saveListing: {
    good: [{ suggestedName: 'a.s', text: '' }],
    bad: [{ suggestedName: 'a.s' }, { suggestedName: 'a.s', text: 'x'.repeat(100_001) }],
  },
  openListing: { good: [{}], bad: [{ file: '/etc/passwd' }] },
  about: { good: [{}], bad: [[]] },
  licences: { good: [{}], bad: [{ file: '/etc/passwd' }] },
  ownLessons: { good: [{}], bad: [{ folder: '/etc' }] },
  chooseLessonFolder: { good: [{}], bad: [{ folder: '/etc' }] },
  makeLesson: { good: [{}], bad: [{ folder: '/etc' }] },
  openGivenLesson: { good: [{}], bad: [{ file: '/etc/passwd' }] },
  forgetLesson: { good: [{ key: '0123abcd' }], bad: [{ key: '../..' }, { key: '0123abcde' }, {}] },
  ownFollowed: {
    good: [{ moved: [] }, { moved: [{ from: 'a@00000001', to: 'a@00000002' }] }],
    bad: [{}, { moved: [{ from: 'a@00000001' }] }, { moved: Array.from({ length: 201 }, () => ({ from: 'a', to: 'b' })) }],
  },
  dropLesson: { good: [{ path: '/a/lesson.yaml' }], bad: [{ path: 'x'.repeat(4_501) }, {}, { path: 7 }] },
  togglePresenter: { good: [{}], bad: [{ open: true }] },
  tellPresenter: {
    good: [presented, { ...presented, step: null, question: null, next: null, clock: { ...presented.clock, sinceMs: null } }],
    bad: [
      { ...presented, more: 1 },
      { ...presented, status: 'x'.repeat(20_001) },
      { ...presented, page: { at: -1, count: 1 } },
      { ...presented, question: { ...presented.question, answer: 101 } },
      { ...presented, question: { ...presented.question, choices: [{ text: 'a', why: null, hands: [1, 2, 3] }] } },
      { ...presented, language: 'fr' },
    ],
  },
  presenterView: { good: [{}], bad: [{ n: 1 }] },
  presenterAct: {
    good: [
      { kind: 'command', command: 'lessonNext' },
      { kind: 'reveal' },
      { kind: 'hand', choice: 2, by: -1 },
      { kind: 'clock', what: 'reset' },
    ],
    bad: [
      { kind: 'command', command: 'openScenario' },
      { kind: 'command', command: '__proto__' },
      { kind: 'hand', choice: 2, by: 1000 },
      { kind: 'hand', choice: -1, by: 1 },
      { kind: 'clock', what: 'stop' },
      { kind: 'run', code: '' },
    ],
  },
  startUp: { good: [{}], bad: [0] },
  pageReady: { good: [{}], bad: ['yes'] },
  exportDone: {
    good: [
      { pictures: 3, failure: null },
      { pictures: 0, failure: 'x'.repeat(2_000) },
    ],
    bad: [{ pictures: -1, failure: null }, { pictures: 0, failure: 'x'.repeat(2_001) }, { pictures: 0 }],
  },
};
