/** A lesson file (contract, section 5), as checked data. Reading it from text comes below the types. */
import { fill } from '../../assets/words/index';
import type { Anchor } from '../model/trace/anchors';
import { DOCUMENTS, type ErrataTable, type ErratumClass, type ErratumPlace } from './errata';
import { withCauses } from './look-alikes';
import { readProse } from './prose';
import { checkHead, readText } from './head';
import { MAX_NAME, type ParsedScenario, parseScenario, readId } from './scenario';
import { type Node, YamlSource } from './yaml-source';
import { type Read, type Text, textOf } from '../model/words';

export type { Anchor };

export interface LessonQuestion {
  question: Text;
  choices: Text[];
  /** Index into choices. */
  answer: number;
  because: Text;
}

/** Where a document is not accurate: an entry of the table of errata, which the lesson names by its id. */
export interface Erratum {
  /** Such as E43. */
  id: string;
  class: ErratumClass;
  /** What is said where: in every document that the table has for it, or only in those that the lesson names. */
  places: readonly ErratumPlace[];
  /** What is true instead: the table's words, or the lesson's own. */
  text: Text;
}

export interface LessonStep {
  id: string;
  title: Text;
  /** Key into Lesson.scenarios: which run this step belongs to. */
  run: string;
  /** null: the run's first state. */
  at: Anchor | null;
  /** The story in the metaphor. */
  story: Text;
  /** The same in technical terms. */
  technical: Text;
  errata: Erratum[];
  /** What to bring forward: ids of figures (`M0`, `P0`, `G1`, `orphanage`, `nursinghome`, `watchman`, `forest`, `keys`), state paths (`P.P0.status`) or register names. */
  focus: string[];
  ask: LessonQuestion | null;
}

export interface Lesson {
  id: string;
  title: Text;
  /** Source documents, e.g. ['004']. */
  sources: string[];
  goals: Text[];
  /** Run name to scenario file (relative to the lesson's folder) and what the run is called. */
  runs: Record<string, { scenario: string; title: Text }>;
  steps: LessonStep[];
}

/** Where in the file something stands, from 1. */
export interface Place {
  line: number;
  column: number;
}

/** `placeOf`: where a run (`runs.home`) or a step (`steps.village`) stands, for faults that only its scenario or its trace can show. */
export type ParsedLesson = Read<{ lesson: Lesson; placeOf: (what: string) => Place }>;

export const LESSON_KEYS = ['schedville', 'kind', 'id', 'title', 'sources', 'goals', 'runs', 'steps'];
export const STEP_KEYS = ['id', 'title', 'run', 'at', 'story', 'technical', 'errata', 'focus', 'ask'];

/** All faults of a lesson file at once, or the lesson. */
export function parseLesson(text: string, file: string, errata: ErrataTable): ParsedLesson {
  return withCauses(text, file, (source) => lessonFrom(source, errata));
}

/** A file that may be either. Where `kind` says neither, what only a lesson has decides, so that the faults fit. */
export function parseEither(
  text: string,
  file: string,
  errata: () => ErrataTable,
): { kind: 'lesson'; parsed: ParsedLesson } | { kind: 'scenario'; parsed: ParsedScenario } {
  const source = new YamlSource(text, file);
  const top = (source.isMap(source.root) ? source.json : {}) as Readonly<Record<string, unknown>>;
  const isLesson = top.kind === 'lesson' || (top.kind !== 'scenario' && Object.hasOwn(top, 'runs'));
  return isLesson ? { kind: 'lesson', parsed: parseLesson(text, file, errata()) } : { kind: 'scenario', parsed: parseScenario(text, file) };
}

function lessonFrom(source: YamlSource, errata: ErrataTable): ParsedLesson {
  if (source.root === null) return { ok: false, faults: source.sorted };
  const reader = new LessonReader(source, errata);
  const lesson = reader.read(source.root);
  if (source.faults.length > 0) return { ok: false, faults: source.sorted };
  return { ok: true, lesson, placeOf: (what) => source.placeOf(reader.places.get(what) ?? source.root) };
}

class LessonReader {
  /** Nodes of the runs and steps, see ParsedLesson. */
  readonly places = new Map<string, Node>();
  private runs: ReadonlySet<string> = new Set();
  /** Ids of the steps so far, and those of each run. */
  private readonly ids = new Set<string>();
  private readonly idsOf = new Map<string, Set<string>>();

  constructor(
    private readonly source: YamlSource,
    private readonly errata: ErrataTable,
  ) {}

  read(root: Node): Lesson {
    const { source } = this;
    const top = source.fields(root, 'lesson', LESSON_KEYS, LESSON_KEYS);
    checkHead(source, top, 'lesson');
    const at = (key: string): Node | null => top.get(key)?.value ?? null;
    const runs = this.readRuns(at('runs'));
    this.runs = new Set(Object.keys(runs));
    return {
      id: readId(source, at('id')),
      title: this.title(at('title'), 'title'),
      sources: this.list(at('sources'), 'sources').map((item) => this.document(item)),
      goals: this.list(at('goals'), 'goals').map((goal) => this.prose(goal, 'goals')),
      runs,
      steps: this.someOf(at('steps'), 'steps').map((step) => this.step(step)),
    };
  }

  /** A title is also a file's name and an item of a menu. Nothing where the key is missing: that has been said already. */
  private title(node: Node | null, what: string): Text {
    if (node === null) return textOf(() => '');
    return readText(this.source, node, what, (text) => (text.includes('`') ? (w) => fill(w.markInTitle, { what }) : null));
  }

  private prose(node: Node | null, what: string): Text {
    return readProse(this.source, node, what);
  }

  private word(node: Node | null, what: string): string {
    return node === null ? '' : (this.source.text(node, what) ?? '');
  }

  private list(node: Node | null, what: string): Node[] {
    return node === null ? [] : this.source.items(node, what);
  }

  private someOf(node: Node | null, what: string, least = 1): Node[] {
    const items = this.list(node, what);
    if (node !== null && this.source.isList(node) && items.length < least) {
      this.source.fault(node, (w) => fill(w.tooFewItems, { what, least, n: items.length }));
    }
    return items;
  }

  private document(node: Node): string {
    const name = this.word(node, 'sources');
    if (name !== '' && !DOCUMENTS.includes(name))
      this.source.fault(node, (w, { language }) => fill(w.unknownDocument, { name, known: DOCUMENTS.join(language.comma) }));
    return name;
  }

  private readRuns(node: Node | null): Lesson['runs'] {
    const runs: Lesson['runs'] = {};
    if (node === null) return runs;
    const entries = this.source.entries(node, 'runs');
    if (entries.length === 0 && this.source.isMap(node)) this.source.fault(node, (w) => w.noRuns);
    for (const { name, key, value } of entries) {
      const fields = this.source.fields(value, `runs.${name}`, ['scenario', 'title'], ['scenario', 'title']);
      const scenario = fields.get('scenario')?.value ?? null;
      const path = this.word(scenario, `runs.${name}.scenario`);
      if (/^[/\\]|^[a-z]:/i.test(path) || path.split(/[/\\]/).includes('..')) this.source.fault(scenario, (w) => w.scenarioOutside);
      if (name.length > MAX_NAME) this.source.fault(key, (w) => fill(w.runNameTooLong, { most: MAX_NAME, n: name.length }));
      this.places.set(`runs.${name}`, scenario ?? key);
      runs[name] = { scenario: path, title: this.title(fields.get('title')?.value ?? null, `runs.${name}.title`) };
    }
    return runs;
  }

  private step(node: Node): LessonStep {
    const { source } = this;
    const fields = source.fields(node, 'step', STEP_KEYS, ['id', 'title', 'run', 'at', 'story', 'technical']);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    const listed = (key: string): Node[] => (source.isNothing(at(key)) ? [] : source.items(at(key), key));
    const id = this.word(at('id'), 'id');
    if (id !== '' && this.ids.has(id)) source.fault(at('id'), (w) => fill(w.duplicateStep, { id }));
    const run = this.run(at('run'));
    const anchor = source.isNothing(at('at')) ? null : this.anchor(at('at'), run);
    this.ids.add(id);
    this.idsOf.set(run, (this.idsOf.get(run) ?? new Set()).add(id));
    this.places.set(`steps.${id}`, at('at') ?? node);
    return {
      id,
      title: this.title(at('title'), 'title'),
      run,
      at: anchor,
      story: this.prose(at('story'), 'story'),
      technical: this.prose(at('technical'), 'technical'),
      errata: listed('errata').flatMap((item) => this.erratum(item) ?? []),
      focus: listed('focus').map((item) => this.word(item, 'focus')),
      ask: source.isNothing(at('ask')) ? null : this.question(at('ask')),
    };
  }

  private run(node: Node | null): string {
    const name = this.word(node, 'run');
    if (name !== '' && !this.runs.has(name))
      this.source.fault(node, (w) => fill(w.unknownRun, { name }), this.source.nearest(name, this.runs));
    return name;
  }

  private anchor(node: Node | null, run: string): Anchor {
    const { source } = this;
    const fields = source.fields(node, 'at', ['fn', 'at', 'g', 'm', 'occurrence', 'after'], ['fn', 'at']);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    const occurrence = at('occurrence');
    const anchor: Anchor = {
      fn: this.word(at('fn'), 'at.fn'),
      at: this.word(at('at'), 'at.at'),
      occurrence: occurrence === null ? 1 : (source.whole(occurrence, 'at.occurrence', 1, 1_000_000) ?? 1),
    };
    if (fields.has('g')) anchor.g = this.word(at('g'), 'at.g');
    if (fields.has('m')) anchor.m = this.word(at('m'), 'at.m');
    if (fields.has('after')) anchor.after = this.earlier(at('after'), run);
    return anchor;
  }

  /** The id of a step before this one in the same run. */
  private earlier(node: Node | null, run: string): string {
    const id = this.word(node, 'at.after');
    const known = this.idsOf.get(run) ?? new Set<string>();
    if (id !== '' && !known.has(id)) this.source.fault(node, (w) => fill(w.noEarlierStep, { id }), this.source.nearest(id, known));
    return id;
  }

  /** `E42`, or a map with its id, the documents that are meant and words of the lesson's own. */
  private erratum(node: Node): Erratum | null {
    const { source } = this;
    const fields = source.isText(node) ? null : source.fields(node, 'errata', ['id', 'sources', 'text'], ['id']);
    const named = fields === null ? node : (fields.get('id')?.value ?? null);
    const id = this.word(named, 'errata.id');
    const known = this.errata.get(id);
    if (id !== '' && !known) source.fault(named, (w) => fill(w.unknownErratum, { id }), source.nearest(id, this.errata.keys()));
    const text = fields?.get('text')?.value ?? null;
    const own = text === null ? null : this.prose(text, 'errata.text');
    const sources = this.sourcesOf(fields?.get('sources')?.value ?? null, known?.id ?? null);
    if (!known) return null;
    const places = sources === null ? known.places : known.places.filter(({ document }) => sources.includes(document));
    return { id, class: known.class, places, text: own ?? known.verdict };
  }

  /** Which of an erratum's documents are meant; null: all of them. `id`: the erratum, null when there is none of that id. */
  private sourcesOf(node: Node | null, id: string | null): string[] | null {
    if (node === null) return null;
    const about = id === null ? null : (this.errata.get(id)?.places.map(({ document }) => document) ?? []);
    return this.someOf(node, 'errata.sources').map((item) => {
      const name = this.document(item);
      if (about !== null && DOCUMENTS.includes(name) && !about.includes(name))
        this.source.fault(item, (w, { language }) => fill(w.erratumElsewhere, { id: id ?? '', name, known: about.join(language.comma) }));
      return name;
    });
  }

  private question(node: Node | null): LessonQuestion {
    const keys = ['question', 'choices', 'answer', 'because'];
    const fields = this.source.fields(node, 'ask', keys, keys);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    const choices = this.someOf(at('choices'), 'ask.choices', 2).map((item) => this.prose(item, 'ask.choices'));
    const answer = at('answer');
    return {
      question: this.prose(at('question'), 'ask.question'),
      choices,
      answer: answer === null ? 0 : (this.source.whole(answer, 'ask.answer', 0, Math.max(0, choices.length - 1)) ?? 0),
      because: this.prose(at('because'), 'ask.because'),
    };
  }
}
