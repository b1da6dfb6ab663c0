/** For tests: the table of what each folder or file may import. A new permission stands here with its reason. */

/** Files (without ending) or folders of the project, and packages. `types`: taken as types only. */
export interface Rule {
  from: string[];
  types?: string[];
  packages: RegExp | null;
  /** Packages taken as types only. */
  typePackages?: RegExp;
}

/** Folder or file that imports to what it may import. The longest match rules. */
export const MAY: Record<string, Rule> = {
  'src-main/model': { from: ['src-main/model'], packages: null },
  // The facts of an architecture go to the window too: nothing that carries instructions out may come along.
  'src-main/model/asm/arch/index': {
    from: ['src-main/model/asm/arch/amd64', 'src-main/model/asm/arch/arm64', 'src-main/model/asm/arch/facts'],
    packages: null,
  },
  'src-main/model/asm/arch/amd64': { from: ['src-main/model/asm/arch/facts'], packages: null },
  'src-main/model/asm/arch/arm64': { from: ['src-main/model/asm/arch/facts'], packages: null },
  'src-main/model/asm/arch/facts': { from: [], types: ['src-main/model/asm/flags', 'src-main/model/message'], packages: null },
  'src-main/formats': {
    from: [
      'src-main/formats',
      'src-main/model/asm/arch/index',
      'assets/words/index',
      'src-main/model/run/costs',
      'src-main/model/go-constants',
      // Calls by name, and the routine that each belongs to: the sorting game of a lesson.
      'src-main/model/kernel/syscall-table',
      'src-main/model/look-alikes',
      'src-main/model/nearest-word',
      // The one table of operations: each row reads its own parameter.
      'src-main/model/operations/index',
      // The trace file shows the versions of run queues as lists.
      'src-main/model/trace/queue-versions',
      'src-main/model/trace/replay',
      'src-main/model/unreachable',
      'src-main/model/versions/profile',
      // Steering characters of people's files are shown the same way on a terminal and in the window.
      'src-main/model/visible-text',
      'src-main/model/words',
    ],
    types: ['src-main/model'],
    packages: /^yaml$/,
  },
  // What a lesson says of its runs, held against them: pure, as its answers are the window's and a terminal's.
  'src-main/lessons': {
    from: [
      'src-main/lessons',
      'assets/words/index',
      'src-main/formats/durations',
      'src-main/model/nearest-word',
      'src-main/model/trace',
      'src-main/model/words',
    ],
    types: ['src-main/formats', 'src-main/model'],
    packages: null,
  },
  'src-main/contract': {
    from: [
      'src-main/contract',
      'assets/words/index',
      // What exercises there are; the id of their lesson says all.
      'src-main/exercises/mechanisms',
      // Statuses that a search completes.
      'src-main/model/go-constants',
      // Times that are typed into a lesson's table, as in the formats.
      'src-main/formats/durations',
      // What the codes of a lesson's table mean: the window and the papers say it in the same words.
      'src-main/formats/way-text',
      // Names in the metaphor.
      'src-main/formats/cast-names',
      // Read by the window from its own copy of the texts; needs no package.
      'src-main/formats/pseudocode',
      'src-main/formats/sentences',
      'src-main/model/asm/arch/index',
      'src-main/model/state-path',
      // What the page reads runs with, as the player does: replay, packed steps, lanes.
      'src-main/model/trace',
      'src-main/ask',
      'src-main/model/asm/call-paths',
      'src-main/model/unreachable',
      'src-main/model/versions/profile',
      // Steering characters of people's files are shown the same way on a terminal and in the window.
      'src-main/model/visible-text',
      'src-main/model/words',
    ],
    types: ['src-main/formats', 'src-main/lessons', 'src-main/model'],
    packages: null,
    // The preload has the table of requests, and loads no library.
    typePackages: /^zod\/mini$/,
  },
  'src-main/app': {
    from: [
      'src-main/app',
      'src-main/ask',
      'src-main/exercises',
      'src-main/exports',
      // Real recordings open in the window.
      'src-main/imports',
      'src-main/lessons',
      'src-main/model',
      'src-main/formats',
      // Pages that play are made where the runs are.
      'src-main/playable',
      'src-main/contract',
      'assets/words/index',
    ],
    packages: /^node:/,
  },
  // A run in the forms of other programs.
  'src-main/exports': { from: ['src-main/exports', 'src-main/ask', 'src-main/model'], packages: null },
  // A real recording as a run: it is written through the model's own writer, with rows as the model makes them; its faults are said in words,
  // and which of its fields are told stands in a table that the views read, too.
  'src-main/imports': {
    from: [
      'src-main/imports',
      'assets/words/index',
      // Statuses by number, as schedtrace prints them.
      'src-main/model/go-constants',
      'src-main/model/run/recorder',
      'src-main/model/kernel/kernel',
      'src-main/model/runtime/newproc',
      'src-main/model/runtime/threads',
      'src-main/model/state-path',
      // The order of all events of the older tracer, a byte for each.
      'src-main/model/trace/columns',
      'src-main/model/trace/recorded',
      'src-main/model/trace/replay',
    ],
    types: ['src-main/model'],
    packages: null,
  },
  // Programs drawn from a seed, run and asked about; a scenario file is all that they come as.
  'src-main/exercises': {
    // Times are told in questions as they are everywhere.
    from: ['src-main/exercises', 'src-main/model', 'src-main/formats/scenario', 'src-main/formats/durations', 'assets/words/index'],
    packages: /^yaml$/,
  },
  // Their sentences are read and filled by the reader of formats, for the window and a terminal alike.
  'src-main/ask/events': {
    from: ['src-main/ask', 'src-main/formats/sentences', 'src-main/model/trace'],
    types: ['src-main/model/state', 'src-main/model/words'],
    packages: null,
  },
  'src-main/ask/why': {
    from: ['src-main/ask', 'src-main/formats/sentences', 'src-main/model/state-path', 'src-main/model/trace'],
    types: ['src-main/model/state', 'src-main/model/words'],
    packages: null,
  },
  // Questions to a run: its first state and its steps are all they know.
  'src-main/ask': {
    from: [
      'src-main/ask',
      // Which places lie inside of which.
      'src-main/model/state-path',
      'src-main/model/trace',
    ],
    types: ['src-main/model/state'],
    packages: null,
  },
  // The first difference of two runs is told in a sentence.
  'src-main/ask/alike/sentence': { from: ['src-main/ask/alike', 'assets/words/index'], packages: null },
  // What a person typed: its faults are said in words, and times are written as in the formats.
  'src-main/ask/find': {
    from: [
      'src-main/ask/find',
      'assets/words/index',
      'src-main/formats/durations',
      // Which statuses there are, for whoever misspells one.
      'src-main/model/go-constants',
      'src-main/model/look-alikes',
      'src-main/model/nearest-word',
      'src-main/model/trace/queue-versions',
      'src-main/model/trace/replay',
    ],
    types: ['src-main/model/state', 'src-main/model/trace/packed-steps', 'src-main/model/words'],
    packages: null,
  },
  'src-main/cli': {
    from: [
      'src-main/cli',
      'src-main/app',
      'src-main/ask',
      'src-main/exports',
      'src-main/imports',
      // What FACTS of --expect ask of a run.
      'src-main/lessons/homework',
      'src-main/model',
      'src-main/formats',
      'src-main/contract',
      'assets/words/index',
      'package.json',
    ],
    packages: /^node:/,
  },
  // Drives the built product's window as the e2e tests do; nothing of the product imports it.
  'src-main/cli/bench': {
    from: [
      'src-main/cli',
      'src-main/app',
      'src-main/ask/events',
      // Every form that a run is exported in is timed.
      'src-main/contract/exports',
      'src-main/model',
      'src-main/formats',
      'package.json',
    ],
    packages: /^(node:|@playwright\/test$)/,
  },
  // Hand-outs as pages: pure, as what they show is drawn and read elsewhere.
  'src-main/papers': {
    from: ['src-main/papers', 'assets/words/index', 'src-main/formats/durations', 'src-main/formats/way-text'],
    types: ['src-main/formats', 'src-main/lessons', 'src-main/model/words'],
    packages: null,
  },
  // Pages that play, and packages of them: pure but for the hashes of their policy. fflate packs them.
  'src-main/playable': {
    from: ['src-main/playable', 'src-main/contract', 'assets/words/index'],
    packages: /^(node:crypto|fflate)$/,
  },
  // The library that writes slides is handed to it, when somebody wants some.
  'src-main/papers/slides': { from: ['assets/words/index'], types: ['src-main/formats'], packages: null, typePackages: /^pptxgenjs$/ },
  'src-main/shell/paper-maker': {
    from: [
      'src-main/shell',
      'src-main/app',
      'src-main/contract',
      'src-main/exercises/mechanisms',
      'src-main/formats',
      'src-main/papers',
      'assets/words/index',
    ],
    types: ['src-main/lessons', 'src-main/model'],
    packages: /^(node:|pptxgenjs$)/,
  },
  'src-main/shell': {
    from: [
      'src-main/shell',
      'src-main/app',
      'src-main/contract',
      // The exercises of a hand-out are a lesson by this name.
      'src-main/exercises/mechanisms',
      'src-main/formats',
      'src-main/model',
      'src-main/papers',
      'assets/words/index',
    ],
    types: ['src-main/lessons'],
    packages: /^(node:|electron$|zod\/mini$)/,
  },
  'src-main/shell/preload': { from: ['src-main/contract/request-table'], types: ['src-main/contract/requests'], packages: /^electron$/ },
  // Words and lesson texts only: no code of the product but the few lines that fill places.
  'assets/words': { from: ['assets/words', 'src-main/model/words'], packages: null },
  'src-main/index': { from: ['src-main/app', 'src-main/shell', 'src-main/contract/request-table'], packages: /^(node:|electron$)/ },
  // The editor of a scenario's text is a library's, loaded when it is opened.
  'src-renderer/experiments': {
    from: ['src-renderer', 'src-main/contract/index', 'assets/words/index', 'assets/words/simplified'],
    packages: /^(svelte|@codemirror|@lezer\/highlight)(\/|$)/,
  },
  // The gallery shows scenarios of the tests, too: files that are read, not code.
  'src-renderer/gallery/files': {
    from: [
      'src-renderer/gallery',
      'src-main/contract/index',
      'assets/examples',
      'assets/lessons',
      'src-main/model/testdata/branches',
      'src-main/model/testdata/golden',
    ],
    packages: null,
  },
  // The program of pages that play unpacks what they bring.
  'src-renderer/play/main': {
    from: ['src-renderer', 'src-main/contract/index', 'assets/words/index'],
    packages: /^(svelte|fflate)$/,
  },
  // Whoever packs films has the libraries that write their files, loaded with the first film.
  'src-renderer/film': {
    from: ['src-renderer', 'src-main/contract/index', 'assets/words/index'],
    packages: /^(svelte|mediabunny|gifenc)$/,
  },
  'src-renderer': {
    from: [
      'src-renderer',
      'src-main/contract/index',
      'assets/fonts',
      'assets/gallery',
      'assets/glossary.yaml',
      'assets/guides',
      'assets/pseudocode',
      'assets/sentences',
      'assets/words/index',
      // The page that says how scenarios and lessons are written: the help shows it.
      'src-main/formats/README.md',
    ],
    packages: /^(svelte|d3-[a-z]+|@floating-ui\/dom|@fontsource-variable)(\/|$)/,
  },
};
